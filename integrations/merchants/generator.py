"""The seeded model that makes the ledger of a business.

A day depends only on the business and its date, so the past does not change from one run to the next
except for the trend, which is counted back from `as_of`.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from flows.application.money import to_cents
from flows.application.months import complete, month_of, shift, span
from integrations.merchants.invoicing import TRIP_DAY, TRIP_DAYS, counter_count, on_account, seeded
from integrations.merchants.ledger import MONTHS, Book, Category, Entry, Ledger, TaxPeriod
from integrations.merchants.profile import Profile
from integrations.merchants.words import WORDS

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class _Move:
    """An entry before it has a number."""

    day: date
    amount: Decimal
    category: Category
    party: str
    text: str
    book: Book | None = None
    party_account: str | None = None


def founded(profile: Profile, as_of: date) -> date:
    """The day the business was registered."""
    registered = profile.registered
    if registered.founded_days_ago is not None:
        return as_of - timedelta(days=registered.founded_days_ago)
    return registered.founded or date(2020, 1, 1)


def build(profile: Profile, as_of: date) -> Ledger:
    """Make the ledger of one business, always the same for the same profile and day."""
    first_day = max(complete(as_of, MONTHS)[0], founded(profile, as_of))
    days = [first_day + timedelta(days=step) for step in range((as_of - first_day).days)]
    daily = {day: _sold(profile, as_of, day) for day in days}
    sales: dict[date, Decimal] = dict.fromkeys(span(first_day, as_of), Decimal(0))
    for day, net in daily.items():
        sales[month_of(day)] += net
    periods = tuple(_periods(profile, as_of, sales))
    moves = [
        *_takings(profile, daily, as_of),
        *_costs(profile, daily, as_of),
        *_lending(profile, first_day, as_of),
        *_oddities(profile, days, as_of),
        *_taxes(profile, periods),
    ]
    closing = _closing(profile, as_of)
    entries = _numbered(profile, sorted(moves, key=lambda move: move.day), closing)
    account = {
        day: _gross(profile, net) - _card(profile, as_of, day, net) - _noted(profile, as_of, day)
        for day, net in daily.items()
    }
    return Ledger(as_of, first_day, entries, sales, periods, profile.bank.opening, account)


def _sold(profile: Profile, as_of: date, day: date) -> Decimal:
    """Net sales of a day: base x weekday x season x trend x noise, plus what payers of memos paid."""
    trade = profile.trade
    weekday = trade.weekday[day.weekday()] * 7 / sum(trade.weekday)
    season = trade.season[day.month - 1] * 12 / sum(trade.season)
    years_back = (as_of - day).days / 365.25
    trend = (1 + trade.growth) ** (0.5 - years_back)
    noise = max(0.3, seeded(profile, day).gauss(1, trade.noise))
    model = float(trade.monthly) / DAYS_A_MONTH * weekday * season * trend * noise
    return to_cents(Decimal(str(model))) + to_cents(_noted(profile, as_of, day) / (1 + trade.vat))


def _noted(profile: Profile, as_of: date, day: date) -> Decimal:
    """What was paid on a day with a note of the payer's."""
    noted = (each.amount for each in profile.bank.memos if as_of - timedelta(days=each.days_ago) == day)
    return sum(noted, Decimal(0))


def _gross(profile: Profile, net: Decimal) -> Decimal:
    return to_cents(net * (1 + profile.trade.vat))


def _card(profile: Profile, as_of: date, day: date, net: Decimal) -> Decimal:
    """What of a day's sales was paid by card or wallet, with VAT."""
    return to_cents((_gross(profile, net) - _noted(profile, as_of, day)) * profile.trade.card_share)


def _takings(profile: Profile, daily: dict[date, Decimal], as_of: date) -> Iterator[_Move]:
    words, trade, selling = WORDS[profile.lang], profile.trade, profile.selling
    terms = timedelta(days=selling.terms_days)
    for day, net in daily.items():
        gross, card = _gross(profile, net), _card(profile, as_of, day, net)
        online = to_cents(card * selling.shop)
        for amount in _split(card - online, trade.tickets):
            yield _Move(day, amount, Category.CARD_SALE, words.acquirer, words.card)
        if online:
            yield _Move(day, online, Category.PAYOUT, words.platform, words.payout)
        rest = gross - card - _noted(profile, as_of, day)
        if selling.customers:
            for party, amount in on_account(profile, day, rest):
                if day + terms < as_of:
                    yield _Move(day + terms, amount, Category.SALE, party.name, words.sale)
        elif rest:
            yield _Move(day, rest, Category.SALE, words.customer, words.sale)
        for memo in profile.bank.memos:
            if as_of - timedelta(days=memo.days_ago) == day:
                yield _Move(day, memo.amount, Category.SALE, words.customer, memo.text)


def _split(amount: Decimal, parts: int) -> list[Decimal]:
    """`amount` in `parts` near-equal amounts that add up to it; no zero amounts."""
    each = to_cents(amount / parts)
    amounts = [each] * (parts - 1) + [amount - each * (parts - 1)]
    return [part for part in amounts if part > 0]


def _costs(profile: Profile, daily: dict[date, Decimal], as_of: date) -> Iterator[_Move]:
    words, trade = WORDS[profile.lang], profile.trade
    suppliers = words.supplies
    for day in daily:
        if day.weekday() == 0:
            week = sum((daily.get(day - timedelta(days=back), Decimal(0)) for back in range(1, 8)), Decimal(0))
            supplier = suppliers[day.toordinal() // 7 % len(suppliers)]
            if week:
                yield _Move(day, -to_cents(week * trade.supplies), Category.COST, supplier, supplier)
        for due, amount, (party, text) in ((5, trade.rent, words.rent), (10, trade.wages, words.wages)):
            if day.day == due and amount:
                yield _Move(day, -amount, Category.COST, party, text)
        if day.day == 26 and trade.drawings:
            yield _Move(day, -trade.drawings, Category.DRAWINGS, words.drawings, words.drawings)
    for back in profile.bank.returned_days_ago:
        day = as_of - timedelta(days=back)
        if day in daily:
            party, text = words.utility
            amount = to_cents(trade.rent / 8)
            yield _Move(day, -amount, Category.COST, party, text)
            yield _Move(day, amount, Category.RETURNED, party, words.returned)


def _lending(profile: Profile, first_day: date, as_of: date) -> Iterator[_Move]:
    words = WORDS[profile.lang]
    paid_out = {each.lender: as_of - timedelta(days=each.days_ago) for each in profile.bank.proceeds}
    for each in profile.bank.proceeds:
        yield _Move(paid_out[each.lender], each.amount, Category.PROCEEDS, each.lender, words.proceeds)
    for loan in profile.bank.loans:
        start = paid_out.get(loan.lender, first_day)
        for month in span(start, as_of):
            day = month.replace(day=loan.day)
            if start < day < as_of:
                yield _Move(day, -loan.monthly, Category.REPAYMENT, loan.lender, words.loan)


def _oddities(profile: Profile, days: list[date], as_of: date) -> Iterator[_Move]:
    if not days:
        return
    bank, words = profile.bank, WORDS[profile.lang]
    known = set(days)
    if bank.refunds_every_days:
        for step, day in enumerate(days):
            if step % bank.refunds_every_days == bank.refunds_every_days - 1:
                amount = to_cents(profile.trade.monthly * profile.trade.supplies / 40)
                yield _Move(day, amount, Category.REFUND, words.supplies[0], words.refund)
    yield from _round_trips(profile, days)
    moved = bank.own_transfers
    if moved is None:
        return
    owner = profile.representative.name
    for step, month in enumerate(span(days[0], as_of)):
        for day, amount in (
            (month.replace(day=12), moved.amount),
            (month.replace(day=22), -to_cents(moved.amount / 2)),
        ):
            if step % moved.every_months == 0 and day in known:
                text = words.own
                yield _Move(day, amount, Category.OWN, owner, text, party_account=bank.private_account)
                if bank.private_account is not None:
                    name = profile.names.bank or profile.names.legal
                    yield _Move(day, -amount, Category.OWN, name, text, Book.PRIVATE, bank.account)


def _round_trips(profile: Profile, days: list[date]) -> Iterator[_Move]:
    """Money of a related firm that comes as if for goods, and goes back three days later."""
    related, words = profile.selling.related, WORDS[profile.lang]
    if related is None:
        return
    known = set(days)
    for month in span(days[0], days[-1]):
        came, went = month.replace(day=TRIP_DAY), month.replace(day=TRIP_DAY + TRIP_DAYS)
        if came in known and went in known:
            yield _Move(came, related.monthly, Category.ROUND_TRIP, related.name, words.sale)
            yield _Move(went, -to_cents(related.monthly * related.back), Category.ROUND_TRIP, related.name, words.sale)


def _periods(profile: Profile, as_of: date, sales: dict[date, Decimal]) -> Iterator[TaxPeriod]:
    """Tax periods that are over: monthly ones are due on the 15th, quarterly ones a month and seven days later."""
    tax = profile.tax
    length = 1 if tax.regime == "monthly" else 3
    this = month_of(as_of)
    known = [month for month in sales if month < this]
    # A period that began before the ledger would be declared in part only: it is not served.
    for first in (month for month in known if (month.month - 1) % length == 0):
        months = [shift(first, step) for step in range(length)]
        if months[-1] >= this or any(month == shift(this, -back) for month in months for back in tax.missing_months):
            continue
        last = months[-1].replace(day=calendar.monthrange(months[-1].year, months[-1].month)[1])
        due = shift(last, 1).replace(day=15) if length == 1 else shift(last, 2).replace(day=7)
        late = any(month == shift(this, -back) for month in months for back in tax.late_months)
        filed = due + timedelta(days=6) if late else due - timedelta(days=seeded(profile, first).randint(1, 5))
        sold = to_cents(sum((sales.get(month, Decimal(0)) for month in months), Decimal(0)) * tax.declared_share)
        if filed < as_of:
            invoices = None
            if tax.invoice_mean is not None:
                declared = (to_cents(sales.get(month, Decimal(0)) * tax.declared_share) for month in months)
                invoices = sum(counter_count(profile, each) for each in declared)
            yield TaxPeriod(first, last, due, filed, sold, to_cents(sold * tax.rate), invoices)
        else:
            yield TaxPeriod(first, last, due, None, None, Decimal(0))


def _taxes(profile: Profile, periods: tuple[TaxPeriod, ...]) -> Iterator[_Move]:
    party, text = WORDS[profile.lang].tax
    for period in periods:
        if period.filed is not None and period.paid:
            for part in _split(period.paid, profile.tax.payment_parts):
                yield _Move(period.filed, -part, Category.TAX, party, text)


def _closing(profile: Profile, as_of: date) -> date | None:
    """The day the old account was closed and its balance moved; None when there is none."""
    bank = profile.bank
    return None if bank.closed_account is None else shift(month_of(as_of), -bank.closed_months_ago).replace(day=9)


def _numbered(profile: Profile, moves: list[_Move], closing: date | None) -> tuple[Entry, ...]:
    """Give every move its account and number; move the old account's balance over on the day it closes."""
    text = WORDS[profile.lang].own
    name = profile.names.bank or profile.names.legal
    entries: list[Entry] = []
    balance, moved = profile.bank.opening, closing is None

    def add(move: _Move, book: Book) -> None:
        number = f"{profile.id}-{move.day:%Y%m%d}-{len(entries)}"
        entries.append(
            Entry(number, move.day, book, move.amount, move.category, move.party, move.text, move.party_account)
        )

    for move in moves:
        if closing is not None and not moved and move.day >= closing:
            moved = True
            add(_Move(closing, -balance, Category.OWN, name, text, party_account=profile.bank.account), Book.CLOSED)
            add(_Move(closing, balance, Category.OWN, name, text, party_account=profile.bank.closed_account), Book.MAIN)
        book = move.book or (Book.MAIN if moved else Book.CLOSED)
        if not moved and book is Book.CLOSED:
            balance += move.amount
        add(move, book)
    return tuple(entries)
