"""What really happened to an invented business: movements, sales and tax periods.

Sources never see this: sandboxes serve it in their own protocol, and the ground truth is computed
from it directly.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from flows.application.months import complete

MONTHS = 24


class Category(StrEnum):
    """What an entry really is. The bank does not say so; a source has to find out."""

    CARD_SALE = "card_sale"
    SALE = "sale"
    PAYOUT = "payout"
    ROUND_TRIP = "round_trip"
    REFUND = "refund"
    RETURNED = "returned"
    OWN = "own"
    PROCEEDS = "proceeds"
    REPAYMENT = "repayment"
    COST = "cost"
    TAX = "tax"
    DRAWINGS = "drawings"


class Book(StrEnum):
    """Which of the owner's accounts an entry is on."""

    MAIN = "main"
    CLOSED = "closed"
    PRIVATE = "private"


REVENUE = frozenset({Category.CARD_SALE, Category.SALE, Category.PAYOUT})


@dataclass(frozen=True)
class Entry:
    """One movement on one account; `amount` is negative for money out."""

    id: str
    day: date
    book: Book
    amount: Decimal
    category: Category
    party: str
    text: str
    party_account: str | None = None


@dataclass(frozen=True)
class TaxPeriod:
    """One period to declare. `filed` and `sales` are None while it is open; `paid` is what was paid for it.

    `invoices` are registered with the tax office (China only): all sales of the period.
    """

    first: date
    last: date
    due: date
    filed: date | None
    sales: Decimal | None
    paid: Decimal
    invoices: int | None = None


@dataclass(frozen=True)
class Ledger:
    """Everything that happened to one business up to the day before `as_of`.

    `sales` are net of VAT by month; `on_account` is what each day sold, with VAT, that was not paid by card or wallet.
    """

    as_of: date
    first_day: date
    entries: tuple[Entry, ...]
    sales: dict[date, Decimal]
    periods: tuple[TaxPeriod, ...]
    opening: Decimal
    on_account: dict[date, Decimal]

    def complete_months(self) -> tuple[date, ...]:
        """The complete months the business has been trading, at most 24, oldest first."""
        return tuple(month for month in complete(self.as_of, MONTHS) if month >= self.first_day)
