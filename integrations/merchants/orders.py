"""The orders behind each day's settlements: over the counter, online, their wallet rows and parcels."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from flows.application.money import to_cents
from integrations.merchants.commerce import Order, OrderState, Shipment, Tender, WalletRow
from integrations.merchants.invoicing import seeded, split
from integrations.merchants.ledger import Category, Ledger
from integrations.merchants.profile import Profile

ZONES = {"CN": timezone(timedelta(hours=8)), "GB": UTC}
OPEN_AT, OPEN_HOURS = 9, 12
CARRIERS = {"zh": ("疾风速运", "云雀快递"), "en": ("Fleetfoot", "Lantern Post")}
_SETTLED = {Category.CARD_SALE: False, Category.PAYOUT: True}


def orders(profile: Profile, ledger: Ledger) -> tuple[Order, ...]:
    """Every order, oldest first; those that an export repeats come twice."""
    takings: dict[tuple[date, bool], Decimal] = {}
    for each in ledger.entries:
        if each.category in _SETTLED:
            key = (each.day, _SETTLED[each.category])
            takings[key] = takings.get(key, Decimal(0)) + each.amount
    found = [order for (day, online), amount in takings.items() for order in _day(profile, day, amount, online=online)]
    repeated = profile.selling.repeated_every
    again = found[repeated - 1 :: repeated] if repeated is not None else []
    return tuple(sorted((*found, *again), key=lambda order: (order.at, order.id)))


def _day(profile: Profile, day: date, amount: Decimal, *, online: bool) -> Iterator[Order]:
    """Orders of a day that add up to its settlement; some more are given back, cancelled or in foreign money."""
    selling, made = profile.selling, seeded(profile, "orders", day, online)
    count = max(1, round(selling.orders_a_day * made.uniform(0.7, 1.3)))
    totals = [each for each in split(amount, [made.uniform(0.2, 1.8) for _ in range(count)]) if each > 0]
    states = [OrderState.PAID] * len(totals)
    for total in tuple(totals):
        draw = made.random()
        if draw < selling.refunds + 0.01:
            totals.append(to_cents(total * Decimal("0.8")))
            states.append(OrderState.REFUNDED if draw < selling.refunds else OrderState.CANCELLED)
    for place, (total, state) in enumerate(zip(totals, states, strict=True)):
        yield _order(profile, made, (day, place), (total, state), online=online)
    if online and selling.foreign_every is not None and day.toordinal() % selling.foreign_every == 0:
        sold = (to_cents(amount / 20), OrderState.PAID)
        foreign = _order(profile, made, (day, len(totals)), sold, online=True)
        yield replace(foreign, currency=selling.foreign_currency)


def _order(
    profile: Profile, made: random.Random, number: tuple[date, int], sold: tuple[Decimal, OrderState], *, online: bool
) -> Order:
    selling, (day, place), (total, state) = profile.selling, number, sold
    night = not online and made.random() < selling.night
    hour = made.randrange(6) if night else OPEN_AT + made.randrange(OPEN_HOURS)
    wallet = made.random() < selling.wallet
    return Order(
        id=f"{'S' if online else 'T'}{day:%Y%m%d}{place:04d}",
        at=datetime(day.year, day.month, day.day, hour, made.randrange(60), tzinfo=ZONES[profile.country]),
        online=online,
        total=total,
        currency=profile.currency,
        state=state,
        tender=Tender.ONLINE if online else Tender.WALLET if wallet else Tender.CARD,
        site=made.randrange(len(selling.sites)) if selling.sites and not online else 0,
        # A few buyers come often, most come rarely.
        buyer=f"b{int(selling.buyers * made.random() ** 2):05d}" if online else "",
    )


def wallet_rows(found: tuple[Order, ...]) -> tuple[WalletRow, ...]:
    """What the wallet shows of orders paid with it: a refund is a row of its own, a cancelled order a closed trade."""
    rows: list[WalletRow] = []
    for each in found:
        if each.tender is not Tender.WALLET:
            continue
        payer = f"u{each.id[-6:]}"
        state = OrderState.CANCELLED if each.state is OrderState.CANCELLED else OrderState.PAID
        rows.append(WalletRow(f"W{each.id}", each.at, each.total, each.id, payer, state))
        if each.state is OrderState.REFUNDED:
            back = each.at + timedelta(minutes=20)
            rows.append(WalletRow(f"R{each.id}", back, -each.total, each.id, payer, OrderState.REFUNDED))
    return tuple(rows)


def shipments(profile: Profile, found: tuple[Order, ...], as_of: date) -> tuple[Shipment, ...]:
    """A parcel the day after for each online order that was paid and kept, but for the unsent ones."""
    sent: dict[str, Shipment] = {}
    for each in found:
        day = each.at.date() + timedelta(days=1)
        if not each.online or each.state is not OrderState.PAID or day >= as_of:
            continue
        made = seeded(profile, "parcel", each.id)
        if made.random() >= profile.selling.unshipped:
            sent[each.id] = Shipment(f"P{each.id}", each.id, day, made.choice(CARRIERS[profile.lang]))
    return tuple(sent.values())
