"""Bank statements as files: what the account booked, with the balance that proves it.

A statement says little about who owns what, so the account to be paid to and identities are not read from it.
"""

from collections.abc import Sequence
from datetime import date

from flows.application.attributes.cashflow import CashFlow
from flows.application.attributes.movements import Own, classify, once, plain
from flows.application.records import Bounds, Records
from flows.ports import Source, Subject
from integrations.documents import accounts
from integrations.documents.document import Document, Proof
from integrations.toolkit import banking
from integrations.toolkit.papers import PaperSource
from integrations.toolkit.source import CURRENCIES, Gathering, Setup


def open_source(setup: Setup) -> Source:
    """The statements in the box behind `setup.client`."""
    return PaperSource(setup, fill)


def fill(found: Gathering, documents: Sequence[Document], subject: Subject, as_of: date) -> None:
    """Candidates, features and records of the statements' common cash flow."""
    currency = CURRENCIES[subject.country]
    since = found.consent.data_from.date()
    rows = [each for each in once(accounts.batches(documents, currency)) if since <= each.day <= as_of]
    if all(each.proof is Proof.NONE for each in documents):
        found.note("not_proved")
    if not rows or not found.covers("transactions", "balances"):
        return
    holders = [holder for each in documents for holder in each.holders]
    own = Own(
        accounts=frozenset(each.number for each in holders if each.number),
        names=frozenset(plain(each.name) for each in holders if each.name),
    )
    covered = max(since, accounts.covered_from(rows[0].day))
    balance = accounts.balance(documents) if found.covers("balances") else None
    flow = CashFlow(classify(rows, own), balance, covered, as_of)
    if not found.covers("transactions"):
        banking.read_balance(found, flow, currency)
        return
    banking.read_fields(found, flow, currency, cards=any(each.code for each in rows))
    banking.read_features(found, flow)
    bounds = Bounds(covered, as_of, tuple(own.accounts), tuple(own.names), balance)
    found.ledger = Records(transactions=rows, bounds=bounds)
