"""Bank statements in PDF: words become columns under their headings, and the running balance proves the rows."""

import re
from collections.abc import Sequence
from decimal import Decimal

from flows.application.papers.values import Confidence, PaperValue
from integrations.documents import amounts, bank_table, headings
from integrations.documents.document import MOST_ROWS, Document, PaperReading, Proof, Unreadable
from integrations.documents.papers import readers
from integrations.documents.papers.form import Reading
from integrations.documents.papers.interpreting import How, read_form
from integrations.documents.papers.pieces import Page, Piece
from integrations.documents.papers.readers import Taken
from integrations.documents.papers.recognising import recognise
from integrations.documents.table import Row, Table

_BROUGHT = re.compile(r"期初|承前|上页|opening balance|brought forward|balance b/?f", re.IGNORECASE)
_BANK = re.compile(r"[\u4e00-\u9fff]{2,20}(?:银行|信用社)|[A-Z][\w&' ]{2,40}\bBank\b(?: plc)?")
_COUNTRY = {"CNY": "CN", "GBP": "GB", "HKD": "HK", "USD": "US"}


def read(pages: Sequence[Page], how: How = "text") -> Document | None:
    """The statement on the pages, with `reading` as a paper; None when no page has the headings of one."""
    table = _table(pages)
    if table is None:
        return None
    try:
        document = bank_table.read(table, "statement_pdf")
    except Unreadable as error:
        if error.fact == "no_data":
            return None
        raise
    return _described(document, pages, how)


def _table(pages: Sequence[Page]) -> Table | None:
    head: list[str] = []
    columns: tuple[Piece, ...] = ()
    rows: list[Row] = []
    for page in pages:
        begins = 0
        for place, row in enumerate(page.rows):
            if headings.statement([piece.text for piece in row]) is not None:
                columns, begins = row, place + 1
                break
        if not columns:
            head += [piece.text for piece in page.pieces]
            continue
        if not rows and begins:
            head += [piece.text for row in page.rows[: begins - 1] for piece in row]
        rows += [_cells(row, columns) for row in page.rows[begins:]]
        if len(rows) > MOST_ROWS:
            raise Unreadable("too_many_rows")
    roles = headings.statement([piece.text for piece in columns])
    if roles is None:
        return None
    table = Table(tuple(head), " ".join(piece.text for piece in columns), roles, rows)
    return Table(table.head, table.heading, roles, list(_dated(table)))


def _cells(row: Sequence[Piece], columns: Sequence[Piece]) -> Row:
    """Each piece goes to the column it is aligned with: at the left, at the right, or in the middle."""
    cells = [""] * len(columns)
    for piece in row:
        place = min(range(len(columns)), key=lambda at: _apart(piece, columns[at]))
        cells[place] = f"{cells[place]} {piece.text}".strip()
    return cells


def _apart(piece: Piece, column: Piece) -> float:
    middles = abs((piece.left + piece.right) - (column.left + column.right)) / 2
    return min(abs(piece.left - column.left), abs(piece.right - column.right), middles)


def _dated(table: Table) -> list[Row]:
    """Rows with their day, which some banks print once for several; a balance brought forward is no movement."""
    day_at = table.columns["day"]
    moneys = [table.columns[role] for role in ("amount", "money_in", "money_out") if role in table.columns]
    rows, last = [], ""
    for each in table.rows:
        row = each
        if _BROUGHT.search(" ".join(row)) and not any(row[at] for at in moneys):
            continue
        if row[day_at]:
            last = row[day_at] if any(char.isdigit() for char in row[day_at]) else last
        elif last and any(amounts.amount(row[at]) is not None for at in moneys):
            row = [*row[:day_at], last, *row[day_at + 1 :]]
        rows.append(row)
    return rows


def _described(document: Document, pages: Sequence[Page], how: How) -> Document:
    """The document with what it says as a paper: whose account, from when to when, and its sums."""
    moved = [each.amount for each in document.records.transactions]
    last = document.records.transactions[-1]
    first = document.records.transactions[0]
    proved = document.proof is Proof.PROVED and not document.unread
    sure = Confidence.PROVED if proved else Confidence.UNSURE
    form = recognise(pages[0])
    labelled = read_form(form, pages[0]) if form is not None and form.kind == "bank_statement" else {}
    currency = last.currency or (labelled["currency"].taken.value if "currency" in labelled else "")
    sums: dict[str, str] = {}
    if last.balance is not None and first.balance is not None:
        sums = {"opening": f"{first.balance - first.amount:.2f}", "closing": f"{last.balance:.2f}"}
    sums |= {
        "money_in": f"{sum((each for each in moved if each > 0), Decimal(0)):.2f}",
        "money_out": f"{-sum((each for each in moved if each < 0), Decimal(0)):.2f}",
        "rows": str(len(moved)),
    }
    if document.first and document.last:
        sums |= {"first": document.first.isoformat(), "last": document.last.isoformat()}
    values = [PaperValue(name=name, value=value, how=how, confidence=sure) for name, value in sums.items()]
    told = {name: reading for name, reading in labelled.items() if name in {"holder", "account_number"}}
    if document.holders:
        named = Reading(Taken(readers.tidy(document.holders[0].name)))
        if named.taken.value and ("holder" not in told or told["holder"].doubtful):
            told["holder"] = named
        told.setdefault("account_number", Reading(Taken(document.holders[0].number.replace(" ", ""))))
    said = {name: reading.taken.value for name, reading in told.items()}
    bank = next((found[0] for row in pages[0].rows[:4] if (found := _BANK.search(" ".join(p.text for p in row)))), "")
    said |= {"bank": bank, "currency": currency}
    doubted = {name for name, reading in told.items() if reading.doubtful}
    values += [
        PaperValue(
            name=name, value=value, how=how, confidence=Confidence.UNSURE if name in doubted else Confidence.CLEAR
        )
        for name, value in said.items()
        if value
    ]
    names = {each.name for each in values}
    unclear = tuple(name for name in ("holder", "account_number", "closing") if name not in names)
    country = _COUNTRY.get(currency, form.country if form else "")
    reading = PaperReading("bank_statement", tuple(values), unclear, "", country, len(pages), how)
    return Document(
        document.format, document.source, document.records, document.papers, document.holders, document.proof,
        document.first, document.last, document.left_out, document.unread, reading,
    )  # fmt: skip
