"""Layouts of identity cards and passports."""

import re
from datetime import UTC, date, datetime

from integrations.documents.papers import mrz, readers
from integrations.documents.papers.form import COUNTRY, Anywhere, Form, Labelled, Phrase, Reading, Readings
from integrations.documents.papers.pieces import Page
from integrations.documents.papers.readers import Taken

_BIRTH_CN = r"出生:?(\d{4}年\d{1,2}月\d{1,2}日)"


def _front(found: Readings, page: Page) -> None:
    """The number of a Chinese card holds the birth date and the sex; what it says is proved."""
    number = found.get("id_number")
    if number is None:
        return
    value = number.taken.value
    born = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    printed = found.get("birth_date")
    agrees = printed is None or printed.taken.value == born.isoformat()
    if not agrees and printed is not None and printed.score > number.score:
        # A number whose date differs from a clearly printed one was misread, whatever its check character says.
        found["id_number"] = Reading(Taken(value, repaired=True), number.score, number.found)
        return
    found["birth_date"] = Reading(Taken(born.isoformat(), proved=True), number.score, number.found)
    found["sex"] = Reading(Taken("M" if int(value[16]) % 2 else "F", proved=True), number.score)
    both = re.search(
        r"有效期限:?(\d{4})[.年-](\d{1,2})[.月-](\d{1,2})日?[-至—~]+(\d{4})[.年-](\d{1,2})[.月-](\d{1,2})",
        page.text.replace(" ", ""),
    )
    if both is not None:
        until = readers.day(f"{both[4]}-{both[5]}-{both[6]}")
        if until is not None:
            found["valid_until"] = Reading(until, number.score)


def _back(found: Readings, page: Page) -> None:
    text = page.text.replace(" ", "")
    if re.search(r"\d{4}\.\d{2}\.\d{2}[-—~至]+长期", text):
        found["for_life"] = Reading(Taken("yes"), found["valid_from"].score if "valid_from" in found else 0.0)
        found.pop("valid_until", None)


def _zone(found: Readings, page: Page) -> None:
    """What the machine-readable zone says counts: its check digits prove it."""
    zone = mrz.find(["".join(piece.text for piece in row) for row in page.rows], datetime.now(UTC).date())
    if zone is None:
        return
    scores = [score for piece in page.pieces if "<" in piece.text for score in piece.scores]
    score = min(scores, default=1.0)
    said = {
        "id_number": zone.number,
        "birth_date": zone.born.isoformat(),
        "valid_until": zone.until.isoformat(),
        "nationality": zone.nationality,
        "sex": zone.sex,
    }
    for name, value in said.items():
        found[name] = Reading(Taken(value, proved=zone.whole), max(score, 0.9) if zone.whole else score)
    found["name"] = Reading(Taken(zone.name), score)  # names have no check digit
    found[COUNTRY] = Reading(Taken(zone.country))
    found["id_type"] = Reading(Taken("passport" if zone.passport else "national_id"))


CARD_FRONT = Form(
    "id_front",
    "CN",
    titles=("公民身份号码", "公民身份证号码"),
    words=("姓名", "性别", "民族", "出生", "住址"),
    items=(
        Labelled("name", ("姓名",), readers.name, below=False),
        Labelled("id_number", ("公民身份号码", "公民身份证号码"), readers.person_number),
        Anywhere("id_number", readers.person_number),
        Phrase("birth_date", (_BIRTH_CN,), readers.day),
        Labelled("address", ("住址",), readers.address, lines=4, below=False),
    ),
    stops=("性别", "民族", "出生", "签发机关", "有效期限", "中华人民共和国", "居民身份证"),
    given={"id_type": "national_id"},
    finish=_front,
)

CARD_BACK = Form(
    "id_back",
    "CN",
    titles=("居民身份证",),
    words=("签发机关", "有效期限", "公安局", "中华人民共和国"),
    never=("公民身份号码", "营业执照", "合同", "住址", "性别.?[男女]"),
    items=(
        Labelled("authority", ("签发机关",), readers.name, below=False),
        Labelled("valid_from", ("有效期限",), readers.span(0), below=False),
        Labelled("valid_until", ("有效期限",), readers.span(1), below=False),
    ),
    stops=("中华人民共和国", "居民身份证"),
    finish=_back,
    needs=1,
)

PASSPORT = Form(
    "id_front",
    "",
    titles=("p<[a-z]{3}[a-z<]{10}", "passport.{0,3}passeport", "passportno"),
    words=("surname", "givennames?", "dateofbirth", "nationality", "dateofexpiry", "<<<"),
    items=(Labelled("valid_until", ("dateofexpiry[^\\d]{0,30}",), readers.day),),
    stops=(
        "surname.*",
        "givennames?.*",
        "nationality.*",
        "dateofbirth.*",
        "placeofbirth.*",
        "sex.*",
        "type.*",
        "authority.*",
    ),
    given={"id_type": "passport"},
    finish=_zone,
)

CARD_ZONE = Form(
    "id_back",
    "",
    titles=("(?=[a-z0-9<]*<<)[iac][a-z<][a-z<]{3}[a-z0-9<]{9}[0-9o][a-z0-9<]{5,}",),
    words=("<<<", "address", r"\d{6}\d[fmx<]\d{6}\d"),
    finish=_zone,
    needs=1,
)

FORMS = (CARD_FRONT, CARD_BACK, PASSPORT, CARD_ZONE)
