"""The ground truth of the standard attributes, computed from the model and not from what sources serve.

It knows what everything is (category, customer, order), where an attribute has to find out. It shares no formula with
`flows.application.attributes`. What no record can give is None.
"""

import itertools
import math
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from flows.application.months import complete, month_of, shift
from integrations.merchants.commerce import Commerce, Invoice, Order, OrderState, Standing
from integrations.merchants.ledger import REVENUE, Book, Category, Entry, Ledger
from integrations.merchants.profile import Profile
from integrations.merchants.truth import LEAST_MONTHS, YEAR, banked_months

Truth = dict[str, Decimal | None]
ZERO = Decimal(0)
BACK = frozenset({Category.REFUND, Category.RETURNED})


def attributes(profile: Profile, ledger: Ledger, commerce: Commerce) -> Truth:
    """Attribute name to its true value, to four decimals; None where the records do not cover it."""
    found = {**_invoiced(profile, ledger, commerce), **_banked(profile, ledger), **_ordered(profile, ledger, commerce)}
    return {name: None if value is None else _four(value) for name, value in found.items()}


def _four(value: Decimal | float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def _over(part: Decimal | float, whole: Decimal | float) -> Decimal | None:
    return Decimal(part) / Decimal(whole) if whole else None


# Invoices


def _invoiced(profile: Profile, ledger: Ledger, commerce: Commerce) -> Truth:
    issued = list({each.number: each for each in commerce.invoices if each.issued}.values())
    bought = list({each.number: each for each in commerce.invoices if not each.issued}.values())
    if not issued:
        return {}
    counted = [each for each in issued if each.standing is not Standing.VOID]
    last = complete(ledger.as_of, 1)[0]
    first = month_of(min(each.day for each in issued))
    age = (last.year - first.year) * YEAR + last.month - first.month + 1
    year = [shift(last, -back) for back in range(min(YEAR, age))][::-1]
    sold: dict[date, Decimal] = defaultdict(Decimal)
    spent: dict[date, Decimal] = defaultdict(Decimal)
    for each in counted:
        sold[month_of(each.day)] += each.net
    for each in bought:
        spent[month_of(each.day)] += each.net
    s, p = [sold[month] for month in year], [spent[month] for month in year]
    total, whole, some = sum(s, ZERO), age >= YEAR, age >= LEAST_MONTHS
    mine = [each for each in counted if month_of(each.day) in year]
    truth: Truth = {"sales_12m": total if whole else None, "sales_m": total / len(s) if some else None}
    blue = sorted(each.day for each in issued if each.standing is Standing.VALID)
    truth["span_m"] = Decimal((blue[-1].year - blue[0].year) * YEAR + blue[-1].month - blue[0].month + 1)
    truth |= _shape(s, sold, year, age)
    days = sorted({day for day in blue if day >= year[0]})
    truth["gap_max_d"] = Decimal(max((b - a).days for a, b in itertools.pairwise(days))) if some else None
    truth |= _spoiled(issued, year) if some else {}
    truth |= _who(profile, mine, [each for each in bought if month_of(each.day) in year], age)
    truth["retention_12"] = _kept_customers(counted, year) if age >= 2 * YEAR and truth["n_cust"] is not None else None
    if bought and whole:
        truth["margin_proxy"] = _over(total - sum(p, ZERO), total)
        tax = sum((each.tax for each in mine), ZERO) - sum(
            (each.tax for each in bought if month_of(each.day) in year), ZERO
        )
        truth["vat_burden"] = _over(tax, total)
        truth["cover_months"] = _over(sum(a > b for a, b in zip(s, p, strict=True)), len(s))
        heights = [ZERO]
        for a, b in zip(s, p, strict=True):
            heights.append(heights[-1] + a - b)
        fall = max(heights[i] - heights[j] for i in range(len(heights)) for j in range(i, len(heights)))
        truth["drawdown_m"] = _over(fall, total / len(s))
    return truth


def _shape(s: list[Decimal], sold: dict[date, Decimal], year: list[date], age: int) -> Truth:
    mean = sum(s, ZERO) / len(s)
    spread = math.sqrt(sum(float(each - mean) ** 2 for each in s) / len(s))
    run = longest = 0
    for each in s:
        run = run + 1 if each <= 0 else 0
        longest = max(longest, run)
    some, half = age >= LEAST_MONTHS, age >= YEAR // 2
    truth: Truth = {
        "active_ratio": _over(sum(each > 0 for each in s), len(s)) if some else None,
        "gap_max_m": Decimal(longest) if some else None,
        "cv_sales": _over(spread, float(mean)) if half else None,
        "last3_vs_hist": _over(sum(s[-3:], ZERO) / 3, sum(s[:-3], ZERO) / (len(s) - 3)) if half else None,
        "season_peak": _over(max(s), sum(s, ZERO)) if age >= YEAR else None,
    }
    then = [sold[shift(month, -YEAR)] for month in year]
    now, before = sum(s, ZERO), sum(then, ZERO)
    truth["growth_sym"] = _over(now - before, abs(now) + abs(before)) if age >= 2 * YEAR else None
    for count, name in ((3, "yoy_3m"), (6, "yoy_6m")):
        known = age >= YEAR + count
        truth[name] = sum(s[-count:], ZERO) / sum(then[-count:], ZERO) - 1 if known else None
    return truth


def _spoiled(issued: list[Invoice], year: list[date]) -> Truth:
    mine = [each for each in issued if month_of(each.day) in year]
    nets = {kind: [each.net for each in mine if each.standing is kind] for kind in Standing}
    void, valid = nets[Standing.VOID], nets[Standing.VALID]
    return {
        "void_rate_n": _over(len(void), len(void) + len(valid)),
        "void_amt": _over(sum(void, ZERO), sum(void, ZERO) + sum(valid, ZERO)),
        "red_amt": _over(-sum(nets[Standing.RED], ZERO), sum(valid, ZERO)),
    }


def _who(profile: Profile, mine: list[Invoice], bought: list[Invoice], age: int) -> Truth:
    """Customers by their number; a counter whose customers are mostly private has no known customers."""
    shares: dict[str, Decimal] = defaultdict(Decimal)
    months: dict[str, set[date]] = defaultdict(set)
    for each in mine:
        shares[each.party.number] += each.net
        if each.net > 0:
            months[each.party.number].add(month_of(each.day))
    private = profile.tax.invoice_mean is not None and not profile.selling.customers
    suppliers: dict[str, Decimal] = defaultdict(Decimal)
    for each in bought:
        suppliers[each.party.number] += each.net
    truth: Truth = dict.fromkeys(
        ("n_cust", "hhi_cust", "top1_share", "top5_share", "repeat_cust_amt", "circular_share", "n_supp", "hhi_supp")
    )
    if age < YEAR:
        return truth
    total = sum(suppliers.values(), ZERO)
    truth["n_supp"] = Decimal(len(suppliers))
    truth["hhi_supp"] = sum(((each / total) ** 2 for each in suppliers.values()), ZERO)
    if private:
        return truth
    whole = sum(shares.values(), ZERO)
    ranked = sorted(shares.values(), reverse=True)
    truth |= {
        "n_cust": Decimal(len(shares)),
        "hhi_cust": sum(((each / whole) ** 2 for each in ranked), ZERO),
        "top1_share": ranked[0] / whole,
        "top5_share": sum(ranked[:5], ZERO) / whole,
        "repeat_cust_amt": sum((shares[key] for key in shares if len(months[key]) >= 3), ZERO) / whole,
        "circular_share": sum((shares[key] for key in shares if key in suppliers), ZERO) / whole,
    }
    return truth


def _kept_customers(counted: list[Invoice], year: list[date]) -> Decimal | None:
    then = {each.party.number for each in counted if shift(year[0], -YEAR) <= month_of(each.day) < year[0]}
    now = {each.party.number for each in counted if month_of(each.day) in year}
    return _over(len(then & now), len(then))


# Bank


def _banked(profile: Profile, ledger: Ledger) -> Truth:
    months = banked_months(profile, ledger)
    if len(months) < LEAST_MONTHS:
        return {}
    end = shift(months[-1], 1)
    business = [each for each in ledger.entries if each.book is not Book.PRIVATE]
    mine = [each for each in business if months[0] <= each.day < end]
    by = partial(_monthly, mine, months)
    earned = by(lambda each: each.category in REVENUE)
    # Money in counts what circles; what only came back, and the owner's own, does not.
    came = by(lambda each: each.amount > 0 and each.category is not Category.OWN and each.category not in BACK)
    went = [-each for each in by(lambda each: each.amount < 0 and each.category is not Category.OWN)]
    repaid = -sum((each.amount for each in mine if each.category is Category.REPAYMENT), ZERO)
    balances = _balances(ledger, business, months[0], end)
    mean = sum(balances, ZERO) / len(balances)
    days = sorted({each.day for each in mine})
    truth: Truth = {
        "revenue_inflow_m": sum(earned, ZERO) / len(months),
        "adb": mean,
        "neg_days": Decimal(sum(each < 0 for each in balances)),
        "net_cf_pos": _over(sum(a > b for a, b in zip(came, went, strict=True)), len(months)),
        "debt_service_m": repaid / len(months),
        "lenders_90d": Decimal(len({each.party for each in _late(business, ledger.as_of, 90, Category.REPAYMENT)})),
        "runway_d": _over(mean, sum(went, ZERO) / len(balances)),
        "txn_gap_max": Decimal(max((b - a).days for a, b in itertools.pairwise(days))),
    }
    for back in (30, 60, 90):
        truth[f"nsf_{back}"] = Decimal(len(_late(business, ledger.as_of, back, Category.RETURNED)))
    running = {Category.COST, Category.TAX, Category.DRAWINGS}
    costs = -sum((each.amount for each in mine if each.category in running and each.amount < 0), ZERO)
    asked = profile.request.amount / profile.request.term_months * len(months)
    known = len(months) >= YEAR // 2
    truth["dscr"] = _over(sum(earned, ZERO) - costs, repaid + asked) if known else None
    return truth


def _monthly(entries: list[Entry], months: tuple[date, ...], wanted: object) -> list[Decimal]:
    sums = dict.fromkeys(months, ZERO)
    for each in entries:
        if callable(wanted) and wanted(each):
            sums[month_of(each.day)] += each.amount
    return list(sums.values())


def _late(entries: list[Entry], as_of: date, days: int, category: Category) -> list[Entry]:
    return [each for each in entries if each.category is category and each.day >= as_of - timedelta(days=days)]


def _balances(ledger: Ledger, business: list[Entry], first: date, end: date) -> list[Decimal]:
    change: dict[date, Decimal] = defaultdict(Decimal)
    for each in business:
        change[each.day] += each.amount
    balance, day, found = ledger.opening, ledger.first_day, []
    while day < end:
        balance += change[day]
        if day >= first:
            found.append(balance)
        day += timedelta(days=1)
    return found


# Orders


def _ordered(profile: Profile, ledger: Ledger, commerce: Commerce) -> Truth:
    every = {each.id: each for each in commerce.orders if each.currency == profile.currency}.values()
    paid = [each for each in every if each.state is not OrderState.CANCELLED]
    year = [each for each in complete(ledger.as_of, YEAR) if each >= month_of(ledger.first_day)]
    mine = [each for each in paid if month_of(each.at.date()) in year]
    truth: Truth = {}
    if len(year) >= LEAST_MONTHS:
        truth |= _online([each for each in mine if each.online], commerce, len(year))
        truth |= _counter([each for each in mine if not each.online])
    recent = {each.at.date() for each in paid if not each.online and each.at.date() >= ledger.as_of - timedelta(30)}
    if recent:
        truth["pos_days"] = _over(len(recent), 30)
    return truth


def _online(shop: list[Order], commerce: Commerce, months: int) -> Truth:
    if not shop:
        return {}
    gmv = sum((each.total for each in shop), ZERO)
    times: dict[str, int] = defaultdict(int)
    for each in shop:
        times[each.buyer] += 1
    sent = {each.order_id for each in commerce.shipments}
    kept = [each for each in shop if each.state is OrderState.PAID]
    return {
        "gmv_m": gmv / months,
        "aov": gmv / len(shop),
        "orders_m": _over(len(shop), months),
        "refund_rate": _over(sum((each.total for each in shop if each.state is OrderState.REFUNDED), ZERO), gmv),
        "repeat_buyers": _over(sum(count > 1 for count in times.values()), len(times)),
        "ship_match": _over(sum(each.id in sent for each in kept), len(kept)),
    }


def _counter(till: list[Order]) -> Truth:
    kept = [each for each in till if each.state is OrderState.PAID]
    takings = sum((each.total for each in kept), ZERO)
    return {"pos_night": _over(sum((each.total for each in kept if each.at.hour < 6), ZERO), takings)} if kept else {}
