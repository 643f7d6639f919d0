"""What orders say of twelve months: card takings over the counter, and online sales.

Over the last twelve complete months; a source whose first order is later than the first of them does not
cover the year, and what needs the year stays unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from flows.application.money import Money
from flows.application.months import complete, month_of, window
from flows.application.records import Order, OrderState
from flows.application.shapes import OnlineSales
from integrations.toolkit.source import Gathering

YEAR = 12
CASH = "cash"
FOUR_DIGITS = Decimal("0.0001")


@dataclass(frozen=True)
class Trade:
    """The paid orders in the currency of the business, each once, seen on `as_of`."""

    orders: tuple[Order, ...]
    as_of: date

    @classmethod
    def of(cls, orders: Iterable[Order], currency: str, as_of: date) -> "Trade":
        """Leave out what was never paid, is in foreign money, or comes a second time under the same id."""
        known = {each.id: each for each in orders}
        paid = (each for each in known.values() if each.state is not OrderState.CANCELLED)
        return cls(tuple(each for each in paid if each.currency == currency), as_of)

    @property
    def window(self) -> str:
        """The twelve months."""
        return window(complete(self.as_of, YEAR))

    @property
    def whole_year(self) -> bool:
        """Whether there are orders from the first of the twelve months on."""
        first = complete(self.as_of, YEAR)[0]
        return any(month_of(each.at.date()) <= first for each in self.orders)

    def year(self) -> list[Order]:
        """The orders of the twelve months."""
        months = set(complete(self.as_of, YEAR))
        return [each for each in self.orders if month_of(each.at.date()) in months]


def read_till(found: Gathering, trade: Trade, currency: str, record: str) -> None:
    """card_sales_12m: what was not paid in cash, less refunds."""
    year = trade.year()
    if trade.whole_year:
        cashless = [each for each in year if each.tender != CASH]
        card = _sum(each.total - each.refunded for each in cashless)
        found.value("card_sales_12m", Money(amount=card, currency=currency), record, window=trade.window)
    elif trade.orders:
        found.note("short_history")


def read_shop(found: Gathering, trade: Trade, currency: str, record: str) -> None:
    """online_sales_12m: paid orders, and what share of their sum was given back."""
    year = trade.year()
    gmv, back = _sum(each.total for each in year), _sum(each.refunded for each in year)
    covered = trade.whole_year and bool(year)
    rate = _share(back, gmv)
    if covered and rate is not None:
        sales = OnlineSales(amount=Money(amount=gmv, currency=currency), orders=len(year), refund_rate=rate)
        found.value("online_sales_12m", sales, record, window=trade.window)
    elif trade.orders:
        found.note("short_history")


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Part of the whole to four decimals, half up; None when there is no whole."""
    return (part / whole).quantize(FOUR_DIGITS, rounding=ROUND_HALF_UP) if whole else None


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
