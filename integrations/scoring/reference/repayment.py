"""Repayment arithmetic of an offer: equal instalments to the cent, total cost, and the APR with fees.

Interest is simple within a month: a twelfth of the annual rate on the balance, rounded half up to the
cent. The last instalment takes up the cents that rounding left.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from flows.application.money import to_cents

_BASIS = Decimal("0.0001")
_ONE = Decimal(1)
_HALVINGS = 48


@dataclass(frozen=True, slots=True)
class Schedule:
    """Equal instalments: `months` - 1 of `instalment` and one of `last`; `interest` is their sum less the loan."""

    months: int
    instalment: Decimal
    last: Decimal
    interest: Decimal


def equal_instalments(principal: Decimal, annual_rate: Decimal, months: int) -> Schedule:
    """The schedule of an annuity: instalment = P r / (1 - (1 + r)^-n) with r = annual rate / 12."""
    rate = annual_rate / 12
    exact = principal * rate / (_ONE - (_ONE + rate) ** -months) if rate else principal / months
    instalment = to_cents(exact)
    balance, interest = principal, Decimal(0)
    for _ in range(months - 1):
        due = to_cents(balance * rate)
        interest += due
        balance -= instalment - due
    due = to_cents(balance * rate)
    return Schedule(months, instalment, to_cents(balance + due), interest + due)


def apr(schedule: Schedule, paid_out: Decimal) -> Decimal:
    """Twelve times the monthly rate at which the instalments are worth `paid_out`, to four decimals.

    This is the annual rate itself when there are no fees, but for the rounding of the instalments.
    Halving converges because the worth falls as the rate rises; the sheets keep fees so low that the
    rate is below 100 % a month.
    """
    low, high = Decimal(0), _ONE
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _worth(schedule, middle) > paid_out:
            low = middle
        else:
            high = middle
    return (low * 12).quantize(_BASIS, rounding=ROUND_HALF_UP)


def _worth(schedule: Schedule, rate: Decimal) -> Decimal:
    discount = _ONE / (_ONE + rate)
    equal = schedule.instalment * (_ONE - discount ** (schedule.months - 1)) / rate
    return equal + schedule.last * discount**schedule.months
