"""Bank statements as files: what the account booked, with the balance that proves it.

A statement says little about who owns what, so the account to be paid to and identities are not read from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from flows.application.attributes.cashflow import CashFlow
from flows.application.attributes.movements import Own, classify, once, plain
from flows.application.months import month_of
from flows.application.records import Bounds, Records, Transaction
from flows.ports import Source, Subject
from integrations.documents.document import Document, Holder, Proof
from integrations.toolkit import banking
from integrations.toolkit.papers import PaperSource
from integrations.toolkit.source import CURRENCIES, Gathering, Setup

FIRST_DAYS = 5  # a statement whose first row is on one of these days covers the month from its beginning


def open_source(setup: Setup) -> Source:
    """The statements in the box behind `setup.client`."""
    return PaperSource(setup, fill)


def fill(found: Gathering, documents: Sequence[Document], subject: Subject, as_of: date) -> None:
    """Candidates, features and records of the statements' common cash flow."""
    currency = CURRENCIES[subject.country]
    since = found.consent.data_from.date()
    rows = [each for each in once(_batches(documents, currency)) if since <= each.day <= as_of]
    if all(each.proof is Proof.NONE for each in documents):
        found.note("not_proved")
    if not rows or not found.covers("transactions", "balances"):
        return
    holders = [holder for each in documents for holder in each.holders]
    own = Own(
        accounts=frozenset(each.number for each in holders if each.number),
        names=frozenset(plain(each.name) for each in holders if each.name),
    )
    first = rows[0].day
    covered = max(since, month_of(first) if first.day <= FIRST_DAYS else first)
    balance = _balance(documents) if found.covers("balances") else None
    flow = CashFlow(classify(rows, own), balance, covered, as_of)
    if not found.covers("transactions"):
        banking.read_balance(found, flow, currency)
        return
    banking.read_fields(found, flow, currency, cards=any(each.code for each in rows))
    banking.read_features(found, flow)
    bounds = Bounds(covered, as_of, tuple(own.accounts), tuple(own.names), balance)
    found.ledger = Records(transactions=rows, bounds=bounds)


def _batches(documents: Sequence[Document], currency: str) -> Iterator[list[Transaction]]:
    """The rows of each file in the currency of the market, with the account that its head names."""
    for document in documents:
        number = document.holders[0].number if len(document.holders) == 1 else ""
        rows = (each for each in document.records.transactions if each.currency in {currency, ""})
        yield [replace(each, account=each.account or number, currency=currency) for each in rows]


def _balance(documents: Sequence[Document]) -> Decimal | None:
    """The balance of all accounts after the last row; None when one account's is unknown."""
    last: dict[str, tuple[date, Decimal | None]] = {}
    for document in documents:
        for holder in document.holders or (Holder(),):
            theirs = [each for each in document.records.transactions if each.account in {holder.number, ""}]
            written = next((each.balance for each in reversed(theirs) if each.balance is not None), None)
            known = holder.balance if holder.balance is not None else written
            ends = document.last or date.min
            if holder.number not in last or ends >= last[holder.number][0]:
                last[holder.number] = (ends, known)
    balances = [balance for _, balance in last.values()]
    return None if None in balances else sum((each for each in balances if each is not None), Decimal(0))
