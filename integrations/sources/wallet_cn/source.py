"""Alipay and WeChat Pay exports as files: what customers paid, less what was given back to them.

A wallet sees a part of what was not paid in cash; what a till or the bank says of all of it counts more.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from flows.application.attributes.sold import taken
from flows.application.money import Money, to_cents
from flows.application.months import complete, month_of, window
from flows.application.records import Bounds, Payment, Records
from flows.ports import Source, Subject
from integrations.documents.document import Document
from integrations.toolkit.papers import PaperSource
from integrations.toolkit.source import CURRENCIES, Gathering, Setup

YEAR = 12


def open_source(setup: Setup) -> Source:
    """The exports in the box behind `setup.client`."""
    return PaperSource(setup, fill)


def fill(found: Gathering, documents: Sequence[Document], subject: Subject, as_of: date) -> None:
    """card_sales_12m as far as the wallets saw it, when each of the twelve months has a payment."""
    if not found.covers("wallet_payments"):
        return
    currency, since = CURRENCIES[subject.country], found.consent.data_from.date()
    rows = (each for document in documents for each in document.records.payments)
    payments = _once(each for each in rows if each.currency == currency and since <= each.at.date() < as_of)
    days = [each.at.date() for each in payments]
    found.ledger = Records(payments=payments, bounds=Bounds(since=min(days, default=None), until=as_of))
    year = complete(as_of, YEAR)
    if not set(year) <= {month_of(day) for day in days}:
        found.note("wallet_months_missing")
        return
    total = to_cents(sum((taken(each) for each in payments if month_of(each.at.date()) in year), Decimal(0)))
    found.value("card_sales_12m", Money(amount=total, currency=currency), "payments", window=window(year))


def _once(payments: Iterable[Payment]) -> list[Payment]:
    """Each row once, oldest first: exports overlap, and the same one may be sent twice."""
    known = {(each.channel, each.id, each.at, each.amount): each for each in payments}
    return sorted(known.values(), key=lambda each: (each.at, each.id))
