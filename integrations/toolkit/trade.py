"""What orders say: sales of twelve months by channel, and how the till and the shop run.

Over the last twelve complete months; a source whose first order is later than the first of them does not
cover the year, and what needs the year stays unknown.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from flows.application.money import Money
from flows.application.records import Order, OrderState
from flows.application.shapes import OnlineSales
from integrations.toolkit.months import complete, month_of, window
from integrations.toolkit.source import Gathering

YEAR = 12
RECENT = 30
NIGHT = 6
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

    def recent(self) -> list[Order]:
        """The orders of the thirty days before `as_of`."""
        first = self.as_of - timedelta(days=RECENT)
        return [each for each in self.orders if first <= each.at.date() < self.as_of]


def read_till(found: Gathering, trade: Trade, currency: str, record: str) -> None:
    """card_sales_12m: what was not paid in cash, less refunds. pos_days, pos_night: see their formulas."""
    year = trade.year()
    if trade.whole_year:
        cashless = [each for each in year if each.tender != CASH]
        card = _sum(each.total - each.refunded for each in cashless)
        found.value("card_sales_12m", Money(amount=card, currency=currency), record, window=trade.window)
    elif trade.orders:
        found.note("short_history")
    recent = trade.recent()
    days = Decimal(len({each.at.date() for each in recent})) / RECENT
    night = _share(_sum(each.total for each in recent if each.at.hour < NIGHT), _sum(each.total for each in recent))
    month = f"{trade.as_of - timedelta(days=RECENT)}/{trade.as_of}"
    found.feature("pos_days", days if recent else None, month, len(recent))
    found.feature("pos_night", night, month, len(recent))


def read_shop(found: Gathering, trade: Trade, currency: str, record: str) -> None:
    """online_sales_12m, and gmv_m, aov, orders_m, refund_rate, repeat_buyers over the same months."""
    year = trade.year()
    gmv, back = _sum(each.total for each in year), _sum(each.refunded for each in year)
    covered = trade.whole_year and bool(year)
    rate = _share(back, gmv)
    if covered and rate is not None:
        sales = OnlineSales(amount=Money(amount=gmv, currency=currency), orders=len(year), refund_rate=rate)
        found.value("online_sales_12m", sales, record, window=trade.window)
    elif trade.orders:
        found.note("short_history")

    def add(name: str, value: Decimal | None) -> None:
        found.feature(name, value if covered else None, trade.window, len(year))

    add("gmv_m", gmv / YEAR)
    add("orders_m", Decimal(len(year)) / YEAR)
    add("aov", gmv / len(year) if year else None)
    add("refund_rate", rate)
    add("repeat_buyers", _repeat(year))


def _repeat(orders: Sequence[Order]) -> Decimal | None:
    """Buyers with two orders and more / buyers; orders without a buyer say nothing."""
    counts = Counter(each.buyer for each in orders if each.buyer)
    return _share(Decimal(sum(count > 1 for count in counts.values())), Decimal(len(counts)))


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Part of the whole to four decimals, half up; None when there is no whole."""
    return (part / whole).quantize(FOUR_DIGITS, rounding=ROUND_HALF_UP) if whole else None


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
