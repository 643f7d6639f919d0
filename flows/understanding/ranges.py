"""Two quantities that name a range or a choice: 1到2万, between 10k and 20k, 12 or 24 months."""

import re
from dataclasses import replace

from flows.understanding import units
from flows.understanding.quantities import Measure, Quantity

_BETWEEN = re.compile(r"(?:between|from|在|从|介于)[^,，。;]{0,12}$")
_AND = re.compile(r" ?(?:and|和) ?")


def joined(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities with each range as one refused quantity."""
    result: list[Quantity] = []
    for quantity in quantities:
        last = result[-1] if result else None
        if last is not None and _is_range(text, last, quantity):
            measure = quantity.measure if last.measure is Measure.BARE else last.measure
            if measure is Measure.OTHER or Measure.OTHER in {last.measure, quantity.measure}:
                result[-1] = replace(last, end=quantity.end, measure=Measure.OTHER, value=None)
            else:
                result[-1] = replace(
                    quantity,
                    start=_with_between(text, last.start, quantity.start),
                    measure=measure,
                    value=None,
                    why="range",
                    sized=last.sized or quantity.sized,
                )
            continue
        result.append(quantity)
    return result


def _with_between(text: str, start: int, second: int) -> int:
    """The start of a range, with the "between" or "from" that opens it."""
    opened = re.search(r"(?:(?<![a-z])(?:between|from) |[从在])$", text[:start])
    return start if opened is None or opened.end() > second else opened.start()


def _is_range(text: str, first: Quantity, second: Quantity) -> bool:
    kinds = {first.measure, second.measure}
    if len(kinds - {Measure.BARE, Measure.PIECES, Measure.PEOPLE}) > (0 if Measure.PEOPLE in kinds else 1):
        return False
    between = text[first.end : second.start]
    if len(kinds) > 1 and between.strip() == "/" and between != "/":
        return False  # "30000 / 24 months" is a list
    if between == "/" and second.number.scale == "m" != first.number.scale:
        return False  # 25k/36m
    if units.RANGE_BETWEEN.fullmatch(between) is None:
        return False
    if _AND.fullmatch(between):
        return _BETWEEN.search(text[: first.start][-20:]) is not None
    return True
