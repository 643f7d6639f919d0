"""Places every quantity of a message in the field it is for, if the owner means it: corrections first.

A value that could belong to two fields, or that two sentences contradict, is refused, never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from flows.application.shapes import Kind
from flows.understanding import corrections, facts, labels, mood, relative, standing, totals
from flows.understanding.bare import SHARE
from flows.understanding.belonging import STAFF_UNIT, field_of, label_of
from flows.understanding.beside import (
    FREE_ASKED,
    LIST_KINDS,
    asked_kind,
    beside_amount,
    beside_term,
    is_of_topic,
    is_repaid_in,
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
    r"tell a lie|i put)(?![a-z])|口误|手误|手抖|作废|当我没说|减到|减成|不是|等[下等]|搞错|弄错|写错"
)
_JOINED = re.compile(
    r"[\s,，、/;+&x]*(?:(?:repaid |spread |paid back |back |and )?(?:over|for|across|within|in|on)? ?(?:a |the )?|"
    r"and (?:we|i)(?:'d| can| could| would)? (?:do|manage|pay(?: it| back)*)(?: over| in)? ?|分)[\s]*"
)
_CLAUSE_END = re.compile(r"[,，。;.!?\n]")
_BOUND_TO = re.compile(
    r"(?<![a-z])(?:is|are|was|were|lease|leasing|contract|insurance|warranty|rent|hire|salary|subscription|cover|ago|"
    r"back)"
    r"(?![a-z])|租约?|合同|保险|保修|质保|学费|工资|年费|会费"
)
_SUMS = frozenset({Measure.MONEY, Measure.BARE})
_BESIDE = re.compile(r"[\s,，、/;]*(?:for|over)?\s?")
"""What stands between money and a time that is said of it."""
_PAID_BACK = re.compile(
    r"\s?(?:之?内)?(?:就|慢慢|分期)?(?:能|可以)?还(?:清|完|上|款)?(?![了不没有])|"
    r" to (?:pay|repay|clear|return)(?![a-z])| payback| repayment"
)
_ANOTHER_YEAR_BEFORE = re.compile(
    r"(?:前年|今年|(?<![a-z])(?:this year|the year before(?: that)?|so far))[^,，。;0-9]{0,12}$"
)
_ANOTHER_YEAR = re.compile(r" (?:the year before|two years ago|this year|so far|the previous year)(?![a-z])")
_OWED = frozenset({"accounts_payable", "accounts_receivable", "total_liabilities", "tax_arrears", "taxes_paid_12m"})
_OF_A_MONTH = re.compile(
    r"(?:(?<![a-z])(?:last|this) (?:month|week)|(?<![a-z])in (?:january|february|march|april|may|june|july|august|"
    r"september|"
    r"october|november|december)|上个?月|这个月|本月|上周|上礼拜)[^,，。;]{0,16}$"
)
_LENT = re.compile(
    r"借|贷|差|缺|申请|(?<![a-z])(?:borrow\w*|loans?|lend|from you|short|need another|the rest|other half|balance|"
    r"so)(?![a-z])"
)
"""Words that say of an amount that it is what is lent, not the price."""
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
    replacing = bool(found.pairs or found.denied)
    correcting = replacing or _CORRECTING.search(about.text) is not None
    about = replace(about, correcting=correcting, replacing=replacing)
    paired = {each.start for pair in found.pairs for each in (pair.old, pair.new)}
    skipped = {each.start for each in found.denied} | paired
    corrected = [
        Placed(field, fitted(about, field, pair.new), pair.old)
        for pair in found.pairs
        if (field := _corrected(about, pair)) is not None
    ]
    free = [each for each in about.quantities if each.start not in skipped and each.measure is not Measure.OTHER]
    each_stands = [_placed(about, quantity) for quantity in free]
    said = [placed for stands, placed in each_stands if placed is not None and stands is Standing.SAID]
    told = [placed for stands, placed in each_stands if placed is not None and stands is Standing.TOLD]
    doubted = [
        placed
        for stands, placed in each_stands
        if placed is not None and stands in standing.ASKED_BACK and placed.field == STAFF
    ]
    said = [each for each in said if not any(_contradicts(each, other) for other in doubted)]
    taken = [each for each in corrected + said if not _is_price_beside_own(about, each)]
    taken += [each for each in told if each.field not in {one.field for one in taken}]
    values, unclear = settled(about, _repaid_first(about, taken))
    if not values and not unclear:
        mentioned = [
            placed
            for stands, placed in each_stands
            if placed is not None and stands in standing.ASKED_BACK and placed.field == about.asked
        ]
        unclear = mentioned_alone(about, mentioned)
    return values, unclear


def _contradicts(said: Placed, other: Placed) -> bool:
    """Whether another number counts people of the shop just as well: "3 chefs, 4 waiters and a porter"."""
    people = {said.quantity.measure, other.quantity.measure} == {Measure.PEOPLE}
    return people and said.field == STAFF and other.quantity.value not in {None, said.quantity.value}


def _placed(about: Context, quantity: Quantity) -> tuple[Standing, Placed | None]:
    """A quantity in its field and how it is meant; None when it is for no field."""
    field = field_of(about, quantity, quantity) or _pointed_at(about, quantity)
    if field is None or not field or _is_told_otherwise(about, field, quantity):
        return Standing.UNPROVEN, None
    step = _step(about, field, quantity)
    placed = Placed(field, fitted(about, field, quantity), step=step)
    if field == about.asked and field not in RELATIVE and asked_kind(about) in {Kind.MONEY, Kind.PERCENT}:
        return _of_asked(about, field, quantity), placed
    if field not in RELATIVE or step or quantity.value is None:
        return Standing.SAID, placed
    stands = _standing(about, field, quantity)
    if field == TERM and stands is Standing.SAID and _runs_with(about, quantity):
        stands = Standing.UNPROVEN
    return stands, placed


def _of_asked(about: Context, field: str, quantity: Quantity) -> Standing:
    """How a sum or a share that was asked for is meant."""
    spans = [(each.start, each.end) for each in about.quantities]
    named = label_of(about, quantity) == field or quantity.value is None
    topical = named or is_of_topic(about, quantity)
    place, owing = (quantity.start, quantity.end), field in _OWED
    return facts.of_asked(about.text, spans, place, on_topic=topical, owing=owing)


def _pointed_at(about: Context, quantity: Quantity) -> str | None:
    """The amount, where the one number of a message is pointed back at: 报价两万八 就借这个数."""
    alone = about.asked == AMOUNT and len(about.quantities) == 1 and quantity.measure in _SUMS
    if quantity.measure is Measure.MONEY and totals.is_sum(about.text, about.quantities, quantity):
        return AMOUNT
    return AMOUNT if alone and mood.is_pointed_at(about.text, quantity.end) else None


def _step(about: Context, field: str, quantity: Quantity) -> int:
    """Whether a number is added to what was said before, or taken off it; never where nothing was asked before."""
    step = relative.step(about.text, quantity.start, quantity.end) if field in RELATIVE else 0
    first = field == AMOUNT and about.asked is None and beside_term(about, quantity)
    return 0 if step > 0 and first else step  # "I have a loan with the bank and want another 20k over 3 years"


def _is_price_beside_own(about: Context, each: Placed) -> bool:
    """Whether an amount may be a price of which the owner has a part: 买设备要30万，自己有10万."""
    if each.field != AMOUNT or each.old is not None or each.step or _LENT.search(about.text):
        return False
    sums = [other for other in about.quantities if other.measure is Measure.MONEY and other is not each.quantity]
    return any(
        (other.value or 0) < (each.quantity.value or 0) and _standing(about, AMOUNT, other) is Standing.OWN
        for other in sums
    )


def _repaid_first(about: Context, placed: list[Placed]) -> list[Placed]:
    """Of several times only the one that is said to be repaid in, where exactly one is: 开店8年…分两年还."""
    terms = [each for each in placed if each.field == TERM and each.old is None and not each.step]
    marked = [each for each in terms if _is_marked(about, each.quantity)]
    if (
        len(terms) < 2
        or len({each.quantity.value for each in marked}) != 1
        or any(each.field == TERM and each not in terms for each in placed)
    ):
        return placed
    return [each for each in placed if each not in terms or each in marked]


def _is_marked(about: Context, term: Quantity) -> bool:
    repaid = term.value is not None and is_repaid_in(about.text, term.start)
    return repaid or about.text[term.start] == "分" or _PAID_BACK.match(about.text, term.end) is not None


def _is_told_otherwise(about: Context, field: str | None, quantity: Quantity) -> bool:
    """Whether sales are hoped for or another's, or one share of several is: "I've 80% and dad has 20"."""
    if field in _EARNED:
        other = len(about.quantities) > 1 and _is_of_another_year(about.text, quantity)
        other = other or _OF_A_MONTH.search(about.text[: quantity.start][-40:]) is not None
        return other or not facts.is_fact(about.text, quantity.start)
    return field == SHARE and facts.is_anothers(about.text, quantity.start)


def _is_of_another_year(text: str, quantity: Quantity) -> bool:
    """Whether sales are said to be those of a year that is not the last: 前年290万, "290k the year before"."""
    before = _ANOTHER_YEAR_BEFORE.search(text[: quantity.start][-24:])
    return before is not None or _ANOTHER_YEAR.match(text, quantity.end) is not None


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
    summed = field == AMOUNT and len(about.quantities) > 1 and _is_summed(about, quantity)
    named = staff or repaid or summed or (field != AMOUNT and label_of(about, quantity) == field)
    place = (quantity.start, quantity.end)
    alone = field == TERM and not beside_amount(about)
    stands = standing.of(about.text, *place, spans, counts=field == STAFF, months=alone, named=named)
    if stands is not Standing.UNPROVEN:
        return stands
    answers = field == about.asked and _answers_alone(about, field, quantity)
    answers = answers or _opens(about, quantity)
    return Standing.SAID if answers or _side_by_side(about, quantity) else stands


def is_asked_of(about: Context, quantity: Quantity) -> bool:
    """Whether a question is asked of this quantity: "is 30k over two years dear"."""
    if quantity.measure not in {Measure.MONEY, Measure.MONTHS, Measure.BARE}:
        return False
    spans = [(each.start, each.end) for each in about.quantities]
    return standing.asks_of(about.text, quantity.start, spans)


def _is_summed(about: Context, quantity: Quantity) -> bool:
    """Whether a sum of money is called the total of others, or is it."""
    return totals.is_total(about.text, quantity) or totals.is_sum(about.text, about.quantities, quantity)


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
    amount, term = (first, second) if first.measure in _SUMS else (second, first)
    sized = amount.measure in _SUMS and (amount.value or 0) >= _SMALLEST and not is_year(amount)
    joined = _JOINED.fullmatch(text, first.end, second.start) is not None
    if joined and _BESIDE.fullmatch(text, first.end, second.start) and not standing.is_plain(text, first.start):
        return False  # "lease 30k, 5 years"
    if _BOUND_TO.search(_CLAUSE_END.split(text[: first.start])[-1]) or _BOUND_TO.match(text[second.end :].lstrip()):
        return False  # "the lease is 12k over 3 years"
    return joined and sized and term.measure is Measure.MONTHS and not amount.period


def _runs_with(about: Context, term: Quantity) -> bool:
    """Whether a time said right after money is of that, and that is not lent: "insurance 3000, 2 years"."""
    before = [each for each in about.quantities if each.end <= term.start]
    if not before or before[-1].measure not in _SUMS or is_repaid_in(about.text, term.start):
        return False
    money = before[-1]
    if (money.value or 0) < _SMALLEST or is_year(money) or not _BESIDE.fullmatch(about.text, money.end, term.start):
        return False
    if field_of(about, money, money) not in {None, AMOUNT}:
        return False
    return field_of(about, money, money) is None or _standing(about, AMOUNT, money) is not Standing.SAID


def _speaks_of_amounts(about: Context, pair: corrections.Correction) -> bool:
    """Whether "25,000 not 30,000" can be about nothing but the loan."""
    both = (pair.old, pair.new)
    plain = all(each.measure is Measure.BARE and (each.value or 0) >= 1000 and not is_year(each) for each in both)
    other_asked = asked_kind(about) is Kind.MONEY and about.asked != AMOUNT
    sized = all(each.measure is Measure.MONEY for each in both) and not other_asked
    told = [label for label in about.labels if not _FORMERLY.fullmatch(about.text[label.start : label.end])]
    free = about.asked in FREE_ASKED or (sized and asked_kind(about) not in LIST_KINDS)
    return (plain or sized) and all(label.field == AMOUNT for label in told) and free
