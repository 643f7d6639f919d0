"""Yes and no, from plain words only: a hedge, a question or an emoji is never a yes."""

import re

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.understanding import phrases_en as en
from flows.understanding import phrases_zh as zh
from flows.understanding.clauses import Clause
from flows.understanding.reading import Act

_LONGEST = 80
_YES = re.compile(rf"(?:{en.WHOLE_YES}(?: {en.POLITE})*)|(?:{zh.WHOLE_YES}{zh.PARTICLES}){{1,3}}")
_NO = re.compile(rf"(?:{en.WHOLE_NO}(?: {en.POLITE})*)|(?:{zh.WHOLE_NO}{zh.PARTICLES})")
_LEAD_YES = re.compile(rf"{en.LEAD_YES}|{zh.LEAD_YES}")
_LEAD_NO = re.compile(rf"{en.LEAD_NO}|{zh.LEAD_NO}")
_HEDGE = re.compile(f"{en.HEDGE}|{zh.HEDGE}")
_DOUBT = re.compile(
    r"(?<![a-z])(?:maybe|perhaps|possibly|i think|i guess|probably|not sure|don'?t know|yes and no|"
    r"not yet)(?![a-z])|可能|也许|大概|应该|好像|似乎|不确定"
)
_FILLER_YES = re.compile(
    r"(?:ok|okay|okey|okie|k|kk|alright|all right|right|fine|great|perfect|sure|good|好|好的|好吧|好啊|嗯|嗯嗯|恩|"
    r"行|行吧|可以|可以的|有|要|成|中|可|妥|得|n|y)(?: (?:thanks|thank you|please|then))?"
)
_YES_AND_NO = re.compile(r"(?<![a-z])yes and no(?![a-z])|yeah no|yeah,? right")
_COURTESY = re.compile(f"{en.POLITE}|{zh.PARTICLES}")
_GREETING = re.compile(f"(?:{en.GREETING})|(?:{zh.GREETING})")
_NO_PROBLEM = ("没问题", "no problem")


def is_plain(clause: str) -> bool:
    """Whether a clause says yes or no and nothing else."""
    return _says(_YES, clause) or _says(_NO, clause)


def find(parts: list[Clause], text: str, asked: str | None, *, values: bool, asks: bool) -> set[Act]:
    """YES or NO of a message in clauses, from the first that is no greeting; nothing when both or unsure.

    `values`: a value was read as well; `asks`: it also asks something. Then OK and 好的 are only fillers.
    """
    rest = [part for part in parts if not _says(_GREETING, part.text)]
    if not rest or rest[0].asks or _YES_AND_NO.search(text):
        return set()
    first, others = rest[0].text, [part.text for part in rest[1:]]
    declared = asked is not None and asked in FIELDS and FIELDS[asked].kind is Kind.DECLARATION
    said = _said(first, declared=declared)
    if said is None or _takes_back(said, others):
        return set()
    if said is Act.YES:
        filler = _FILLER_YES.fullmatch(first) is not None and not declared
        busy = values or asks or not all(is_plain(other) or _says(_COURTESY, other) for other in others)
        unsure = _HEDGE.search(text) is not None and not declared
        return set() if unsure or (filler and busy) else {Act.YES}
    return set() if _DOUBT.search(text) and not values else {Act.NO}


def _said(clause: str, *, declared: bool) -> Act | None:
    """What the leading clause says. 有 answers only a declaration; 没问题 says yes, but not to one."""
    if clause in _NO_PROBLEM:
        return None if declared else Act.YES
    if clause in {"有", "有的"} and not declared:
        return None
    yes = _says(_YES, clause) or _LEAD_YES.match(clause) is not None
    no = _says(_NO, clause) or _LEAD_NO.match(clause) is not None
    if yes == no:
        return None
    return Act.YES if yes else Act.NO


def _takes_back(said: Act, others: list[str]) -> bool:
    """Whether a later clause plainly says the opposite."""
    opposite, same = (_NO, _YES) if said is Act.YES else (_YES, _NO)
    return any(_says(opposite, other) and not _says(same, other) for other in others)


def _says(pattern: re.Pattern[str], clause: str) -> bool:
    return len(clause) <= _LONGEST and pattern.fullmatch(clause) is not None
