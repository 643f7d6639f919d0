"""Charts of a report as heights between 0 and 1, with ticks at round amounts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from flows.application.report.view import Chart, Series, Tick
from flows.application.report.writing import Writer

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MOST_TICKS = 4
ZERO = Decimal(0)
Amounts = Sequence[Decimal | None]


def chart(
    writer: Writer, caption: str, labels: Sequence[str], rows: Mapping[str, Amounts], form: Literal["bars", "line"]
) -> Chart:
    """The chart of some rows of amounts; a row without any amount is left out."""
    rows = {name: amounts for name, amounts in rows.items() if any(each is not None for each in amounts)}
    known = [each for amounts in rows.values() for each in amounts if each is not None]
    step = _step(max([*known, ZERO]), min([*known, ZERO]))
    low, high = _down(min([*known, ZERO]), step), -_down(-max([*known, ZERO]), step)
    height = (high - low) or Decimal(1)

    def at(amount: Decimal) -> float:
        return round(float((amount - low) / height), 4)

    return Chart(
        form=form,
        caption=caption,
        about=_about(writer, labels, rows),
        labels=tuple(labels),
        series=tuple(
            Series(
                name=name,
                heights=tuple(None if each is None else at(each) for each in amounts),
                shown=tuple(writer.plain(each) for each in amounts),
            )
            for name, amounts in rows.items()
        ),
        ticks=tuple(
            Tick(at=at(low + step * number), label=f"{low + step * number:,f}")
            for number in range(int(height / step) + 1)
        ),
        base=at(ZERO),
    )


def _step(high: Decimal, low: Decimal) -> Decimal:
    """The smallest round step that needs at most four lines."""
    wide = (high - low) / MOST_TICKS
    if wide <= 0:
        return Decimal(1)
    power = Decimal(10) ** wide.adjusted()
    step = next(each * power for each in STEPS if each * power >= wide)
    return step.quantize(Decimal(1)) if step >= 1 else Decimal(1)


def _down(amount: Decimal, step: Decimal) -> Decimal:
    return (amount / step).to_integral_value(rounding="ROUND_FLOOR") * step


def _about(writer: Writer, labels: Sequence[str], rows: Mapping[str, Amounts]) -> str:
    """The chart in words, for who cannot see it."""
    said: list[str] = []
    for name, amounts in rows.items():
        known = [(each, label) for each, label in zip(amounts, labels, strict=True) if each is not None]
        (low, least), (high, most) = min(known), max(known)
        said.append(
            writer.t("chart.about", name=name, low=writer.money(low), least=least, high=writer.money(high), most=most)
        )
    return " ".join(said)
