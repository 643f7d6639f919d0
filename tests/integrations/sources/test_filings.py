"""Declared periods: a month nobody declared is unknown, whatever order the periods come in."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application.months import complete
from integrations.sources.tax.filings import read_filings
from integrations.sources.tax.records import Filing

AS_OF = date(2026, 11, 23)
MONTHS = complete(AS_OF, 24)


def filing(month: date, sales: int | None, months: int = 1) -> Filing:
    due = month + timedelta(days=45)
    return Filing.model_validate(
        {
            "record": f"{month}",
            "first_month": month,
            "months": months,
            "due_on": due,
            "filed_on": None if sales is None else due - timedelta(days=3),
            "sales": sales,
            "currency": "CNY",
        }
    )


@given(
    known=st.lists(st.none() | st.integers(0, 10**6), min_size=24, max_size=24),
    order=st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=80)
def test_a_total_is_the_sum_of_twelve_unbroken_months(known: list[int | None], order: object) -> None:
    filings = [filing(month, sales) for month, sales in zip(MONTHS, known, strict=True)]
    declared = read_filings(filings, AS_OF)
    last = max((place for place, sales in enumerate(known) if sales is not None), default=-1)
    year = known[last - 11 : last + 1] if last >= 11 else [None]
    expected = None if None in year else Decimal(sum(each or 0 for each in year))
    assert declared.total == expected
    assert declared.by_month == (() if expected is None else tuple(Decimal(each or 0) for each in year))
    assert (declared.growth is not None) <= (None not in known)
    assert declared.on_time is None or 0 <= declared.on_time <= 1


def test_the_order_does_not_matter() -> None:
    filings = [filing(month, 100 + place) for place, month in enumerate(MONTHS)]
    assert read_filings(filings[::-1], AS_OF) == read_filings(filings, AS_OF)


def test_a_later_filing_replaces_the_earlier() -> None:
    filings = [filing(month, 100) for month in MONTHS]
    corrected = filings[-1].model_copy(update={"sales": Decimal(700), "filed_on": AS_OF})
    assert read_filings([corrected, *filings], AS_OF).total == Decimal(1800)


def test_quarters_give_a_year_but_no_months() -> None:
    quarters = [filing(date(2025, 10, 1), 300, 3), *(filing(date(2026, month, 1), 300, 3) for month in (1, 4, 7))]
    declared = read_filings(quarters, AS_OF)
    assert declared.total == Decimal(1200)
    assert declared.window == "2025-10/2026-09"
    assert declared.by_month == ()
    assert declared.growth is None


def test_nothing_filed_is_unknown() -> None:
    declared = read_filings([filing(MONTHS[-3], None)], AS_OF)
    assert declared.total is None
    assert declared.zero is None
    assert declared.on_time == 0
    assert read_filings([], AS_OF).on_time is None
