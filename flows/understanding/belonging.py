"""Which field a quantity answers: by the words around it, else by what was asked, else by its kind."""

import re

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.understanding import labels
from flows.understanding.fitting import AMOUNT, STAFF, TERM, YEARLY_SALES, Context, is_year
from flows.understanding.labels import DURATION, ELSEWHERE, Label
from flows.understanding.quantities import Measure, Quantity

SHARE = "representative_ownership_percent"
FREE_ASKED = {None, AMOUNT, TERM, "credit_purpose"}
_LONGEST_BARE_TERM = 120
_AMOUNT_NOUN = re.compile(r"(?:loan )?amount(?: requested)?|贷款金额|借款金额|申请金额|金额|额度")
LIST_KINDS = {
    Kind.FACILITIES,
    Kind.ACCOUNT,
    Kind.OWNERS,
    Kind.MONEY_SERIES,
    Kind.COLLATERAL,
    Kind.ADDRESS,
    Kind.DECLARATION,
}
_ASKS_FOR = re.compile(r"(?:(?<![a-z])(?:over|for|in|across)|分|/) ?$")
_PRICE_OF = re.compile(
    r"(?:箱|机|柜|车|炉|设备|房|店|(?<!进)货|费|装修|它|这个|那个|一台|一辆|一套)(?:总共|大概|差不多|得|至少|一共|"
    r"加起来)?要\s?$"
)
_TOPICS = {
    "gross_annual_revenue": r"sales|takings|income|earn|sold|make|made|营业额|销售|流水|收入|卖|做|进账",
    "net_profit_last_fy": r"earn|profit|make|made|赚|挣|利润",
    "total_liabilities": r"ow|debt|outstanding|borrow|欠|负债|借|贷",
    "accounts_payable": r"ow|bill|pay|invoice|欠|付",
    "accounts_receivable": r"ow|invoice|outstanding|欠",
    "taxes_paid_12m": r"pa[iy]|交|缴",
    "tax_arrears": r"ow|debt|欠",
    "average_monthly_bank_balance": r"balance|savings?|余额|存款",
    "card_sales_12m": r"sales|takings|income|销售|流水|收入|卖",
    "inventory_value": r"worth|cost|value|price|价值|值",
    "total_assets": r"worth|value|价值|值",
}
_UNIT_PRICE = re.compile(r"(?:一|每|单)(?:台|辆|件|套|间|家|张|只|把)\s?$")
_WHETHER = re.compile(r"[^,，。!]{0,6}(?:吗|么|\?)")
_CAN_YOU = re.compile(r"(?<![a-z])(?:can|could|do|does|would|will|is|are) (?:you|u|it|there|they)(?![a-z])(?! \w+ me)")
STAFF_UNIT = re.compile(r"employ|staff|worker|of us|team|timer|员工|店员|伙计|雇|职工|工人|帮工|小工|师傅|人手")
_LAST_YEAR = re.compile(r"last year|去年|每年|一年")
_REPAID = re.compile(
    r"(?<![a-z])(?:repay|repaid|repayments?|return|give (?:it )?back|(?:pay|clear|settle)(?: it| this|"
    r" that)?(?: back| off)?)"
    r"(?: (?:it|this|that|to be|be|all|everything|spread))* (?:over|in|within|across) (?:about |around |the )?$"
)
_USUAL_TERMS = frozenset({6, 9, 12, 15, 18, 24, 30, 36, 48, 60, 72, 84})
_SHOULD_BE = re.compile(r" ?(?:应该?[是为]|改[成为]|should (?:be|say|have been)|(?:has|have) to be) ?")
_SALES = re.compile(r"营业额|销售额|营收|sales")
"""Words that mean the yearly sales where they correct an answer, and any other money elsewhere."""
_IN = re.compile(r"(?<![a-z])(?:in|since|year|during) $")
_OVER = re.compile(r",? ?(?:over|for|in|分)? ?")
_LONE = re.compile(
    r"[\s.。!！,，~]|(?<![a-z])(?:the|of them|at the moment|right now|currently|team of|me plus|in total|full ?time|"
    r"part ?time|"
    r"now|all|please|pls|only|just|it'?s|is|about|around|maybe|say|approximately|"
    r"roughly|thanks|"
    r"we are|we have|(?:not (?:counting|including)|excluding|besides|apart from) (?:me|myself)|there are|i have|i "
    r"employ|we employ|we'?ve got|i'?ve got)(?![a-z])|"
    r"吧|了|个|就|是|大概|约|差不多|左右|的|呢|啊|不算我|除了我|除我|现在|目前|都是|兼职|全职|我们|有|一共|总共"
)


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
            return _bare_field(about, quantity, label)


def label_of(about: Context, quantity: Quantity) -> str | None:
    """The nearest label before the quantity in its clause, else a noun right after it."""
    floor = max([0, *(end for end in about.breaks if end <= quantity.start)])
    for other in about.quantities:
        if other.end <= quantity.start:
            floor = max(floor, other.end)
    trailing = labels.after(about.text, quantity.end)
    before = [label for label in about.labels if floor <= label.start and label.end <= quantity.start]
    dated = trailing == ELSEWHERE and about.text.startswith(" last ", quantity.end)
    if trailing is not None and not (dated and (_is_yearly(about) or _is_told(before))):
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
    return nearest.field


def _is_set_right(about: Context, label: Label, quantity: Quantity) -> bool:
    """Whether a correction names the label: by an old and a new number, or "should be" between it and the number."""
    return about.replacing or _SHOULD_BE.fullmatch(about.text, label.end, quantity.start) is not None


def _is_yearly(about: Context) -> bool:
    """Whether what was asked for is of a year, so that "last year" dates the answer."""
    return about.asked in {YEARLY_SALES, "net_profit_last_fy", "card_sales_12m", "taxes_paid_12m"}


def _is_told(before: list[Label]) -> bool:
    return bool(before) and before[-1].field not in {AMOUNT, ELSEWHERE}


def _named_elsewhere(about: Context) -> str | None:
    """The one field a correction names in another clause: 员工人数填错了，是8个."""
    if not about.correcting:
        return None
    named = {label.field for label in about.labels if label.field not in {ELSEWHERE, DURATION, AMOUNT}}
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


def asked_kind(about: Context) -> Kind | None:
    """What kind of value the field asked for holds; None when nothing was asked."""
    spec = FIELDS.get(about.asked or "")
    return None if spec is None else spec.kind


def _money_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    asked_money = about.asked if asked_kind(about) is Kind.MONEY else None
    if quantity.number.scale == "m" and quantity.currency is None and _counts_months(about, quantity):
        return TERM
    if quantity.period == "other" or (quantity.period == "year" and (label or asked_money) == AMOUNT):
        return None
    lent = about.asked == AMOUNT or any(each.measure is Measure.MONTHS for each in about.quantities)
    if not lent and _PRICE_OF.search(about.text[: quantity.start][-16:]):
        return None
    if label is not None and labels.holds_money(label):
        if asked_kind(about) in LIST_KINDS and not about.correcting:
            return None  # "a loan of 20k with iwoca" answers the question about other loans
        if label == AMOUNT and asked_money not in {None, AMOUNT} and quantity.period != "year":
            return _asked_or_request(about, asked_money)
        return label
    if label == ELSEWHERE and asked_money is not None and asked_money != AMOUNT and _on_topic(about, quantity):
        return asked_money
    if (
        label == ELSEWHERE
        or (not lent and _PRICE_OF.search(about.text[: quantity.start][-16:]))
        or _UNIT_PRICE.search(about.text[: quantity.start][-6:])
    ):
        return None
    if asked_money is not None:
        return asked_money
    return AMOUNT if about.asked in FREE_ASKED or label == AMOUNT or about.replacing else None


def _on_topic(about: Context, quantity: Quantity) -> bool:
    """Whether the word that speaks of some other money says what the asked field holds: 赚 for a profit."""
    topic = _TOPICS.get(about.asked or "")
    before = [label for label in about.labels if label.end <= quantity.start and label.field == ELSEWHERE]
    words = about.text[before[-1].start : before[-1].end] if before else ""
    if _is_yearly(about) and _LAST_YEAR.fullmatch(words):
        return True
    return topic is not None and re.search(topic, words) is not None


def _asked_or_request(about: Context, asked: str | None) -> str | None:
    """`need` and 要 are weak words when another amount was asked; borrowing words are not."""
    strong = re.search(r"borrow|loan|lend|借|贷|金额|额度|amount", about.text)
    return AMOUNT if strong else asked


def _term_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    years = "time_in_business_years"
    if about.asked == years and label in {None, DURATION, "duration"}:
        return years
    repaid = is_repaid_in(about.text, quantity.start)
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


def is_repaid_in(text: str, start: int) -> bool:
    """Whether the words before a time say that the loan is paid back in it: "will return in 3 years"."""
    return _REPAID.search(text[:start][-40:]) is not None


def beside_amount(about: Context) -> bool:
    """Whether the message names an amount of money."""
    return any(each.measure is Measure.MONEY for each in about.quantities)


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
    return (
        beside and 1 <= months <= _LONGEST_BARE_TERM and _ASKS_FOR.search(about.text[: quantity.start][-8:]) is not None
    )


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
    if quantity.measure is Measure.PEOPLE and (named or STAFF in {about.asked, label}):
        return STAFF
    if quantity.measure is Measure.PIECES and STAFF in {about.asked, label}:
        return STAFF
    rest = about.text[: quantity.start] + about.text[quantity.end :]
    if quantity.measure is Measure.PIECES and about.asked == AMOUNT and _LONE.sub("", rest) == "":
        return AMOUNT  # 十五个 may be 15万 among people who say so; it is asked again
    return None


def _bare_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    if quantity.period == "other" or (is_year(quantity) and _IN.search(about.text[: quantity.start])):
        return None
    text, value = about.text, quantity.value
    if label is not None and _holds_number(label) and not _is_weak(about, quantity):
        return label
    asked = about.asked
    kind = asked_kind(about)
    topical = kind is Kind.MONEY and asked != AMOUNT and label == ELSEWHERE and _on_topic(about, quantity)
    if label in {ELSEWHERE, DURATION} and not topical:
        return None
    if asked is not None and (kind in {Kind.MONEY, Kind.PERCENT} or labels.holds_integer(asked)):
        if _is_weak(about, quantity):
            return None
        requests = label == AMOUNT and value is not None and value >= 1000
        return AMOUNT if requests and not labels.holds_money(asked) else asked
    if label == AMOUNT and value is not None and value >= 1000 and not is_year(quantity):
        return AMOUNT if asked in FREE_ASKED or kind is None or about.correcting else None
    if (
        label == AMOUNT
        and value is None
        and quantity.why in {"ambiguous", "range", "impossible"}
        and asked in FREE_ASKED
    ):
        return AMOUNT
    following = next((each for each in about.quantities if each.start >= quantity.end), None)
    if (
        label is None
        and value is not None
        and value >= 1000
        and following is not None
        and following.measure is Measure.MONTHS
        and _OVER.fullmatch(text, quantity.end, following.start)
    ):
        return AMOUNT if asked in FREE_ASKED else None
    leading = next((each for each in reversed(about.quantities) if each.end <= quantity.start), None)
    if (
        label is None
        and value is not None
        and value >= 1000
        and not is_year(quantity)
        and leading is not None
        and leading.measure is Measure.MONTHS
        and re.fullmatch(r" ?[,，、/;] ?", text[leading.end : quantity.start])
    ):
        return AMOUNT if asked in FREE_ASKED else None
    if (
        beside_amount(about)
        and value is not None
        and value <= _LONGEST_BARE_TERM
        and _ASKS_FOR.search(text[: quantity.start][-8:])
    ):
        return TERM
    return None


def _holds_number(label: str) -> bool:
    """Whether a label names a field by a noun; the verbs of asking need more than a bare number."""
    return label in {STAFF, TERM, SHARE} or (label != AMOUNT and labels.holds_money(label))


def _is_weak(about: Context, quantity: Quantity) -> bool:
    """A small number in words ("one of them", 一) that is an answer only when nothing else is said."""
    written = about.text[quantity.number.start : quantity.number.end]
    if any(char.isdigit() and char.isascii() for char in written) or (quantity.value or 0) > 10:
        return False
    rest = about.text[: quantity.start] + " " + about.text[quantity.end :]
    return _LONE.sub("", rest).strip() != ""
