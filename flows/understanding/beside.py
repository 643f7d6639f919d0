"""What the words around a quantity tell of it: a topic, a year's earnings, a time beside it, a purpose."""

import re

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.understanding import purposes
from flows.understanding.fitting import AMOUNT, TERM, YEARLY_SALES, Context
from flows.understanding.labels import DURATION, ELSEWHERE
from flows.understanding.quantities import Measure, Quantity

FREE_ASKED = {None, AMOUNT, TERM, "credit_purpose"}
LIST_KINDS = {
    Kind.FACILITIES,
    Kind.ACCOUNT,
    Kind.OWNERS,
    Kind.MONEY_SERIES,
    Kind.COLLATERAL,
    Kind.ADDRESS,
    Kind.DECLARATION,
}
_TOPICS = {
    "gross_annual_revenue": r"sales|takings|turn(?:s|ed|ing)? ?over|turnover|revenue|income|earn|sold(?! (?:my|the|"
    r"our|his|her|an?) )|make|made|\b(?:did|do|does|took|takes?)\b|营业额|销售|流水|收入|(?<![车房店备])卖|做|进账",
    "net_profit_last_fy": r"earn|profit|make|made|赚|挣|利润",
    "total_liabilities": r"ow|debt|outstanding|borrow|欠|负债|借|贷",
    "accounts_payable": r"ow|bill|pay|invoice|欠|付",
    "accounts_receivable": r"ow|invoice|outstanding|欠",
    "taxes_paid_12m": r"pa[iy]|交|缴",
    "tax_arrears": r"ow|debt|欠",
    "average_monthly_bank_balance": r"balance|savings?|余额|存款",
    "card_sales_12m": r"sales|takings|income|销售|流水|收入|卖",
    "inventory_value": r"stock|shel(?:f|ves)|goods|stuff|worth|cost|value|price|价值|值",
    "representative_ownership_percent": r"(?<![a-z])(?:own|hold|my share|stake|have|got)|'ve|占|持股|股|我(?!爸|妈|"
    "哥|弟|姐|妹|老)",
    "total_assets": r"worth|value|价值|值",
}
_LAST_YEAR = re.compile(r"last year|去年|每年|一年")
_REPAID = re.compile(
    r"(?<![a-z])(?:repay|repaid|repayments?|return|give (?:it )?back|(?:pay|clear|settle)(?: it| this|"
    r" that)?(?: back| off)?)"
    r"(?: (?:it|this|that|to be|be|all|everything|spread))* (?:over|in|within|inside|across) (?:about |around |the )?$"
)
_BESIDE_TERM = re.compile(r"[\s,，、]*(?:and |to be paid back |repaid |spread )?(?:over|for|in|within|分)?\s?")
_FOR = re.compile(r" (?:for|towards?|to (?:buy|get|replace|fix)) ")
_EARNS = re.compile(
    r"(?<![a-z])(?:we|business|shop|store|company|firm|cafe|restaurant|salon|bakery|which|that|it)(?:'s)? "
    r"(?:did|do|does|took|takes?|turns? ?over|turned ?over|sells?|sold|gross(?:ed|es)?|brings? in|brought in|makes?|"
    r"made)"
    r"(?: (?:about|around|roughly|nearly|some|over|just|approx))*[ £$€]*$|"
    r"(?<![a-z])(?:sales|turnover|takings|revenue)(?: (?:of|were|was|about|around|roughly|is|are|came to))*[ :£$€]*$|"
    r"(?:做|卖|进账|流水|营收|收入|营业额|销售额?)(?:是|有|个|大概|差不多|约|到|了|能|一年|去年|全年|[:：\s])*$"
)
"""Words before what a business sells."""
_EARNED_AFTER = re.compile(
    r" (?:in|of) (?:sales|turnover|revenue|takings)(?![a-z])|的?(?:营业额|销售额?|流水|营收|生意)"
)
_OF_A_YEAR = re.compile(
    r" (?:in sales |in takings )?(?:last y(?:ea)?r|(?:a|per|each|every) year|annually|yearly)(?![a-z])"
)
_OF_A_YEAR_BEFORE = re.compile(r"(?:(?<![a-z])last y(?:ea)?r(?:'?s)?|去年|上一?年度?|一年|全年|每年)[^,，。;\d]{0,12}$")


def asked_kind(about: Context) -> Kind | None:
    """What kind of value the field asked for holds; None when nothing was asked."""
    spec = FIELDS.get(about.asked or "")
    return None if spec is None else spec.kind


def is_yearly(about: Context) -> bool:
    """Whether what was asked for is of a year, so that "last year" dates the answer."""
    return about.asked in {YEARLY_SALES, "net_profit_last_fy", "card_sales_12m", "taxes_paid_12m"}


def is_on_topic(about: Context, quantity: Quantity) -> bool:
    """Whether the word that speaks of some other money says what the asked field holds: 赚 for a profit."""
    topic = _TOPICS.get(about.asked or "")
    before = [label for label in about.labels if label.end <= quantity.start and label.field == ELSEWHERE]
    words = about.text[before[-1].start : before[-1].end] if before else ""
    if is_yearly(about) and _LAST_YEAR.fullmatch(words):
        return True
    return topic is not None and re.search(topic, words) is not None


def is_of_topic(about: Context, quantity: Quantity) -> bool:
    """Whether the words before a number in its clause speak of what the asked field holds."""
    topic = _TOPICS.get(about.asked or "")
    first = max((end for end in about.breaks if end <= quantity.start), default=0)
    return topic is not None and re.search(topic, about.text[first : quantity.start]) is not None


def beside_amount(about: Context) -> bool:
    """Whether the message names an amount of money."""
    return any(each.measure is Measure.MONEY for each in about.quantities)


def beside_term(about: Context, quantity: Quantity) -> bool:
    """Whether a time stands right beside money: 25万三年, "25k over 3 years"."""
    return any(
        each.measure is Measure.MONTHS
        and _BESIDE_TERM.fullmatch(about.text, min(each.end, quantity.end), max(each.start, quantity.start))
        for each in about.quantities
    )


def is_repaid_in(text: str, start: int) -> bool:
    """Whether the words before a time say that the loan is paid back in it: "will return in 3 years"."""
    return _REPAID.search(text[:start][-40:]) is not None


def is_for_something(about: Context, quantity: Quantity) -> bool:
    """Whether a number is said to be for something to buy or to do, beside a time: "3,200 for a van, 10 months"."""
    timed = quantity.sized or any(each.measure is Measure.MONTHS for each in about.quantities)
    rest = _FOR.match(about.text, quantity.end)
    return (
        timed and rest is not None and purposes.before(about.text[rest.end() :])[:24] != about.text[rest.end() :][:24]
    )


def is_earned(about: Context, quantity: Quantity, label: str | None) -> bool:
    """Whether money of a year is what the business sells in it: we did 340k last year, 一年做120万."""
    if label not in {None, ELSEWHERE, AMOUNT, DURATION} or quantity.value is None:
        return False
    before, after = about.text[: quantity.start][-40:], about.text[quantity.end :]
    yearly = quantity.period == "year" or _OF_A_YEAR.match(after) or _OF_A_YEAR_BEFORE.search(before)
    if not yearly:
        return False
    return _EARNS.search(before) is not None or _EARNED_AFTER.match(after) is not None
