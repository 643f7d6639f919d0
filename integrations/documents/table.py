"""Rows of a table, whether it came as delimited text or as a workbook, and the row that heads them."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from integrations.documents.document import MOST_ROWS, Unreadable
from integrations.documents.text import plain

Row = list[str]
DELIMITERS = ",;\t|"
HEAD = 80  # a header row is looked for in this many rows
LONGEST_CELL = 2_000
MOST_COLUMNS = 200
_UNIT = re.compile(r"\((?:人民币)?(?:元|rmb|cny|gbp|eur|usd|hkd|[£$€¥])?\)")

csv.field_size_limit(100_000)


@dataclass(frozen=True)
class Table:
    """A table under its header `heading`: `columns` is the place of each role, `head` what came before."""

    head: tuple[str, ...]
    heading: str
    columns: Mapping[str, int]
    rows: Sequence[Row]

    def cells(self, role: str) -> list[str]:
        """The cells of a column, top to bottom; none when the table has no such column."""
        place = self.columns.get(role)
        return [] if place is None else [row[place] for row in self.rows if place < len(row)]

    def cell(self, row: Row, role: str) -> str:
        """A cell of a row; empty when there is none."""
        place = self.columns.get(role)
        return row[place] if place is not None and place < len(row) else ""


def split_text(text: str, wanted: Callable[[Row], bool]) -> Iterator[Row]:
    """The rows of delimited text, by the delimiter that makes a header row as `wanted` says; else by comma."""
    lines = text.splitlines()
    for delimiter in DELIMITERS:
        if any(wanted(row) for row in islice(_rows(lines[:HEAD], delimiter), HEAD)):
            return _rows(lines, delimiter)
    return _rows(lines, ",")


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    try:
        for row in csv.reader((f"{line}\n" for line in lines), delimiter=delimiter):
            yield [plain(cell[:LONGEST_CELL]) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise Unreadable("damaged", "delimited text") from error


def under_header(rows: Iterable[Row], roles: Callable[[Row], Mapping[str, int] | None]) -> Table | None:
    """The table below the first row that `roles` accepts as a header; None when no row near the top is one."""
    waiting = iter(rows)
    head: list[str] = []
    for row in islice(waiting, HEAD):
        columns = roles(row)
        if columns is not None:
            found = [each for each in islice(waiting, MOST_ROWS + 1) if any(each)]
            if len(found) > MOST_ROWS:
                raise Unreadable("too_many_rows")
            return Table(tuple(head), " ".join(row), columns, found)
        head += [cell for cell in row if cell]
    return None


def heading(cell: str) -> str:
    """A heading without case, spaces, punctuation and a currency in brackets, for comparing."""
    text = _UNIT.sub("", unicodedata.normalize("NFKC", cell[:60]).casefold())
    return "".join(char for char in text if char.isalnum())
