"""What was computed from the records and goes to the lender beside the fields, as the owner sees it on the review."""

from decimal import Decimal

from flows.application.display import show_money
from flows.application.features import FEATURES, Unit
from flows.application.money import Money
from flows.application.values import Feature
from flows.engine.pulling import source_title
from flows.engine.taking import currency_of
from flows.engine.turn import Turn
from flows.messages import Fact


def worked_out(turn: Turn) -> tuple[Fact, ...]:
    """One line for each source: every figure computed from its records."""
    by_source: dict[str, list[str]] = {}
    for feature in turn.state.application.features:
        by_source.setdefault(feature.source, []).append(_line(turn, feature))
    return tuple(
        Fact(label=turn.t("review.worked_out", source=_title(turn, source)), value=turn.t("value.also").join(lines))
        for source, lines in by_source.items()
    )


def _title(turn: Turn, source: str) -> str:
    return source_title(turn, source) if source in turn.library.sources else source


def _line(turn: Turn, feature: Feature) -> str:
    key = f"feature.{feature.name}"
    name = turn.t(key) if turn.library.texts.has(turn.state.lang, key) else feature.name
    return turn.t("value.named", name=name, value=feature_value(turn, feature))


def feature_value(turn: Turn, feature: Feature) -> str:
    """A figure in the owner's language."""
    value, spec = feature.value, FEATURES.get(feature.name)
    if value is None:
        return turn.t("review.unknown")
    if spec is None or not isinstance(value, Decimal):
        return _code(turn, feature.name, str(value))
    match spec.unit:
        case Unit.MONEY:
            return show_money(turn.library.texts, turn.state.lang, Money(amount=value, currency=currency_of(turn)))
        case Unit.MONTHS:
            return turn.t("value.months", count=_plain(value))
        case Unit.DAYS:
            return turn.t("value.days", count=_plain(value))
        case Unit.SHARE:
            return f"{_plain(value * 100)} %"
        case _:
            return _plain(value)


def _plain(value: Decimal) -> str:
    """A number with at most two decimals."""
    rounded = value.quantize(Decimal("0.01"))
    return f"{rounded:f}".rstrip("0").rstrip(".")


def _code(turn: Turn, name: str, code: str) -> str:
    """A code in words; the code itself when there are none."""
    keys = (f"code.{name}.{code}", f"code.tax_compliance_rating.{code}")
    return next((turn.t(key) for key in keys if turn.library.texts.has(turn.state.lang, key)), code)
