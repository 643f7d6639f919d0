"""Places every quantity of a message in the field it is for, if the owner means it: corrections first.

A value that could belong to two fields, or that two sentences contradict, is refused, never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from flows.application.shapes import Kind
from flows.understanding import corrections, labels, relative, standing
from flows.understanding.belonging import (
    FREE_ASKED,
    LIST_KINDS,
    SHARE,
    STAFF_UNIT,
    asked_kind,
    beside_amount,
    field_of,
    is_repaid_in,
    label_of,
)
from flows.understanding.fitting import AMOUNT, STAFF, TERM, Context, Placed, fitted, is_year, mentioned_alone, settled
from flows.understanding.quantities import Measure, Quantity
from flows.understanding.reading import ReadValue, Unclear
from flows.understanding.standing import Standing

RELATIVE = frozenset({AMOUNT, TERM, STAFF})
"""Fields of which people say how much more or less they want."""
_EARNED = frozenset({"gross_annual_revenue", "card_sales_12m"})
_CORRECTING = re.compile(
    r"错|不对|改|有误|更正|应该|应为|降[到低]|[提升]高|增加|减少|延长|缩短|wrong|mistake|incorrect|correct|change|"
    r"should|typo|"
    r"(?<![a-z])(?:lower|raise|increase|reduce|extend|shorten|cut|bump|i mean|i meant|instead|rather|"
    r"wait|make (?:the|my)|not|scrap|forget|ignore|disregard|swap|by mistake|by accident|accidentally|typed|"
    r"i put)(?![a-z])|减到|减成|不是|等[下等]|搞错|弄错|写错"
)
_JOINED = re.compile(
    r"[\s,，、/;+&x]*(?:(?:repaid |spread |paid back |back |and )?(?:over|for|across|within|in|on)? ?(?:a |the )?|"
    r"and (?:we|i)(?:'d| can| could| would)? (?:do|manage|pay(?: it| back)*)(?: over| in)? ?|分)[\s]*"
)
_CLAUSE_END = re.compile(r"[,，。;.!?\n]")
_BOUND_TO = re.compile(
    r"(?<![a-z])(?:is|are|was|were|lease|leasing|contract|insurance|warranty|rent|hire|salary|subscription|cover|ago|back)"
    r"(?![a-z])|租约?|合同|保险|保修|质保|学费|工资|年费|会费"
)
_FEW_AT_FIRST = 5
_SMALLEST = 500
"""What stands beside a term and is less is no amount."""
_ENDING = re.compile(
    r"(?<![a-z])(?:end(?:s|ed|ing)?|last (?:two|three|four) digits?)(?: (?:in|with|are|is))? ?$|尾号(?:是|为)?$"
)
_FORMERLY = re.compile(r"last time|previously|上次|以前|之前|曾经|last|前")


def context(text: str, original: str, lang: str, asked: str | None, quantities: Sequence[Quantity]) -> Context:
    """Read labels and clause borders once for a message."""
    inside = [(each.start, each.end) for each in quantities]
    breaks = [
        match.start()
        for match in standing.BORDER.finditer(text)
        if not any(start <= match.start() < end for start, end in inside)
    ]
    return Context(text, original, labels.find(text), asked, quantities, breaks, lang)


def place(about: Context, found: corrections.Found) -> tuple[list[ReadValue], list[Unclear]]:
    """Values and refusals of all quantities, each field at most once."""
    placed: list[Placed] = []
    mentioned: list[Placed] = []
    told: list[Placed] = []
    replacing = bool(found.pairs or found.denied)
    correcting = replacing or _CORRECTING.search(about.text) is not None
    about = replace(about, correcting=correcting, replacing=replacing)
    paired = {each.start for pair in found.pairs for each in (pair.old, pair.new)}
    skipped = {each.start for each in found.denied} | paired
    for pair in found.pairs:
        field = _corrected(about, pair)
        if field:
            placed.append(Placed(field, fitted(about, field, pair.new), pair.old))
    for quantity in about.quantities:
        if quantity.start in skipped or quantity.measure is Measure.OTHER:
            continue
        field = field_of(about, quantity, quantity)
        if _is_told_otherwise(about, field, quantity):
            continue
        step = relative.step(about.text, quantity.start, quantity.end) if field in RELATIVE else 0
        if field in RELATIVE and not step and quantity.value is not None:
            stands = _standing(about, field, quantity)
            if stands in standing.ASKED_BACK and field == about.asked:
                mentioned.append(Placed(field, fitted(about, field, quantity)))
            if stands is Standing.TOLD:
                told.append(Placed(field, fitted(about, field, quantity)))
            if stands is not Standing.SAID:
                continue
        if field:
            placed.append(Placed(field, fitted(about, field, quantity), step=step))
    placed += [each for each in told if each.field not in {one.field for one in placed}]
    values, unclear = settled(about, placed)
    if not values and not unclear:
        unclear = mentioned_alone(about, mentioned)
    return values, unclear


def _is_told_otherwise(about: Context, field: str | None, quantity: Quantity) -> bool:
    """Whether sales are hoped for or another's, or one share of several is: "I've 80% and dad has 20"."""
    if field in _EARNED:
        return not standing.is_fact(about.text, quantity.start)
    return field == SHARE and len(about.quantities) > 1 and standing.is_anothers(about.text, quantity.start)


def _corrected(about: Context, pair: corrections.Correction) -> str | None:
    """The field that a pair of an old and a new value is for."""
    first = min(pair.old, pair.new, key=lambda each: each.start)
    if _ENDING.search(about.text[: first.start]):
        return None  # "it ends in 62, not 26" tells of a number to call or an id
    field = field_of(about, replace(pair.new, start=first.start), pair.new)
    if not field:
        field = field_of(about, pair.new, pair.new)  # "last time 12 months, this time 24"
    return AMOUNT if not field and _speaks_of_amounts(about, pair) else field


def _standing(about: Context, field: str, quantity: Quantity) -> Standing:
    """How the owner means a number that could answer `field`."""
    spans = [(each.start, each.end) for each in about.quantities]
    unit = about.text[quantity.number.end : quantity.end]
    staff = quantity.measure is Measure.PEOPLE and STAFF_UNIT.search(unit) is not None
    repaid = field == TERM and is_repaid_in(about.text, quantity.start)
    named = staff or repaid or (field != AMOUNT and label_of(about, quantity) == field)
    place = (quantity.start, quantity.end)
    alone = field == TERM and not beside_amount(about)
    stands = standing.of(about.text, *place, spans, counts=field == STAFF, months=alone, named=named)
    if stands is not Standing.UNPROVEN:
        return stands
    answers = field == about.asked and _answers_alone(about, field, quantity)
    answers = answers or _opens(about, quantity)
    return Standing.SAID if answers or _side_by_side(about, quantity) else stands


def _answers_alone(about: Context, field: str, quantity: Quantity) -> bool:
    """Whether a number with its unit is the only one in a short answer to the question for it."""
    if field == STAFF or len(about.quantities) != 1 or quantity.measure is Measure.BARE:
        return False
    return standing.is_short_answer(about.text, quantity.start, quantity.end, ())


def _opens(about: Context, quantity: Quantity) -> bool:
    """Whether a first message is an amount, a term and a few words: "ten k salon refurb 18m"."""
    measures = sorted(each.measure for each in about.quantities)
    if about.asked is not None or measures != [Measure.MONEY, Measure.MONTHS]:
        return False
    spans = [(each.start, each.end) for each in about.quantities]
    return standing.is_short_answer(about.text, quantity.start, quantity.end, spans, few=_FEW_AT_FIRST)


def _side_by_side(about: Context, quantity: Quantity) -> bool:
    """Whether an amount and a term stand together, as nobody but a borrower puts them: "seeks 90,000 over 5 years"."""
    place = about.quantities.index(quantity)
    return any(
        _is_pair(about.text, first, second)
        for first, second in pairwise(about.quantities[max(0, place - 1) : place + 2])
    )


def _is_pair(text: str, first: Quantity, second: Quantity) -> bool:
    sums = {Measure.MONEY, Measure.BARE}
    amount, term = (first, second) if first.measure in sums else (second, first)
    sized = amount.measure in sums and (amount.value or 0) >= _SMALLEST and not is_year(amount)
    joined = _JOINED.fullmatch(text, first.end, second.start) is not None
    if _BOUND_TO.search(_CLAUSE_END.split(text[: first.start])[-1]) or _BOUND_TO.match(text[second.end :].lstrip()):
        return False  # "the lease is 12k over 3 years"
    return joined and sized and term.measure is Measure.MONTHS and not amount.period


def _speaks_of_amounts(about: Context, pair: corrections.Correction) -> bool:
    """Whether "25,000 not 30,000" can be about nothing but the loan."""
    both = (pair.old, pair.new)
    plain = all(each.measure is Measure.BARE and (each.value or 0) >= 1000 and not is_year(each) for each in both)
    other_asked = asked_kind(about) is Kind.MONEY and about.asked != AMOUNT
    sized = all(each.measure is Measure.MONEY for each in both) and not other_asked
    told = [label for label in about.labels if not _FORMERLY.fullmatch(about.text[label.start : label.end])]
    free = about.asked in FREE_ASKED or (sized and asked_kind(about) not in LIST_KINDS)
    return (plain or sized) and all(label.field == AMOUNT for label in told) and free
