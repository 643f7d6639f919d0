"""The invoices of a business: to its customers, from its suppliers; void, red-letter and repeated ones as profiled.

A shop in China registers an invoice for everything it declares; elsewhere what is not paid by card is invoiced.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from stdnum.cn import uscc

from flows.application.money import to_cents
from flows.application.months import month_of, shift
from integrations.merchants.commerce import Invoice, Party, Standing
from integrations.merchants.ledger import Category, Ledger
from integrations.merchants.profile import Profile
from integrations.merchants.words import WORDS

NAMED = 0.35  # of a counter's invoices go to firms, the rest to private persons
TRIP_DAY, TRIP_DAYS = 14, 3


def seeded(profile: Profile, *about: object) -> random.Random:
    """Numbers that depend only on the business and on what they are about."""
    return random.Random(":".join((profile.id, *map(str, about))))  # noqa: S311 - a model, not a secret


@lru_cache(maxsize=512)
def business_number(country: str, name: str) -> str:
    """A number for an invented firm: with its check digit in China, never one in use in Britain (from 998)."""
    made = random.Random(name)  # noqa: S311 - a model, not a secret
    if country != "CN":
        return f"998{made.randrange(100_000):05d}"
    stem = f"91330106MA0{made.randrange(1_000_000):06d}"
    return stem + uscc.calc_check_digit(stem)


def on_account(profile: Profile, day: date, gross: Decimal) -> list[tuple[Party, Decimal]]:
    """Who was invoiced for what a day sold on account, with tax: up to three of the customers, the first most often."""
    customers = profile.selling.customers
    if not customers or gross <= 0:
        return []
    made = seeded(profile, "account", day)
    weights = [1 / (place + 1.5) for place in range(len(customers))]
    count = made.choice((1, 1, 2, 3))
    found: list[tuple[Party, Decimal]] = []
    for amount in split(gross, [made.uniform(0.6, 1.4) for _ in range(count)]):
        customer = made.choices(customers, weights)[0]
        found.append((Party(made.choice(customer.names), customer.number), amount))
    return [each for each in found if each[1] > 0]


def split(amount: Decimal, weights: list[float]) -> list[Decimal]:
    """`amount`, in whole cents, in parts that stand to each other like the weights and add up to it."""
    cents, whole, running = int(amount * 100), sum(weights), 0.0
    edges = [0]
    for weight in weights[:-1]:
        running += weight
        edges.append(int(cents * running / whole))
    edges.append(cents)
    return [Decimal(later - earlier).scaleb(-2) for earlier, later in pairwise(edges)]


def counter_count(profile: Profile, declared: Decimal) -> int:
    """How many valid invoices a month of a counter in China has: one for each mean amount, and those taken back."""
    mean, red = profile.tax.invoice_mean, profile.selling.red_every
    count = 0 if mean is None else int(declared / mean)
    return count + (count // red if red is not None else 0)


def invoices(profile: Profile, ledger: Ledger) -> tuple[Invoice, ...]:
    """Every invoice of the ledger's time, oldest first."""
    if profile.selling.customers:
        issued = list(_on_account(profile, ledger))
    elif profile.tax.invoice_mean is not None:
        issued = list(_counter(profile, ledger))
    else:
        issued = list(_transfers(profile, ledger))
    found = [*_dirty(profile, issued), *_received(profile, ledger), *_round_trips(profile, ledger)]
    repeated = profile.selling.repeated_every
    again = found[repeated - 1 :: repeated] if repeated is not None else []
    return tuple(sorted((*found, *again), key=lambda each: (each.day, each.number)))


def _on_account(profile: Profile, ledger: Ledger) -> Iterator[Invoice]:
    terms = timedelta(days=profile.selling.terms_days)
    for day, gross in ledger.on_account.items():
        for place, (party, amount) in enumerate(on_account(profile, day, gross)):
            paid = day + terms if day + terms < ledger.as_of else None
            yield _with_tax(profile, f"{day:%Y%m%d}{place:02d}", day, party, amount, due=day + terms, paid_on=paid)


def _transfers(profile: Profile, ledger: Ledger) -> Iterator[Invoice]:
    for day, gross in ledger.on_account.items():
        name = seeded(profile, "transfer", day).choice(WORDS[profile.lang].regulars)
        party = Party(name, business_number(profile.country, name))
        if gross > 0:
            yield _with_tax(profile, f"{day:%Y%m%d}00", day, party, gross, due=day, paid_on=day)


def _counter(profile: Profile, ledger: Ledger) -> Iterator[Invoice]:
    """A month's declared sales in as many invoices as the tax office counts."""
    words, mean = WORDS[profile.lang], profile.tax.invoice_mean
    for month, sold in ledger.sales.items():
        declared = to_cents(sold * profile.tax.declared_share)
        count = 0 if mean is None else int(declared / mean)
        made = seeded(profile, "counter", month)
        first = max(month, ledger.first_day)
        days = (min(shift(month, 1), ledger.as_of) - first).days
        for place, net in enumerate(split(declared, [made.uniform(0.3, 1.7) for _ in range(count)]) if count else ()):
            day = first + timedelta(days=place * days // count)
            name = made.choice(words.regulars) if made.random() < NAMED else words.anonymous
            number = "" if name == words.anonymous else business_number(profile.country, name)
            tax = to_cents(net * profile.trade.vat)
            yield Invoice(f"{month:%Y%m}{place:05d}", day, True, Party(name, number), net, tax, due=day, paid_on=day)


def _dirty(profile: Profile, issued: list[Invoice]) -> Iterator[Invoice]:
    """The invoices, each so-manieth followed by a void one, and by one that a red-letter invoice takes back."""
    void, red = profile.selling.void_every, profile.selling.red_every
    months: dict[date, int] = {}
    for place, each in enumerate(issued, 1):
        yield each
        in_month = months[month_of(each.day)] = months.get(month_of(each.day), 0) + 1
        if void is not None and place % void == 0:
            yield Invoice(f"{each.number}V", each.day, True, each.party, each.net, each.tax, Standing.VOID)
        if red is not None and in_month % red == 0:
            number = f"{each.number}B"
            yield Invoice(number, each.day, True, each.party, each.net, each.tax, due=each.day, paid_on=each.day)
            back = f"{each.number}R"
            yield Invoice(back, each.day, True, each.party, -each.net, -each.tax, Standing.RED, corrects=number)


def _received(profile: Profile, ledger: Ledger) -> Iterator[Invoice]:
    suppliers = set(WORDS[profile.lang].supplies)
    for each in ledger.entries:
        if each.category is Category.COST and each.party in suppliers:
            party = Party(each.party, business_number(profile.country, each.party))
            number = f"P{each.id.removeprefix(profile.id)}"
            yield _with_tax(
                profile, number, each.day, party, -each.amount, due=each.day, paid_on=each.day, issued=False
            )


def _round_trips(profile: Profile, ledger: Ledger) -> Iterator[Invoice]:
    related = profile.selling.related
    if related is None:
        return
    party = Party(related.name, related.number)
    for each in ledger.entries:
        if each.category is Category.ROUND_TRIP:
            number = f"{'T' if each.amount > 0 else 'B'}{each.day:%Y%m%d}"
            amount, issued = abs(each.amount), each.amount > 0
            yield _with_tax(profile, number, each.day, party, amount, due=each.day, paid_on=each.day, issued=issued)


def _with_tax(
    profile: Profile,
    number: str,
    day: date,
    party: Party,
    gross: Decimal,
    *,
    due: date,
    paid_on: date | None,
    issued: bool = True,
) -> Invoice:
    net = to_cents(gross / (1 + profile.trade.vat))
    return Invoice(number, day, issued, party, net, gross - net, due=due, paid_on=paid_on)
