"""Finding what heads a bookkeeper's table, and whether it lists invoices or the movements of a bank account."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Literal

from integrations.documents import headings
from integrations.documents.table import DELIMITERS, HEAD, MOST_COLUMNS, Row, heading
from integrations.documents.text import plain
from integrations.reports.reading.facts import STATEMENT, ColumnsUnclear, FileUnreadable
from integrations.reports.reading.mapping import CONSTANTS, ColumnMap

FILE = Path(__file__).with_name("columns.toml")
MOST_ROWS = 3_000_000
ENOUGH = 4  # roles that only a header has
Kind = Literal["invoices", "statement"]
VALUED = frozenset({"net", "gross", "amount"})
PARTIES = frozenset({"party", "seller", "buyer"})
# What only one of the two kinds has.
OF_INVOICES = frozenset(
    {"tax", "net", "gross", "state", "number", "digital", "seller", "buyer", "type", "valid", "void", "due"}
)
OF_STATEMENTS = frozenset({"money_in", "money_out", "balance", "party_account", "own_account", "text"})


@dataclass(frozen=True)
class Headed:
    """A table with its header: `columns` is the place of each role, `above` what stood before it."""

    kind: Kind
    heading: Row
    columns: Mapping[str, int]
    above: tuple[str, ...]
    rows: Sequence[Row]


def headed_text(name: str, text: str, chosen: ColumnMap) -> Headed:
    """The table of delimited text. Raises ColumnsUnclear or FileUnreadable."""
    head = "\n".join(text[:200_000].splitlines()[:HEAD])
    marks = [mark for mark in DELIMITERS if mark in head] or [","]
    best = max(marks, key=lambda mark: _fit(_rows(io.StringIO(head), mark), chosen)) if marks[1:] else marks[0]
    try:
        return headed_rows(name, _rows(io.StringIO(text, newline=""), best), chosen)
    except csv.Error as error:
        raise FileUnreadable(name, f"it is not delimited text ({error})") from None


def headed_rows(name: str, rows: Iterable[Row], chosen: ColumnMap) -> Headed:
    """The table below the first row that heads one."""
    waiting = iter(rows)
    above: list[str] = []
    first: Row = []
    for row in islice(waiting, HEAD):
        first = first or [cell for cell in row if cell]
        found = _headed(name, row, chosen)
        if found is not None:
            kind, columns = found
            body = [each for each in islice(waiting, MOST_ROWS + 1) if any(each)]
            if len(body) > MOST_ROWS:
                raise FileUnreadable(name, f"it has more than {MOST_ROWS} rows")
            return Headed(kind, row, columns, tuple(above), body)
        above += [cell for cell in row if cell]
    if not first:
        raise FileUnreadable(name, "it is empty")
    missing = [wanted for wanted in chosen.headings.values() if heading(wanted) not in {heading(c) for c in above}]
    what = f"it has no column {missing[0]!r}" if missing else "no row names a date and an amount"
    raise ColumnsUnclear(name, what, tuple(first))


def _headed(name: str, row: Row, chosen: ColumnMap) -> tuple[Kind, Mapping[str, int]] | None:
    """What kind of table a row heads, and the place of each role."""
    by_kind = {kind: _columns(row, kind, chosen) for kind in _names()}
    invoices, statement = by_kind["invoices"], by_kind["statement"]
    if chosen.headings and not _as_chosen(row, chosen):
        return None
    lists = "day" in invoices and bool(VALUED & invoices.keys())
    moves = "day" in statement and ("amount" in statement or bool({"money_in", "money_out"} & statement.keys()))
    kind = chosen.settings.get("kind")
    if kind == "invoices" or (kind is None and lists and not moves):
        return ("invoices", invoices) if lists else None
    if kind == "statement" or (kind is None and moves and not lists):
        return ("statement", statement) if moves else None
    if not (lists and moves):
        return None
    for_list = len(OF_INVOICES & invoices.keys()) + _side_known(invoices, chosen)
    for_moves = len(OF_STATEMENTS & statement.keys()) + 2 * ({"money_in", "money_out"} <= statement.keys())
    if for_list == for_moves == 0:
        raise ColumnsUnclear(
            name,
            "it may be a list of invoices or a bank statement",
            tuple(cell for cell in row if cell),
            f"kind=invoices,side=issued (or kind=statement,{STATEMENT})",
        )
    return ("invoices", invoices) if for_list >= for_moves else ("statement", statement)


def _side_known(columns: Mapping[str, int], chosen: ColumnMap) -> int:
    return int("direction" in columns or chosen.headings.get("direction") in CONSTANTS["direction"]) * 2


def _columns(row: Row, kind: str, chosen: ColumnMap) -> dict[str, int]:
    """Roles by the caller's map first, then by what headings usually mean."""
    mine = headings.roles(row, chosen.wanted)
    usual = headings.roles(row, _names()[kind])
    taken = set(mine.values())
    found = mine | {role: place for role, place in usual.items() if role not in mine and place not in taken}
    if {"net", "gross", "amount"} & mine.keys() and kind == "invoices":
        # Which amounts count is said; a further column must not be read as one by its name.
        found = {role: place for role, place in found.items() if role in mine or role not in VALUED}
    return found


def _as_chosen(row: Row, chosen: ColumnMap) -> bool:
    """Whether a row has every heading the caller named; constants are not headings."""
    there = {heading(cell) for cell in row}
    return all(
        heading(name) in there or name in CONSTANTS.get(role, ()) or (role == "currency" and len(name) == 3)
        for role, name in chosen.headings.items()
    )


def _fit(rows: Iterator[Row], chosen: ColumnMap) -> int:
    """How many roles a delimiter shows in the first row that looks like a header, else in its best one."""
    best = 0
    try:
        for row in islice(rows, HEAD):
            best = max(best, *(len(_columns(row, kind, chosen)) for kind in _names()))
            if best >= ENOUGH:
                break
    except csv.Error:
        return 0
    return best


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    """Roles by heading: those of bookkeepers' lists before those of other documents."""
    usual, mine = headings.named(), headings.named(FILE)
    return {kind: {**usual[kind], **mine[kind]} for kind in ("invoices", "statement")}


def _rows(text: io.StringIO, delimiter: str) -> Iterator[Row]:
    """Cells without padding; most have none, and are not looked at twice."""
    for row in csv.reader(text, delimiter=delimiter):
        yield [plain(cell) for cell in row[:MOST_COLUMNS]]
