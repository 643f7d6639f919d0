"""Attributes of sales and purchases on invoice (1 to 23, 25): net of tax, red-letter ones taken off, void ones out.

An invoice that several sources hold, or one source twice, counts once by its number.
"""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from flows.application.attributes.parties import Parties
from flows.application.attributes.results import Held, Sheet, basis, observed, ratio
from flows.application.months import complete, month_of
from flows.application.records import Invoice, Standing

YEAR = 12
ZERO = Decimal(0)


@dataclass(frozen=True)
class Books:
    """The invoices of a business, each once, in its own currency; `months` are those that are observed."""

    issued: tuple[Invoice, ...]
    received: tuple[Invoice, ...]
    months: tuple[date, ...]
    sheet: Sheet
    sales: dict[date, Decimal] = field(init=False)
    purchases: dict[date, Decimal] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sales", _by_month(self.issued))
        object.__setattr__(self, "purchases", _by_month(self.received))

    @property
    def year(self) -> tuple[date, ...]:
        """The observed months of the last twelve complete ones."""
        return self.months[-YEAR:]

    def of_year(self, invoices: Iterable[Invoice]) -> list[Invoice]:
        """Those of the year, void ones left out."""
        months = set(self.year)
        return [each for each in invoices if each.standing is not Standing.VOID and month_of(each.day) in months]


def open_books(held: Sequence[Held], as_of: date, currency: str) -> Books | None:
    """The books of all sources that hold invoices; None when nobody does."""
    having = [each for each in held if each.records.invoices]
    unique = _unique(each for source in having for each in source.records.invoices)
    mine = [each for each in unique if each.currency == currency and each.day < as_of]
    issued = tuple(sorted((each for each in mine if each.issued), key=lambda each: each.day))
    received = tuple(sorted((each for each in mine if not each.issued), key=lambda each: each.day))
    if not issued:
        return None
    known = [each.records.bounds.since for each in having if any(item.issued for item in each.records.invoices)]
    ends = [each.records.bounds.until for each in having]
    since = min((each for each in known if each is not None), default=None)
    until = max((each for each in ends if each is not None), default=None)
    months = observed(issued[0].day, since, until, complete(as_of, 1)[0], 2 * YEAR)
    sheet = Sheet(months[-YEAR:], len(issued) + len(received), basis(having))
    return Books(issued, received, months, sheet)


def invoiced(books: Books, related: frozenset[str]) -> Sheet:
    """All attributes of the books. `related` are names and numbers of who is one step from the owner, if known."""
    sheet = books.sheet
    _amounts(books)
    _course(books)
    _quality(books)
    parties = Parties((each.party, each.party_number) for each in (*books.issued, *books.received))
    _customers(books, parties, related)
    _purchases(books, parties)
    return sheet


def _amounts(books: Books) -> None:
    put, year = books.sheet.put, books.year
    sales = [books.sales.get(month, ZERO) for month in year]
    total = sum(sales, ZERO)
    put("sales_12m", total)
    put("sales_m", ratio(total, len(year)))
    days = sorted({each.day for each in books.issued if each.standing is Standing.VALID})
    span = (days[-1].year - days[0].year) * YEAR + days[-1].month - days[0].month + 1 if days else 0
    put("span_m", span or None)
    live = [month for month in year if days and month_of(days[0]) <= month <= month_of(days[-1])]
    put("active_ratio", ratio(sum(books.sales.get(month, ZERO) > 0 for month in live), len(live)))
    put("gap_max_m", max((len(list(run)) for empty, run in groupby(sales, lambda s: s <= 0) if empty), default=0))
    recent = [day for day in days if year and day >= year[0]]
    put("gap_max_d", max(((later - earlier).days for earlier, later in pairwise(recent)), default=None))


def _course(books: Books) -> None:
    """How sales go over time; the year before needs months before the twelve."""
    put, year, all_months = books.sheet.put, books.year, books.months
    sales = [books.sales.get(month, ZERO) for month in year]
    total = sum(sales, ZERO)
    mean = ratio(total, len(sales))
    put("cv_sales", ratio(statistics.pstdev(sales), mean) if mean else None)
    long = Sheet(all_months, books.sheet.records, books.sheet.basis, books.sheet.results)
    every = [books.sales.get(month, ZERO) for month in all_months]
    before = sum(every[-2 * YEAR : -YEAR], ZERO)
    long.put("growth_sym", ratio(total - before, abs(total) + abs(before)))
    for count, name in ((3, "yoy_3m"), (6, "yoy_6m")):
        then = sum(every[-YEAR - count : -YEAR], ZERO) if len(every) >= YEAR + count else ZERO
        now = ratio(sum(every[-count:], ZERO), then)
        long.put(name, None if now is None else now - 1)
    earlier = ratio(sum(sales[:-3], ZERO), len(sales[:-3]))
    put("last3_vs_hist", ratio(sum(sales[-3:], ZERO) / 3, earlier) if earlier else None)
    put("season_peak", ratio(max(sales), total) if sales else None)


def _quality(books: Books) -> None:
    put, months = books.sheet.put, set(books.year)
    mine = [each for each in books.issued if month_of(each.day) in months]
    void = [each for each in mine if each.standing is Standing.VOID]
    valid = [each for each in mine if each.standing is Standing.VALID]
    red = sum((each.net for each in mine if each.standing is Standing.RED), ZERO)
    positive = sum((each.net for each in valid), ZERO)
    voided = sum((each.net for each in void), ZERO)
    put("void_rate_n", ratio(len(void), len(void) + len(valid)))
    put("void_amt", ratio(voided, voided + positive))
    put("red_amt", ratio(abs(red), positive))


def _customers(books: Books, parties: Parties, related: frozenset[str]) -> None:
    put = books.sheet.put
    bought, active = by_party(books.of_year(books.issued), parties)
    everything = sum(bought.values(), ZERO)
    named = {key: amount for key, amount in bought.items() if key and amount > 0}
    covered = ratio(sum(named.values(), ZERO), everything) or ZERO
    total = sum(named.values(), ZERO)
    ranked = sorted(named.values(), reverse=True)
    put("n_cust", len(named), coverage=covered)
    put("hhi_cust", ratio(sum((each * each for each in ranked), ZERO), total * total), coverage=covered)
    put("top1_share", ratio(sum(ranked[:1], ZERO), everything), coverage=covered)
    put("top5_share", ratio(sum(ranked[:5], ZERO), everything), coverage=covered)
    often = sum((amount for key, amount in named.items() if len(active[key]) >= 3), ZERO)
    put("repeat_cust_amt", ratio(often, everything), coverage=covered)
    suppliers = {parties.key(each.party, each.party_number) for each in books.received} - {""}
    both = sum((amount for key, amount in named.items() if key in suppliers), ZERO)
    put("circular_share", ratio(both, everything) if books.received else None, coverage=covered)
    near = {parties.key(each, each) for each in related} | {parties.key(each) for each in related}
    theirs = sum((amount for key, amount in named.items() if key in near), ZERO)
    put("related_sales", ratio(theirs, everything) if related else None, coverage=covered)
    months = set(books.months[-2 * YEAR : -YEAR])
    then, _ = by_party((each for each in books.issued if month_of(each.day) in months), parties)
    old = {key for key, amount in then.items() if key and amount > 0}
    long = Sheet(books.months, books.sheet.records, books.sheet.basis, books.sheet.results)
    long.put("retention_12", ratio(len(old & set(named)), len(old)), coverage=covered)


def _purchases(books: Books, parties: Parties) -> None:
    put, year, mine = books.sheet.put, books.year, books.of_year(books.received)
    bought, _ = by_party(mine, parties)
    named = [amount for key, amount in bought.items() if key and amount > 0]
    total = sum(named, ZERO)
    covered = ratio(total, sum(bought.values(), ZERO)) or ZERO
    put("n_supp", len(named), coverage=covered)
    put("hhi_supp", ratio(sum((each * each for each in named), ZERO), total * total), coverage=covered)
    if not mine:
        for name in ("margin_proxy", "cover_months", "drawdown_m", "vat_burden"):
            put(name, None, coverage=ZERO)
        return
    sales = sum((books.sales.get(month, ZERO) for month in year), ZERO)
    spent = sum((books.purchases.get(month, ZERO) for month in year), ZERO)
    put("margin_proxy", ratio(sales - spent, sales))
    left = [books.sales.get(month, ZERO) - books.purchases.get(month, ZERO) for month in year]
    put("cover_months", ratio(sum(each > 0 for each in left), len(left)))
    put("drawdown_m", ratio(_fall(left), sales / len(year)) if sales else None)
    tax = sum((each.tax for each in books.of_year(books.issued)), ZERO) - sum((each.tax for each in mine), ZERO)
    put("vat_burden", ratio(tax, sales))


def _fall(left: Sequence[Decimal]) -> Decimal:
    """How far the running sum falls at most below an earlier height, which is zero at the beginning."""
    running = peak = deepest = ZERO
    for each in left:
        running += each
        peak = max(peak, running)
        deepest = max(deepest, peak - running)
    return deepest


def _unique(invoices: Iterable[Invoice]) -> list[Invoice]:
    """Each invoice once by side and number; where two say different things, it is void."""
    found: dict[tuple[bool, str, str], Invoice] = {}
    for place, each in enumerate(invoices):
        # The same supplier's number may be another supplier's number too; our own numbers are ours alone.
        key = (each.issued, each.number or f"#{place}", "" if each.issued else each.party_number or each.party)
        before = found.get(key)
        if before is None or (each.standing is Standing.VOID and before.standing is not Standing.VOID):
            found[key] = each
    return list(found.values())


def _by_month(invoices: Sequence[Invoice]) -> dict[date, Decimal]:
    sums: dict[date, Decimal] = {}
    for each in invoices:
        if each.standing is not Standing.VOID:
            month = month_of(each.day)
            sums[month] = sums.get(month, ZERO) + each.net
    return sums


def by_party(invoices: Iterable[Invoice], parties: Parties) -> tuple[dict[str, Decimal], dict[str, set[date]]]:
    """Net amount, and months with a positive invoice, by party; "" are private persons."""
    amounts: dict[str, Decimal] = {}
    months: dict[str, set[date]] = {}
    for each in invoices:
        if each.standing is Standing.VOID:
            continue
        key = parties.key(each.party, each.party_number)
        amounts[key] = amounts.get(key, ZERO) + each.net
        if each.net > 0:
            months.setdefault(key, set()).add(month_of(each.day))
    return amounts, months
