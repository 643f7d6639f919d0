"""Instalments, total cost and APR against independent arithmetic."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application.repayment import (
    BULLET,
    EQUAL,
    INTEREST_ONLY,
    apr,
    apr_of,
    effective_apr_of,
    equal_instalments,
    payments,
)

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


def _level(amount: str, count: int, first: int = 1) -> tuple[tuple[int, Decimal], ...]:
    return tuple((month, Decimal(amount)) for month in range(first, first + count))


def test_the_apr_agrees_with_the_published_example_of_regulation_z() -> None:
    # 12 CFR 1026 Appendix J (c)(1)(i): 5,000 advanced, 24 monthly payments of 230, 9.69 %.
    assert apr_of(_level("230", 24), Decimal(5000)) == Decimal("0.0969")


def test_the_effective_rate_agrees_with_the_published_example_of_the_directive() -> None:
    # Directive 98/7/EC, Annex III, part B: 1,000 repaid by 1,200 after a year and a half, 12.92 %.
    assert effective_apr_of(((18, Decimal(1200)),), Decimal(1000)) == Decimal("0.1292")


@settings(deadline=None, max_examples=60)
@given(AMOUNTS, RATES, MONTHS, st.sampled_from([EQUAL, INTEREST_ONLY, BULLET]))
def test_every_method_repays_the_loan_and_its_apr_is_the_rate_it_charges(
    amount: Decimal, rate: Decimal, months: int, method: str
) -> None:
    rows = tuple(payments(method, amount, rate, months))
    assert sum(row.principal for row in rows) == amount
    assert rows[-1].balance == 0
    assert [row.month for row in rows] == list(range(1, months + 1))
    found = apr_of(tuple((row.month, row.amount) for row in rows if row.amount), amount)
    if method != BULLET:
        assert abs(found - rate) <= Decimal("0.0003")
    else:  # interest that is not charged on interest costs no more than the rate
        assert found <= rate + Decimal("0.0003")


def test_a_share_of_sales_has_no_schedule() -> None:
    with pytest.raises(ValueError, match="sales_share"):
        next(payments("sales_share", Decimal(1000), Decimal("0.1"), 6))
