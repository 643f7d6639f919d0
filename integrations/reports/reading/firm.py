"""All files of one firm together: their records, whose they are, in which currency and as of which day they speak."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flows.application.attributes.movements import plain
from flows.application.attributes.results import Held
from flows.application.months import month_of, shift
from flows.application.records import Bounds, Records
from flows.application.report.material import Proof
from flows.application.report.model import NO_CURRENCY, Business, SourceUsed
from integrations.documents import accounts, proof
from integrations.documents.document import Document
from integrations.reports.reading.shelf import INVOICES, STATEMENT, Shelf, Wanted

FAR_APART = 6  # months


@dataclass(frozen=True)
class Firm:
    """One firm's records and where they are from. `chinese`: its files are in Chinese."""

    business: Business
    held: tuple[Held, ...]
    sources: tuple[SourceUsed, ...]
    as_of: date
    currency: str
    proof: Proof
    notes: tuple[str, ...]
    chinese: bool


def read_firm(files: Sequence[Path], wanted: Wanted) -> Firm:
    """The records of one firm. Raises ColumnsUnclear or FileUnreadable, naming the file."""
    shelf = Shelf(wanted)
    for file in files:
        shelf.open(file)
    named = Counter(_currencies(shelf))
    currency = wanted.currency or _usual(named, chinese=shelf.chinese)
    notes = list(dict.fromkeys(shelf.notes))
    if currency == NO_CURRENCY:
        notes.append("no_currency")
    if named.keys() - {currency, ""}:
        notes.append("other_currency")
    documents = [document for _, document in shelf.statements]
    return Firm(
        business=Business(
            name=(wanted.business or shelf.owner or _stem(files))[:400], registration_number=shelf.owner_number
        ),
        held=(*_invoices(shelf, currency), *_movements(shelf, documents, currency)),
        sources=tuple(shelf.sources),
        as_of=wanted.as_of or _as_of(shelf, wanted.today),
        currency=currency,
        proof=Proof(proof.together(each.proof for each in documents)) if documents else Proof.NONE,
        notes=tuple(notes),
        chinese=shelf.chinese,
    )


def _invoices(shelf: Shelf, currency: str) -> list[Held]:
    held: list[Held] = []
    for given, invoices in shelf.invoices:
        rows = invoices
        if not all(each.currency for each in invoices):
            rows = [each if each.currency else replace(each, currency=currency) for each in invoices]
        first = month_of(min(each.day for each in rows))
        held.append(Held(INVOICES, given.consent, Records(invoices=rows), first))
    return held


def _movements(shelf: Shelf, documents: Sequence[Document], currency: str) -> list[Held]:
    """The movements of each statement; the first one carries the balance of them all, so that it counts once."""
    held: list[Held] = []
    holders = [holder for each in documents for holder in each.holders]
    for (given, document), rows in zip(shelf.statements, accounts.batches(documents, currency), strict=True):
        since = accounts.covered_from(min(each.day for each in document.records.transactions))
        bounds = Bounds(
            since=since,
            own_accounts=tuple(each.number for each in holders if each.number),
            own_names=tuple(plain(each.name) for each in holders if each.name),
            balance=None if held else accounts.balance(documents),
        )
        held.append(Held(STATEMENT, given.consent, Records(transactions=rows, bounds=bounds), since))
    return held


def _currencies(shelf: Shelf) -> list[str]:
    invoices = [each.currency for _, rows in shelf.invoices for each in rows]
    return invoices + [each.currency for _, document in shelf.statements for each in document.records.transactions]


def _usual(named: Counter[str], *, chinese: bool) -> str:
    """The currency that most rows name; yuan for files in Chinese that name none, else none."""
    usual = next((code for code, _ in named.most_common() if code), "")
    return usual or ("CNY" if chinese else NO_CURRENCY)


def _as_of(shelf: Shelf, today: date) -> date:
    """The day after the last month that the files cover; while that month lasts, today.

    Invoices and statements that end within half a year of one another speak together until the first of them ends.
    """
    ends: dict[str, date] = {}
    for each in shelf.sources:
        if each.last is not None:
            ends[each.source] = max(ends.get(each.source, each.last), each.last)
    months = sorted(month_of(each) for each in ends.values())
    last = months[0] if shift(months[0], FAR_APART) >= months[-1] else months[-1]
    return today if last == month_of(today) else shift(last, 1)


def _stem(files: Sequence[Path]) -> str:
    return files[0].stem if len(files) == 1 else files[0].resolve().parent.name
