"""Instalments, total cost and APR against independent arithmetic."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.scoring.reference.repayment import apr, equal_instalments

AMOUNTS = st.integers(1_000, 1_000_000).map(Decimal)
RATES = st.integers(0, 3600).map(lambda basis: Decimal(basis) / 10_000)
MONTHS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("amount", "rate", "months", "instalment"),
    [
        # P r / (1 - (1+r)^-n), computed apart from the program with an ordinary calculator.
        ("100000", "0.12", 12, "8884.88"),
        ("150000", "0.06", 12, "12909.96"),
        ("1000", "0", 3, "333.33"),
        ("1000", "0.12", 1, "1010.00"),
    ],
)
def test_known_instalments(amount: str, rate: str, months: int, instalment: str) -> None:
    assert equal_instalments(Decimal(amount), Decimal(rate), months).instalment == Decimal(instalment)


def test_without_interest_the_last_instalment_takes_the_cents() -> None:
    schedule = equal_instalments(Decimal(1000), Decimal(0), 3)
    assert (schedule.instalment, schedule.last, schedule.interest) == (
        Decimal("333.33"),
        Decimal("333.34"),
        Decimal(0),
    )


@settings(deadline=None, max_examples=100)
@given(AMOUNTS, RATES, MONTHS)
def test_what_is_paid_is_the_loan_and_its_interest(amount: Decimal, rate: Decimal, months: int) -> None:
    schedule = equal_instalments(amount, rate, months)
    assert schedule.instalment * (months - 1) + schedule.last == amount + schedule.interest
    assert schedule.interest >= 0
    # Rounding moves at most half a cent a month into the last instalment, and its interest.
    assert abs(schedule.last - schedule.instalment) <= Decimal("0.02") * months


@settings(deadline=None, max_examples=100)
@given(AMOUNTS, RATES, MONTHS)
def test_the_instalment_agrees_with_floating_point(amount: Decimal, rate: Decimal, months: int) -> None:
    r, p = float(rate) / 12, float(amount)
    expected = p / months if r == 0 else p * r * (1 + r) ** months / ((1 + r) ** months - 1)
    assert float(equal_instalments(amount, rate, months).instalment) == pytest.approx(expected, abs=0.0051)


@settings(deadline=None, max_examples=50)
@given(AMOUNTS, st.integers(100, 3600).map(lambda basis: Decimal(basis) / 10_000), MONTHS)
def test_without_fees_the_apr_is_the_rate(amount: Decimal, rate: Decimal, months: int) -> None:
    # A cent on a small short loan moves the fourth decimal.
    assert abs(apr(equal_instalments(amount, rate, months), amount) - rate) <= Decimal("0.0002")


@settings(deadline=None, max_examples=50)
@given(AMOUNTS, RATES, MONTHS, st.integers(1, 20))
def test_with_fees_the_payments_are_worth_what_is_paid_out(
    amount: Decimal, rate: Decimal, months: int, percent: int
) -> None:
    schedule = equal_instalments(amount, rate, months)
    paid_out = amount - amount * percent / 100
    found = apr(schedule, paid_out)
    assert found > rate
    monthly = float(found) / 12
    worth = sum(float(schedule.instalment) / (1 + monthly) ** month for month in range(1, months))
    worth += float(schedule.last) / (1 + monthly) ** months
    assert worth == pytest.approx(float(paid_out), rel=0.0004)
