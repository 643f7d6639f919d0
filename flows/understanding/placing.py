"""Decides which field a quantity answers: by the words around it, else by what was asked, else by its kind.

A value that could belong to two fields, or that two sentences contradict, is refused, never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pydantic import JsonValue

from flows.application.fields import FIELDS
from flows.application.money import to_cents
from flows.application.shapes import Kind
from flows.understanding import corrections, labels
from flows.understanding.labels import DURATION, ELSEWHERE, Label
from flows.understanding.quantities import Measure, Quantity
from flows.understanding.reading import ReadValue, Unclear

AMOUNT, TERM, STAFF = "amount_requested", "loan_term_months", "number_of_employees"
SHARE = "representative_ownership_percent"
_FREE_ASKED = {None, AMOUNT, TERM, "credit_purpose"}
_LONGEST_TERM = 360
_LONGEST_BARE_TERM = 120
_MOST_STAFF = 10_000
_LARGEST_AMOUNT = Decimal(10) ** 12
_ASKS_FOR = re.compile(r"(?<![a-z])(?:over|for|in|across|分) ?$")
_LONE = re.compile(r"[\s.。!！,，~]|(?<![a-z])(?:please|pls|only|just|it'?s|is|about|around|maybe|say|approximately|roughly|thanks)(?![a-z])|吧|了|个|就|是|大概|约|差不多|左右|的|呢|啊")


@dataclass(frozen=True, slots=True)
class Placed:
    """A quantity with its field; `old` is what it replaces."""

    field: str
    quantity: Quantity
    old: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What placing may look at: the folded and the original text, the labels, and the field asked."""

    text: str
    original: str
    labels: Sequence[Label]
    asked: str | None
    quantities: Sequence[Quantity]
    breaks: Sequence[int]


def context(text: str, original: str, asked: str | None, quantities: Sequence[Quantity]) -> Context:
    """Read labels and clause borders once for a message."""
    inside = [(each.start, each.end) for each in quantities]
    breaks = [
        match.end()
        for match in labels.BREAK.finditer(text)
        if not any(start <= match.start() < end for start, end in inside)
    ]
    return Context(text, original, labels.find(text), asked, quantities, breaks)


def place(about: Context, found: corrections.Found) -> tuple[list[ReadValue], list[Unclear]]:
    """Values and refusals of all quantities, each field at most once."""
    placed: list[Placed] = []
    paired = {each.start for pair in found.pairs for each in (pair.old, pair.new)}
    skipped = {each.start for each in found.denied} | paired
    for pair in found.pairs:
        first = min(pair.old, pair.new, key=lambda each: each.start)
        field = _field(about, replace(pair.new, start=first.start), pair.new)
        if field:
            placed.append(Placed(field, _fitted(about, field, pair.new), pair.old))
    for quantity in about.quantities:
        if quantity.start in skipped or quantity.measure is Measure.OTHER:
            continue
        field = _field(about, quantity, quantity)
        if field:
            placed.append(Placed(field, _fitted(about, field, quantity)))
    return _settled(about, placed)


def _label(about: Context, quantity: Quantity) -> str | None:
    """The nearest label before the quantity in its clause, else a noun right after it."""
    floor = max([0, *(end for end in about.breaks if end <= quantity.start)])
    for other in about.quantities:
        if other.end <= quantity.start:
            floor = max(floor, other.end)
    trailing = labels.after(about.text, quantity.end)
    if trailing is not None:
        return trailing
    before = [label for label in about.labels if floor <= label.start and label.end <= quantity.start]
    if not before:
        return None
    nearest = before[-1]
    if nearest.field == AMOUNT:
        # "need 5 staff" is no amount, and "fee needed 500" is still a fee.
        named = [label.field for label in before if label.field not in {AMOUNT, DURATION}]
        if named and about.text[before[-1].end : quantity.start].strip() == "":
            return AMOUNT if named[-1] in {TERM, STAFF} or _requests(about, nearest) else named[-1]
    return nearest.field


def _requests(about: Context, label: Label) -> bool:
    """Whether a label is a verb of asking, which starts a new thought after a noun such as rent."""
    return re.fullmatch(r"need\w*|want\w*|borrow\w*|借|贷|想要|需要|要|申请|贷款|借款|i'd like|i would like|looking for", about.text[label.start : label.end]) is not None


def _field(about: Context, where: Quantity, quantity: Quantity) -> str | None:
    """The field of a quantity that stands at `where`; None when it is for no field."""
    label = _label(about, where)
    if quantity is not where and label is None:
        label = labels.after(about.text, quantity.end)
    match quantity.measure:
        case Measure.MONEY:
            return _money_field(about, quantity, label)
        case Measure.MONTHS:
            return _term_field(about, quantity, label)
        case Measure.PEOPLE | Measure.PIECES:
            return _staff_field(about, quantity, label)
        case Measure.PERCENT:
            return about.asked if _asked_kind(about) is Kind.PERCENT else SHARE if label == SHARE else None
        case _:
            return _bare_field(about, quantity, label)


def _asked_kind(about: Context) -> Kind | None:
    spec = FIELDS.get(about.asked or "")
    return None if spec is None else spec.kind


def _money_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    asked_money = about.asked if _asked_kind(about) is Kind.MONEY else None
    if about.asked == TERM and quantity.number.scale == "m" and quantity.currency is None:
        return TERM
    if quantity.period == "other" or (quantity.period == "year" and AMOUNT in {label or asked_money}):
        return None
    if label is not None and labels.holds_money(label):
        if label == AMOUNT and asked_money not in {None, AMOUNT} and quantity.period != "year":
            return _asked_or_request(about, asked_money)
        return label
    if label == ELSEWHERE:
        return None
    if asked_money is not None:
        return asked_money
    return AMOUNT if about.asked in _FREE_ASKED or label == AMOUNT else None


def _asked_or_request(about: Context, asked: str | None) -> str | None:
    """`need` and 要 are weak words when another amount was asked; borrowing words are not."""
    strong = re.search(r"borrow|loan|lend|借|贷|金额|额度|amount", about.text)
    return AMOUNT if strong else asked


def _term_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    years = "time_in_business_years"
    if about.asked == years and label in {None, DURATION, "duration"}:
        return years
    if label in {DURATION, ELSEWHERE} and about.asked != TERM:
        return None
    if label in {DURATION} and about.asked == TERM:
        return None
    if about.asked is not None and _asked_kind(about) is Kind.MONEY and about.asked != AMOUNT and quantity.value == 12:
        return None
    if label not in {None, TERM, AMOUNT, ELSEWHERE} and about.asked not in {TERM, None}:
        return None
    return TERM


def _staff_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    unit = about.text[quantity.number.end : quantity.end]
    if label == ELSEWHERE and about.asked != STAFF:
        return None
    named = re.search(r"employ|staff|worker|of us|team|timer|员工|店员|伙计|雇|职工|工人|帮工|小工|师傅|人手", unit)
    if quantity.measure is Measure.PEOPLE and (named or about.asked == STAFF or label == STAFF):
        return STAFF
    if quantity.measure is Measure.PIECES and (about.asked == STAFF or label == STAFF):
        return STAFF
    return None


def _bare_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    if quantity.period == "other":
        return None
    text, value = about.text, quantity.value
    if label in {STAFF, TERM, SHARE} or (label is not None and label not in {AMOUNT, ELSEWHERE, DURATION} and labels.holds_money(label)):
        if not _is_weak(about, quantity):
            return label
    if label in {ELSEWHERE, DURATION}:
        return None
    asked = about.asked
    kind = _asked_kind(about)
    if asked is not None and (kind in {Kind.MONEY, Kind.PERCENT} or labels.holds_integer(asked)):
        if _is_weak(about, quantity):
            return None
        requests = label == AMOUNT and value is not None and value >= 1000
        return AMOUNT if requests and not labels.holds_money(asked) else asked
    if label == AMOUNT and value is not None and value >= 1000 and not _is_year(quantity):
        return AMOUNT if asked in _FREE_ASKED or kind is None else None
    if label == AMOUNT and value is None and quantity.why in {"ambiguous", "range", "impossible"} and asked in _FREE_ASKED:
        return AMOUNT
    beside_amount = any(each.measure is Measure.MONEY for each in about.quantities)
    if beside_amount and value is not None and value <= _LONGEST_BARE_TERM and _ASKS_FOR.search(text[: quantity.start][-8:]):
        return TERM
    return None


def _is_year(quantity: Quantity) -> bool:
    value = quantity.value or Decimal(0)
    return 1950 <= value <= 2050 and value % 100 != 0 and not quantity.number.grouped


def _is_weak(about: Context, quantity: Quantity) -> bool:
    """A small number in words ("one of them", 一) that is an answer only when nothing else is said."""
    written = about.text[quantity.number.start : quantity.number.end]
    if any(char.isdigit() and char.isascii() for char in written) or (quantity.value or 0) > 10:
        return False
    rest = about.text[: quantity.start] + " " + about.text[quantity.end :]
    return _LONE.sub("", rest).strip() != ""


def _fitted(about: Context, field: str, quantity: Quantity) -> Quantity:
    """The quantity in the unit of its field, refused when it does not fit."""
    value, why = quantity.value, quantity.why
    kind = FIELDS[field].kind
    if field == TERM and quantity.measure is Measure.MONEY:
        value = None if value is None and quantity.number.value is None else (quantity.number.value or Decimal(0)) / 10**6
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
        if value < 0 or value > _LARGEST_AMOUNT or (field == AMOUNT and value == 0):
            return "impossible"
        if field == AMOUNT and not quantity.sized and (value < 100 or (quantity.number.spaced and about.asked != AMOUNT)):
            return "ambiguous"  # 15 may be 15 thousand or 15万
        return "" if value == to_cents(value) else "ambiguous"
    if kind is Kind.PERCENT:
        return "" if 0 <= value <= 100 else "impossible"
    if value != int(value):
        return "ambiguous" if quantity.measure is Measure.BARE else "impossible"
    if field == TERM:
        if quantity.measure is Measure.BARE and about.asked != TERM and not _named_term(about):
            return "ambiguous"
        longest = _LONGEST_BARE_TERM if quantity.measure is Measure.BARE else _LONGEST_TERM
        return "" if 1 <= value <= longest else "impossible"
    if field == STAFF:
        return "" if 0 <= value <= _MOST_STAFF else "impossible"
    return "" if 0 <= value <= 10_000_000 else "impossible"


def _named_term(about: Context) -> bool:
    return any(label.field == TERM for label in about.labels) or any(each.measure is Measure.MONTHS for each in about.quantities)


def _settled(about: Context, placed: list[Placed]) -> tuple[list[ReadValue], list[Unclear]]:
    """One value for each field: equal ones once, a correction over what it corrects, else a refusal."""
    values: list[ReadValue] = []
    unclear: list[Unclear] = []
    for field in dict.fromkeys(each.field for each in placed):
        mine = [each for each in placed if each.field == field]
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


def _unclear(about: Context, placed: Placed) -> Unclear:
    start, end = placed.quantity.start, placed.quantity.end
    return Unclear(field=placed.field, text=about.original[start:end], span=(start, end), why=placed.quantity.why or "ambiguous")


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
