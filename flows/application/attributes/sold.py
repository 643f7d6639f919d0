"""Attributes of orders at the till and online (40 to 44); a row that an export repeats counts once by its number."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from flows.application.attributes.results import Held, Sheet, basis, observed, ratio
from flows.application.months import complete, month_of
from flows.application.records import Order, OrderState, Payment

YEAR = 12
ZERO = Decimal(0)
NIGHT_ENDS = 6
DAYS = 30


@dataclass(frozen=True)
class Sold:
    """Orders that were paid, each once, in the currency of the business, of one side: till or online."""

    orders: tuple[Order, ...]
    sheet: Sheet

    @property
    def year(self) -> list[Order]:
        """Those of the observed months of the last twelve."""
        months = set(self.sheet.months)
        return [each for each in self.orders if month_of(each.at.date()) in months]


def kept(order: Order) -> Decimal:
    """What is left of an order after what was given back."""
    return order.total - given_back(order)


def taken(payment: Payment) -> Decimal:
    """What a wallet row adds to takings: paid by a customer, or (negative) given back to one.

    What the owner spent, got back or moved is none.
    """
    if payment.neutral or payment.refund is (payment.amount > 0):
        return ZERO
    return payment.amount


def given_back(order: Order) -> Decimal:
    """What was given back of an order."""
    return order.total if order.state is OrderState.REFUNDED else order.refunded


def open_orders(held: Sequence[Held], as_of: date, currency: str, *, online: bool) -> Sold | None:
    """The paid orders of one side; None when nobody holds any."""
    having = [each for each in held if any(item.online is online for item in each.records.orders)]
    unique = {
        item.id: item
        for each in having
        for item in each.records.orders
        if item.online is online
        and item.currency == currency
        and item.state is not OrderState.CANCELLED
        and item.at.date() < as_of
    }
    if not unique:
        return None
    orders = tuple(sorted(unique.values(), key=lambda each: each.at))
    sinces = [each.records.bounds.since for each in having]
    since = min((each for each in sinces if each is not None), default=None)
    months = observed(orders[0].at.date(), since, None, complete(as_of, 1)[0], YEAR)
    return Sold(orders, Sheet(months, len(orders), basis(having)))


def open_wallets(held: Sequence[Held], as_of: date, currency: str) -> Sold | None:
    """What customers paid by wallet at the counter of a business without a till; None when nobody holds any.

    Payments of known online orders are left out.
    """
    online = {item.id for each in held for item in each.records.orders if item.online}
    having = [each for each in held if each.records.payments]
    unique = {
        (item.channel, item.id): Order(item.id, item.at, False, taken(item), item.currency)
        for each in having
        for item in each.records.payments
        if taken(item) and item.currency == currency and item.order_id not in online and item.at.date() < as_of
    }
    if not unique:
        return None
    orders = tuple(sorted(unique.values(), key=lambda each: each.at))
    months = observed(orders[0].at.date(), None, None, complete(as_of, 1)[0], YEAR)
    return Sold(orders, Sheet(months, len(orders), basis(having)))


def sold_online(shop: Sold, held: Sequence[Held]) -> Sheet:
    """Attributes of the online shop; parcels count when a source holds any."""
    put, year, months = shop.sheet.put, shop.year, len(shop.sheet.months)
    gmv = sum((each.total for each in year), ZERO)
    put("gmv_m", ratio(gmv, months))
    put("aov", ratio(gmv, len(year)))
    put("orders_m", ratio(len(year), months))
    put("refund_rate", ratio(sum((given_back(each) for each in year), ZERO), gmv))
    buyers = Counter(each.buyer for each in year if each.buyer)
    known = ratio(sum(buyers.values()), len(year))
    put("repeat_buyers", ratio(sum(count >= 2 for count in buyers.values()), len(buyers)), coverage=known)
    parcels = [each for each in held if each.records.shipments]
    sent = {item.order_id for each in parcels for item in each.records.shipments}
    paid = [each for each in year if kept(each) > 0]
    matched = ratio(sum(each.id in sent for each in paid), len(paid)) if parcels else None
    joint = Sheet(shop.sheet.months, shop.sheet.records, shop.sheet.basis + basis(parcels), shop.sheet.results)
    joint.put("ship_match", matched, coverage=None if parcels else ZERO)
    return shop.sheet


def sold_at_till(till: Sold, as_of: date) -> Sheet:
    """Attributes of the till."""
    put = till.sheet.put
    since = as_of - timedelta(days=DAYS)
    days = {each.at.date() for each in till.orders if each.at.date() >= since}
    enough = till.orders[0].at.date() <= since
    put("pos_days", ratio(len(days), DAYS) if enough else None)
    takings = sum((kept(each) for each in till.year), ZERO)
    night = sum((kept(each) for each in till.year if each.at.hour < NIGHT_ENDS), ZERO)
    put("pos_night", ratio(night, takings))
    return till.sheet
