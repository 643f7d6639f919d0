"""Registration and identity numbers with their check digits: USCC, GB company and VAT numbers, GSTIN, LEI, CN identity.

Formats and check digits by python-stdnum; a number that fails its check is refused, never repaired.
"""

import re
from dataclasses import dataclass

from stdnum import lei
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError
from stdnum.gb import vat
from stdnum.in_ import gstin

BUSINESS = "registration_number"
TAX = "tax_identification_number"
PERSON = "representative_id_number"
ID_FIELDS = frozenset({BUSINESS, TAX, PERSON})

# Runs of letters and digits that may be grouped by single spaces or hyphens, as people copy them.
_RUN = re.compile(r"(?<![0-9a-z])(?=[a-z]{0,6}[0-9])[0-9a-z]+(?:[ -][0-9a-z]{2,})*(?![0-9a-z])")
_EIGHTEEN = re.compile(r"(?<![0-9a-z])[0-9a-z](?:[ -]?[0-9a-z]){17}(?![0-9a-z])")
_PREFIXES = (
    "sc|ni|oc|so|nc|ip|sp|np|rc|sr|nr|fc|nf|sf|gn|ge|gs|ac|nl|nz|zc|sz|rs|ic|si|lp|sl|nv|sa|na|ce|cs|cn|es|en|r0"
)
_COMPANY = re.compile(rf"(?<![0-9a-z])(?:{_PREFIXES}) ?[0-9]{{3}} ?[0-9]{{3}}(?![0-9a-z])")
_COMPANY_DIGITS = re.compile(r"(?<![0-9a-z.,£$€])[0-9]{2} ?[0-9]{2,3} ?[0-9]{3,4}(?![0-9a-z]|[.,][0-9])")
_COMPANY_LABEL = re.compile(
    r"(?:company|registration|registered|reg|crn|co|companies house|注册号|公司编号|公司号|"
    r"登记号)(?:\W{0,2}(?:house|number|registration|no|num|nr|id|is|reg|号码|号|是))*\W{0,4}$"
)
_VAT = re.compile(r"(?<![0-9a-z])(?:gb ?)?[0-9]{3} ?[0-9]{4} ?[0-9]{2}(?: ?[0-9]{3})?(?![0-9a-z])")
_GSTIN = re.compile(r"(?<![0-9a-z])[0-9]{2}[a-z]{5}[0-9]{4}[a-z][0-9a-z]z[0-9a-z](?![0-9a-z])")
_LEI = re.compile(r"(?<![0-9a-z])[0-9a-z]{18}[0-9]{2}(?![0-9a-z])")
LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_LEI_LABEL = re.compile(r"(?<![a-z])lei(?:\W{0,2}(?:code|number|no|is|代码|编码|号码|号|是))*\W{0,4}$")
# ICAO 9303 gives a passport number up to nine letters and digits; here digits with up to two letters before them.
_PASSPORT = re.compile(r"(?<![0-9a-z])(?:[0-9]{9}|[a-z][0-9]{6,8}|[a-z]{2}[0-9]{6,7})(?![0-9a-z])")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifying number: its field and normal form; `value` None when it fails its check."""

    start: int
    end: int
    field: str
    value: str | None


def find(text: str, asked: str | None) -> list[Identifier]:
    """Every identifying number of a folded text; short forms only when that field was asked or is named."""
    found: list[Identifier] = []
    for pattern, read in (
        (_EIGHTEEN, _eighteen),
        (_GSTIN, _gstin),
        (_LEI, _lei),
        (_VAT, _vat),
        (_COMPANY, _company),
        (_COMPANY_DIGITS, _company_digits),
        (_PASSPORT, _passport),
    ):
        for match in pattern.finditer(text):
            if any(each.start < match.end() and match.start() < each.end for each in found):
                continue
            identifier = read(text, match, asked)
            if identifier is not None:
                found.append(identifier)
    if not found and asked in ID_FIELDS:
        found = _failed(text, asked or BUSINESS)
    return found


def is_lei(number: str) -> bool:
    """Whether this is a LEI in capitals: twenty characters, the last two check digits (ISO 17442, mod 97-10)."""
    return LEI.fullmatch(number) is not None and lei.is_valid(number)


def _failed(text: str, asked: str) -> list[Identifier]:
    """An answer that is clearly meant as a number of the asked kind but fits no format."""
    for match in _RUN.finditer(text):
        digits = sum(char.isdigit() for char in match[0])
        if digits >= 5:
            return [Identifier(match.start(), match.end(), asked, None)]
    return []


def _plain(match: re.Match[str]) -> str:
    return re.sub(r"[ -]", "", match[0]).upper()


def _is_uscc(number: str) -> bool:
    try:
        uscc.validate(number)
    except ValidationError:
        return False
    return True


def _is_identity(number: str) -> bool:
    try:
        ric.validate(number)
    except ValidationError:
        return False
    return True


def _holds_birth_date(number: str) -> bool:
    """Whether a number is built like an identity number: region, a date of birth, a serial."""
    if not number[:17].isdigit() or number[6:8] not in {"19", "20"}:
        return False
    return 1 <= int(number[10:12]) <= 12 and 1 <= int(number[12:14]) <= 31


def _eighteen(text: str, match: re.Match[str], asked: str | None) -> Identifier | None:
    """Eighteen characters: a credit code or an identity number. Both checks passing decides nothing."""
    number = _plain(match)
    if sum(char.isdigit() for char in number) < 8:
        return None
    if asked == PERSON and number[:17].isdigit():  # some mistyped identity numbers fit the business check by chance
        return Identifier(match.start(), match.end(), PERSON, number if _is_identity(number) else None)
    if asked not in ID_FIELDS and _holds_birth_date(number) and not _is_identity(number):
        return Identifier(match.start(), match.end(), PERSON, None)
    business = asked if asked in {BUSINESS, TAX} else BUSINESS
    if _is_uscc(number) and (asked != PERSON or not _is_identity(number)):
        return Identifier(match.start(), match.end(), business, number)
    if _is_identity(number):
        return Identifier(match.start(), match.end(), PERSON, number)
    meant = asked if asked in ID_FIELDS else PERSON if number[:17].isdigit() and number[0] in "12345678" else BUSINESS
    if asked not in ID_FIELDS and re.search("[ -]", match[0]) and not number[:17].isdigit():
        return None
    return Identifier(match.start(), match.end(), meant or BUSINESS, None)


def _gstin(_text: str, match: re.Match[str], asked: str | None) -> Identifier:
    number = _plain(match)
    return Identifier(
        match.start(), match.end(), asked if asked == BUSINESS else TAX, number if gstin.is_valid(number) else None
    )


def _lei(text: str, match: re.Match[str], asked: str | None) -> Identifier | None:
    """A LEI; twenty characters that fail the check are a mistyped one where it is named or the number was asked."""
    number = _plain(match)
    if is_lei(number):
        return Identifier(match.start(), match.end(), BUSINESS, number)
    meant = asked == BUSINESS or _LEI_LABEL.search(text[: match.start()][-24:])
    return Identifier(match.start(), match.end(), BUSINESS, None) if meant else None


def _vat(text: str, match: re.Match[str], asked: str | None) -> Identifier | None:
    number = _plain(match)
    named = number.startswith("GB") or re.search(
        r"vat\W{0,2}(?:registration)?\W{0,2}(?:number|no|num|reg|is)*\W{0,4}$", text[: match.start()][-32:]
    )
    if not named and asked != TAX:
        return None
    return Identifier(match.start(), match.end(), TAX, number.removeprefix("GB") if vat.is_valid(number) else None)


def _company(_text: str, match: re.Match[str], _asked: str | None) -> Identifier:
    return Identifier(match.start(), match.end(), BUSINESS, _plain(match))


def _company_digits(text: str, match: re.Match[str], asked: str | None) -> Identifier | None:
    number = _plain(match)
    named = asked == BUSINESS or _COMPANY_LABEL.search(text[: match.start()][-40:])
    if not named or len(number) != 8 or number == "00000000":
        return None
    return Identifier(match.start(), match.end(), BUSINESS, number)


def _passport(_text: str, match: re.Match[str], asked: str | None) -> Identifier | None:
    return Identifier(match.start(), match.end(), PERSON, _plain(match)) if asked == PERSON else None
