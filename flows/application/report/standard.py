"""The standard attributes as a report lists them: from the records, else as a source gave them, else unknown."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from flows.application.attributes.assessing import Assessment
from flows.application.attributes.definitions import DEFINITIONS
from flows.application.attributes.results import DIGITS, Result
from flows.application.features import FEATURES, Unit
from flows.application.report.material import Material, cents
from flows.application.report.model import Attribute
from flows.application.values import Feature

ZERO = Decimal(0)


def exact(value: Decimal, unit: Unit) -> Decimal:
    """A number as the report writes it: money with two decimals, all else with four at most."""
    if unit is Unit.MONEY:
        return cents(value)
    return Decimal(f"{value.quantize(DIGITS, rounding=ROUND_HALF_UP).normalize():f}") + 0


def attributes(material: Material, found: Assessment) -> Iterator[Attribute]:
    """All standard attributes in their order: from the records, else as a source gave them, else unknown."""
    computed = {each.name: each for each in found.results}
    given = {each.name: each for each in material.features}
    for name, definition in DEFINITIONS.items():
        result, feature, unit = computed.get(name), given.get(name), FEATURES[name].unit
        if result is not None and (result.value is not None or feature is None):
            yield _of_result(result, unit)
        elif feature is not None:
            yield _of_feature(feature, unit)
        else:
            yield _unknown(name, unit, definition.number, definition.formula)


def _of_result(result: Result, unit: Unit) -> Attribute:
    definition = DEFINITIONS[result.name]
    return Attribute(
        name=result.name,
        number=definition.number,
        unit=unit,
        value=None if result.value is None else exact(result.value, unit),
        window=result.window,
        records=result.records,
        coverage=result.coverage,
        sources=result.basis.sources,
        consents=result.basis.consents,
        formula=definition.formula,
    )


def _of_feature(feature: Feature, unit: Unit) -> Attribute:
    definition = DEFINITIONS[feature.name]
    known = feature.value is not None
    return Attribute(
        name=feature.name,
        number=definition.number,
        unit=unit,
        value=exact(feature.value, unit) if isinstance(feature.value, Decimal) else feature.value,
        window=feature.window,
        records=feature.records,
        coverage=feature.coverage if feature.coverage is not None else Decimal(known),
        sources=(feature.source,),
        consents=(feature.consent_id, *feature.also),
        formula=definition.formula,
    )


def _unknown(name: str, unit: Unit, number: int, formula: str) -> Attribute:
    return Attribute(
        name=name,
        number=number,
        unit=unit,
        value=None,
        window="",
        records=0,
        coverage=ZERO,
        sources=(),
        consents=(),
        formula=formula,
    )
