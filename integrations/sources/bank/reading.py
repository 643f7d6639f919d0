"""From cash flow to candidates and features. Below its coverage a value is left out, never zero."""

import statistics
from collections.abc import Sequence
from decimal import Decimal

from flows.application import shapes
from flows.application.attributes.cashflow import YEAR, CashFlow
from flows.application.attributes.movements import Kind, plain
from flows.application.money import Money, to_cents
from integrations.sources.bank.records import Account, Transaction
from integrations.toolkit.source import Gathering

RECORD = "transactions"
CURRENT = frozenset({"CACC", "CurrentAccount"})
OPEN = frozenset({"Enabled", None})


def is_business(account: Account, currency: str) -> bool:
    """Whether an account counts for the business: not a private one, and in the market's currency."""
    return account.category != "Personal" and account.currency in {currency, None}


def read_payout(found: Gathering, accounts: Sequence[Account], business_name: str | None, currency: str) -> None:
    """The account to pay to: the only open current account in the business's own name."""
    if any(is_business(each, currency) and each.status not in OPEN for each in accounts):
        found.note("closed_account")
    mine = [
        (each, each.account[0])
        for each in accounts
        if is_business(each, currency)
        and each.status in OPEN
        and each.type_code in CURRENT
        and each.account
        and business_name is not None
        and plain(each.account[0].name or "") == plain(business_name)
    ]
    if len(mine) != 1:
        found.note("no_single_account")
        return
    account, number = mine[0]
    bank = account.servicer.name or account.servicer.identification if account.servicer is not None else None
    if number.identification is not None and number.name is not None and bank is not None:
        payout = shapes.Account(holder=number.name, bank=bank, number=number.identification)
        found.value("disbursement_account", payout, f"accounts/{account.account_id}")


def read_fields(found: Gathering, flow: CashFlow, transactions: Sequence[Transaction], currency: str) -> None:
    """Candidates of the application's fields."""
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
    balances = flow.balances()
    if balances:
        mean = sum(balances, Decimal(0)) / len(balances)
        found.value("average_monthly_bank_balance", money(mean), "balances", window=window)
    if not flow.whole_year:
        return
    found.value("monthly_bank_inflow_12m", tuple(map(money, flow.inflow())), RECORD, window=window)
    found.value("monthly_revenue_12m", tuple(map(money, flow.revenue())), RECORD, window=window)
    found.value("gross_annual_revenue", money(sum(flow.revenue(), Decimal(0))), RECORD, window=window)
    if any(each.bank_transaction_code is not None for each in transactions):
        found.value("card_sales_12m", money(flow.card_sales()), RECORD, window=window)


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
