"""Which products suit an application before it is sent: by the lenders' own sheets, in the order of their cost.

This compares what a lender has written down with what is known. It is no decision and no prediction of one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.application.facts import FACTS, Fact, Facts, read
from flows.application.matching import Fit, Result, evaluate
from flows.application.money import to_cents
from flows.application.repayment import EQUAL, SCHEDULED, total_interest
from flows.application.sheet import ProductSheet
from flows.application.values import Application

_ORDER = (Result.ELIGIBLE, Result.REFERRED, Result.NEED_DATA, Result.DECLINED)


@dataclass(frozen=True, slots=True)
class Suited:
    """How a product suits. `cheapest` and `dearest` are the total cost of `amount` over the term asked for.

    They are the lowest and the highest price of the sheet, fees included; None while amount or term are unknown.
    """

    sheet: ProductSheet
    fit: Fit
    amount: Decimal | None = None
    cheapest: Decimal | None = None
    dearest: Decimal | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that would settle what is unknown."""
        return tuple(dict.fromkeys(FACTS[name].source for name in self.fit.ask))


def facts_of(application: Application) -> Facts:
    """What an application says, as facts: a feature before a field of the same name, as the records say it.

    Two features of one name that differ contradict each other: the fact is unknown.
    """
    currency = application.text("currency")
    facts: dict[str, Fact] = {}
    for name in application.values:
        candidate = application.chosen(name)
        if candidate is not None and name in FACTS:
            facts[name] = read(FACTS[name], candidate.value, currency)
    seen: set[str] = set()
    for feature in application.features:
        name = feature.name
        if name in FACTS:
            value = read(FACTS[name], feature.value, currency)
            facts[name] = value if name not in seen or facts[name] == value else None
            seen.add(name)
    return facts


def suiting(application: Application, sheets: Iterable[ProductSheet], today: date) -> tuple[Suited, ...]:
    """Every sheet with how it suits: what fits first, and among equals what costs the owner least."""
    facts = facts_of(application)
    found = [_suited(application, sheet, evaluate(sheet, facts, today)) for sheet in sheets]
    return tuple(sorted(found, key=_place))


def best_of(found: Sequence[Suited], lender: str) -> Suited | None:
    """The product of a lender that suits best."""
    return next((each for each in found if each.sheet.lender.id == lender), None)


def _place(suited: Suited) -> tuple[int, bool, Decimal, Decimal, str]:
    cheapest, dearest = suited.cheapest or Decimal(0), suited.dearest or Decimal(0)
    return _ORDER.index(suited.fit.result), suited.cheapest is None, cheapest, dearest, suited.sheet.key


def _suited(application: Application, sheet: ProductSheet, fit: Fit) -> Suited:
    asked, months = application.money("amount_requested"), application.get("loan_term_months")
    if asked is None or asked.currency != sheet.currency or not isinstance(months, int):
        return Suited(sheet, fit)
    amount = min(asked.amount, sheet.amount.maximum)
    months = min(max(months, sheet.term.minimum), sheet.term.maximum)
    costs = [cost_of(sheet, amount, rate, months) for rate in (min(sheet.price.values()), max(sheet.price.values()))]
    return Suited(sheet, fit, amount, costs[0], costs[1])


def cost_of(sheet: ProductSheet, amount: Decimal, rate: Decimal, months: int) -> Decimal:
    """Interest and fees of a loan of this product, by its first method of repayment."""
    method = sheet.repayment[0] if sheet.repayment[0] in SCHEDULED else EQUAL
    return to_cents(total_interest(method, amount, rate, months) + sheet.fee_total(amount))
