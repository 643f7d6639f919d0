"""The machine-readable zone of passports and identity cards (ICAO 9303, parts 4 and 5): every check digit must pass."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_LINE = re.compile(r"[A-Z0-9<]{14,48}", re.ASCII)
_WEIGHTS = (7, 3, 1)
_TO_DIGIT = str.maketrans("OQDIZSB", "0001258")
_TO_LETTER = str.maketrans("012568", "OIZSGB")  # names hold letters alone
_TWO = {
    "D": "DE",
    "DEU": "DE",
    "GBR": "GB",
    "FRA": "FR",
    "NLD": "NL",
    "IRL": "IE",
    "CHN": "CN",
    "ESP": "ES",
    "ITA": "IT",
    "POL": "PL",
    "IND": "IN",
    "BEL": "BE",
    "AUT": "AT",
    "PRT": "PT",
    "USA": "US",
}


@dataclass(frozen=True, slots=True)
class Zone:
    """What a zone says. `passport` tells a passport from a card; `country` is ISO 3166-1 alpha-2 where we know it.

    `whole`: the check digit over all of it was read and passes; without it only those of its parts do.
    """

    passport: bool
    name: str
    number: str
    born: date
    until: date
    sex: str
    nationality: str
    country: str
    whole: bool = True


def find(lines: Sequence[str], today: date) -> Zone | None:
    """The zone in the rows of a page; None when there is none or a check digit fails."""
    rows = [each for line in lines if (each := _row(line)) is not None]
    for place, row in enumerate(rows):
        if row[0] == "P" and place + 1 < len(rows):
            read = _passport(row, rows[place + 1])
        elif row[0] in "IAC" and place + 2 < len(rows):
            read = _card(row, rows[place + 1], rows[place + 2])
        else:
            read = None
        zone = None if read is None else _zone(read, today)
        if zone is not None:
            return zone
    return None


def check_digit(text: str) -> str:
    """The check digit of a part (ICAO 9303, part 3, section 4.9)."""
    total = 0
    for place, char in enumerate(text):
        worth = 0 if char == "<" else int(char) if char.isdigit() else ord(char) - 55
        total += worth * _WEIGHTS[place % 3]
    return str(total % 10)


def _row(line: str) -> str | None:
    bare = re.sub(r"[\s]", "", line.upper().replace("«", "<<").replace("‹", "<").replace("＜", "<"))
    return bare if _LINE.fullmatch(bare) and (bare.count("<") >= 1 or bare[:2].isdigit()) else None


@dataclass(frozen=True, slots=True)
class _Lines:
    """The parts of a zone as they were read, each that has a check digit with it in `checked`."""

    checked: tuple[tuple[str, str], ...]
    names: str
    number: str
    born: str
    until: str
    sex: str
    nationality: str
    issuer: str
    passport: bool
    whole: bool = True


def _passport(one: str, two: str) -> _Lines | None:
    first, second = _padded(one, 44), _lined(two, 44)
    whole_line = second is not None
    if second is None and 28 <= len(two.rstrip("<")) <= 30:  # its fillers and last digit were not seen
        second = two.rstrip("<").ljust(44, "<")
    if first is None or second is None:
        return None
    number = second[0:9]
    born, until = second[13:19].translate(_TO_DIGIT), second[21:27].translate(_TO_DIGIT)
    digits = [second[place].translate(_TO_DIGIT) for place in (9, 19, 27, 43)]
    whole = number + digits[0] + born + digits[1] + until + digits[2] + second[28:43]
    checked = (
        (number, digits[0]),
        (born, digits[1]),
        (until, digits[2]),
        *(((whole, digits[3]),) if whole_line else ()),
    )
    said = (number, born, until, second[20], second[10:13], first[2:5])
    return _Lines(checked, first[5:44], *said, passport=True, whole=whole_line)


def _card(one: str, two: str, three: str) -> _Lines | None:
    first, second, third = _padded(one, 30), _lined(two, 30), _padded(three, 30)
    if first is None or second is None or third is None:
        return None
    number, digit = first[5:14], first[14].translate(_TO_DIGIT)
    born, until = second[0:6].translate(_TO_DIGIT), second[8:14].translate(_TO_DIGIT)
    digits = [second[place].translate(_TO_DIGIT) for place in (6, 14, 29)]
    whole = first[5:14] + digit + first[15:30] + born + digits[0] + until + digits[1] + second[18:29]
    checked = ((number, digit), (born, digits[0]), (until, digits[1]), (whole, digits[2]))
    return _Lines(checked, third, number, born, until, second[7], second[15:18], first[2:5], passport=False)


def _padded(line: str, length: int) -> str | None:
    """A line of names: fillers at its end may have been missed or seen twice."""
    bare = line.rstrip("<")
    return bare.ljust(length, "<") if length // 3 < len(bare) <= length else None


def _lined(line: str, length: int) -> str | None:
    """A line of numbers; where fillers before its last digit were missed or seen twice, the rest keeps its place."""
    if len(line) == length:
        return line
    found = re.fullmatch(r"(.*?[^<])(<{2,})([0-9])", line)
    if found is None or abs(len(line) - length) > 4:
        return None
    return found[1].ljust(length - 1, "<") + found[3]


def _zone(lines: _Lines, today: date) -> Zone | None:
    if any(check_digit(text) != digit for text, digit in lines.checked):
        return None
    birth, expiry = _day(lines.born, today, past=True), _day(lines.until, today, past=False)
    family, _, given = lines.names.translate(_TO_LETTER).strip("<").partition("<<")
    if birth is None or expiry is None or not family:
        return None
    name = " ".join(part for part in (*given.split("<"), *family.split("<")) if part)
    nation, issuer = (each.replace("<", "").translate(_TO_LETTER) for each in (lines.nationality, lines.issuer))
    sex = lines.sex if lines.sex in "FM" else "X"
    number = lines.number.replace("<", "")
    return Zone(lines.passport, name, number, birth, expiry, sex, nation, _TWO.get(issuer, ""), lines.whole)


def _day(text: str, today: date, *, past: bool) -> date | None:
    """A day with a year of two digits: births are past, a document was not issued for more than half a century."""
    if not text.isdigit():
        return None
    year = 2000 + int(text[:2])
    if past and year > today.year:
        year -= 100
    if not past and year > today.year + 50:
        year -= 100
    try:
        return date(year, int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None
