"""Facts: single values that eligibility rules and points cards may test, each of a known type.

A fact is an application field with one value, or a feature. Whatever is missing, of another type or
out of range is None, which means unknown: it can neither pass nor fail a test.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from pydantic import JsonValue

from flows.application.features import FEATURES, FeatureSpec, Unit
from flows.application.fields import FIELDS, FieldSpec
from flows.application.money import CENT
from flows.application.shapes import Kind

Fact: TypeAlias = Decimal | str | date | bool | None
Facts: TypeAlias = Mapping[str, Fact]


class FactKind(StrEnum):
    """The type a fact must have to be known."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class FactSpec:
    """What may be tested: its type and range, and the source that brings it ('owner' when asked).

    A text without `options` is free text; a text with options is known only as one of them.
    `money` says that a number is an amount in the currency of the application.
    """

    name: str
    kind: FactKind
    source: str
    options: tuple[str, ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    money: bool = False


LARGEST = Decimal(10) ** 15
_LARGEST_RATIO = Decimal(9999)
_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?(E[+-]?[0-9]{1,2})?", re.ASCII | re.IGNORECASE)
_KINDS: Mapping[Kind, FactKind] = MappingProxyType(
    {
        Kind.TEXT: FactKind.TEXT,
        Kind.ENUM: FactKind.TEXT,
        Kind.CURRENCY: FactKind.TEXT,
        Kind.LANGUAGE: FactKind.TEXT,
        Kind.DATE: FactKind.DATE,
        Kind.INTEGER: FactKind.NUMBER,
        Kind.PERCENT: FactKind.NUMBER,
        Kind.MONEY: FactKind.NUMBER,
        Kind.DECLARATION: FactKind.BOOLEAN,
    }
)


def _of_field(spec: FieldSpec) -> FactSpec:
    kind = _KINDS[spec.kind]
    return FactSpec(
        name=spec.name,
        kind=kind,
        source=spec.sources[0] if spec.sources else "owner",
        options=spec.options,
        lowest=Decimal(0) if spec.kind in {Kind.INTEGER, Kind.PERCENT} else None,
        highest=Decimal(100) if spec.kind is Kind.PERCENT else None,
        money=spec.kind is Kind.MONEY,
    )


def _of_feature(spec: FeatureSpec) -> FactSpec:
    kind = FactKind.TEXT if spec.unit is Unit.CODE else FactKind.NUMBER
    return FactSpec(spec.name, kind, spec.source, spec.options, spec.lowest, spec.highest, spec.unit is Unit.MONEY)


# Sensitive fields are never facts: no rule may test an identity or an account.
FACTS: Mapping[str, FactSpec] = MappingProxyType(
    {name: _of_field(spec) for name, spec in FIELDS.items() if spec.kind in _KINDS and not spec.sensitive}
    | {name: _of_feature(spec) for name, spec in FEATURES.items()}
)


def known(spec: FactSpec, value: Fact) -> Fact:
    """`value` when it is of the fact's type and in its range, otherwise None."""
    if spec.kind is FactKind.NUMBER:
        if not isinstance(value, Decimal) or not value.is_finite() or not -LARGEST < value < LARGEST:
            return None
        too_low = spec.lowest is not None and value < spec.lowest
        return None if too_low or (spec.highest is not None and value > spec.highest) else value
    if spec.kind is FactKind.TEXT:
        if not isinstance(value, str) or not value.strip():
            return None
        return value if not spec.options or value in spec.options else None
    # A datetime is a date to isinstance, and True is not a date: the exact type counts.
    wanted: type = date if spec.kind is FactKind.DATE else bool
    return value if type(value) is wanted else None


def read(spec: FactSpec, raw: JsonValue | Decimal, currency: str | None = None) -> Fact:
    """The fact that a JSON value or a declared text stands for; None when it is not of the fact's type.

    Money given as `{amount, currency}` is known only in `currency`; a declaration is its answer.
    """
    if spec.kind is FactKind.NUMBER:
        return known(spec, _number(_amount(raw, currency) if isinstance(raw, dict) else raw))
    if spec.kind is FactKind.BOOLEAN:
        answer = raw.get("answer") if isinstance(raw, dict) else raw
        return answer if isinstance(answer, bool) else {"true": True, "false": False}.get(str(answer))
    if not isinstance(raw, str):
        return None
    if spec.kind is FactKind.DATE:
        try:
            return date.fromisoformat(raw)
        except ValueError:
            return None
    return known(spec, raw)


def with_derived(facts: Facts) -> Facts:
    """`facts` with `ask_ratio` computed from them; what was given for a derived fact is not used."""
    return {**facts, "ask_ratio": _ask_ratio(facts)}


def _ask_ratio(facts: Facts) -> Decimal | None:
    """Amount requested / monthly sales, to four decimals, at most 9999; None when either is unknown.

    Sales as banked (`revenue_inflow_m`), otherwise as declared (`declared_sales_12m` / 12).
    """
    amount = known(FACTS["amount_requested"], facts.get("amount_requested"))
    sales = known(FACTS["revenue_inflow_m"], facts.get("revenue_inflow_m"))
    if sales is None:
        declared = known(FACTS["declared_sales_12m"], facts.get("declared_sales_12m"))
        sales = declared / 12 if isinstance(declared, Decimal) else None
    if not isinstance(amount, Decimal) or not isinstance(sales, Decimal):
        return None
    # Sales that are known to be nothing carry no loan: the ratio is the largest, not unknown.
    ratio = min(amount / sales, _LARGEST_RATIO) if sales >= CENT else _LARGEST_RATIO
    return ratio.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def _amount(raw: dict[str, JsonValue], currency: str | None) -> JsonValue:
    return raw.get("amount") if currency is not None and raw.get("currency") == currency else None


def _number(raw: JsonValue | Decimal) -> Decimal | None:
    if isinstance(raw, Decimal):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    text = raw.strip() if isinstance(raw, str) else repr(raw)
    return Decimal(text) if _NUMBER.fullmatch(text) else None
