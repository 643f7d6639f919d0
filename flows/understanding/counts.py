"""Head counts that are not written as a number: just me, no employees, 就我一个人, 没请人."""

import re
from dataclasses import dataclass

from flows.understanding.standing import unknown

_NOBODY = re.compile(
    r"(?<![a-z])(?:(?:it'?s |it is |there'?s |only |just )*(?:just|only) (?:me|myself|the owner)(?! and| or| \+| &|"
    r", my)|(?:just |only )?myself(?! and)|"
    r"(?:i )?work(?:ing)? (?:alone|on my own|by myself)|on my own|by myself|one[- ]man(?:[- ](?:band|show|"
    r"business))?|"
    r"no (?:employees?|staff|workers|one else|other staff)(?! (?:number|records?|of mine))|nobody(?: else)?(?= ?(?:$|"
    r"[,.;!]|(?:just|but|yet|only|works?|here|helps?|employed|apart|except|so far)(?![a-z])))|"
    r"(?:i|we) don'?t (?:have|employ) (?:any(?:one|body)?(?: (?:staff|employees|else))?|staff|employees)|"
    r"(?:i have |we have )?none(?: at all)?|without (?:staff|employees)|sole trader,? no staff)(?![a-z])"
    r"|(?:就|只有|仅|只是|(?<![值记懂觉晓认])得)我(?:自己)?(?:一个人?|自己)?(?!和|跟|们|老婆|老公|妈|爸|爱人|媳妇)|"
    r"就?我?自己(?:一个人)?(?:干|做|一个|看店|守店)(?!了?\d)|一个人(?:干|做|看店|守店|打理|经营)|没(?:有)?(?:员工|"
    r"雇人|请人|雇员|店员|别人|人手)|(?:没|暂时没|还没)(?:雇|请)(?:人|$)|无员工|光杆司令"
)
_SHARED = re.compile(r"(?:and|plus|with|和|跟|加|还有|夫妻)")
_TOLD = re.compile(
    r"[\s,，。.;!?、]*(?:$|[,，。.;!?、]|(?:and|but|yet|so|now|at the moment|只|就|想|要|借|一个|的|开)(?![a-z]))|"
    r" (?=[\u4e00-\u9fff])"
)
_ASKS = re.compile(
    r"[?？吗]|怎么|多少|几|什么|^\s*(?:can|could|do|does|did|must|should|may|might|will|would|what|how|why|where|"
    r"when|who|is|are)(?![a-z])"
)
_FEW = 2
"""Words we do not know in a message that tells only of who works there."""
_ONLY_ASKED = re.compile(
    r"^\s*(?:none(?: apart from me)?|nobody|no one|myself|no|nope|zero|nil|一个(?:人|员工)?(?:都|也)?没有?|没有|没|"
    r"无|零|就我|我自己|我一个人?|一个人|just me|"
    r"only me)[\s.。!,，]*(?:yet|really|sorry|啊|呀|的|吧)?[\s.。!]*$"
)


@dataclass(frozen=True, slots=True)
class Nobody:
    """Words that say that nobody but the owner works there: a head count of 0."""

    start: int
    end: int


def find(text: str, *, asked: bool) -> Nobody | None:
    """Where a folded text says that there are no employees; None when it does not, or adds somebody."""
    if asked and (match := _ONLY_ASKED.match(text)):
        stripped = match[0].strip(" .。!,，\n")
        start = text.index(stripped)
        return Nobody(start, start + len(stripped))
    match = _NOBODY.search(text)
    if match is None:
        return None
    explicit = re.search(r"employ|staff|worker|员工|雇|请人|店员", match[0]) is not None
    if not asked and not explicit:
        return None
    if not asked and _TOLD.match(text, match.end()) is None:
        return None  # "no staff answered me" is a complaint
    if _SHARED.search(text[match.end() : match.end() + 24]) and not explicit:
        return None
    if not explicit and not _is_told_alone(text):
        return None
    return Nobody(match.start(), match.end())


def _is_told_alone(text: str) -> bool:
    """Whether words such as "myself" or "nobody" are all that a message tells: not "do I pay it myself"."""
    rest = _NOBODY.sub(" ", text)
    return _ASKS.search(text) is None and len(unknown(rest)) <= _FEW
