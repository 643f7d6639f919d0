"""Dates as files write them; whether the day or the month comes first is found once for a whole column."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from integrations.documents.document import Unreadable

Reader = Callable[[str], date | None]
EARLIEST, LATEST = 1990, 2100
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)", re.ASCII)
_DAY_WORD = re.compile(r"(\d{1,2})[\s\-./]*([A-Za-zäé]{3,9})\.?,?[\s\-./]*(\d{4}|\d{2})(?!\d)", re.ASCII)
_WORD_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})", re.ASCII)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar ene enero janv",
            "feb february februar fev",
            "mar march mrz mars marzo",
            "apr april avr abr",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juil julio",
            "aug august ago aout agosto",
            "sep sept september septembre",
            "oct october okt oktober octobre octubre",
            "nov november novembre noviembre",
            "dec december dez dezember dic decembre",
        ),
        1,
    )
    for name in names.split()
}


@lru_cache(maxsize=4096)
def iso(text: str) -> date | None:
    """The day of a text with the year first, as `2026-11-24`, `20261124` or with a time after it."""
    found = _YEAR_FIRST.match(text) or _COMPACT.match(text)
    return _date(int(found[1]), int(found[2]), int(found[3])) if found else None


def reader_for(cells: Sequence[str], *, month_first: bool | None = None) -> Reader:
    """How the dates of a column are read. Raises Unreadable when day and month cannot be told apart.

    `month_first` is what somebody said of it; None: it is found out.
    """
    first = _month_first(cells) if month_first is None else month_first
    known: dict[str, date | None] = {}

    def read(cell: str) -> date | None:
        if cell not in known:
            known[cell] = _read(cell, month_first=first)
        return known[cell]

    return read


def _read(cell: str, *, month_first: bool) -> date | None:
    cell = cell[:40].strip()
    if _YEAR_FIRST.match(cell) or _COMPACT.match(cell):
        return iso(cell)
    if found := _YEAR_LAST.match(cell):
        one, two = int(found[1]), int(found[2])
        return _date(_year(found[3]), *((one, two) if month_first else (two, one)))
    if found := _DAY_WORD.match(cell):
        return _date(_year(found[3]), _MONTHS.get(found[2].casefold(), 0), int(found[1]))
    if found := _WORD_DAY.match(cell):
        return _date(int(found[3]), _MONTHS.get(found[1].casefold(), 0), int(found[2]))
    return None


def _month_first(cells: Sequence[str]) -> bool:
    pairs = [(int(found[1]), int(found[2])) for cell in cells if (found := _YEAR_LAST.match(cell.strip()))]
    if not pairs or any("." in cell for cell in cells if _YEAR_LAST.match(cell.strip())):
        return False  # with points the day always comes first
    first, second = any(one > 12 for one, _ in pairs), any(two > 12 for _, two in pairs)
    if first and second:
        raise Unreadable("dates", "day and month change places")
    if first or second:
        return second
    if all(one == two for one, two in pairs):
        return False
    ways = [month_first for month_first in (False, True) if _in_order(cells, month_first=month_first)]
    if len(ways) != 1:
        raise Unreadable("dates", "day or month first")
    return ways[0]


def _in_order(cells: Sequence[str], *, month_first: bool) -> bool:
    days = [day for cell in cells if (day := _read(cell, month_first=month_first))]
    return days in (sorted(days), sorted(days, reverse=True))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None
