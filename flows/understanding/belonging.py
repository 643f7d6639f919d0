"""Which field a quantity answers: by the words around it, else by what was asked, else by its kind."""

import re

from flows.application.shapes import Kind
from flows.understanding import labels, standing
from flows.understanding.bare import ASKS_FOR, LONE, LONGEST_TERM, SHARE, bare_field
from flows.understanding.beside import (
    FREE_ASKED,
    LIST_KINDS,
    asked_kind,
    beside_amount,
    beside_term,
    is_earned,
    is_for_something,
    is_on_topic,
    is_repaid_in,
    is_yearly,
)
from flows.understanding.fitting import AMOUNT, STAFF, TERM, YEARLY_SALES, Context
from flows.understanding.labels import DURATION, ELSEWHERE, Label
from flows.understanding.quantities import Measure, Quantity

_AMOUNT_NOUN = re.compile(r"(?:loan )?amount(?: requested)?|贷款金额|借款金额|申请金额|金额|额度")
_PRICE_OF = re.compile(
    r"(?:箱|机|柜|车|炉|设备|房|店|(?<!进)货|费|装修|它|这个|那个|一台|一辆|一套)(?:总共|大概|差不多|得|至少|一共|"
    r"加起来)?要\s?$"
)
_UNIT_PRICE = re.compile(r"(?:一|每|单)(?:台|辆|件|套|间|家|张|只|把)\s?$")
_WHETHER = re.compile(r"[^,，。!]{0,6}(?:吗|么|\?)")
_CAN_YOU = re.compile(r"(?<![a-z])(?:can|could|do|does|would|will|is|are) (?:you|u|it|there|they)(?![a-z])(?! \w+ me)")
STAFF_UNIT = re.compile(r"employ|staff|worker|of us|team|timer|员工|店员|伙计|雇|职工|工人|帮工|小工|师傅|人手")
_USUAL_TERMS = frozenset({6, 9, 12, 15, 18, 24, 30, 36, 48, 60, 72, 84})
_SHOULD_BE = re.compile(
    r" ?(?:(?:填|写|说|打|搞|弄)错了?[,，\s]*(?:应该?)?[是为]?|应该?[是为]|改[成为]|should (?:be|say|have been)|"
    r"(?:has|have) to be) ?"
)
_SALES = re.compile(r"营业额|销售额|营收|sales")
"""Words that mean the yearly sales where they correct an answer, and any other money elsewhere."""
_OTHER_LOAN = re.compile(
    r"(?<![a-z])(?:mortgage|(?:car|van) (?:loan|finance))(?: (?:is|for|over|of))* $|[车房]贷[^,，。]{0,4}$"
)
_TITLE = re.compile(r"[ :=£$€]*|是")
_VERBS = frozenset({AMOUNT, ELSEWHERE, DURATION})
_USED_FOR = re.compile(r"[^,，。;0-9]{0,8}(?:用|的钱|周转)[\s,，]*(?:要|需要|大概|借|贷)?\s?")


def field_of(about: Context, where: Quantity, quantity: Quantity) -> str | None:
    """The field of a quantity that stands at `where`; None when it is for no field."""
    label = label_of(about, where)
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
            return about.asked if asked_kind(about) is Kind.PERCENT else SHARE if label == SHARE else None
        case _:
            return bare_field(about, quantity, label)


def label_of(about: Context, quantity: Quantity) -> str | None:
    """The nearest label before the quantity in its clause, else a noun right after it."""
    floor = max([0, *(end for end in about.breaks if end <= quantity.start)])
    for other in about.quantities:
        if other.end <= quantity.start:
            floor = max(floor, other.end)
    trailing = labels.after(about.text, quantity.end)
    before = [label for label in about.labels if floor <= label.start and label.end <= quantity.start]
    dated = trailing == ELSEWHERE and about.text.startswith(" last ", quantity.end)
    if before and _TITLE.fullmatch(about.text, before[-1].end, quantity.start) and before[-1].field not in _VERBS:
        return before[-1].field  # "turnover 1.1m profit 90k": what follows is the name of the next
    if trailing is not None and not (dated and (is_yearly(about) or _is_told(before))):
        return trailing
    if not before:
        return _named_elsewhere(about)
    nearest = before[-1]
    if nearest.field == AMOUNT:
        # "need 5 staff" is no amount, and "fee needed 500" is still a fee.
        named = [label.field for label in before if label.field not in {AMOUNT, DURATION}]
        if named and about.text[before[-1].end : quantity.start].strip() == "":
            return AMOUNT if named[-1] in {TERM, STAFF} or _requests(about, nearest) else named[-1]
    if (
        nearest.field == ELSEWHERE
        and _is_set_right(about, nearest, quantity)
        and _SALES.fullmatch(about.text, nearest.start, nearest.end)
    ):
        return YEARLY_SALES
    return None if _is_paid_with_it(about, nearest, quantity) else nearest.field


def _is_paid_with_it(about: Context, label: Label, quantity: Quantity) -> bool:
    """Whether a cost is what the money is for, set apart from the number: 交房租发工资用 4万."""
    if label.field != ELSEWHERE:
        return False
    used = _USED_FOR.fullmatch(about.text, label.end, quantity.start) is not None
    return used or standing.is_done_to(about.text, label.start)


def _is_set_right(about: Context, label: Label, quantity: Quantity) -> bool:
    """Whether a correction names the label: by an old and a new number, or "should be" between it and the number."""
    return about.replacing or _SHOULD_BE.fullmatch(about.text, label.end, quantity.start) is not None


def _is_told(before: list[Label]) -> bool:
    return bool(before) and before[-1].field not in {AMOUNT, ELSEWHERE}


def _named_elsewhere(about: Context) -> str | None:
    """The one field a correction names in another clause: 员工人数填错了，是8个."""
    if not about.correcting:
        return None
    named = {label.field for label in about.labels if label.field not in {ELSEWHERE, DURATION, AMOUNT}}
    named |= {
        YEARLY_SALES
        for label in about.labels
        if label.field == ELSEWHERE and _SALES.fullmatch(about.text, label.start, label.end)
    }
    named |= {AMOUNT for label in about.labels if _AMOUNT_NOUN.fullmatch(about.text[label.start : label.end])}
    return next(iter(named)) if len(named) == 1 else None


def _requests(about: Context, label: Label) -> bool:
    """Whether a label is a verb of asking, which starts a new thought after a noun such as rent."""
    return (
        re.fullmatch(
            r"need\w*|want\w*|borrow\w*|借|贷|想要|需要|要|申请|贷款|借款|i'd like|i would like|looking for",
            about.text[label.start : label.end],
        )
        is not None
    )


def _money_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    asked_money = about.asked if asked_kind(about) is Kind.MONEY else None
    if quantity.number.scale == "m" and quantity.currency is None and _counts_months(about, quantity):
        return TERM
    if quantity.period == "other":
        return None
    if YEARLY_SALES not in {label, about.asked} and is_earned(about, quantity, label):
        return YEARLY_SALES
    of_a_year = quantity.period == "year" and not _is_lent_a_year(about, quantity)
    if (of_a_year and (label or asked_money or AMOUNT) == AMOUNT) or _is_priced(about, quantity):
        return None
    if label is not None and labels.holds_money(label):
        if asked_kind(about) in LIST_KINDS and not about.correcting:
            return None  # "a loan of 20k with iwoca" answers the question about other loans
        if label == AMOUNT and asked_money not in {None, AMOUNT} and quantity.period != "year":
            return AMOUNT if beside_term(about, quantity) else _asked_or_request(about, asked_money)
        return label
    if label == ELSEWHERE and asked_money is not None and asked_money != AMOUNT and is_on_topic(about, quantity):
        return asked_money
    if label == ELSEWHERE or _UNIT_PRICE.search(about.text[: quantity.start][-6:]):
        return None
    if asked_money is not None:
        return AMOUNT if _is_lent_all_the_same(about, quantity, label) else asked_money
    if about.asked in FREE_ASKED or label == AMOUNT or about.replacing:
        return AMOUNT
    used = asked_kind(about) not in LIST_KINDS and is_for_something(about, quantity)
    return AMOUNT if label is None and (used or beside_term(about, quantity)) else None


def _is_priced(about: Context, quantity: Quantity) -> bool:
    """Whether money is what a thing is said to take, in a message that asks for nothing: 烤箱要两万."""
    lent = about.asked == AMOUNT or any(each.measure is Measure.MONTHS for each in about.quantities)
    return not lent and _PRICE_OF.search(about.text[: quantity.start][-16:]) is not None


def _is_lent_all_the_same(about: Context, quantity: Quantity, label: str | None) -> bool:
    """Whether money is what to lend, though other money was asked for: "8k over 12 months", "10k for a van"."""
    return label is None and (beside_term(about, quantity) or is_for_something(about, quantity))


def _is_lent_a_year(about: Context, quantity: Quantity) -> bool:
    """Whether 8万一年, said when no amount was asked for, is lent for a year."""
    return about.asked != AMOUNT and about.text.startswith("一年", quantity.end)


def _asked_or_request(about: Context, asked: str | None) -> str | None:
    """`need` and 要 are weak words when another amount was asked; borrowing words are not."""
    strong = re.search(r"borrow|loan|lend|借|贷|金额|额度|amount", about.text)
    return AMOUNT if strong else asked


def _term_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    years = "time_in_business_years"
    if about.asked == years and label in {None, DURATION, "duration"}:
        return years
    repaid = is_repaid_in(about.text, quantity.start)
    if _OTHER_LOAN.search(about.text[: quantity.start][-12:]):
        return None
    if label == DURATION or (label == ELSEWHERE and about.asked != TERM and not repaid) or _of_a_rate(about, quantity):
        return None
    if about.asked is not None and asked_kind(about) is Kind.MONEY and about.asked != AMOUNT and quantity.value == 12:
        return None
    if label not in {None, TERM, AMOUNT, ELSEWHERE} and about.asked not in {TERM, None}:
        return None
    beside = beside_amount(about)
    if about.asked is None and not beside and _is_whether(about, quantity):
        return None  # 能贷5年吗 asks what there is
    wanted = label in {TERM, AMOUNT} or about.correcting
    return TERM if about.asked in FREE_ASKED or wanted or beside else None


def _is_whether(about: Context, quantity: Quantity) -> bool:
    """Whether a term is only asked about: can you do 2 years, 能贷5年吗."""
    asked = _WHETHER.match(about.text, quantity.end) is not None
    return asked or _CAN_YOU.search(about.text[: quantity.start]) is not None


def _counts_months(about: Context, quantity: Quantity) -> bool:
    """Whether the m of "12m" stands for months: as an answer about the term, and in "10k for 12m"."""
    if about.asked == TERM or label_of(about, quantity) == TERM:
        return True
    months = (quantity.number.value or 0) / 10**6
    others = [each for each in about.quantities if each is not quantity and each.measure is Measure.MONEY]
    beside = bool(others)
    if months in _USUAL_TERMS and len(others) == 1 and label_of(about, quantity) is None:
        return (others[0].value or 0) < 10**6  # "20k, salon refurb, 18m"
    return beside and 1 <= months <= LONGEST_TERM and ASKS_FOR.search(about.text[: quantity.start][-8:]) is not None


def _of_a_rate(about: Context, quantity: Quantity) -> bool:
    """Whether months say how long a rate is paid: "2k a month for a year"."""
    before = next((each for each in reversed(about.quantities) if each.end <= quantity.start), None)
    between = "" if before is None else about.text[before.end : quantity.start]
    return (
        before is not None
        and before.period == "other"
        and re.fullmatch(r" ?(?:(?:a|per|each|every|/) ?(?:month|mth|mo|week|wk|day))? ?(?:for|over)? ?", between)
        is not None
    )


def _staff_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    unit = about.text[quantity.number.end : quantity.end]
    named = STAFF_UNIT.search(unit)
    if label == ELSEWHERE and about.asked != STAFF and not named:
        return None
    if quantity.measure is Measure.PEOPLE and (named or about.replacing or STAFF in {about.asked, label}):
        return STAFF
    if quantity.measure is Measure.PIECES and STAFF in {about.asked, label}:
        return STAFF
    rest = about.text[: quantity.start] + about.text[quantity.end :]
    if quantity.measure is Measure.PIECES and about.asked == AMOUNT and LONE.sub("", rest) == "":
        return AMOUNT  # 十五个 may be 15万 among people who say so; it is asked again
    return None
