"""Shares of a business said in words: half, all of it, 一半, 全部. Thirds have no exact percentage and are refused."""

import re

_WORDS = (
    (
        re.compile(
            r"(?<![a-z])(?:(?:one |a )?half(?: of it| of the \w+)?|fifty[- ]fifty|50[/ -]50)(?![a-z])|一半|五五开?|"
            r"各占?一半"
        ),
        "50",
    ),
    (
        re.compile(
            r"(?<![a-z])(?:all(?: of (?:it|the \w+))?(?! (?:good|of|correct|fine|right|ok|okay|wrong|that|these|this|"
            r"done)(?![a-z]))|everything|the (?:whole|lot)(?: thing)?|wholly|outright|"
            r"sole owner|"
            r"solely|only me|just me|me alone|100 ?%|entirely)(?![a-z])|全部|全资|百分百|百分之百|独资|都是我|就我|"
            r"只有我|一个人"
        ),
        "100",
    ),
    (re.compile(r"(?<![a-z])(?:a|one) quarter(?![a-z])|四分之一"), "25"),
    (re.compile(r"(?<![a-z])three[- ]quarters(?![a-z])|四分之三"), "75"),
)
_NOT_CERTAIN = re.compile(
    r"(?<![a-z])(?:not|most|more than|less than|over|under|about|around|nearly|almost|or|a third|thirds?)(?![a-z])|"
    r"不是|不到|大概|左右|多|大半|小半|大部分|三分之|[0-9](?![05/ -]*50)"
)


def find(text: str) -> tuple[str, int, int] | None:
    """The percentage that words of a folded text say, and their place; None when they say none or several."""
    found = [(value, *match.span()) for pattern, value in _WORDS for match in pattern.finditer(text)]
    found = [each for each in found if not any(_inside(each, other) for other in found)]
    if len({value for value, _, _ in found}) != 1 or _NOT_CERTAIN.search(text[: found[0][1]] + text[found[0][2] :]):
        return None
    return found[0]


def _inside(each: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return other is not each and other[1] <= each[1] and each[2] <= other[2] and other[2] - other[1] > each[2] - each[1]
