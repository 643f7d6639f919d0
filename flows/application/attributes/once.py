"""Each sale once: the same one stands in the till, in the wallet, on an invoice and at the bank.

A wallet row belongs to the order it names, else to one of the same day and amount. A transfer pays the invoice of its
amount and party. A settlement at the bank pays takings of the days before it. What is left of invoices and of takings
cannot be told apart one by one (a counter that writes an invoice for each sale): of a month the larger counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from flows.application.attributes.cashflow import REVENUE
from flows.application.attributes.movements import Kind, Movement
from flows.application.attributes.parties import folded
from flows.application.attributes.sold import kept, taken
from flows.application.months import month_of
from flows.application.records import Invoice, Order, Payment, Standing

ZERO = Decimal(0)
SETTLED_WITHIN = 5
PAID_WITHIN = timedelta(days=120)
TILL, SHOP, WALLET, CARD, ACCOUNT = "till", "shop", "wallet", "card", "account"


@dataclass
class OneCount:
    """Sales with tax by month and channel, each counted once. `same` is what other records say again."""

    by_month: dict[date, dict[str, Decimal]] = field(default_factory=dict)
    same: Decimal = ZERO

    def add(self, day: date, channel: str, amount: Decimal) -> None:
        """Count an amount."""
        channels = self.by_month.setdefault(month_of(day), {})
        channels[channel] = channels.get(channel, ZERO) + amount

    def by_channel(self, months: Iterable[date]) -> dict[str, Decimal]:
        """What each channel sold in these months."""
        sums: dict[str, Decimal] = {}
        for month in months:
            for channel, amount in self.by_month.get(month, {}).items():
                sums[channel] = sums.get(channel, ZERO) + amount
        return sums


def count_once(
    orders: Sequence[Order], payments: Sequence[Payment], invoices: Sequence[Invoice], movements: Sequence[Movement]
) -> OneCount:
    """Count sales: orders paid and kept, wallet rows, issued invoices, bank movements, each kind without repeats."""
    found = OneCount()
    takings: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for order in orders:
        found.add(order.at.date(), SHOP if order.online else TILL, kept(order))
        takings[order.at.date()] += kept(order)
    _wallet(found, orders, payments, takings)
    open_invoices = _transfers(found, invoices, movements, takings)
    _left_over(found, open_invoices)
    return found


def _wallet(
    found: OneCount, orders: Sequence[Order], payments: Sequence[Payment], takings: dict[date, Decimal]
) -> None:
    ids = {order.id for order in orders}
    alike = Counter((order.at.date(), order.total) for order in orders)
    seen: set[tuple[str, str]] = set()
    for each in payments:
        if not taken(each) or (each.channel, each.id) in seen:
            continue
        seen.add((each.channel, each.id))
        key = (each.at.date(), each.amount)
        if each.order_id in ids:
            found.same += max(each.amount, ZERO)
        elif alike[key] > 0:
            alike[key] -= 1
            found.same += each.amount
        else:
            found.add(each.at.date(), WALLET, each.amount)
            takings[each.at.date()] += each.amount


def _transfers(
    found: OneCount, invoices: Sequence[Invoice], movements: Sequence[Movement], takings: dict[date, Decimal]
) -> list[Invoice]:
    """Count what the bank shows beyond takings and invoices; the invoices that no transfer pays are given back."""
    waiting: dict[Decimal, list[Invoice]] = defaultdict(list)
    for invoice in invoices:
        if invoice.standing is Standing.VALID:
            waiting[invoice.gross].append(invoice)
        elif invoice.standing is Standing.RED:
            found.add(invoice.day, ACCOUNT, invoice.gross)
    left = dict(takings)
    for each in movements:
        if each.kind not in REVENUE or each.amount <= 0:
            continue
        paid = None if each.kind is Kind.CARD_SALE else _paid(waiting.get(each.amount, []), each)
        if paid is not None:
            waiting[each.amount].remove(paid)
            found.add(paid.day, ACCOUNT, paid.gross)
            found.same += each.amount
            continue
        rest = _settle(each, left, whole=each.kind is not Kind.CARD_SALE)
        found.same += each.amount - rest
        if rest:
            found.add(each.day, CARD if each.kind is Kind.CARD_SALE else ACCOUNT, rest)
    return [invoice for same in waiting.values() for invoice in same]


def _paid(candidates: Sequence[Invoice], movement: Movement) -> Invoice | None:
    """The earliest invoice of this amount that the movement can pay: the party's own, else one not yet old."""
    if not candidates:
        return None
    timely = [each for each in candidates if timedelta(-3) <= movement.day - each.day <= PAID_WITHIN]
    party = folded(movement.party)
    own = [each for each in timely if folded(each.party) == party]
    same_day = [each for each in timely if each.day == movement.day]
    return min(own or same_day, key=lambda each: each.day, default=None)


def _settle(movement: Movement, left: dict[date, Decimal], *, whole: bool) -> Decimal:
    """Take a settlement off the takings of its day and those before; what is left of it.

    A plain transfer settles takings only when it is exactly a day's (`whole`): else it is a sale of its own.
    """
    rest = movement.amount
    for back in range(SETTLED_WITHIN + 1):
        day = movement.day - timedelta(days=back)
        there = left.get(day, ZERO)
        if whole:
            if there == rest:
                left[day] = ZERO
                return ZERO
        elif there > 0:
            taken = min(there, rest)
            left[day] = there - taken
            rest -= taken
            if not rest:
                break
    return rest


def _left_over(found: OneCount, invoices: Sequence[Invoice]) -> None:
    """Of invoices that nothing pays one by one, and takings of the same month, the larger counts."""
    months: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for each in invoices:
        months[month_of(each.day)] += each.gross
    paid_by_account = {month: channels.get(ACCOUNT, ZERO) for month, channels in found.by_month.items()}
    for month, amount in months.items():
        counted = sum(found.by_month.get(month, {}).values(), ZERO)
        covers = counted if not _separate(invoices, month) else counted - paid_by_account.get(month, ZERO)
        beyond = max(amount - covers, ZERO)
        found.same += amount - beyond
        if beyond:
            found.add(month, ACCOUNT, beyond)


def _separate(invoices: Sequence[Invoice], month: date) -> bool:
    """Whether a month's unpaid invoices are to named firms: those are sales beside what was paid on account."""
    mine = [each for each in invoices if month_of(each.day) == month]
    named = sum((each.gross for each in mine if each.party_number), ZERO)
    return named * 2 > sum((each.gross for each in mine), ZERO)
