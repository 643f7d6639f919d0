"""Whose number it is and in what mode it is said: meant by the owner now, or past, supposed, somebody else's, asked.

Only a number that is `SAID` may become an amount, a term or a head count. Words are read within one clause: the cue
nearest before the number decides, then what follows it; and a clause of words we do not know proves nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from flows.understanding import mood, purposes
from flows.understanding import standing_en as en
from flows.understanding import standing_zh as zh
from flows.understanding.labels import BREAK


class Standing(StrEnum):
    """How a number is meant: SAID counts, TOLD by somebody near counts when nothing else does, no other does."""

    SAID = "said"
    TOLD = "told"
    PAST = "past"
    OTHERS = "others"
    LENDER = "lender"
    SUPPOSED = "supposed"
    ASKED = "asked"
    OWN = "own"
    OPEN = "open"
    DENIED = "denied"
    INTENDED = "intended"
    PRICED = "priced"
    UNPROVEN = "unproven"


ASKED_BACK = frozenset({Standing.UNPROVEN, Standing.PRICED, Standing.OPEN})
"""What may be meant after all, when nothing else is said."""


_ASIDE: Mapping[str, Standing | None] = {
    "self": None,
    "joint": Standing.SAID,
    "speech": Standing.TOLD,
    "want": Standing.SAID,
    "now": None,
    "said": Standing.SAID,
}
_UNDONE_BY: Mapping[str, frozenset[Standing | None]] = {
    "self": frozenset({Standing.OTHERS, Standing.DENIED, Standing.TOLD}),
    "joint": frozenset(Standing) | {None},
    "speech": frozenset({None, Standing.PAST, Standing.OTHERS}),
    "want": frozenset(
        {None, Standing.SAID, Standing.TOLD, Standing.PAST, Standing.LENDER, Standing.OWN, Standing.ASKED}
    ),
    "now": frozenset({Standing.PAST, Standing.LENDER, Standing.OWN}),
    "said": frozenset({None}),
}
"""The standings that words take back: "I used to need 5k but now" is no longer past."""


AGO = "\x02"
"""Stands for each character of a time gone by (three years ago), which a text is read without."""


def cue(english: str, chinese: str) -> str:
    """A pattern of cues in both scripts."""
    return rf"(?<![a-z])(?:{english})(?![a-z])|{chinese}" if english else chinese


_ORDER = (
    *("speech", "joint", "lender", "supposed", "denied", "own", "done", "past"),
    *("others", "self", "asked", "want", "now", "said"),
)
"""Cues that begin at the same place: the first of these counts."""
_GONE = {"past": f"|{AGO}+"}
_LEFT = re.compile(
    "|".join(f"(?P<{kind}>{cue(en.BEFORE.get(kind, ''), zh.BEFORE[kind])}{_GONE.get(kind, '')})" for kind in _ORDER)
)
_SHADOWS = frozenset({"lender", "supposed", "denied", "own", "done", "past", "others", "asked", "speech"})
_DOUBTS = re.compile(rf"[?？]|{cue(en.DOUBTS, zh.DOUBTS)}")
_FEW = 2
"""Unknown words of a message that are a filler, not a story."""
_COUNTING = re.compile(cue(en.COUNTING, zh.COUNTING))
_WE_HAVE = re.compile(
    r"(?<![a-z])(?:we'?re|we are|we'?ve(?: got)?|we have(?: got)?|we employ|there are|there'?s|team of)"
    r"(?: (?:about|around|now|only|just|currently))* $|(?:我们|店里)(?:现在|目前)?(?:一共|总共)?有?$"
)
_CHANGE = re.compile(
    r"(?:(?<![a-z])(?:lost|losing|hired|hiring|gained|added|let|fired|sacked)|走了?|离职|辞[职退了]|开除了?|新招了?|"
    r"招了|来了|多了|少了)\s?$"
)
"""Before a number of people who came or went."""
_TELLS_ANEW = re.compile(r"\s*(?:$|[,，。.;!]|(?:and|with) )")
_DONE_TO = re.compile(
    r"(?<![a-z])(?:buy(?:ing)?(?: out)?|purchas(?:e|ing)|take over|taking over|acquir(?:e|ing)|pay(?:ing)?(?: off| "
    r"back)?|"
    r"clear(?:ing)?|settl(?:e|ing)|repay(?:ing)?)(?: (?:my|our|the|a|an|his|her))*\s?$|"
    r"(?:盘[下个]?|收购|接手|接下|买下?|顶下?|付给?|还给?|结清?)(?:了|来)?\s?$"
)
"""What is to be done to somebody else with the money."""
INTENDED = re.compile(cue(en.BEFORE["intended"], zh.BEFORE["intended"]))
_IN = re.compile(r"\s*(?:and |but |so )?in ")
_BE_IN = re.compile(r"(?<![a-z])be\s+in $")
_HAPPENS = re.compile(r",? (?:is|are|will|do|does|i|i'll|we|we'll|it|my|the|they|when|what|how)(?![a-z])")
_IN_MOTION = re.compile(rf"{INTENDED.pattern}|{_CHANGE.pattern}")
_EMPLOYS = re.compile(r"(?<![a-z])(?:employs?|has|had|have|hires?|with)(?![a-z])|请|雇|有|招|店|的")
_RIGHT = {
    Standing(kind): re.compile(
        rf"[\s,]*(?:(?:{en.AFTER.get(kind, chr(0))})(?![a-z])|{zh.AFTER.get(kind, chr(0))}{_GONE.get(kind, '')})"
    )
    for kind in dict.fromkeys((*en.AFTER, *zh.AFTER))
}
_OPEN = re.compile(rf"(?:(?<![a-z])(?:{en.OPEN})(?![a-z])(?!{en.OPEN_OF_OTHER})|(?:{zh.OPEN})(?!{zh.OPEN_OF_OTHER}))")
_ENOUGH = re.compile(rf"[\s,]*(?:(?:{en.ENOUGH})(?![a-z])|{zh.ENOUGH})")
_NEUTRAL_ZH = re.compile("|".join(sorted(zh.NEUTRAL.split("|"), key=len, reverse=True)))
_APART = re.compile(r"[\s,，。;!?]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z][a-z'.-]*")
_REASON = re.compile(
    r"(?<![a-z])(?:for|to|towards|because|if|on|as|until|till|before|by|from)(?![a-z]).*$|(?:用来|用于|用在|拿来|来|去|"
    r"给店|买|进|做|"
    r"付|交|还|发|装|换|开|周转|投).*$"
)
_BECAUSE = re.compile(
    r"(?<![a-z])(?:because|if|as|for (?:the|my|me|us|a|this|it)|when|while|to (?:buy|pay|get|cover|fund|fix|open))"
    r"(?![a-z]).*$|(?:因为|这样).*$"
)
_SINCE = re.compile(r" (?:since|after) (?:i|we|the|our|my)(?![a-z])")
_TAKES = re.compile(r"(?:要|得|需要?)(?:用|花)?$")
_SHORT = 60
"""Characters of a message that is one thought, whatever its punctuation."""
_NOT_THE_OWNERS = frozenset({Standing.LENDER, Standing.SUPPOSED, Standing.DENIED})
_WHEN = re.compile(r"(?<![a-z])([a-z']+) in (?:about |around |the next |another )?$")
_SENTENCE = re.compile(r"[。；;!?！？\n]|\.(?![0-9])")
BORDER = re.compile(rf"{BREAK.pattern}|(?<=\x01) |{en.BORDER}|{zh.BORDER}")
_TOLD_TIME = re.compile(r"(?<=[年月期天])了? (?=[0-9一二两三四五六七八九十半])")
_ADJECTIVE = re.compile(r"(?<![a-z])(?:a|an|the|this|that|my|our|new|another) $")
_IS = re.compile(
    r"(?<![a-z])(?:is|are|costs?|comes? (?:to|out at)|would be|will be)(?: (?:about|around|like|roughly))? $"
)
_THING = re.compile(
    r" (?!loan|please|pls|max|mark|total|in|for|is|would|will|over|should|of|and|or|to|i|we|now|that|from|with|at|"
    r"on|as|by|too|if|so|"
    r"thanks|ta|ty|region|ballpark|term|period|plan|repayment|instal\w*|figure|limit|then|instead|again|today|asap|"
    r"cash|sum|one)[a-z]+"
)


def of(
    text: str,
    start: int,
    end: int,
    others: Iterable[tuple[int, int]],
    *,
    counts: bool = False,
    months: bool = False,
    named: bool = False,
) -> Standing:
    """How the number from `start` to `end` of a folded text is meant; `others` are the other numbers in it.

    `counts`: it counts people, of whom one may say how many one would like to have; `months`: it is a time said without
    an amount, of which what follows may tell; `named`: words beside it name what it is for.
    """
    taken = [span for span in others if span != (start, end)]
    borders = [match.span() for match in BORDER.finditer(text) if not _inside(match, ((start, end), *taken))]
    borders += _set_apart(text, [*taken, (start, end)])
    first = max((stop for _, stop in borders if stop <= start), default=0)
    last = min((begin for begin, _ in borders if begin >= end), default=len(text))
    left, right = text[first:start], text[end:last]
    standing, wanted = led(left, counts=counts)
    if counts and _IN_MOTION.search(left):
        return Standing.INTENDED
    open_to_all = standing in {None, Standing.SAID, Standing.TOLD}
    if mood.hangs_on(text, start) and open_to_all:
        return Standing.SUPPOSED
    meant = None if counts else _of_the_sentence(text, start, end, standing, alone=not taken)
    if meant is None and not counts and not named and _is_when(_blanked(left, first, taken), right):
        meant = Standing.PAST
    if meant is not None:
        return meant
    if mood.is_inverted(_blanked(left, first, taken)):
        return Standing.SAID if mood.is_proposed(left, _blanked(right, end, taken)) else Standing.ASKED
    if standing is not None and not open_to_all:
        return standing
    told = following(text, end, last, wanted=wanted)
    if told is not None:
        return told
    if _OPEN.search(text if len(text) <= _SHORT else _sentence(text, start, end)):
        return Standing.OPEN
    if months and _TAKES.search(left) and purposes.without(left) != left:
        return Standing.PRICED  # 装修要六个月
    if (_ADJECTIVE.search(left) and _THING.match(right)) or _is_price(left):
        return Standing.PRICED
    counted = counts and _WE_HAVE.search(left) is not None and _TELLS_ANEW.match(right) is not None
    proven = named or counted or standing is not None or _ENOUGH.match(right)
    before = "" if counts and _COUNTING.search(left) else left
    if proven or _is_known(before, right, taken, first, end, months=months or counts):
        return standing or Standing.SAID
    return Standing.UNPROVEN


def _of_the_sentence(text: str, start: int, end: int, standing: Standing | None, *, alone: bool) -> Standing | None:
    """How a sum or a time is meant by what the rest of the message says of it; None when it says nothing."""
    if alone and mood.is_pointed_at(text, end) and standing not in _NOT_THE_OWNERS:
        return Standing.SAID
    if standing is None and mood.asks_how_much(text):
        return Standing.ASKED
    return Standing.PAST if _SINCE.match(text, end) else None


def _is_when(left: str, right: str) -> bool:
    """Whether a time tells when something happens, not how long: "until the grant arrives in 4 months"."""
    told = _WHEN.search(left)
    if _BE_IN.search(left) or (_IN.fullmatch(left) and _HAPPENS.match(right)):
        return True
    return told is not None and bool(unknown(purposes.without(left)))


def is_plain(text: str, start: int) -> bool:
    """Whether the clause before a number says nothing but what people say around an answer."""
    first = max((match.end() for match in BORDER.finditer(text, 0, start)), default=0)
    left = text[first:start]
    said = led(left)[0] in {Standing.SAID, Standing.TOLD}
    return said or not unknown(purposes.without(_REASON.sub(" ", left)))


def is_done_to(text: str, start: int) -> bool:
    """Whether words before somebody else say that they are bought out or paid: 盘下隔壁的铺子."""
    return _DONE_TO.search(text, 0, start) is not None


def asks_of(text: str, start: int, others: Iterable[tuple[int, int]]) -> bool:
    """Whether a clause turns the number that begins at `start` into a question: is 30k dear, would 24 months do."""
    taken = list(others)
    borders = [match.span() for match in BORDER.finditer(text, 0, start) if not _inside(match, taken)]
    first = max((stop for _, stop in borders if stop <= start), default=0)
    return mood.is_inverted(_blanked(text[first:start], first, taken))


def _set_apart(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spaces that Chinese puts for a comma after a time that is told: 做了七年 三年吧."""
    ends = {end for _, end in spans}
    return [match.span() for match in _TOLD_TIME.finditer(text) if match.start() in ends]


def is_short_answer(text: str, start: int, end: int, others: Iterable[tuple[int, int]], *, few: int = _FEW) -> bool:
    """Whether a number stands among a `few` unknown words in a message that has no shadow on it.

    A shadow is a past, a price, somebody else, a condition, a denial, a question or a sentence told of something.
    """
    taken = [span for span in others if span != (start, end)]
    bare = _blanked(text, 0, [*taken, (start, end)])
    shadowed = any(match.lastgroup in _SHADOWS for match in _LEFT.finditer(bare))
    if shadowed or _DOUBTS.search(bare) or _OPEN.search(bare):
        return False
    unread = unknown(bare)
    after = unknown(bare[end:])
    if few == _FEW and after and (len(after) > 1 or not bare.rstrip(" .!~").endswith(after[-1])):
        return False  # "20k scares me" tells something of it; "26k final" does not
    beside = _APART.split(bare[:start])[-1] + bare[end:]  # 1204室, 停业三个月: in Chinese it may be of what it touches
    return len(unread) <= few and not any(_HAN.match(each) for each in unknown(beside))


def _is_price(left: str) -> bool:
    """Whether a number is what a thing to be bought is said to be: "the oven is 4,000"."""
    thing = _IS.search(left)
    return thing is not None and purposes.without(left[: thing.start()]) != left[: thing.start()]


def _inside(match: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= match.start() < end for start, end in spans)


def led(left: str, *, counts: bool = False) -> tuple[Standing | None, bool]:
    """What the words before a number in its clause make of it, None when nothing; and whether it is wanted."""
    standing: Standing | None = None
    wanted, paid = False, -1
    for match in _LEFT.finditer(left):
        kind = match.lastgroup or ""
        if kind in _ASIDE:
            standing = _ASIDE[kind] if standing in _UNDONE_BY[kind] else standing
            wanted = kind == "want" and standing is Standing.SAID
        elif kind == "others" and (match.start() == paid or _DONE_TO.search(left, 0, match.start())):
            paid = match.end()  # "buy out my partner for 90k": the other one is who is paid
        elif not (
            counts and (kind in {"own", "done"} or (kind == "others" and not _EMPLOYS.search(left, match.end())))
        ):
            standing, wanted = Standing.PAST if kind == "done" else Standing(kind), False
    return standing, wanted


def following(text: str, end: int, last: int, *, wanted: bool) -> Standing | None:
    """What the words right after a number make of it, None when nothing; `wanted`: those before it want it."""
    for kind, pattern in _RIGHT.items():
        if wanted and kind is Standing.ASKED:
            continue
        far = len(text) if kind is Standing.SUPPOSED else last
        if pattern.match(text, end, far):
            return kind
    return None


def _sentence(text: str, start: int, end: int) -> str:
    ends = [match.start() for match in _SENTENCE.finditer(text)]
    first = max((place + 1 for place in ends if place < start), default=0)
    return text[first : min((place for place in ends if place >= end), default=len(text))]


def _is_known(left: str, right: str, taken: Sequence[tuple[int, int]], first: int, end: int, *, months: bool) -> bool:
    """Whether a clause says nothing beside its numbers but what people say around an answer."""
    told = _blanked(left, first, taken)
    before = purposes.without(told if months else _REASON.sub(" ", told))
    after = purposes.before((_BECAUSE if months else _REASON).sub(" ", _blanked(right, end, taken)))
    return not unknown(before) and not unknown(after)


def _blanked(part: str, offset: int, taken: Sequence[tuple[int, int]]) -> str:
    """A part of the text that begins at `offset`, without the numbers in it."""
    for start, stop in taken:
        low, high = max(0, start - offset), max(0, min(len(part), stop - offset))
        if low < high:
            part = part[:low] + " " * (high - low) + part[high:]
    return part


def unknown(words: str) -> list[str]:
    """The English words and the Chinese characters that nobody says around an answer."""
    english = [word for word in _WORD.findall(words) if word.strip("'.-") not in en.NEUTRAL]
    return english + _HAN.findall(_NEUTRAL_ZH.sub("", words))
