"""Every number of a report computed again, from what happened to the invented businesses and not from their records.

Nothing here uses the program's own sums: ledger and commerce know what each movement, invoice and order is. Then every
number is looked for on paper, on the page and in the JSON.
"""

import html
import json
import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import pypdfium2
import pytest

from bot.web.pages import Pages
from flows import texts
from flows.application.attributes.assessing import Question
from flows.application.attributes.results import Held
from flows.application.features import FEATURES, Unit
from flows.application.months import complete, month_of, shift
from flows.application.report.building import build
from flows.application.report.material import Material
from flows.application.report.model import Business, Report
from flows.application.report.view import Lines, Table, View
from integrations.merchants import Merchant, load
from integrations.merchants.commerce import OrderState, Standing
from integrations.merchants.ledger import Book, Category
from integrations.merchants.served import MONTHS, served
from integrations.merchants.truth import banked_months
from integrations.press.reports import print_report
from integrations.reports.signing import signed
from integrations.reports.writing import view_of

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ZERO, CENT = Decimal(0), Decimal("0.01")
CAME_BACK = {Category.OWN, Category.REFUND, Category.RETURNED}
FEW = ("salt-and-crumb", "jinye-tobacco")
ALL = {each.id: each for each in load()}
every_merchant = pytest.mark.parametrize(
    "name", [name if name in FEW else pytest.param(name, marks=pytest.mark.many) for name in ALL]
)


@lru_cache(maxsize=4)
def made(name: str) -> Report:
    merchant = ALL[name]
    held = [
        Held(source, f"c-{source}", records, complete(TODAY, MONTHS[source])[0])
        for source, records in served(merchant, TODAY).items()
    ]
    request = merchant.profile.request
    question = Question(TODAY, merchant.currency, request.amount, request.term_months)
    return build(Material(Business(name=merchant.names.legal), held, question, names=True), NOW)


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def summed(pairs: "list[tuple[date, Decimal]]") -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for day, amount in pairs:
        sums[f"{day:%Y-%m}"] += amount
    return sums


def invoices(merchant: Merchant, *, issued: bool) -> dict[str, "tuple[date, Decimal, str]"]:
    """Each once by its number and party: day, net, party; void ones left out."""
    found: dict[str, tuple[date, Decimal, str]] = {}
    for each in merchant.commerce(TODAY).invoices:
        if each.issued is issued and each.standing is not Standing.VOID:
            found.setdefault(
                f"{each.number} {'' if issued else each.party.number}", (each.day, each.net, each.party.number)
            )
    return found


@every_merchant
def test_months(name: str) -> None:
    merchant, report = ALL[name], made(name)
    ledger, year = merchant.ledger(TODAY), [f"{month:%Y-%m}" for month in complete(TODAY, 12)]
    sales, bought = (
        summed([(day, net) for day, net, _ in invoices(merchant, issued=side).values()]) for side in (True, False)
    )
    banked = {f"{month:%Y-%m}" for month in banked_months(merchant.profile, ledger)}
    business = [each for each in ledger.entries if each.book is not Book.PRIVATE]
    came = summed([(e.day, e.amount) for e in business if e.amount > 0 and e.category not in CAME_BACK])
    went = summed([(e.day, -e.amount) for e in business if e.amount < 0 and e.category is not Category.OWN])
    orders = summed(
        [
            (each.at.date(), each.total if each.state is OrderState.PAID else ZERO)
            for each in {order.id: order for order in merchant.commerce(TODAY).orders}.values()
            if each.currency == merchant.currency and each.state is not OrderState.CANCELLED
        ]
    )
    paid = {
        f"{shift(each.first, 0 if merchant.profile.tax.regime == 'monthly' else 2):%Y-%m}": each.paid
        for each in ledger.periods
        if each.paid is not None
    }
    assert [each.month for each in report.months] == year[-len(report.months) :]
    for each in report.months:
        first = date(int(each.month[:4]), int(each.month[5:]), 1)
        if each.sales is not None:
            assert each.sales == cents(sales[each.month])
        if each.purchases is not None:
            assert each.purchases == cents(bought[each.month])
        assert (each.inflow is not None) == (each.month in banked)
        if each.inflow is not None:
            assert (each.inflow, each.outflow) == (cents(came[each.month]), cents(went[each.month]))
            end = shift(first, 1) - timedelta(days=1)
            assert each.balance == cents(ledger.opening + sum((e.amount for e in business if e.day <= end), ZERO))
        if each.orders is not None:
            assert each.orders == cents(orders[each.month])
        assert each.tax == (cents(paid[each.month]) if each.month in paid else None)
    assert any(each.sales is not None for each in report.months) == bool(sales)


@every_merchant
def test_attributes(name: str) -> None:
    """Against the ground truth of the merchants, which shares no formula with the program."""
    found = {each.name: each.value for each in made(name).attributes}
    for attribute, value in ALL[name].attributes(TODAY).items():
        exact = (
            value if value is None else cents(value) if FEATURES[attribute].unit is Unit.MONEY else value.normalize()
        )
        assert found[attribute] == exact, attribute


@every_merchant
def test_customers_and_suppliers(name: str) -> None:
    year = set(complete(TODAY, 12))
    for side, parties in ((True, made(name).customers), (False, made(name).suppliers)):
        mine = [each for each in invoices(ALL[name], issued=side).values() if month_of(each[0]) in year]
        assert (parties is None) == (not invoices(ALL[name], issued=True) or not (side or mine))
        if parties is None:
            continue
        by_party: dict[str, Decimal] = defaultdict(Decimal)
        for _, net, number in mine:
            by_party[number] += net
        whole = sum(by_party.values(), ZERO)
        named = {number: amount for number, amount in by_party.items() if number and amount > 0}
        assert (parties.total, parties.count) == (cents(whole), len(named))
        largest = sorted(named.values(), reverse=True)[:5]
        assert [each.amount for each in parties.largest] == [cents(amount) for amount in largest]
        assert [each.share for each in parties.largest] == [
            (amount / whole).quantize(Decimal("0.0001")) for amount in largest
        ]
        assert sum((each.amount for each in parties.largest), parties.others) == parties.total


@every_merchant
def test_taxes_loans_and_checks(name: str) -> None:
    merchant, report = ALL[name], made(name)
    ledger = merchant.ledger(TODAY)
    returns = [(f"{each.first:%Y-%m}", each.due, each.filed, each.sales, each.paid) for each in ledger.periods]
    shown = [(each.first_month, each.due_on, each.filed_on, each.sales, each.paid) for each in report.taxes]
    assert shown == returns[-len(shown) :]
    assert bool(shown) == bool(returns)
    for each in report.taxes:
        assert each.days_late == (None if each.filed_on is None else (each.filed_on - each.due_on).days)
    owed: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry in ledger.entries:
        if entry.category is Category.REPAYMENT and entry.book is not Book.PRIVATE:
            owed[entry.party][f"{entry.day:%Y-%m}"] -= entry.amount
    for debt in report.debts:
        assert debt.payments is not None
        assert debt.payments <= len(owed[debt.lender])
        assert debt.monthly == cents(sorted(list(owed[debt.lender].values())[-3:])[1])
    for check in report.checks:
        if check.gap is not None:
            one, other = (side.amount for side in check.sides)
            assert check.gap == abs(one - other)
            assert check.share is not None
            assert abs(check.share - check.gap / max(one, other)) < Decimal("0.0001")


def words(view: View) -> list[str]:
    """Every text of a laid out report that holds a digit."""
    found = [view.name, *(each.value for each in view.entries), *(each.value for each in view.figures)]
    for section in view.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                found += [part for row in block.rows for cell in row for part in (cell.text, cell.note)]
            elif isinstance(block, Lines):
                found += block.lines
    return [each for each in found if any(char.isdigit() for char in each)]


def squeezed(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char not in "\u200b\u00ad\ufffe-\u2010\u2011\x02")


@pytest.mark.parametrize("lang", texts.LANGUAGES)
@every_merchant
def test_paper_page_and_data_say_the_same(name: str, lang: str) -> None:
    report = made(name)
    view = view_of(report, lang)
    document = pypdfium2.PdfDocument(print_report(view, ""))
    paper = squeezed("".join(page.get_textpage().get_text_bounded() for page in document))
    page = Pages(texts.load()).render("report.html", lang=lang, view=view, here="", who=None)
    shown = squeezed(html.unescape(re.sub(r"<[^>]+>", "", page)))
    for each in words(view):
        assert squeezed(each) in paper, each
        assert squeezed(each) in shown, each
    data = json.loads(signed(report, b"\1" * 32))
    plain = {f"{Decimal(value):,f}" for value in re.findall(r'"(-?\d+(?:\.\d+)?)"', json.dumps(data))}
    for row in next(each for each in view.sections if each.key == "months").blocks[-1:]:
        assert isinstance(row, Table)
        assert {cell.text for cells in row.rows for cell in cells[1:] if cell.text != "—"} <= plain
    assert len(document) <= 4
