"""Attributes of bank accounts (30 to 37, 39): cash flow without own transfers, loans, refunds and circular money."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from flows.application.attributes.cashflow import CashFlow
from flows.application.attributes.movements import Kind, Own, classify, once, plain
from flows.application.attributes.results import Held, Sheet, basis, ratio

ZERO = Decimal(0)
RETURNED_IN = (30, 60, 90)


def open_accounts(held: Sequence[Held], as_of: date, currency: str) -> tuple[CashFlow, Sheet] | None:
    """The accounts of all sources as one cash flow; None when nobody holds movements in the currency."""
    having = [each for each in held if any(item.currency == currency for item in each.records.transactions)]
    if not having:
        return None
    batches = [
        [item for item in each.records.transactions if item.currency == currency and item.day < as_of]
        for each in having
    ]
    bounds = [each.records.bounds for each in having]
    own = Own(
        frozenset({item.account for batch in batches for item in batch} | {n for b in bounds for n in b.own_accounts}),
        frozenset(plain(name) for each in bounds for name in each.own_names),
    )
    movements = classify(once(batches), own)
    since = min(each.records.bounds.since or each.asked_from for each in having)
    known = [each.balance for each in bounds]
    # Balances of several sources may be of the same account: only one source's balance can be counted.
    balance = known[0] if len(known) == 1 else None
    flow = CashFlow(movements, balance, since, as_of)
    return flow, Sheet(flow.months, len(flow.inside()), basis(having))


def banked(flow: CashFlow, sheet: Sheet, instalment: Decimal | None) -> Sheet:
    """All attributes of the accounts. `instalment` is the asked amount / term, None while it is not known."""
    put, inside, months = sheet.put, flow.inside(), len(flow.months)
    revenue, outflow, balances = flow.revenue(), flow.outflow(), flow.balances()
    adb = ratio(sum(balances, ZERO), len(balances))
    repaid = sum((-each.amount for each in inside if each.kind is Kind.REPAYMENT), ZERO)
    earned = sum(revenue, ZERO)
    put("revenue_inflow_m", ratio(earned, months))
    put("adb", adb)
    put("neg_days", sum(each < 0 for each in balances) if balances else None)
    for days in RETURNED_IN:
        put(f"nsf_{days}", len(flow.recent(Kind.RETURNED, timedelta(days=days))))
    gained = sum(came > went for came, went in zip(flow.inflow(), outflow, strict=True))
    put("net_cf_pos", ratio(gained, months))
    put("debt_service_m", ratio(repaid, months))
    put("lenders_90d", len({each.party for each in flow.recent(Kind.REPAYMENT)}))
    daily = ratio(sum(outflow, ZERO), len(balances))
    put("runway_d", ratio(adb, daily) if adb is not None and daily else None)
    put("txn_gap_max", flow.longest_gap())
    left = earned - sum(flow.operating_outflow(), ZERO)
    due = None if instalment is None else repaid + instalment * months
    put("dscr", ratio(left, due) if due else None)
    return sheet
