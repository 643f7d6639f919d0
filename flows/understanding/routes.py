"""What a first message asks for: a loan, a status, an earlier loan, a person, an answer."""

import re

from flows.understanding import phrases_en as en
from flows.understanding import phrases_zh as zh
from flows.understanding.reading import Act, Route

_EXISTING, _APPLY = re.compile(f"{en.EXISTING}|{zh.EXISTING}"), re.compile(f"{en.APPLY}|{zh.APPLY}")
_NEW_LOAN = re.compile(
    r"(?<![a-z])(?:refinanc\w+|consolidat\w+|another loan|new loan|second loan)(?![a-z])|再(?:借|贷)|置换|借新还旧|"
    r"转贷|还(?:其他|别的|旧)"
)
_PAID_OUT = re.compile(r"到账|放款|打款|下款|(?<![a-z])(?:paid out|payout|arrived?|landed|come through)(?![a-z])")
"""Of a loan that was decided but has not come yet."""
_HOW_MUCH = re.compile(
    r"(?<![a-z])how much (?:can|could|may|would) (?:i|we) (?:borrow|get|have)(?![a-z])|(?:能|可以)(?:贷|借)(?:到)?多少"
)


def is_existing(text: str) -> bool:
    """Whether a message is about a loan that runs already, and asks for no new one."""
    return _EXISTING.search(text) is not None and not (_APPLY.search(text) and _NEW_LOAN.search(text))


def find(text: str, acts: set[Act], *, wants: bool) -> Route:
    """What a first message asks for. `wants`: an amount, term or purpose was read."""
    if acts & {Act.DISTRESS, Act.HUMAN}:
        return Route.HUMAN
    if Act.COMPLAINT in acts:
        return Route.COMPLAINT
    applies = _APPLY.search(text) is not None
    paid_out = Act.STATUS in acts and _PAID_OUT.search(text) is not None
    if is_existing(text) and not paid_out:
        return Route.EXISTING_LOAN
    if Act.STATUS in acts:
        return Route.STATUS
    asks = bool(acts & {Act.QUESTION, Act.WHY})
    if asks and not wants and _HOW_MUCH.search(text):
        return Route.QUESTION
    if applies or (wants and not asks):
        return Route.APPLY
    if asks:
        return Route.QUESTION
    return Route.GREETING if Act.GREETING in acts else Route.OTHER
