"""What each month shows, side by side: sales and purchases, money in and out, balance, orders, tax."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from flows.application.attributes.assessing import Assessment
from flows.application.attributes.cashflow import CashFlow
from flows.application.attributes.results import Held
from flows.application.attributes.sold import kept
from flows.application.months import month_of, shift, span
from flows.application.records import Filing
from flows.application.report.material import Material, cents
from flows.application.report.model import MonthSums, TaxPeriod

YEAR = 12
ZERO = Decimal(0)
Sums = dict[date, Decimal]


def months(material: Material, found: Assessment) -> Iterator[MonthSums]:
    """The observed months of the last twelve complete ones; a sum is None where its records do not reach."""
    start = shift(month_of(material.question.as_of), -YEAR)
    sales, purchases = _invoiced(found)
    came, went, ends = ({}, {}, {}) if found.flow is None else _banked(found.flow)
    orders, tax = _orders(found), _tax(material.held)
    every = {month for sums in (sales, came, orders) for month in sums if month >= start}
    for month in span(min(every), max(every)) if every else ():
        row = {"sales": sales, "purchases": purchases, "inflow": came, "outflow": went, "balance": ends}
        row |= {"orders": orders, "tax": tax}
        known = {name: cents(sums[month]) for name, sums in row.items() if month in sums}
        yield MonthSums(month=f"{month:%Y-%m}", **known)


def taxes(held: Sequence[Held]) -> Iterator[TaxPeriod]:
    """The returns of the last two years, oldest first."""
    for filing in _filings(held)[-2 * YEAR :]:
        yield TaxPeriod(
            first_month=f"{filing.first_month:%Y-%m}",
            months=filing.months,
            due_on=filing.due_on,
            filed_on=filing.filed_on,
            days_late=None if filing.filed_on is None else (filing.filed_on - filing.due_on).days,
            sales=None if filing.sales is None else cents(filing.sales),
            paid=None if filing.paid is None else cents(filing.paid),
        )


def _invoiced(found: Assessment) -> tuple[Sums, Sums]:
    """Sales and purchases; a month that the books cover without any is zero."""
    books = found.books
    if books is None:
        return {}, {}
    sales = {month: books.sales.get(month, ZERO) for month in books.year}
    return sales, {month: books.purchases.get(month, ZERO) for month in books.year} if books.received else {}


def _banked(flow: CashFlow) -> tuple[Sums, Sums, Sums]:
    """Money in and out, and the balance at the end of each month where one is known."""
    came = dict(zip(flow.months, flow.inflow(), strict=True))
    went = dict(zip(flow.months, flow.outflow(), strict=True))
    balances = flow.balances()
    if not balances:
        return came, went, {}
    first = flow.months[0]
    return came, went, {month: balances[(_last_day(month) - first).days] for month in flow.months}


def _orders(found: Assessment) -> Sums:
    sums: Sums = {}
    for side in (found.till, found.shop):
        if side is None:
            continue
        for month in side.sheet.months:
            sums.setdefault(month, ZERO)
        for order in side.year:
            sums[month_of(order.at.date())] += kept(order)
    return sums


def _tax(held: Sequence[Held]) -> Sums:
    """Tax paid for each period, in its last month."""
    return {
        shift(month_of(each.first_month), each.months - 1): each.paid
        for each in _filings(held)
        if each.paid is not None
    }


def _filings(held: Sequence[Held]) -> list[Filing]:
    """Each period once, as it was filed last."""
    found: dict[date, Filing] = {}
    every = (filing for each in held for filing in each.records.filings)
    for filing in sorted(every, key=lambda each: (each.first_month, each.filed_on or date.min)):
        found[filing.first_month] = filing
    return list(found.values())


def _last_day(month: date) -> date:
    return shift(month, 1) - timedelta(days=1)
