"""From cash flow to candidates and features. Below its coverage a value is left out, never zero."""

import statistics
from decimal import Decimal

from flows.application import shapes
from flows.application.attributes.cashflow import YEAR, CashFlow
from flows.application.attributes.movements import Kind
from flows.application.money import Money, to_cents
from integrations.toolkit.source import Gathering

RECORD = "transactions"


def read_fields(found: Gathering, flow: CashFlow, currency: str, *, cards: bool) -> None:
    """Candidates of the application's fields. `cards`: the records tell card settlements from other income."""
    if flow.gaps:
        found.note("bank_months_missing")
    if not flow.enough:
        found.note("short_history")
        return

    def money(amount: Decimal) -> Money:
        return Money(amount=to_cents(amount), currency=currency)

    window = flow.window
    facilities = tuple(
        shapes.Facility(lender=loan.lender, type="term_loan", monthly_payment=money(loan.monthly))
        for loan in flow.loans()
    )
    found.value("existing_credit_facilities", facilities, RECORD, window=window)
    read_balance(found, flow, currency)
    if not flow.whole_year:
        return
    found.value("monthly_bank_inflow_12m", tuple(map(money, flow.inflow())), RECORD, window=window)
    found.value("monthly_revenue_12m", tuple(map(money, flow.revenue())), RECORD, window=window)
    found.value("gross_annual_revenue", money(sum(flow.revenue(), Decimal(0))), RECORD, window=window)
    if cards:
        found.value("card_sales_12m", money(flow.card_sales()), RECORD, window=window)


def read_balance(found: Gathering, flow: CashFlow, currency: str) -> None:
    """The mean balance at the end of a day, when the balances are known."""
    balances = flow.balances() if flow.enough else []
    if balances:
        mean = to_cents(sum(balances, Decimal(0)) / len(balances))
        found.value(
            "average_monthly_bank_balance", Money(amount=mean, currency=currency), "balances", window=flow.window
        )


def read_features(found: Gathering, flow: CashFlow) -> None:
    """Standard attributes, in the units their names carry; None where the window is too short."""
    window, inside = flow.window, flow.inside()
    count = len(inside)
    inflow, revenue, outflow = flow.inflow(), flow.revenue(), flow.outflow()
    balances = flow.balances()
    repaid = sum((-each.amount for each in inside if each.kind is Kind.REPAYMENT), Decimal(0))
    adb = sum(balances, Decimal(0)) / len(balances) if balances else None
    months, days = Decimal(len(flow.months)), Decimal(len(balances) or 1)
    mean = sum(revenue, Decimal(0)) / months if months else Decimal(0)
    spread = statistics.pstdev(revenue) if revenue else Decimal(0)
    positive = sum(1 for came, went in zip(inflow, outflow, strict=True) if came > went)
    daily_out = sum(outflow, Decimal(0)) / days

    def add(name: str, value: Decimal | None, *, known: bool = True) -> None:
        found.feature(name, value if known and flow.enough else None, window, count)

    found.feature("months_observed", months, window, count)
    add("revenue_inflow_m", mean)
    add("inflow_12m", sum(revenue, Decimal(0)), known=len(flow.months) == YEAR)
    add("adb", adb)
    add("neg_days", Decimal(sum(1 for each in balances if each < 0)), known=bool(balances))
    add("nsf_90", Decimal(len(flow.recent(Kind.RETURNED))))
    add("net_cf_pos", positive / (months or Decimal(1)))
    add("debt_service_m", repaid / (months or Decimal(1)))
    add("lenders_90d", Decimal(len({each.party for each in flow.recent(Kind.REPAYMENT)})))
    add("runway_d", adb / daily_out if adb is not None and daily_out else None)
    add("txn_gap_max", Decimal(flow.longest_gap()))
    add("cv_inflow", spread / mean if mean else None)
