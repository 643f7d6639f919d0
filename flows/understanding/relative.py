"""Numbers that change an earlier one instead of replacing it: 5k more, another 6 months, 再加五万, 少借两万."""

import re

_MORE_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:another|(?:an )?(?:extra|additional)|add(?:ing)?|(?:increase|raise|up|extend|lengthen|bump)"
    r"(?: (?:it|this|that|the \w+|my \w+|up))? by)(?: (?:about|around))?"
    r"|再(?:多|追|增)?(?:加|借|贷|要|来|批)?|多(?:借|贷|要|加|来)|(?<![最很至不更太好差来])多(?=$)|再长|"
    r"(?<!年)(?<!月)(?:增加|追加|添|加|提高|调高|"
    r"延长)(?:多)?|高出)\s?个?$"
)
_LESS_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:reduce|lower|cut|drop|shorten|decrease)(?: (?:it|this|that|the \w+|my \w+|down))? by"
    r"(?: (?:about|around))?"
    r"|少(?:借|贷|要|来)?|(?:减少?|降低?|砍掉?|缩短|扣掉?))\s?个?$"
)
_MORE_AFTER = re.compile(r" ?(?:more|extra|additional|on top|longer)(?! than)(?![a-z])")
_LESS_AFTER = re.compile(r" ?(?:less|fewer|shorter)(?! than)(?![a-z])")
_BOUNDED = re.compile(r"(?:[至不很最更][少多])[借贷要来加]?\s?$")


def step(text: str, start: int, end: int) -> int:
    """1 when the number from `start` to `end` is to be added to what was said before, -1 taken off, else 0."""
    before = text[max(0, start - 28) : start]
    if _BOUNDED.search(before):
        return 0
    if _MORE_BEFORE.search(before) or _MORE_AFTER.match(text, end):
        return 1
    return -1 if _LESS_BEFORE.search(before) or _LESS_AFTER.match(text, end) else 0
