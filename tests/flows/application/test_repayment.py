"""Instalments, schedules, total cost and APR against an independent library (pyxirr) and published examples."""

from decimal import Decimal

import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application.repayment import BULLET, EQUAL, INTEREST_ONLY, Payment, apr_of, effective_apr_of, payments

AMOUNTS = st.integers(1_000, 1_000_000).map(Decimal)
RATES = st.integers(0, 3600).map(lambda basis: Decimal(basis) / 10_000)
MONTHS = st.integers(1, 60)
HALF_A_CENT = 0.00501


def level(amount: Decimal, rate: Decimal, months: int) -> tuple[Payment, ...]:
    """A loan in equal instalments."""
    return tuple(payments(EQUAL, amount, rate, months))


def paid(rows: tuple[Payment, ...]) -> tuple[tuple[int, Decimal], ...]:
    return tuple((row.month, row.amount) for row in rows)


def apr(rows: tuple[Payment, ...], paid_out: Decimal) -> Decimal:
    return apr_of(paid(rows), paid_out)


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
    assert level(Decimal(amount), Decimal(rate), months)[0].amount == Decimal(instalment)


def test_without_interest_the_last_instalment_takes_the_cents() -> None:
    rows = level(Decimal(1000), Decimal(0), 3)
    assert [row.amount for row in rows] == [Decimal("333.33"), Decimal("333.33"), Decimal("333.34")]


@settings(deadline=None, max_examples=100)
@given(AMOUNTS, RATES, MONTHS)
def test_rounding_moves_at_most_half_a_cent_a_month_into_the_last_instalment(
    amount: Decimal, rate: Decimal, months: int
) -> None:
    rows = level(amount, rate, months)
    assert len({row.amount for row in rows[:-1]}) <= 1
    assert abs(rows[-1].amount - rows[0].amount) <= Decimal("0.02") * months


@settings(deadline=None, max_examples=200)
@given(AMOUNTS, RATES, MONTHS)
def test_the_instalment_and_every_row_agree_with_an_independent_library(
    amount: Decimal, rate: Decimal, months: int
) -> None:
    rows = level(amount, rate, months)
    monthly, lent = float(rate) / 12, float(amount)
    instalment = pyxirr.pmt(monthly, months, -lent)
    assert instalment is not None
    if months > 1:
        assert float(rows[0].amount) == pytest.approx(instalment, abs=HALF_A_CENT)
    for row in rows:
        # The rounded instalment leaves another balance behind: at most a cent a month more or less, and its interest.
        drift = 0.01 * row.month * (1 + monthly) ** row.month
        assert float(row.interest) == pytest.approx(pyxirr.ipmt(monthly, row.month, months, -lent), abs=drift)
        balance = pyxirr.fv(monthly, row.month, instalment, -lent)
        assert float(row.balance) == pytest.approx(balance, abs=drift)


@settings(deadline=None, max_examples=100)
@given(AMOUNTS, st.integers(100, 3600).map(lambda basis: Decimal(basis) / 10_000), MONTHS, st.integers(0, 15))
def test_the_apr_agrees_with_an_independent_library(amount: Decimal, rate: Decimal, months: int, percent: int) -> None:
    rows = level(amount, rate, months)
    paid_out = amount - amount * percent / 100
    monthly = pyxirr.irr([-float(paid_out), *(float(row.amount) for row in rows)])
    assert monthly is not None
    assert float(apr(rows, paid_out)) == pytest.approx(monthly * 12, abs=0.000051)
    assert float(effective_apr_of(paid(rows), paid_out)) == pytest.approx((1 + monthly) ** 12 - 1, abs=0.000051)


@settings(deadline=None, max_examples=50)
@given(AMOUNTS, st.integers(100, 3600).map(lambda basis: Decimal(basis) / 10_000), MONTHS)
def test_without_fees_the_apr_is_the_rate(amount: Decimal, rate: Decimal, months: int) -> None:
    # A cent on a small short loan moves the fourth decimal.
    assert abs(apr(level(amount, rate, months), amount) - rate) <= Decimal("0.0002")


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
