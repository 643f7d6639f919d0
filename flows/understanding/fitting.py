"""Brings a placed quantity into the unit of its field, or refuses it with a reason; settles contradictions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from pydantic import JsonValue

from flows.application.fields import FIELDS
from flows.application.money import to_cents
from flows.application.shapes import Kind
from flows.understanding import purposes, totals, units
from flows.understanding.labels import Label
from flows.understanding.quantities import Measure, Quantity
from flows.understanding.reading import ReadValue, Unclear

AMOUNT, TERM, STAFF = "amount_requested", "loan_term_months", "number_of_employees"
_SHORT_HUNDREDS = re.compile(r"[一二两三四五六七八九]百[一二三四五六七八九]")
"""一百二 is 120, or 120 times ten thousand among people who talk of nothing smaller."""
PROFIT = "net_profit_last_fy"
_LOSS = re.compile(r"(?<![a-z])(?:loss(?:es)?|lost|losing|negative|in the red|minus)(?![a-z])|亏|赔|负")
YEARLY_SALES = "gross_annual_revenue"
_LONGEST_TERM = 360
_LONGEST_BARE_TERM = 120
_MOST_STAFF = 10_000
_CUT_SHORT = 1000
_SINCE = re.compile(r"(?<![a-z])(?:until|till|since|before|after|year|by|in) $")
_LARGEST_AMOUNT = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Context:
    """What deciding may look at: the folded and the original text, labels, clause borders, the field asked.

    `correcting`: the words correct something; `replacing`: they name the old value as well.
    """

    text: str
    original: str
    labels: Sequence[Label]
    asked: str | None
    quantities: Sequence[Quantity]
    breaks: Sequence[int]
    lang: str
    correcting: bool = False
    replacing: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A quantity with its field; `old` is what it replaces. `step` 1 or -1: it is added to what was said before."""

    field: str
    quantity: Quantity
    old: Quantity | None = None
    step: int = 0


def fitted(about: Context, field: str, quantity: Quantity) -> Quantity:
    """The quantity in the unit of its field, refused when it does not fit."""
    value, why = quantity.value, quantity.why
    kind = FIELDS[field].kind
    if field == AMOUNT and quantity.measure is Measure.PIECES:
        return replace(quantity, value=None, why="ambiguous")
    if field == TERM and quantity.measure is Measure.MONEY:
        value = (
            None if value is None and quantity.number.value is None else (quantity.number.value or Decimal(0)) / 10**6
        )
        why = ""
    if value is None:
        return replace(quantity, value=None, why=why or "ambiguous")
    if field == "time_in_business_years" and quantity.measure is Measure.MONTHS:
        value = value / 12
    problem = _problem(about, field, kind, quantity, value)
    if problem:
        return replace(quantity, value=None, why=problem)
    return replace(quantity, value=value, why="")


def _problem(about: Context, field: str, kind: Kind, quantity: Quantity, value: Decimal) -> str:
    if kind is Kind.MONEY:
        return _money_problem(about, field, quantity, value)
    if kind is Kind.PERCENT:
        if 0 < value < 1 and quantity.measure is Measure.BARE:
            return "ambiguous"
        return "" if 0 <= value <= 100 else "impossible"
    if value != int(value):
        return "ambiguous" if quantity.measure is Measure.BARE else "impossible"
    if field == TERM:
        if quantity.measure is Measure.BARE and about.asked != TERM and not _named_term(about):
            return "ambiguous"
        longest = _LONGEST_BARE_TERM if quantity.measure is Measure.BARE else _LONGEST_TERM
        return "" if 1 <= value <= longest else "impossible"
    if field == STAFF and (_counts_otherwise(about.text, quantity) or is_year(quantity)):
        return "ambiguous"
    if field == STAFF:
        return "" if 0 <= value <= _MOST_STAFF else "impossible"
    return "" if 0 <= value <= 10_000_000 else "impossible"


def _money_problem(about: Context, field: str, quantity: Quantity, value: Decimal) -> str:
    if field == PROFIT and _LOSS.search(about.text):
        return "ambiguous"
    if value < 0 or value > _LARGEST_AMOUNT or (field == AMOUNT and value == 0):
        return "impossible"
    if field in {AMOUNT, YEARLY_SALES} and value and _is_doubtful(about, quantity, value):
        return "ambiguous"
    if field == YEARLY_SALES and value < _CUT_SHORT and quantity.measure is Measure.BARE:
        return "ambiguous"
    return "" if value == to_cents(value) else "ambiguous"


def _counts_otherwise(text: str, quantity: Quantity) -> bool:
    """A head count with the owner in it, or for each of several shops, is not the number of employees."""
    before = text[max(0, quantity.start - 16) : quantity.start]
    beside = units.OWNER_BESIDE.match(text, quantity.end)  # "4 staff plus me" leaves the owner out
    near = before + text[quantity.start if beside is None else beside.end() : quantity.end + 24]
    each = units.EACH_AFTER.match(text, quantity.end) or units.EACH_BEFORE.search(before)
    return each is not None or units.OWNER_TOO.search(near) is not None


def _is_doubtful(about: Context, quantity: Quantity, value: Decimal) -> bool:
    """15 may be 15 thousand or 15万, 2019 a year, and `12 500` two numbers."""
    written = about.text[quantity.start : quantity.end]
    if value < 100 or _SHORT_HUNDREDS.fullmatch(written):
        return True
    if not quantity.sized and units.OVER_BEFORE.search(about.text[: quantity.start][-12:]) is not None:
        return about.text[: quantity.start].strip() == "over"
    dated = 1900 <= value <= 2100 and _SINCE.search(about.text[: quantity.start][-12:]) is not None
    apart = quantity.number.spaced and about.asked != AMOUNT and not _beside_term(about)
    return not quantity.sized and (dated or is_year(quantity) or apart)


def _beside_term(about: Context) -> bool:
    return any(each.measure is Measure.MONTHS for each in about.quantities)


def _named_term(about: Context) -> bool:
    return any(label.field == TERM for label in about.labels) or any(
        each.measure is Measure.MONTHS for each in about.quantities
    )


def settled(about: Context, placed: list[Placed]) -> tuple[list[ReadValue], list[Unclear]]:
    """One value for each field: equal ones once, a correction over what it corrects, else a refusal."""
    values: list[ReadValue] = []
    unclear: list[Unclear] = []
    for field in dict.fromkeys(each.field for each in placed):
        mine = _summed(about, [each for each in placed if each.field == field])
        if field == AMOUNT:
            mine = _reckoned(about, mine)
        changing = [each for each in mine if each.step and each.quantity.value is not None]
        if changing:
            unclear.extend(_changing(about, each) for each in changing)
            mine = [each for each in mine if each not in changing]
        if not mine:
            continue
        if field == AMOUNT:
            mine = _in_full_once(mine)
        if field in {AMOUNT, STAFF}:
            mine = _whole(about, mine)
        corrected = [each for each in mine if each.old is not None]
        if corrected:
            mine = corrected[-1:]
        distinct = {(each.quantity.value, each.quantity.currency) for each in mine}
        refused = [each for each in mine if each.quantity.value is None]
        if len(distinct) > 1 and len({value for value, _ in distinct}) > 1 and not refused:
            refused = [replace(each, quantity=replace(each.quantity, why="ambiguous")) for each in mine]
        if refused:
            unclear.extend(_unclear(about, each) for each in refused)
        else:
            best = max(mine, key=lambda each: each.quantity.currency is not None)
            values.append(_value(field, best))
    return values, unclear


def _reckoned(about: Context, amounts: list[Placed]) -> list[Placed]:
    """What is borrowed where the sum is told: the total of parts, or a price without what the owner has of it."""
    sizes = [each.quantity.value or Decimal(0) for each in amounts]
    if len(sizes) > 2 and all(sizes) and sum(sizes) == 2 * sizes[-1]:
        return [replace(amounts[-1], step=0)]
    if len(sizes) == 2 and not any(each.step or each.old for each in amounts):
        others = {each.value for each in about.quantities} - set(sizes)
        if sizes[0] > sizes[1] and sizes[0] - sizes[1] in others:
            return amounts[1:]
    return amounts


def _in_full_once(amounts: list[Placed]) -> list[Placed]:
    """The amounts without a short one that another says in full: "give us forty, forty grand"."""
    sizes = {each.quantity.value for each in amounts} - {None}
    return [
        each
        for each in amounts
        if each.quantity.measure is not Measure.BARE
        or each.quantity.number.value is None
        or not sizes & {each.quantity.number.value * 1000, each.quantity.number.value * 10_000}
    ]


def _summed(about: Context, parts: list[Placed]) -> list[Placed]:
    """The one number that is called the sum of those before it, or else all of them."""
    sums = [each for each in parts if each.old is None and totals.is_sum(about.text, about.quantities, each.quantity)]
    if len(parts) < 2 or len(sums) == 1:
        return sums or parts
    last = parts[-1]
    largest = last.quantity.value is not None and last.quantity.value == max(each.quantity.value or 0 for each in parts)
    return [last] if largest and totals.is_total(about.text, last.quantity) else parts


def _whole(about: Context, amounts: list[Placed]) -> list[Placed]:
    """The total of amounts that are its parts: "40k, 20k for stock and 20k for the oven". Parts alone are refused."""
    sizes = [each.quantity.value or Decimal(0) for each in amounts]
    if len(sizes) > 2 and all(sizes) and sum(sizes) in {2 * sizes[0], 2 * sizes[-1]}:
        return [amounts[0] if sum(sizes) == 2 * sizes[0] else amounts[-1]]
    for first, second in pairwise(amounts):
        between = about.text[first.quantity.end : second.quantity.start]
        if first.old is None and second.old is None and purposes.without(between) != between:
            return [replace(each, quantity=replace(each.quantity, value=None, why="ambiguous")) for each in amounts]
    return amounts


def _unclear(about: Context, placed: Placed) -> Unclear:
    start, end = placed.quantity.start, placed.quantity.end
    return Unclear(
        field=placed.field,
        text=about.original[start:end],
        span=(start, end),
        why=placed.quantity.why or "ambiguous",
        value=_in_full(about, placed),
    )


def _in_full(about: Context, placed: Placed) -> JsonValue:
    """What a small number alone stands for where people name amounts by it: 15 is 15,000, in Chinese 15万."""
    number = placed.quantity.number
    alone = placed.field == about.asked == AMOUNT and len(about.quantities) == 1
    if not alone or placed.quantity.measure is not Measure.BARE or placed.quantity.why not in {"", "ambiguous"}:
        return None
    if number.value is None or not 1 <= number.value < _CUT_SHORT:
        return None
    chinese = re.search(r"[\u4e00-\u9fff]", about.text) is not None or about.lang == "zh"
    return written(AMOUNT, number.value * (10_000 if chinese else 1000))


def _changing(about: Context, placed: Placed) -> Unclear:
    start, end, value = placed.quantity.start, placed.quantity.end, placed.quantity.value or Decimal(0)
    return Unclear(
        field=placed.field,
        text=about.original[start:end],
        span=(start, end),
        why="relative",
        by=written(placed.field, placed.step * value),
        currency=placed.quantity.currency,
    )


def mentioned_alone(about: Context, mentioned: list[Placed]) -> list[Unclear]:
    """The one number of a message of which nothing shows that it is meant: the owner may be asked whether it is."""
    if len(mentioned) != 1 or mentioned[0].quantity.value is None:
        return []
    unclear, quantity = _unclear(about, mentioned[0]), mentioned[0].quantity
    found = written(unclear.field, mentioned[0].quantity.value)
    return [unclear.model_copy(update={"why": "mentioned", "value": found, "currency": quantity.currency})]


def _value(field: str, placed: Placed) -> ReadValue:
    quantity = placed.quantity
    old = None if placed.old is None or placed.old.value is None else written(field, placed.old.value)
    return ReadValue(
        field=field,
        value=written(field, quantity.value or Decimal(0)),
        span=(quantity.start, quantity.end),
        currency=quantity.currency if FIELDS[field].kind is Kind.MONEY else None,
        old=old,
    )


def written(field: str, value: Decimal) -> JsonValue:
    """Canonical JSON: whole numbers as int for counts, decimal strings for money and percent."""
    kind = FIELDS[field].kind
    if kind is Kind.INTEGER and value == int(value):
        return int(value)
    if value == int(value):
        return str(int(value))
    return str(to_cents(value)) if kind is Kind.MONEY else f"{value.normalize():f}"


def is_year(quantity: Quantity) -> bool:
    """Whether a bare number is more likely a year than an amount."""
    value = quantity.value or Decimal(0)
    return 1950 <= value <= 2035 and value % 50 != 0 and not quantity.number.grouped
