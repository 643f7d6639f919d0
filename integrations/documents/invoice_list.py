"""Lists of invoices, issued or received: as the Chinese tax platform exports them, and plain English ones.

Void rows stay in the list as void, red-letter rows are negative. A list that names neither party's number nor name
cannot say who issued what and is refused.
"""

from dataclasses import replace
from decimal import Decimal

from flows.application.records import Standing
from integrations.documents import amounts, days
from integrations.documents.document import Document, Paper, Unreadable
from integrations.documents.table import Row, Table

_VOID = ("作废", "void", "cancelled", "canceled", "annulled")
_ROUNDING = Decimal("0.05")
_RED = ("红字", "credit note", "credited note")


def read(table: Table, written: str) -> Document:
    """A list of invoices. Rows of one number are its goods and are added up; the same row twice counts once."""
    day_of = days.reader_for(table.cells("day"))
    mark = amounts.decimal_mark(cell for role in ("net", "tax", "gross") for cell in table.cells(role))
    currency = "CNY" if any("\u4e00" <= char <= "\u9fff" for char in table.heading) else ""
    found: dict[tuple[str, Standing], Paper] = {}
    seen: set[tuple[str, ...]] = set()
    left_out = unread = 0
    for row in table.rows:
        paper = _paper(table, row, day_of, mark, currency)
        if paper is None:
            summed = not table.cell(row, "digital") and not table.cell(row, "number")
            left_out, unread = left_out + summed, unread + (not summed)
        elif tuple(row) in seen:
            left_out += 1
        else:
            seen.add(tuple(row))
            before = found.get((paper.number, paper.standing))
            if before is not None:
                paper = replace(before, net=before.net + paper.net, tax=before.tax + paper.tax)
            found[paper.number, paper.standing] = paper
    if not found:
        raise Unreadable("no_data", "no invoice")
    papers = sorted(found.values(), key=lambda each: each.day)
    return Document(
        format=written,
        source="einvoice",
        papers=papers,
        first=papers[0].day,
        last=papers[-1].day,
        left_out=left_out,
        unread=unread,
    )


def _paper(table: Table, row: Row, day_of: days.Reader, mark: str, currency: str) -> Paper | None:
    number = table.cell(row, "code") + (table.cell(row, "digital") or table.cell(row, "number"))
    day, money = day_of(table.cell(row, "day")), _money(table, row, mark)
    if not number or day is None or money is None:
        return None
    net, tax = money
    standing = _standing(table, row, net + tax)
    if standing is Standing.RED:
        net, tax = -abs(net), -abs(tax)
    return Paper(
        number=number[:80],
        day=day,
        seller=table.cell(row, "seller")[:200],
        seller_number=table.cell(row, "seller_number")[:60],
        buyer=table.cell(row, "buyer")[:200],
        buyer_number=table.cell(row, "buyer_number")[:60],
        net=net,
        tax=tax,
        currency=table.cell(row, "currency")[:3].upper() or currency,
        standing=standing,
        due=day_of(table.cell(row, "due")),
        corrects=table.cell(row, "corrects")[:80],
    )


def _money(table: Table, row: Row, mark: str) -> tuple[Decimal, Decimal] | None:
    """Net and tax of a row, from two of net, tax and gross; None when they are missing or do not add up."""
    net, tax, gross = (amounts.amount(table.cell(row, role), mark) for role in ("net", "tax", "gross"))
    if net is None and gross is not None:
        net = gross - (tax or Decimal(0))
    if net is None:
        return None
    if tax is None:
        tax = gross - net if gross is not None else Decimal(0)
    if gross is not None and abs(net + tax - gross) > _ROUNDING:
        return None
    return net, tax


def _standing(table: Table, row: Row, gross: Decimal) -> Standing:
    state = table.cell(row, "state").casefold()
    if any(word in state for word in _VOID):
        return Standing.VOID
    if gross < 0 or table.cell(row, "positive") == "否" or any(word in state for word in _RED):
        return Standing.RED
    return Standing.VALID
