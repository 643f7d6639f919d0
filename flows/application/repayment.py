"""Repayment arithmetic: instalments to the cent by the method of repayment, total interest, and the yearly cost.

Interest is simple within a month: a twelfth of the annual rate on the balance, rounded half up to the cent. The last
payment takes up the cents that rounding left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from flows.application.money import to_cents

EQUAL, INTEREST_ONLY, BULLET = "equal_instalments", "interest_only_then_principal", "bullet"
SCHEDULED = (EQUAL, INTEREST_ONLY, BULLET)
_BASIS = Decimal("0.0001")
_ONE = Decimal(1)
_HALVINGS = 56


@dataclass(frozen=True, slots=True)
class Payment:
    """What is due at the end of a month: interest and principal, and the balance that is left."""

    month: int
    interest: Decimal
    principal: Decimal
    balance: Decimal

    @property
    def amount(self) -> Decimal:
        """What is paid."""
        return self.interest + self.principal


def payments(method: str, principal: Decimal, annual_rate: Decimal, months: int) -> Iterator[Payment]:
    """Every payment of a loan that is repaid by a method of SCHEDULED.

    Raises ValueError for another method: a share of sales has no schedule.
    """
    if method not in SCHEDULED:
        raise ValueError(method)
    rate, balance = annual_rate / 12, principal
    instalment = _annuity(principal, annual_rate, months)
    unpaid = Decimal(0)
    for month in range(1, months + 1):
        interest, last = to_cents(balance * rate), month == months
        if method == BULLET:
            unpaid += interest
            interest = unpaid if last else Decimal(0)
            paid = balance if last else Decimal(0)
        elif last:
            paid = balance
        else:
            paid = instalment - interest if method == EQUAL else Decimal(0)
        balance -= paid
        yield Payment(month, interest, paid, balance)


def total_interest(method: str, principal: Decimal, annual_rate: Decimal, months: int) -> Decimal:
    """All the interest of a loan."""
    return _interest(tuple(payments(method, principal, annual_rate, months)))


def apr_of(paid: tuple[tuple[int, Decimal], ...], paid_out: Decimal) -> Decimal:
    """Twelve times the monthly rate at which what is paid is worth `paid_out`, to four decimals.

    The actuarial method of US Regulation Z, 12 CFR 1026 Appendix J, with a month as unit-period. `paid` are pairs
    of month and amount. It is the annual rate itself when there are no fees, but for the rounding of instalments.
    """
    return (monthly_rate(paid, paid_out) * 12).quantize(_BASIS, rounding=ROUND_HALF_UP)


def effective_apr_of(paid: tuple[tuple[int, Decimal], ...], paid_out: Decimal) -> Decimal:
    """(1 + monthly rate)^12 - 1, to four decimals.

    The yearly cost as Directive 2008/48/EC, Annex I, and the UK's rules define it, with twelve equal months.
    """
    return ((_ONE + monthly_rate(paid, paid_out)) ** 12 - _ONE).quantize(_BASIS, rounding=ROUND_HALF_UP)


def monthly_rate(paid: tuple[tuple[int, Decimal], ...], paid_out: Decimal) -> Decimal:
    """The monthly rate at which what is paid is worth `paid_out`, between 0 and 100 %.

    Halving converges because the worth falls as the rate rises.
    """
    low, high = Decimal(0), _ONE
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _worth(paid, middle) > paid_out:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _worth(paid: tuple[tuple[int, Decimal], ...], rate: Decimal) -> Decimal:
    """What the payments are worth today. Going from the last to the first needs one power a gap."""
    discount, worth, later = _ONE / (_ONE + rate), Decimal(0), 0
    for month, amount in reversed(paid):
        worth = worth * discount ** (later - month) if later else worth
        worth, later = worth + amount, month
    return worth * discount**later


def _annuity(principal: Decimal, annual_rate: Decimal, months: int) -> Decimal:
    rate = annual_rate / 12
    return to_cents(principal * rate / (_ONE - (_ONE + rate) ** -months) if rate else principal / months)


def _interest(rows: tuple[Payment, ...]) -> Decimal:
    return sum((row.interest for row in rows), Decimal(0))
