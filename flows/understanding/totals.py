"""A sum said after its parts: "twenty grand for a mixer and ten for wages, so thirty altogether", 一共五万."""

import re
from collections.abc import Sequence
from dataclasses import replace

from flows.understanding import words
from flows.understanding.quantities import Measure, Quantity

_BEFORE = re.compile(
    r"(?:= ?|(?<![a-z])(?:in total|altogether|all in|all together|total(?:s|ling)?(?: of| is| comes? to)?|adds? up to|"
    r"comes? to)[\s:,]*(?:that'?s |it'?s |about |around )*|(?:一共|总共|合计|共计|总计|加起来|全部|加一起)(?:是|要|"
    r"就是|大概|借|贷|需要?)*)$"
)
_AFTER = re.compile(
    r" ?(?:(?:in total|altogether|all in|all together|all told|total|overall)(?![a-z])|(?:一共|总共|合计)(?=$|"
    r"[,，。;!]))"
)
_OWN_PART = re.compile(
    r"自有|自己|手[头里上]|已有|我出|首付|定金|(?<![a-z])(?:put (?:by|aside)|we'?ve|i'?ve|have|got|saved|savings|"
    r"deposit|my own|own "
    r"money|i have|i've got)(?![a-z])"
)
_WANTED = re.compile(
    r"(?:(?<![a-z])(?:needs?|want|borrow|after|like)|借|贷|差|缺|要)\s?(?:about |around |just |another |the |再)?$"
)
_CUT_SHORT = 1000


def is_total(text: str, quantity: Quantity) -> bool:
    """Whether words beside a quantity say that it is the sum of others."""
    return _BEFORE.search(text[: quantity.start][-40:]) is not None or _AFTER.match(text, quantity.end) is not None


def is_sum(text: str, quantities: Sequence[Quantity], quantity: Quantity) -> bool:
    """Whether a quantity is the sum of all other money of a text, two or more, none of it the owner's own."""
    if _OWN_PART.search(text):
        return False
    if any(each.start != quantity.start and _WANTED.search(text[: each.start][-16:]) for each in quantities):
        return False  # "need 10k, the oven's 14k": the part is what is lent
    others = [each.value for each in quantities if each.start != quantity.start and each.measure is Measure.MONEY]
    return len(others) > 1 and None not in others and quantity.value == sum(each or 0 for each in others)


def in_full(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities with small numbers in the size of the first, where they add up to it or the last is their sum."""
    sized = next((each for each in quantities if each.measure is Measure.MONEY and each.number.scale), None)
    short = [each for each in quantities if _is_short(each)]
    if sized is None or not short:
        return quantities
    scale = words.SCALES[sized.number.scale]
    parts = len(short) > 1 and sum(each.value or 0 for each in short) * scale == sized.value
    if not parts and not is_total(text, short[-1]):
        return quantities
    return [_scaled(each, scale, sized.currency) if each in short else each for each in quantities]


def _is_short(quantity: Quantity) -> bool:
    return quantity.measure is Measure.BARE and quantity.value is not None and 0 < quantity.value < _CUT_SHORT


def _scaled(quantity: Quantity, scale: int, currency: str | None) -> Quantity:
    value = None if quantity.value is None else quantity.value * scale
    return replace(quantity, measure=Measure.MONEY, value=value, currency=currency, sized=True)
