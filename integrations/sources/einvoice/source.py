"""Invoices as files: what the business issued in the last twelve complete months; void ones never counted."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from flows.application import shapes
from flows.application.money import Money, to_cents
from flows.application.months import complete, month_of, window
from flows.application.records import Bounds, Invoice, Records, Standing
from flows.ports import Source, Subject
from integrations.documents.document import Document, Paper
from integrations.toolkit.papers import PaperSource
from integrations.toolkit.source import CURRENCIES, Gathering, Setup

YEAR = 12


def open_source(setup: Setup) -> Source:
    """The invoices in the box behind `setup.client`."""
    return PaperSource(setup, fill)


def fill(found: Gathering, documents: Sequence[Document], subject: Subject, as_of: date) -> None:
    """The invoices issued: how many valid ones, and their net sum with red-letter ones taken off."""
    currency = CURRENCIES[subject.country]
    papers = {(each.number, each.standing): each for document in documents for each in document.papers}
    issued = [each for each in papers.values() if _is_issued(each, subject.registration_number)]
    nameless = [each for each in papers.values() if not (each.seller or each.seller_number or each.buyer)]
    if nameless:
        found.note("parties_unknown")
    if len(issued) + len(nameless) < len(papers):
        found.note("other_business")
    year = complete(as_of, YEAR)
    found.ledger = Records(invoices=[_invoice(each, currency) for each in issued], bounds=Bounds(until=as_of))
    inside = [each for each in issued if month_of(each.day) in year and each.currency in {currency, ""}]
    months = {month_of(each.day) for each in inside}
    if not {year[0], year[-1]} <= months:
        found.note("invoice_months_missing")
        return
    counted = [each for each in inside if each.standing is not Standing.VOID]
    total = to_cents(sum((each.net for each in counted), Decimal(0)))
    count = sum(each.standing is Standing.VALID for each in counted)
    value = shapes.InvoiceTotal(count=count, amount=Money(amount=total, currency=currency))
    if found.covers("invoices_issued"):
        found.value("invoices_issued_12m", value, "invoices", window=window(year))


def _invoice(paper: Paper, currency: str) -> Invoice:
    return Invoice(
        number=paper.number,
        day=paper.day,
        issued=True,
        party=paper.buyer,
        party_number=paper.buyer_number,
        net=paper.net,
        tax=paper.tax,
        currency=paper.currency or currency,
        standing=paper.standing,
        due=paper.due,
        corrects=paper.corrects,
    )


def _is_issued(paper: Paper, number: str) -> bool:
    """Whether the business issued it: its number is the seller's, or the list names customers alone."""
    if paper.seller_number:
        return any(_plain(each) == _plain(number) for each in paper.seller_number.split())
    return not paper.seller and bool(paper.buyer)


def _plain(number: str) -> str:
    return "".join(char for char in number.upper() if char.isalnum())
