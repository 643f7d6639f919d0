"""From declared periods to yearly and monthly sales. A month nobody declared is unknown, never zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.application.months import complete, month_of, run_ending, shift, window
from integrations.sources.tax.records import Filing

YEAR = 12


@dataclass(frozen=True)
class Declared:
    """What the filings say. `months` is the latest unbroken run that was declared, at most twelve.

    total, by_month: sales of twelve months, None when the run is shorter (by_month also for quarters).
    growth: (this year - the year before) / (|this year| + |the year before|), needs 24 months.
    on_time: filings in time / filings due in the last 12 complete months, 0 to 1.
    zero: filed periods of the run with no sales. gaps: a month inside the records was not declared.
    """

    months: tuple[date, ...]
    window: str
    periods: int
    total: Decimal | None
    by_month: tuple[Decimal, ...]
    invoices: int | None
    invoiced: Decimal | None
    growth: Decimal | None
    growth_window: str
    on_time: Decimal | None
    due: int
    due_window: str
    zero: Decimal | None
    gaps: bool


def read_filings(filings: Sequence[Filing], as_of: date) -> Declared:
    """Read all periods that a gateway returned; a later filing of the same period replaces the earlier."""
    filed = _latest(filings)
    by_month = {month: each for each in filed for month in _months(each)}
    last = max(by_month, default=complete(as_of, 1)[0])
    months = run_ending(last, by_month, YEAR)
    run = [each for each in filed if _months(each)[0] in months]
    whole = len(months) == YEAR and _covers(run, months)
    sales = [each.sales or Decimal(0) for each in run]
    total = sum(sales, Decimal(0)) if whole else None
    invoiced = [each for each in run if each.invoices is not None and each.invoiced is not None]
    known = whole and len(invoiced) == len(run)
    two_years = run_ending(last, by_month, 2 * YEAR)
    due = [each for each in filings if month_of(each.due_on) in complete(as_of, YEAR)]
    on_time = sum(1 for each in due if each.filed_on is not None and each.filed_on <= each.due_on)
    span_months = (last.year - min(by_month, default=last).year) * YEAR + last.month - min(by_month, default=last).month
    return Declared(
        months=months,
        window=window(months),
        periods=len(run),
        total=total,
        by_month=tuple(sales) if whole and all(each.months == 1 for each in run) else (),
        invoices=sum(each.invoices or 0 for each in invoiced) if known else None,
        invoiced=sum((each.invoiced or Decimal(0) for each in invoiced), Decimal(0)) if known else None,
        growth=_growth(filed, two_years),
        growth_window=window(two_years) if len(two_years) == 2 * YEAR else "",
        on_time=Decimal(on_time) / len(due) if due else None,
        due=len(due),
        due_window=window(complete(as_of, YEAR)),
        zero=Decimal(sum(1 for amount in sales if amount == 0)) if whole else None,
        gaps=bool(by_month) and len(by_month) < span_months + 1,
    )


def _latest(filings: Sequence[Filing]) -> list[Filing]:
    """Filed periods in order, one each."""
    periods: dict[date, Filing] = {}
    for each in sorted(filings, key=lambda filing: filing.filed_on or date.min):
        if each.filed_on is not None and each.sales is not None:
            periods[month_of(each.first_month)] = each
    return [periods[first] for first in sorted(periods)]


def _months(filing: Filing) -> list[date]:
    return [shift(month_of(filing.first_month), step) for step in range(filing.months)]


def _covers(run: list[Filing], months: tuple[date, ...]) -> bool:
    """Whether whole periods make up exactly these months."""
    return [month for each in run for month in _months(each)] == list(months)


def _growth(filed: list[Filing], months: tuple[date, ...]) -> Decimal | None:
    run = [each for each in filed if _months(each)[0] in months]
    if len(months) < 2 * YEAR or not _covers(run, months):
        return None
    before = sum((each.sales or Decimal(0) for each in run if _months(each)[0] < months[YEAR]), Decimal(0))
    after = sum((each.sales or Decimal(0) for each in run if _months(each)[0] >= months[YEAR]), Decimal(0))
    size = abs(after) + abs(before)
    return (after - before) / size if size else None
