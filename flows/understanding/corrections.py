"""Old and new value of a correction, in any order: not 15万 but 20万, from 12 to 24, 8个不是5个."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol, TypeVar

from flows.understanding import words
from flows.understanding.quantities import Measure, Quantity

_NEGATED = re.compile(
    r"(?:不是说?|[唔不][系]|唔[是要]|除了|(?<![a-z])(?:anything|all) but|(?<![a-z])(?:except|other than)|并非|不要|"
    r"不用|"
    r"不需要|不想要|不借|别|没说|"
    r"(?<![a-z])(?:not|isn'?t|wasn'?t|aren'?t|no longer|"
    r"(?:don'?t|do not|doesn'?t) (?:want|need|own|hold|employ)|didn'?t (?:mean|say|want)|scrap|forget|ignore|"
    r"disregard|never mind|"
    r"cross out)(?: (?:that|it|about|what i (?:said|put|wrote)(?: about)?))*"
    r"(?! (?:more|less|over|under|sure)))"
    r"[\s:]*(?:(?:for|the|about|an?|just|my|any) )*(?:借|贷|要|分|占|有|写|填)?[\s]*$"
)
_FROM = re.compile(r"(?:从|由|把|将|(?<![a-z])(?:from|change|replace|swap))[^,，。;?]{0,24}$")
_CHANGING = re.compile(
    r"(?<![a-z])(?:chang\w*|amend|update|switch|move|increase|raise|reduce|lower|extend|shorten|swap|correct|edit|"
    r"adjust|bump|replace|revise|drop|cut|go)(?![a-z])"
)
_BECOMES = re.compile(
    r"改|换成|换到|(?<=[0-9万千百十年月期个])换(?=[0-9一二两三四五六七八九十])|变成|变为|"
    r"(?<=[0-9万千百十年月期个])变(?=[0-9一二两三四五六七八九十])|[降升加减提]成|"
    r"调整?[成为到]|[加提增减降][高加到低少至]|延长|缩短|->|=>|→|>>|becomes?|"
    r"(?:chang|amend|updat|switch|correct|adjust|revis|alter|mov|rais|lower|increas|reduc|bump|drop|extend|"
    r"shorten)\w*"
    r"(?: (?:it|that|this|the \w+|my \w+))?(?: up| down)? to(?![a-z])"
)
_TO = re.compile(r"[^,，。;?0-9]{0,16}(?<![a-z])(?:to|with|into|by)(?: (?:about|around|be|say))? *$")
_BACKWARD = re.compile(
    r"(?:才对|才是|对)?(?: please| pls| now| actually| only|吧)?[\s,，]*"
    r"(?:(?:and |but )?(?<![a-z])(?:not|instead of|rather than|in place of)(?: the| for| my)?|而不是|而非|"
    r"不是|[唔不]系|唔是|不要|别|代替|(?:原来|之前|刚才|前面|本来)(?:写|填|说|报)?的?(?:是)?)[\s]*(?:for |about |借|"
    r"要)?$"
)
_NOT_AFTER_ALL = re.compile(
    r" (?:is|was) (?:what|the)[^,.;!?]{0,24}, ?(?:and )?(?:not|instead of|rather than)(?: the| my)? "
)
_RESTART = re.compile(
    r"(?<![a-z])(?:no+|nope|sorry|actually|wait|hold on|i mean|i meant|make (?:that|it)|scratch that|correction|"
    r"rather|oops|ops|my mistake|my bad|hang on|on second thoughts?|better|make|wrong|incorrect|not right|typo|"
    r"should (?:be|say|read|have been)|meant|scrap (?:that|it)|forget (?:that|it)|ignore that|strike that)(?![a-z])"
    r"|不对|不是|不|错了?|说错|写错|打错|应该是|应为|还是|算了|更正|纠正|其实|哦|改"
)
_RESTART_FILLER = re.compile(
    r"[\s,，.。;!:…\-~—()]+|(?<![a-z])(?:no+|nope|sorry|actually|wait|hold on|i mean|i meant|make (?:that|it)|"
    r"should (?:say|read)|scratch that|scrap (?:that|it)|forget (?:that|it)|ignore that|strike that|h?mm+|u[hm]+|"
    r"er+m?|instead|"
    r"go (?:with|for)|do|correction|or|but|meant|rather|oops|ops|my mistake|my bad|hang on|"
    r"on second thoughts?|it'?s|it is|is|was|that'?s|that is|should be|should have been|should|be|to be|wrong|"
    r"incorrect|not right|a typo|typo|the|i|want|need|we|have|let'?s|say|better|make|need|for|a|please|it|employees|"
    r"staff|people|months|years)(?![a-z])"
    r"|不对|不是|不|错了?|说错|写错|打错|搞错|弄错|了|应该是?|应为|还是|算了|更正|纠正|其实|哦|呃|额|是|要|借|贷|改|"
    r"成|为|才对|吧|我|买|换|用来|用于|们|啊|的|元|块|钱"
)
_FORMERLY = re.compile(
    r"(?:(?<![a-z])(?:used to be|was|were|had|previously|originally|before|at first|thought(?: of| about)?)|原来|之前|"
    r"以前|本来|原本|起初|一开始|上次)[^,，。]{0,16}$"
)
_FORMERLY_AFTER = re.compile(
    r" (?:initially|originally|at first|to begin with|at the start)[\s,]+(?:but|and now|now|then)(?![a-z])"
)
_EARLIER = re.compile(
    r"^ (?:before|earlier|first|at first|initially|originally|previously|yesterday|just now)(?= (?:but|and)|[,.])"
)
"""When an old value was given, which changes nothing about what follows it."""
_CAME_OR_WENT = re.compile(
    r"[^.;!?。；]{0,24}(?:(?<![a-z])(?:left|quit|gone|leaving|sacked|fired|retired|resigned|let go|joined|started|"
    r"hired|came back)(?![a-z])|走了?|离职|辞职|辞了|不干了|不做了|来了|招了|新来)[^.;!?。；0-9]{0,8}"
    r"(?:(?<![a-z])(?:so|now|leaves|leaving|down to|up to)(?![a-z])|只?剩下?|还剩|现在|就|还有|变成?)"
    r"(?:[\s,，]|(?<![a-z])(?:now|us|we have|we'?ve|it'?s|we'?re|there'?s|there are|down to|with|only|just)(?![a-z])|"
    r"有|是|了)*"
)
"""Somebody left or came, and a new count is told after it."""
_GIVEN = re.compile(
    r" (?:that |which )?(?:i|we) (?:gave|said|typed|put|told|entered|wrote|mentioned|asked for)(?: you)?"
    r"(?: (?:before|earlier|first|previously|in|down))*[\s,]*(?:should(?:'ve| have)? (?:be|been|read|say)|"
    r"(?:is|was) wrong[,.;]? ?(?:it'?s|it should be|make it|should be)?|needs to be|ought to be|is now|must be|"
    r"was meant to be|has to be) "
)
_NOW = re.compile(r"(?<![a-z])now(?![a-z])|现在|如今|这次|这回")
_EXCHANGED = re.compile(r"(?<![a-z])(?:swap|exchange|trade)(?: the| my)? ?$")
_TOO_MUCH = re.compile(
    r"(?:块|元|期|个月)?(?:太[多高少长短低大]|不够|多了|少了|有点[多少高长]|用不[了完])|"
    r" (?:is|was|would be|'s)? ?(?:far |way |a bit |much )?(?:too (?:much|little|high|low|long|short|many|tight|"
    r"steep)|a bit tight|a stretch|"
    r"not enough|more than i need)"
    r"(?![a-z])"
)
_INSTEAD = re.compile(r"(?<![a-z])(?:instead of|rather than)(?: the)? ?$")
_SAID_BEFORE = re.compile(
    r"(?: is (?:what|all) (?:i|we) (?:need|want|meant))?[\s,，]*(?:but )?(?:i|we) (?:said|put|typed|wrote|"
    r"entered) |[\s,，]*(?:之前|刚才|前面|我)?(?:填|写|说)的?(?:是|了)?"
)
_IS_RIGHT = re.compile(r" is (?:right|correct|the right|the correct|what i meant|the one)(?![a-z])|(?:才)?是?对的")
_PUT_BEFORE = re.compile(
    r"[\s,，.]*(?:but )?(?:i|we)(?:'ve|'d)? (?:said|put|typed|wrote|entered|told you) |"
    r"(?:个?人?|员工)?[\s,，]*(?:我)?(?:之前|刚才?|前面)?(?:填|写|说|报)的?(?:是|了|成)? ?"
)
_IS = re.compile(
    r"(?:(?<![a-z])(?:have|'ve(?: got)?|got|is|are|'s|'re|employ)(?: (?:now|actually|only))*|应该|其实|实际|是)(?:是|"
    r"有)?\s?$"
)
"""What is said of a number as it is, before the one that was given by mistake: we have 7, I put 6."""
_ENDS = re.compile(r"(?:个?人?|员工| (?:staff|employees|people|before|earlier))?\s*(?:$|[,，。.;!])")
_MAKE = re.compile(r"(?<![a-z])(?:make|turn) (?:the|my|that) ?$")
_BUT_NOW = re.compile(r"[\s,，]*(?:but|但是?|不过)(?: now| i think| actually|现在)?\s*")
_BY_MISTAKE = re.compile(
    r" (?:by mistake|by accident|accidentally|in error|wrongly|earlier|before)(?![a-z])|个?人?(?:填|写|说|打)错"
)
_SLIP = re.compile(r"(?<![a-z])(?:oops|ops|sorry|whoops|mistake|wrong)(?![a-z])")
_DENIES_NEXT = re.compile(r"(?:不是|[唔不]系|并非|不要|(?<![a-z])not|instead of|rather than)\s*$")
_SLIPPED = re.compile(
    r"[\s,，.;]*(?:but )?(?:i |we )?(?:accidentally|mistakenly|wrongly|by mistake) (?:put|typed|entered|wrote|said) |"
    r"[\s,，]*(?:我)?(?:手滑|手误|不小心|误)[^0-9,，]{0,3}[点写填打输按选](?:成|了|成了) ?|"
    r"[\s,，]*(?:我|给)?(?:[写填打输]成|错[写填打])了? ?"
)
_BETTER = re.compile(r"(?<![a-z])(?:is|would be|'d be|seems|sounds|feels) better than ?")
_TYPED = re.compile(
    r"(?:(?<![a-z])(?:(?:have|got|put) (?:me|us) down (?:for|as|at)|put|typed|said|entered|wrote)|"
    r"[填写说输打][的成]?)(?: it as| in)? ?(?:是|了)?$"
)
_WANTED = re.compile(
    r"(?: (?:by mistake|by accident|in error|wrongly|accidentally))?[\s,，]*(?:but )?(?:i |we )?(?:want(?:ed)?|meant|"
    r"asked for|said|"
    r"need)(?: it to be| to say)? |[\s,，]*but (?:i|we) (?:only |actually |really )?(?:own|have|need|want|employ) |"
    r"[\s,，.;:]*(?:but )?(?:the )?(?:real|right|correct|true|actual|"
    r"proper)(?: (?:figure|number|"
    r"amount|sum|one|value|term|count))?(?: is| should be|'s|:) ?|[\s,，]*(?:正确|真实|实际)的?(?:数字?|"
    r"金额)?(?:应该)?是|"
    r"[\s,，]*(?:but )?(?:it'?s|it is|it should be|should be|really|"
    r"actually)(?: really| actually)? |"
    r"了?[\s,，]*(?:但|其实|我?实际)?(?:我)?(?:(?:想|要|想要|应该)(?:是|填|写|说)?|其?实?是|其实|实际上?|应该)"
)
_WRONG_AFTER = re.compile(
    r"\s*(?:是)?(?:不算数?|不作数|当我没说|不要了|作废|错|不对|写错|说错|打错|填错)|\s+(?:is|was|are) (?:wrong|"
    r"incorrect|a mistake|a typo|"
    r"not (?:right|"
    r"correct))|"
    r"\s+isn'?t (?:right|correct)"
)
_CHANGED_BEFORE = re.compile(r"(?:(?<![a-z])(?:change|replace|swap|amend)(?: the| my| it from| from)?|把|将)\s?$")
_TO_AFTER = re.compile(r"\s?(?:to|with|into)(?![a-z])|\s?(?:改|换)")
_BUT = re.compile(r"[^?？]{0,28}")
_AFTER_NOT = re.compile(
    r"(?:^了?[\s,，.。;!-]*$|系|but|it'?s|it is|is|rather|而是|应该是|应为|应|要|是|改|make|i |we |there|"
    r"(?<![a-z])(?:do|go for|put|use) )"
)


_NEAR = 24
_APART = 40
"""Characters that may stand between an old value and a new one."""


class Place(Protocol):
    """Where something stands in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The first character after it."""


P = TypeVar("P", bound=Place)


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A pair of quantities of which the new one counts."""

    old: Quantity
    new: Quantity


@dataclass(frozen=True, slots=True)
class Found:
    """The corrections of a message, and the quantities that were only denied."""

    pairs: tuple[Correction, ...]
    denied: tuple[Quantity, ...]


def find(text: str, quantities: list[Quantity]) -> Found:
    """Pair old and new quantities that stand side by side."""
    pairs = _crossed(text, quantities)
    used = {each.start for pair in pairs for each in (pair.old, pair.new)}
    last_end = 0
    for first, second in _neighbours(quantities):
        if {first.start, second.start} & used or not _same_kind(first, second):
            continue
        pair = _pair(text, first, second, text[last_end : first.start])
        if pair is not None:
            pairs.append(pair)
            used |= {first.start, second.start}
            last_end = second.end
    denied = tuple(each for each in quantities if each.start not in used and _is_denied(text, each))
    return Found(tuple(pairs), denied)


def _crossed(text: str, quantities: list[Quantity]) -> list[Correction]:
    """An amount and a term in the place of another amount and term: "25k over 3 years, not 20k over 2"."""
    real = [each for each in quantities if each.measure is not Measure.OTHER]
    for place in range(len(real) - 3):
        one, two, three, four = real[place : place + 4]
        alike = _same_kind(one, three) and _same_kind(two, four) and not _same_kind(one, two)
        if not alike or two.start - one.end > _NEAR or four.start - three.end > _NEAR:
            continue
        first, second = _Stretch(one.start, two.end), _Stretch(three.start, four.end)
        new = _newer(text, first, second, text[: one.start])
        if new is not None:
            both = ((one, three), (two, four)) if new is second else ((three, one), (four, two))
            return [_inherit(old, fresh) for old, fresh in both]
    return []


def _is_denied(text: str, quantity: Quantity) -> bool:
    """`not 15k`, 15万错了, `change 15k to something else`: said, but no longer meant."""
    before = text[max(0, quantity.start - 24) : quantity.start]
    if _NEGATED.search(before) or _WRONG_AFTER.match(text, quantity.end) or _TOO_MUCH.match(text, quantity.end):
        return True
    return _CHANGED_BEFORE.search(before) is not None and _TO_AFTER.match(text, quantity.end) is not None


def is_too_much(text: str, end: int) -> bool:
    """Whether what ends at `end` is said to be more, or less, than is wanted."""
    return _TOO_MUCH.match(text, end) is not None


def _neighbours(quantities: list[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    real = [each for each in quantities if each.measure is not Measure.OTHER]
    yield from pairwise(real)


def _same_kind(first: Quantity, second: Quantity) -> bool:
    counts = {Measure.PEOPLE, Measure.PIECES}
    return (
        first.measure is second.measure
        or Measure.BARE in {first.measure, second.measure}
        or {first.measure, second.measure} <= counts
    )


def _pair(text: str, first: Quantity, second: Quantity, before: str) -> Correction | None:
    new = _newer(text, first, second, before)
    if new is None:
        return None
    return _inherit(first, second) if new is second else _inherit(second, first)


def newer(text: str, first: P, second: P) -> P | None:
    """Which of two values, said one after the other, takes the place of the other; None when neither does."""
    between = text[first.end : second.start]
    told = _newer(text, first, second, text[: first.start])
    if told is None and len(between) <= _APART and not re.search(r"[,，。;]", between) and _BACKWARD.search(between):
        return first  # "a@x.com is my address, not b@x.com"
    return told


def _newer(text: str, first: P, second: P, before: str) -> P | None:
    between = text[first.end : second.start]
    if len(between) > _APART:
        return None
    before = before[-48:]
    if _is_replaced(text, first, second, before):
        return second
    if (
        _BACKWARD.fullmatch(between.replace("(", ""))
        or _NOT_AFTER_ALL.fullmatch(between)
        or (between.strip() == "than" and "rather" in before)
    ):
        return first
    taken_back = len(between) <= _NEAR and _NEGATED.fullmatch(between.lstrip(" ,，.;-")) is not None
    if (
        (taken_back and not _NEGATED.search(before))
        or _SLIPPED.fullmatch(between)
        or _BETTER.fullmatch(between.strip())
    ):
        return first
    if _says_anew(text, first, second, before):
        return second
    if _SAID_BEFORE.fullmatch(between) and _BY_MISTAKE.match(text, second.end):
        return first
    if _PUT_BEFORE.fullmatch(between) and _IS.search(before) and _ENDS.match(text, second.end):
        return first
    return None


def _is_replaced(text: str, first: Place, second: Place, before: str) -> bool:
    """Not 15k but 20k: the first number is denied before the second is said."""
    between = text[first.end : second.start]
    return (
        _NEGATED.search(before) is not None
        and _BUT.fullmatch(between) is not None
        and _AFTER_NOT.search(between) is not None
    )


def _says_anew(text: str, first: Place, second: Place, before: str) -> bool:
    """15k changed to 20k; 15k, no, 20k; 15k is too much, 10k: the second number stands for the first."""
    between = _EARLIER.sub("", text[first.end : second.start])
    aside = _BUT.fullmatch(between) is not None
    slipped = _SLIP.search(before) or _SLIP.match(text, second.end)
    return bool(
        (_BECOMES.search(between) and "?" not in between)
        or (_TO.fullmatch(between) and _CHANGING.search(before))
        or (between.strip() == "for" and _EXCHANGED.search(before))
        or ((_TOO_MUCH.match(text, first.end) or _WRONG_AFTER.match(text, first.end)) and aside)
        or (_FORMERLY.search(before) and _NOW.search(between) and aside)
        or (_FORMERLY_AFTER.match(text, first.end) and aside)
        or _GIVEN.fullmatch(text, first.end, second.start)
        or _CAME_OR_WENT.fullmatch(between)
        or (len(between) <= _NEAR and _IS_RIGHT.match(text, second.end))
        or (not between.strip() and _MAKE.search(before))
        or _restarts(text, between, second)
        or (_INSTEAD.search(before) and aside)
        or (
            _TYPED.search(before)
            and (
                _WANTED.fullmatch(between)
                or _BUT_NOW.fullmatch(between)
                or (slipped and between.strip() in {",", "，"})
            )
        )
    )


def _restarts(text: str, between: str, second: Place) -> bool:
    """15万，不，20万: broken off and said anew. Not when the second number is the one denied."""
    if _DENIES_NEXT.search(between) or not _RESTART.search(between) or _RESTART_FILLER.sub("", between):
        return False
    asks_which = between.strip() == "还是" and text[second.end : second.end + 1] != "吧"
    return not asks_which


def _inherit(old: Quantity, new: Quantity) -> Correction:
    """Give a bare number the unit of its partner: change 12 months to 24.

    An amount in another size is not guessed: in 不是15万是20 the 20 stays refused.
    """
    if new.measure is Measure.BARE and old.measure is not Measure.BARE:
        new = _like(new, old)
    elif old.measure is Measure.BARE and new.measure is not Measure.BARE:
        old = _like(old, new)
    if Measure.PEOPLE in {old.measure, new.measure}:
        old, new = replace(old, measure=Measure.PEOPLE), replace(new, measure=Measure.PEOPLE)
    return Correction(old, new)


def _like(bare: Quantity, model: Quantity) -> Quantity:
    value = bare.value
    if model.measure is Measure.MONEY:
        scale = words.SCALES.get(model.number.scale, 10_000 if model.number.chinese else 0)
        shared = bare.start < model.start and (model.value or 0) >= scale  # "fifteen not fifty thousand"
        if model.number.scaled and value is not None and value < 1000 and scale and shared:
            return replace(bare, measure=Measure.MONEY, value=value * scale, currency=model.currency, sized=True)
        if model.number.scaled and value is not None and value < 1000:
            return replace(bare, measure=Measure.MONEY, value=None, why=bare.why or "ambiguous")
        return replace(bare, measure=Measure.MONEY, currency=bare.currency or model.currency, sized=True)
    if model.measure is Measure.MONTHS and value is not None:
        value = value * model.per
        if value != int(value):
            return replace(bare, measure=Measure.MONTHS, value=None, why="impossible")
    return replace(bare, measure=model.measure, value=value, per=model.per)
