"""Whose number it is and in what mode it is said: meant by the owner now, or past, supposed, somebody else's, asked.

Only a number that is `SAID` may become an amount, a term or a head count. Words are read within one clause: the cue
nearest before the number decides, then what follows it; and a clause of words we do not know proves nothing.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from flows.understanding import purposes
from flows.understanding import standing_en as en
from flows.understanding import standing_zh as zh
from flows.understanding.labels import BREAK


class Standing(StrEnum):
    """How a number is meant. Every other value than SAID keeps it out of the application."""

    SAID = "said"
    PAST = "past"
    OTHERS = "others"
    LENDER = "lender"
    SUPPOSED = "supposed"
    ASKED = "asked"
    OPEN = "open"
    DENIED = "denied"
    INTENDED = "intended"
    PRICED = "priced"
    UNPROVEN = "unproven"


def _cue(english: str, chinese: str) -> str:
    return rf"(?<![a-z])(?:{english})(?![a-z])|{chinese}" if english else chinese


_KINDS = ("speech", "lender", "supposed", "denied", "past", "asked", "said", "weak")
_SELF = (
    r"(?<![a-z])(?:i|we|i'?m|i'?d|we'?re|we'?d|i'?ll|we'?ll|im|id|let'?s|lets)(?![a-z])|"
    r"咱|自己|我(?![哥弟姐妹爸妈爹娘老媳爱儿女朋邻同表堂叔舅细太先])"
)
_JOINT = (
    rf"(?:(?:my |the )?(?:{en.OTHERS}) (?:and|&) (?:i|me|myself)|(?:me|i) (?:and|&) (?:my |the "
    rf")?(?:{en.OTHERS}))"
)
_LEFT = re.compile(
    "|".join(f"(?P<{kind}>{_cue(en.BEFORE[kind], zh.BEFORE[kind])})" for kind in _KINDS[:1])
    + rf"|(?P<joint>(?<![a-z]){_JOINT}(?![a-z])|(?:我|我们)[和跟同与](?:{zh.OTHERS})|夫妻|(?:{zh.OTHERS})[和跟同与]我)|"
    + "|".join(f"(?P<{kind}>{_cue(en.BEFORE[kind], zh.BEFORE[kind])})" for kind in _KINDS[1:5])
    + rf"|(?P<others>{_cue(rf'(?:{en.OTHERS})', rf'(?:{zh.OTHERS})')})"
    + rf"|(?P<self>{_SELF})|"
    + "|".join(f"(?P<{kind}>{_cue(en.BEFORE[kind], zh.BEFORE[kind])})" for kind in _KINDS[5:])
)
_INTENDED = re.compile(_cue(en.BEFORE["intended"], zh.BEFORE["intended"]))
_RIGHT = {
    Standing(kind): re.compile(rf"[\s,]*(?:(?:{en.AFTER.get(kind, chr(0))})(?![a-z])|{zh.AFTER.get(kind, chr(0))})")
    for kind in dict.fromkeys((*en.AFTER, *zh.AFTER))
}
_OPEN = re.compile(rf"(?:(?<![a-z])(?:{en.OPEN})(?![a-z])(?!{en.OPEN_OF_OTHER})|(?:{zh.OPEN})(?!{zh.OPEN_OF_OTHER}))")
_ENOUGH = re.compile(rf"[\s,]*(?:(?:{en.ENOUGH})(?![a-z])|{zh.ENOUGH})")
_NEUTRAL_ZH = re.compile("|".join(sorted(zh.NEUTRAL.split("|"), key=len, reverse=True)))
_WORD = re.compile(r"[a-z][a-z'.-]*")
_REASON = re.compile(
    r"(?<![a-z])(?:for|to|towards|because|on|as|until|till|before|by|from)(?![a-z]).*$|(?:用来|用于|用在|拿来|来|去|给店|买|进|做|"
    r"付|交|还|发|装|换|开|周转|投).*$"
)
_SENTENCE = re.compile(r"[。；;!?！？\n]|\.(?![0-9])")
_BORDER = re.compile(rf"{BREAK.pattern}|(?<=\x01) |{en.BORDER}|{zh.BORDER}")
_ADJECTIVE = re.compile(r"(?<![a-z])(?:a|an|the|this|that|my|our|new|another) $")
_IS = re.compile(
    r"(?<![a-z])(?:is|are|costs?|comes? (?:to|out at)|would be|will be)(?: (?:about|around|like|roughly))? $"
)
_THING = re.compile(
    r" (?!loan|please|pls|max|mark|total|in|for|is|would|will|over|should|of|and|or|to|i|we|now|that|from|with|at|"
    r"on|as|by|too|if|so|"
    r"thanks|ta|region|ballpark|term|period|plan|repayment|instal\w*|figure|limit|then|instead|again|today|asap|"
    r"cash|sum|one)[a-z]+"
)


def of(
    text: str, start: int, end: int, others: Iterable[tuple[int, int]], *, counts: bool = False, named: bool = False
) -> Standing:
    """How the number from `start` to `end` of a folded text is meant; `others` are the other numbers in it.

    `counts`: it counts people, of whom one may say how many one would like to have; `named`: words beside it name
    what it is for.
    """
    taken = [span for span in others if span != (start, end)]
    borders = [match.span() for match in _BORDER.finditer(text) if not _inside(match, ((start, end), *taken))]
    first = max((stop for _, stop in borders if stop <= start), default=0)
    last = min((begin for begin, _ in borders if begin >= end), default=len(text))
    left, right = text[first:start], text[end:last]
    standing = _led(left)
    if counts and _INTENDED.search(left):
        return Standing.INTENDED
    if standing not in {None, Standing.SAID}:
        return standing
    following = _follows(text, end, last, said=standing is Standing.SAID)
    if following is not None:
        return following
    if _OPEN.search(_sentence(text, start, end)):
        return Standing.OPEN
    if (_ADJECTIVE.search(left) and _THING.match(right)) or _is_price(left):
        return Standing.PRICED
    if named or standing is Standing.SAID or _ENOUGH.match(right) or _is_known(left, right, taken, first, end):
        return Standing.SAID
    return Standing.UNPROVEN


def _is_price(left: str) -> bool:
    """Whether a number is what a thing to be bought is said to be: "the oven is 4,000"."""
    thing = _IS.search(left)
    return thing is not None and purposes.without(left[: thing.start()]) != left[: thing.start()]


def _inside(match: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= match.start() < end for start, end in spans)


def _led(left: str) -> Standing | None:
    """What the words before a number in its clause make of it; None when they say nothing."""
    standing: Standing | None = None
    for match in _LEFT.finditer(left):
        kind = match.lastgroup or ""
        if kind in {"self", "joint", "speech"}:
            if standing is Standing.OTHERS or kind != "self":
                standing = None if kind == "self" else Standing.SAID
        elif kind not in {"said", "weak"}:
            standing = Standing(kind)
        elif standing in {None, Standing.PAST, Standing.LENDER}:
            standing = Standing.SAID if kind == "said" else None
    return standing


def _follows(text: str, end: int, last: int, *, said: bool) -> Standing | None:
    for kind, pattern in _RIGHT.items():
        if said and kind is Standing.ASKED:
            continue
        far = len(text) if kind is Standing.SUPPOSED else last
        if pattern.match(text, end, far):
            return kind
    return None


def _sentence(text: str, start: int, end: int) -> str:
    ends = [match.start() for match in _SENTENCE.finditer(text)]
    first = max((place + 1 for place in ends if place < start), default=0)
    return text[first : min((place for place in ends if place >= end), default=len(text))]


def _is_known(left: str, right: str, taken: Sequence[tuple[int, int]], first: int, end: int) -> bool:
    """Whether a clause says nothing beside its numbers but what people say around an answer."""
    before = _REASON.sub(" ", _blanked(left, first, taken))
    after = _REASON.sub(" ", _blanked(right, end, taken))
    return not _unknown(purposes.without(before)) and not _unknown(purposes.without(after))


def _blanked(part: str, offset: int, taken: Sequence[tuple[int, int]]) -> str:
    """A part of the text that begins at `offset`, without the numbers in it."""
    for start, stop in taken:
        low, high = max(0, start - offset), max(0, min(len(part), stop - offset))
        if low < high:
            part = part[:low] + " " * (high - low) + part[high:]
    return part


def _unknown(words: str) -> bool:
    if any(word.strip("'.-") not in en.NEUTRAL for word in _WORD.findall(words)):
        return True
    return re.search(r"[\u4e00-\u9fff]", _NEUTRAL_ZH.sub("", words)) is not None
