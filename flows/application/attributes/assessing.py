"""All records of an owner, however many sources hold them, as attributes and as sums that disagree.

Pure: records and a date in, results out. What an attribute means stands in `definitions`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.application.attributes.banked import banked, open_accounts
from flows.application.attributes.cashflow import CashFlow
from flows.application.attributes.definitions import DEFINITIONS
from flows.application.attributes.differences import Difference, Side, difference
from flows.application.attributes.invoiced import Books, invoiced, open_books
from flows.application.attributes.once import count_once
from flows.application.attributes.results import Basis, Held, Result, Sheet, basis, ratio
from flows.application.attributes.sold import Sold, open_orders, open_wallets, sold_at_till, sold_online
from flows.application.months import month_of, shift, window
from flows.application.records import Filing

YEAR = 12
ZERO = Decimal(0)


@dataclass(frozen=True)
class Question:
    """What is asked of the records: as of which day, in which currency, for which loan (None: not known yet)."""

    as_of: date
    currency: str
    amount: Decimal | None = None
    term_months: int | None = None
    related: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Assessment:
    """What the records say together; `sides` are a year's sales as each kind of record has them.

    `books`, `flow`, `till` and `shop` are what it was computed from, None where nobody holds such records.
    """

    results: tuple[Result, ...]
    differences: tuple[Difference, ...] = ()
    sides: tuple[Side, ...] = ()
    books: Books | None = None
    flow: CashFlow | None = None
    till: Sold | None = None
    shop: Sold | None = None


def assess(held: Sequence[Held], question: Question) -> Assessment:
    """Compute every attribute that the records can give; one that they do not cover is there, unknown."""
    as_of, currency = question.as_of, question.currency
    sheets: list[Sheet] = []
    books = open_books(held, as_of, currency)
    accounts = open_accounts(held, as_of, currency)
    till, shop = (open_orders(held, as_of, currency, online=online) for online in (False, True))
    wallets = open_wallets(held, as_of, currency)
    counter = till or wallets
    declared = _declared(held, currency)
    if books is not None:
        sheets.append(invoiced(books, question.related))
    if accounts is not None:
        known = question.amount is not None and question.term_months
        instalment = ratio(question.amount or ZERO, question.term_months or 0) if known else None
        sheets.append(banked(*accounts, instalment))
    if shop is not None:
        sheets.append(sold_online(shop, held))
    if counter is not None:
        sheets.append(sold_at_till(counter, as_of))
    if books is not None and declared is not None:
        sheets.append(_against_declared(books, declared))
    if books is not None and accounts is not None:
        sheets.append(_against_bank(books, accounts))
    sheets.append(_channels(held, books, accounts, (till, shop, wallets)))
    results = tuple(each for sheet in sheets for each in sheet.results if each.name in DEFINITIONS)
    sides = _sides(books, declared, accounts)
    found = difference("sales_12m", currency, sides)
    return Assessment(
        results,
        () if found is None else (found,),
        sides,
        books,
        None if accounts is None else accounts[0],
        till,
        shop,
    )


@dataclass(frozen=True)
class Declared:
    """Sales declared for the latest unbroken run of up to twelve months, in whole periods."""

    months: tuple[date, ...]
    total: Decimal
    basis: Basis


def _declared(held: Sequence[Held], currency: str) -> Declared | None:
    having = [each for each in held if each.records.filings]
    periods: dict[date, Filing] = {}
    for filing in sorted(
        (item for each in having for item in each.records.filings if item.currency in {currency, ""}),
        key=lambda item: item.filed_on or date.min,
    ):
        if filing.filed_on is not None and filing.sales is not None:
            periods[month_of(filing.first_month)] = filing
    run: list[Filing] = []
    for first in sorted(periods, reverse=True):
        filing = periods[first]
        covered = sum(each.months for each in run)
        if run and shift(first, filing.months) != month_of(run[-1].first_month):
            break
        if covered + filing.months > YEAR:
            break
        run.append(filing)
    if not run:
        return None
    months = tuple(shift(month_of(each.first_month), step) for each in reversed(run) for step in range(each.months))
    return Declared(months, sum((each.sales or ZERO for each in run), ZERO), basis(having))


def _against_declared(books: Books, declared: Declared) -> Sheet:
    sheet = Sheet(declared.months, books.sheet.records, books.sheet.basis + declared.basis)
    whole = set(declared.months) <= set(books.months)
    sold = sum((books.sales.get(month, ZERO) for month in declared.months), ZERO)
    sheet.put("inv_vs_declared", ratio(abs(sold - declared.total), declared.total) if whole else None)
    return sheet


def _against_bank(books: Books, accounts: tuple[CashFlow, Sheet]) -> Sheet:
    flow, theirs = accounts
    common = tuple(month for month in flow.months if month in set(books.months))
    sheet = Sheet(common, theirs.records, theirs.basis + books.sheet.basis)
    came = sum((came for month, came in zip(flow.months, flow.revenue(), strict=True) if month in common), ZERO)
    mine = (each for each in books.of_year(books.issued) if month_of(each.day) in common)
    sheet.put("bank_vs_invoice", ratio(came, sum((each.gross for each in mine), ZERO)))
    return sheet


def _channels(
    held: Sequence[Held],
    books: Books | None,
    accounts: tuple[CashFlow, Sheet] | None,
    sides: tuple[Sold | None, Sold | None, Sold | None],
) -> Sheet:
    """The largest channel's share, over the months that all of the records cover."""
    orders = [order for side in sides[:2] if side is not None for order in side.orders]
    payments = [item for each in held for item in each.records.payments]
    spans = [set(side.sheet.months) for side in sides if side is not None]
    spans += [set(books.year)] if books is not None else []
    spans += [set(accounts[0].months)] if accounts is not None else []
    months = tuple(sorted(set.intersection(*spans))) if spans else ()
    having = [each for each in held if each.records.orders or each.records.payments or each.records.transactions]
    sheet = Sheet(months, len(orders) + sum(len(each.records) for each in held), basis(having))
    if not orders and not payments:
        sheet.put("platform_top1", None, coverage=ZERO)
        return sheet
    counted = count_once(
        orders, payments, books.issued if books is not None else (), accounts[0].movements if accounts else ()
    )
    sums = counted.by_channel(months)
    sheet.put("platform_top1", ratio(max(sums.values(), default=ZERO), sum(sums.values(), ZERO)))
    return sheet


def _sides(books: Books | None, declared: Declared | None, accounts: tuple[CashFlow, Sheet] | None) -> tuple[Side, ...]:
    """Twelve months of sales as invoiced, declared and banked, as far as there are twelve."""
    sides: list[Side] = []
    if books is not None and len(books.year) == YEAR:
        total = sum((books.sales.get(month, ZERO) for month in books.year), ZERO)
        sides.append(Side("invoiced", total, window(books.year), books.sheet.basis.sources[0]))
    if declared is not None and len(declared.months) == YEAR:
        sides.append(Side("declared", declared.total, window(declared.months), declared.basis.sources[0]))
    if accounts is not None and accounts[0].whole_year:
        total = sum(accounts[0].revenue(), ZERO)
        sides.append(Side("banked", total, accounts[0].window, accounts[1].basis.sources[0]))
    return tuple(sides)
