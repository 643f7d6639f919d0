"""From writing to a value in its normal form; None when it is not surely one."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError
from stdnum.gb import vat

from integrations.documents import amounts, days

CJK = re.compile("[\u3400-\u9fff]")
_GAPS = re.compile("(?<=[\u3400-\u9fff，。、；：（）()])\\s+|\\s+(?=[\u3400-\u9fff，。、；：（）()])")
_DAY_CN = re.compile(r"(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?", re.ASCII)
_DAY_EN = re.compile(
    r"\b(\d{1,2})(?:\s*(?:st|nd|rd|th))?[\s-]*(?:day\s*of\s*)?([A-Z][a-z]{2,8})\.?,?[\s-]*(\d{4})\b", re.ASCII
)
_MONTH_FIRST = re.compile(r"\b([A-Z][a-z]{2,8})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s*(\d{4})\b", re.ASCII)
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", re.ASCII)
_MONEY = re.compile(
    r"(?<![\d.,])-?\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?(?![\d])|(?<![\d.,])-?\d{1,10}(?:\.\d{1,2})?(?![\d,])", re.ASCII
)
_LOOKS = str.maketrans("OIZS", "0125")  # letters that a code never holds


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that was read. `proved`: something in it proves it; `repaired`: a character was put right."""

    value: str
    proved: bool = False
    repaired: bool = False


Reader = Callable[[str], Taken | None]


def tidy(text: str) -> str:
    """Text in one width, with blanks only where Latin words have them."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"\s+", " ", plain)
    return _GAPS.sub("", plain).strip(" :;|_·")


# How the name of a company ends, where it says that it is one.
LEGAL = r"(?i:\b(?:ltd|limited|plc|llp|l\.l\.p|inc|llc|corp|cic)\b\.?)"


def words(text: str) -> Taken | None:
    """Any text with at least two characters that are letters or digits."""
    plain = tidy(text)[:600]
    return Taken(plain) if sum(char.isalnum() for char in plain) >= 2 else None


def name(text: str) -> Taken | None:
    """The name of a person or a business: letters, not a number, no sentence."""
    plain = tidy(text)
    plain = re.sub(r"^\((?:以下)?简称[^)]*\):?|\((?:盖章|签字|签章|公章)\)?$", "", plain).strip(" :,.，。")
    letters = sum(char.isalpha() for char in plain)
    if not 2 <= len(plain) <= 80 or letters < len(plain) * 0.6 or ":" in plain or plain.count("(") != plain.count(")"):
        return None
    return Taken(plain)


def company(text: str) -> Taken | None:
    """A name that ends as companies' names do, of no bank: a statement's own bank heads it."""
    return None if re.search(r"\bbank\b", text, re.IGNORECASE) else name(text)


def address(text: str) -> Taken | None:
    """An address: letters and at least six characters."""
    plain = tidy(text).strip(" ,.，。")
    if len(plain) < 6 or not any(char.isalpha() for char in plain):
        return None
    return Taken(plain[:300])


def day_of(text: str) -> date | None:
    """The first day in a text."""
    plain = unicodedata.normalize("NFKC", text)
    if found := _DAY_CN.search(plain):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_EN.search(plain):
        return days.reader_for(())(f"{found[1]} {found[2]} {found[3]}")
    if found := _MONTH_FIRST.search(plain):
        return days.reader_for(())(f"{found[2]} {found[1]} {found[3]}")
    if found := _SLASHED.search(plain):
        one, two = int(found[1]), int(found[2])
        if one > 12 >= two or one == two:  # else day and month cannot be told apart
            return _date(int(found[3]), two, one)
    return None


def day(text: str) -> Taken | None:
    """A day."""
    found = day_of(text)
    return None if found is None else Taken(found.isoformat())


def span(which: int) -> Reader:
    """The first (0) or second (1) of two days, as in `2026-01-01至2026-06-30`."""

    def read(text: str) -> Taken | None:
        plain = unicodedata.normalize("NFKC", text)
        parts = re.split(r"至|到|起|止|\bto\b|\buntil\b|~|—|–|\s-\s|(?<=\d)\s*-\s*(?=\d{4}\D)", plain)
        found = [each for part in parts if (each := day_of(part)) is not None]
        if len(found) == 2:
            return Taken(found[which].isoformat()) if found[0] <= found[1] else None
        if len(found) == 1 and which == 0:
            return Taken(found[0].isoformat())
        return None

    return read


def money_of(text: str) -> Decimal | None:
    """The only amount of a text."""
    plain = unicodedata.normalize("NFKC", text).replace("，", ",")
    plain = re.sub(r"(?<=\d)\s+(?=[\d.,])|(?<=[.,])\s+(?=\d)", "", plain)
    found = _MONEY.findall(plain)
    if len(found) != 1:
        return None
    value = amounts.amount(found[0].replace(",", ""))
    return None if value is None or ("." not in found[0] and len(found[0].lstrip("-")) > 9) else value


def money(text: str) -> Taken | None:
    """An amount with two decimals."""
    value = money_of(text)
    return None if value is None else Taken(f"{value:.2f}")


def number(pattern: str) -> Reader:
    """A paper's own number, of the form given; blanks inside do not count."""
    compiled = re.compile(pattern, re.ASCII)

    def read(text: str) -> Taken | None:
        plain = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
        found = compiled.findall(plain)
        return Taken(found[0]) if len(found) == 1 else None

    return read


def credit_code(text: str) -> Taken | None:
    """A Chinese credit code whose check character passes on the direct reading.

    Where only look-alikes stand in the way (O for 0, which the code never uses), it is read as repaired: a repaired
    code is more often wrong than right and needs the owner's word.
    """
    plain = re.sub(r"[\s:：.\-]", "", unicodedata.normalize("NFKC", text)).upper()
    direct = {each for each in _runs(plain) if _passes(each)}
    if len(direct) == 1:
        return Taken(direct.pop(), proved=True)
    if direct:
        return None
    mended = {each for each in _runs(plain.translate(_LOOKS)) if _passes(each)}
    return Taken(mended.pop(), repaired=True) if len(mended) == 1 else None


def person_number(text: str) -> Taken | None:
    """A Chinese identity number whose check character passes, with a birth date that exists."""
    plain = re.sub(r"[\s:：.\-]", "", unicodedata.normalize("NFKC", text)).upper()
    found = {each for each in re.findall(r"(?<![0-9A-Z])\d{17}[\dX](?![0-9A-Z])", plain) if _is_person(each)}
    return Taken(found.pop(), proved=True) if len(found) == 1 else None


def company_number(text: str) -> Taken | None:
    """A British company number: eight digits, or two letters and six digits. Nothing proves it."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    found = re.findall(r"(?<![0-9A-Z])(?:\d{8}|(?:SC|NI|OC|SO|NC|FC|LP|IP|RC)\d{6})(?![0-9])", plain)
    return Taken(found[0]) if len(found) == 1 else None


def vat_number(text: str) -> Taken | None:
    """A British VAT number whose check digits pass."""
    plain = re.sub(r"[\s:.\-]", "", unicodedata.normalize("NFKC", text)).upper()
    found = re.findall(r"(?:GB)?(\d{9})(?!\d)", plain)
    return Taken(found[0], proved=True) if len(found) == 1 and vat.is_valid(found[0]) else None


def currency(text: str) -> Taken | None:
    """A currency as statements name it."""
    plain = tidy(text).casefold()
    return next((Taken(code) for word, code in _CURRENCIES if word in plain), None)


def either(*readers: Reader) -> Reader:
    """The first that reads something."""

    def read(text: str) -> Taken | None:
        return next((taken for reader in readers if (taken := reader(text)) is not None), None)

    return read


def _runs(plain: str) -> list[str]:
    """Runs of exactly eighteen capital letters and digits."""
    return [each for each in re.findall(r"[0-9A-Z]+", plain) if len(each) == 18]


def _passes(code: str) -> bool:
    if code[:2] not in _AUTHORITIES or not code[2:8].isdigit() or any(char in code for char in "IOZSV"):
        return False
    try:
        uscc.validate(code)
    except ValidationError:
        return False
    return True


def _is_person(number_: str) -> bool:
    """Check character and birth date (GB 11643). Not the region: codes that were given up stay in people's numbers."""
    born = _date(int(number_[6:10]), int(number_[10:12]), int(number_[12:14]))
    return born is not None and ric.calc_check_digit(number_) == number_[-1]


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_) if 1900 < year < 2100 else None
    except ValueError:
        return None


# Who registered, and what it is (GB 32100-2015, table 1; letters for the offices added since).
_AUTHORITIES = frozenset(f"{office}{what}" for office in "123456789ANY" for what in "123459")
_CURRENCIES = (
    *(("人民币", "CNY"), ("cny", "CNY"), ("rmb", "CNY"), ("gbp", "GBP"), ("£", "GBP"), ("美元", "USD"), ("usd", "USD")),
    *(("eur", "EUR"), ("港币", "HKD"), ("hkd", "HKD")),
)
