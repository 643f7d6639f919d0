"""Evaluating one product sheet for one application: three-valued, and nothing is guessed.

What is unknown is asked for; a limit appears only when every rule has passed and a price band is given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from flows.application.facts import FACTS, Fact, Facts, known, with_derived
from flows.application.rules import OnFail, OnMissing, Rule, Verdict
from flows.application.sheet import DERIVED, ProductSheet

PRODUCT_MAXIMUM = "product_maximum"
_OTHER, _CASH_FLOW, _CREDIT = "977", "4", "1"


class Result(StrEnum):
    """What a product says of an application."""

    ELIGIBLE = "eligible"
    NEED_DATA = "need_data"
    REFERRED = "referred"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition that was not met, or could not be checked (`actual` None).

    `rule` is None for the checks that every sheet has; then `code` is one of `sheet.BUILT_IN`.
    `reason` is the CFPB denial code.
    """

    code: str
    field: str
    actual: Fact
    wanted: str
    reason: str
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """How one product fits.

    `failed` are conditions that decline, `referred` those a person must check, `ask` the facts that
    would settle the rest. `limit` (the sheet's currency), `apr` (fraction) and `bound_by` (the field
    of the limit term, or `product_maximum`) are set only when eligible with a price band.
    """

    product: str
    result: Result
    failed: tuple[Finding, ...] = ()
    referred: tuple[Finding, ...] = ()
    ask: tuple[str, ...] = ()
    limit: Decimal | None = None
    bound_by: str | None = None
    apr: Decimal | None = None


def evaluate(sheet: ProductSheet, facts: Facts, as_of: date, band: str | None = None) -> Fit:
    """How `sheet` fits an application whose facts are `facts` on the day `as_of`.

    `band` is the price band a scoring service gave; without one there is no limit and no price.
    """
    facts = with_derived(facts)
    failed = list(_built_in(sheet, facts, as_of))
    referred: list[Finding] = []
    ask = dict.fromkeys(name for name in _needed(sheet) if known(FACTS[name], facts.get(name)) is None)
    for rule in sheet.rules:
        verdict = rule.verdict(facts)
        if verdict is Verdict.PASS:
            continue
        if verdict is Verdict.FAIL:
            (failed if rule.on_fail is OnFail.DECLINE else referred).append(_finding(rule, facts))
        elif rule.on_missing is OnMissing.REFER:
            referred.append(_finding(rule, facts))
        elif rule.on_missing is OnMissing.ASK and rule.field not in DERIVED:
            ask[rule.field] = None
    if failed:
        return Fit(sheet.key, Result.DECLINED, tuple(failed), tuple(referred), tuple(ask))
    if ask:
        return Fit(sheet.key, Result.NEED_DATA, (), tuple(referred), tuple(ask))
    if referred:
        return Fit(sheet.key, Result.REFERRED, (), tuple(referred))
    return Fit(sheet.key, Result.ELIGIBLE) if band is None else _priced(sheet, facts, band)


def _needed(sheet: ProductSheet) -> Iterator[str]:
    yield "amount_requested"
    yield "loan_term_months"
    yield from sheet.needs
    for term in sheet.limit.terms:
        yield term.field


def _built_in(sheet: ProductSheet, facts: Facts, as_of: date) -> Iterator[Finding]:
    if not sheet.on_sale(as_of):
        yield Finding("on_sale", "application_date", as_of, f"{sheet.valid.since}..{sheet.valid.until or ''}", _OTHER)
    amount = known(FACTS["amount_requested"], facts.get("amount_requested"))
    if isinstance(amount, Decimal) and amount < sheet.amount.minimum:
        yield Finding("amount_offered", "amount_requested", amount, f">= {sheet.amount.minimum}", _OTHER)
    months = known(FACTS["loan_term_months"], facts.get("loan_term_months"))
    if isinstance(months, Decimal) and not sheet.term.minimum <= months <= sheet.term.maximum:
        wanted = f"between [{sheet.term.minimum}, {sheet.term.maximum}]"
        yield Finding("term_offered", "loan_term_months", months, wanted, _OTHER)


def _finding(rule: Rule, facts: Facts) -> Finding:
    return Finding(rule.code, rule.field, rule.known(facts), rule.wanted, rule.reason, rule)


def _priced(sheet: ProductSheet, facts: Facts, band: str) -> Fit:
    apr = sheet.price.get(band)
    if apr is None:
        priced = ", ".join(sorted(sheet.price))
        finding = Finding("band_offered", "band", band, f"in [{priced}]", _CREDIT)
        return Fit(sheet.key, Result.DECLINED, (finding,))
    limit, bound_by = _limit(sheet, facts, sheet.limit.bands[band])
    if limit < sheet.amount.minimum:
        finding = Finding("limit_offered", bound_by, limit, f">= {sheet.amount.minimum}", _CASH_FLOW)
        return Fit(sheet.key, Result.DECLINED, (finding,))
    return Fit(sheet.key, Result.ELIGIBLE, limit=limit, bound_by=bound_by, apr=apr)


def _limit(sheet: ProductSheet, facts: Facts, multiplier: Decimal) -> tuple[Decimal, str]:
    limit, bound_by = sheet.amount.maximum, PRODUCT_MAXIMUM
    for term in sheet.limit.terms:
        value = known(FACTS[term.field], facts.get(term.field))
        # An unknown base was asked for before a limit is computed; should it get here, nothing is lent.
        amount = term.factor * value * multiplier if isinstance(value, Decimal) else Decimal(0)
        if amount < limit:
            limit, bound_by = amount, term.field
    steps = (limit / sheet.amount.round_to).to_integral_value(rounding=ROUND_FLOOR)
    return max(steps, Decimal(0)) * sheet.amount.round_to, bound_by
