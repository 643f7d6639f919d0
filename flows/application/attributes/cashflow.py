"""Cash flow of a business from its booked movements; definitions after Plaid, Ocrolus and Codat.

Everything is computed over one window: the latest unbroken run of complete months that the bank has
records of, at most twelve. A month without any movement counts as not recorded: unknown, never zero.
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from flows.application.attributes.movements import Kind, Movement
from flows.application.months import complete, month_of, run_ending, shift, window

YEAR = 12
LEAST_MONTHS = 3
RECENT = timedelta(days=90)
STILL_PAID = timedelta(days=45)
REVENUE = frozenset({Kind.CARD_SALE, Kind.SALE})
NOT_INFLOW = frozenset({Kind.OWN, Kind.REFUND, Kind.RETURNED})
NOT_OPERATING = frozenset({Kind.OWN, Kind.REPAYMENT, Kind.TRIP})


@dataclass(frozen=True)
class PaidLoan:
    """A loan that is being paid back: by month, the median of the last three months with a payment."""

    lender: str
    monthly: Decimal
    payments: int


@dataclass(frozen=True)
class CashFlow:
    """One business's movements, `balance` booked at the end of them (None: unknown), seen on `as_of`.

    `since` is the day from which the bank's records are complete.
    """

    movements: Sequence[Movement]
    balance: Decimal | None
    since: date
    as_of: date
    months: tuple[date, ...] = field(init=False)
    _inside: list[Movement] = field(init=False, repr=False)
    _sums: Mapping[tuple[Kind, bool], Mapping[date, Decimal]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        present = {month_of(each.day) for each in self.movements}
        run = run_ending(complete(self.as_of, 1)[0], {month for month in present if month >= self.since}, YEAR)
        object.__setattr__(self, "months", run)
        first, end = (run[0], shift(run[-1], 1)) if run else (date.max, date.max)
        object.__setattr__(self, "_inside", [each for each in self.movements if first <= each.day < end])
        sums: dict[tuple[Kind, bool], dict[date, Decimal]] = {}
        for each in self._inside:  # once for all questions: there may be 100,000
            months = sums.setdefault((each.kind, each.amount > 0), {})
            month = month_of(each.day)
            months[month] = months.get(month, Decimal(0)) + each.amount
        object.__setattr__(self, "_sums", sums)

    @property
    def window(self) -> str:
        """The months everything is computed over."""
        return window(self.months)

    @property
    def enough(self) -> bool:
        """Whether the window is long enough to say anything: three months."""
        return len(self.months) >= LEAST_MONTHS

    @property
    def whole_year(self) -> bool:
        """Whether the window is the last twelve complete months."""
        return len(self.months) == YEAR

    @property
    def gaps(self) -> bool:
        """Whether there are records before the window, so that a month in between is missing."""
        if self.whole_year:
            return False
        first = self.months[0] if self.months else self.as_of
        return any(self.since <= month_of(each.day) < month_of(first) for each in self.movements)

    def inside(self) -> list[Movement]:
        """The movements of the window."""
        return self._inside

    def inflow(self) -> tuple[Decimal, ...]:
        """Money in by month, without own transfers and money that only came back."""
        return self._by_month(lambda kind, incoming: incoming and kind not in NOT_INFLOW)

    def revenue(self) -> tuple[Decimal, ...]:
        """Money in from trading by month: inflow without loan proceeds."""
        return self._by_month(lambda kind, _incoming: kind in REVENUE)

    def card_sales(self) -> Decimal:
        """Settlements of card and wallet payments in the window."""
        return sum((each.amount for each in self.inside() if each.kind is Kind.CARD_SALE), Decimal(0))

    def outflow(self) -> tuple[Decimal, ...]:
        """Money out by month, as positive amounts, without own transfers."""
        paid = self._by_month(lambda kind, incoming: not incoming and kind is not Kind.OWN)
        return tuple(-amount for amount in paid)

    def operating_outflow(self) -> tuple[Decimal, ...]:
        """Money out for running the business by month: without own transfers, loan payments and circular money."""
        paid = self._by_month(lambda kind, incoming: not incoming and kind not in NOT_OPERATING)
        return tuple(-amount for amount in paid)

    def loans(self) -> tuple[PaidLoan, ...]:
        """Loans paid in three or more months of the window and still paid in the last 45 days, by lender."""
        by_lender: dict[str, dict[date, Decimal]] = {}
        latest: dict[str, date] = {}
        for each in self.movements:
            if each.kind is Kind.REPAYMENT and each.day < self.as_of:
                months = by_lender.setdefault(each.party, {})
                months[month_of(each.day)] = months.get(month_of(each.day), Decimal(0)) - each.amount
                latest[each.party] = each.day
        return tuple(
            PaidLoan(
                lender, statistics.median(list(by_lender[lender].values())[-LEAST_MONTHS:]), len(by_lender[lender])
            )
            for lender in sorted(by_lender)
            if len(by_lender[lender]) >= LEAST_MONTHS and self.as_of - latest[lender] <= STILL_PAID
        )

    def balances(self) -> list[Decimal]:
        """The balance at the end of each day of the window, counted back from the balance now."""
        if self.balance is None or not self.months:
            return []
        changes: dict[date, Decimal] = {}
        for each in self.movements:
            changes[each.day] = changes.get(each.day, Decimal(0)) + each.amount
        day, balance = max(self.as_of, max(changes, default=self.as_of)), self.balance
        end = shift(self.months[-1], 1)
        balances: list[Decimal] = []
        while day >= self.months[0]:
            if day < end:
                balances.append(balance)
            balance -= changes.get(day, Decimal(0))
            day -= timedelta(days=1)
        return balances[::-1]

    def longest_gap(self) -> int:
        """Most days between two days with a movement."""
        days = sorted({each.day for each in self.inside()})
        return max(((later - earlier).days for earlier, later in pairwise(days)), default=0)

    def recent(self, kind: Kind, days: timedelta = RECENT) -> list[Movement]:
        """Movements of one kind in the last days, 90 unless told."""
        return [each for each in self.movements if each.kind is kind and self.as_of - days <= each.day < self.as_of]

    def _by_month(self, wanted: Callable[[Kind, bool], bool]) -> tuple[Decimal, ...]:
        """Sums by month of the movements that are wanted, by their kind and whether they came in."""
        found = [months for (kind, incoming), months in self._sums.items() if wanted(kind, incoming)]
        return tuple(sum((months.get(month, Decimal(0)) for months in found), Decimal(0)) for month in self.months)
