"""English number words, also after digits: half a million, 20 thousand, two and a half, 1.5 lakh, 30 grand.

Strict: a run of number words that is not one well-formed number is refused as a whole.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
} | {"fourty": 40, "fourtey": 40, "ninty": 90, "tweny": 20, "fivety": 50}
SCALES = {
    **dict.fromkeys(
        ("k", "grand", "thousand", "thousands", "thou", "thousnd", "thousant", "thosand", "thousend"), 10**3
    ),
    **dict.fromkeys(("w",), 10**4),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs", "lahk", "lakhes"), 10**5),
    **dict.fromkeys(("m", "mn", "mil", "mill", "mio", "million", "millions", "milion", "millon"), 10**6),
    **dict.fromkeys(("crore", "crores", "cr", "crs"), 10**7),
    **dict.fromkeys(("bn", "billion"), 10**9),
}
INDIAN = frozenset({"lakh", "lakhs", "lac", "lacs", "lahk", "lakhes", "crore", "crores", "cr", "crs"})
VAGUE = frozenset({"few", "couple", "several", "some", "many", "odd", "something", "hundreds", "thousands", "tens"})
_FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_THOUSANDS = frozenset({"k", "grand", "thousand"})
_MOST_OF_K = 10_000
_TEN = 10
_AFTER_AND = UNITS.keys() | TENS.keys()
_PLAIN = UNITS.keys() | TENS.keys() | {"half", "quarter", "dozen", "hundred", "thousand", "million", "lakh", "crore"}
_REAL = frozenset({"even", "seen", "there", "fort", "forth", "doze", "month", "months"})
"""Words of their own that are one slip away from a number word."""


def _slips(word: str) -> Iterator[str]:
    """The word with two letters swapped, one left out or one doubled, as fast typing leaves it."""
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if len(word) < 6:
        return
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place] + word[place:]


_MEANT: Mapping[str, str] = MappingProxyType(
    {
        slip: word
        for word in sorted(_PLAIN | {"thousands", "hundreds"})
        if len(word) > 4
        for slip in _slips(word)
        if slip not in _PLAIN and slip not in SCALES and slip not in VAGUE and slip not in _REAL
    }
)
STARTS = frozenset(_PLAIN | _MEANT.keys())
"""Words a number may begin with, slips of typing included."""
_TOKEN = re.compile(r"(?:[ -]|, (?=[a-z]+ (?:hundred|thousand)))?([a-z]+|'n'?|&|[0-9]+(?![0-9]*[.,][0-9]))(?![a-z0-9])")
_AND = MappingProxyType({"&": "and", "n": "and", "'n": "and", "'n'": "and"})
_SCALE_NEXT = re.compile(r" ?(?:thousand|k|hundred)(?![a-z])")
_COUNTED = re.compile(
    r"[ -](?:calendar |equal |monthly )*(?:months?|mths?|mos?|years?|yrs?|weeks?|days?|people|staff|employees|"
    r"workers|%|percent|per cent)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A run of number words: its end in the text, its value (None when malformed), and its scale word."""

    end: int
    value: Decimal | None
    scale: str = ""


def match(text: str, start: int, lead: Decimal | None = None) -> Said | None:
    """The number whose words begin at `start`; `lead` is the number written in digits just before.

    None when no number word is there.
    """
    tokens = _run(text, start, lead is not None)
    if not tokens:
        return None
    if tokens[0][0] == "one" and tokens[1:2] and tokens[1][0] in _FRACTIONS:
        tokens = tokens[1:]  # a half million
    value = _value([token for token, _ in tokens], lead)
    if tokens[0][0] == "k" and lead is not None and lead >= _MOST_OF_K:
        value = None
    if len(tokens) > 1 and tokens[-2][0] in _THOUSANDS and 0 < UNITS.get(tokens[-1][0], 0) < _TEN:
        value = None  # "15 thousand five" may be 15,500
    scale = next((token for token, _ in reversed(tokens) if token in SCALES), "")
    return Said(tokens[-1][1], value, scale)


def _run(text: str, start: int, led: bool) -> list[tuple[str, int]]:
    """The number words from `start` with the end of each; joining words only between number words."""
    tokens: list[tuple[str, int]] = []
    kept = 0
    position = start
    while len(tokens) < 24:
        found = _TOKEN.match(text, position)
        if found is None:
            break
        alone = found[1] in {"a", "an"} and not tokens and not led
        token = "one" if alone else _AND.get(found[1]) or _MEANT.get(found[1], found[1])
        before = tokens[-1][0] if tokens else ""
        if found[0].startswith(",") and before not in SCALES:
            break
        if before == "and" and len(tokens) > 1:
            before = f"{tokens[-2][0]} and"
        led_on = token.isdecimal() and before in INDIAN and _SCALE_NEXT.match(text, found.end()) is not None
        joining = token in {"and", "a", "an", "of", "point"}
        if not joining and not led_on and not _is_number_word(token, before, led):
            break
        tokens.append((token, found.end()))
        position = found.end()
        if not joining:
            kept = len(tokens)
    return _without_count(text, tokens[:kept])


def _is_number_word(token: str, before: str, led: bool) -> bool:
    if token in UNITS or token in TENS or token in _FRACTIONS or token in {"hundred", "dozen", "quarters"}:
        return True
    if token in SCALES:
        return bool(before) or led or token in {"thousand", "million", "lakh", "crore"}
    return len(token) == 3 and token.isdecimal() and before.removesuffix(" and") in SCALES and len(before) > 2


def _without_count(text: str, tokens: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """`twenty thousand and six` before `months`: the six belongs to the months."""
    if not tokens or _COUNTED.match(text, tokens[-1][1]) is None:
        return tokens
    last = max((place for place, (token, _) in enumerate(tokens) if token in SCALES), default=-1)
    tail = [token for token, _ in tokens[last + 1 :]]
    if last < 0 or "hundred" not in tail:
        return tokens[: last + 1] if last >= 0 else tokens
    joined = last + 1 + tail.index("hundred") + 1
    counts = tokens[joined + 1 :] if [token for token, _ in tokens[joined : joined + 1]] == ["and"] else []
    return tokens[:joined] if counts else tokens  # "nineteen thousand five hundred and three years"


def _value(words: list[str], lead: Decimal | None) -> Decimal | None:
    """The value of a whole run, or None when it is not one number."""
    if words[-3:] == ["and", "a", "half"] or words[-2:] == ["and", "half"]:
        return _and_a_half(words, lead)
    if "point" in words:
        return _point(words)
    words = [word for word in words if word not in {"a", "an", "of"}] or words
    for place, word in enumerate(words):
        if word in _FRACTIONS or word == "quarters":
            return _fraction(words, place, lead)
    if any(left == "and" and right not in _AFTER_AND and not right.isdecimal() for left, right in pairwise(words)):
        return None
    return _sum(words, lead)


def _and_a_half(words: list[str], lead: Decimal | None) -> Decimal | None:
    head = words[: len(words) - 1 - words[::-1].index("and")]
    if not head:
        return None if lead is None or words[0] != "and" else lead + Decimal("0.5")
    head = [word for word in head if word not in {"a", "an"}]
    whole = _sum(head, lead) if head else None
    if whole is None:
        return None
    return whole + Decimal(SCALES.get(head[-1], 1)) / 2


def _fraction(words: list[str], place: int, lead: Decimal | None) -> Decimal | None:
    """`half million`, `quarter million`, `one and half lakh`: fraction of exactly one scale word."""
    head, tail = words[:place], words[place + 1 :]
    whole = Decimal(0) if lead is None else lead
    if head:
        if head[-1] != "and":
            return None
        summed = _sum(head[:-1], lead) if head[:-1] else lead
        if summed is None:
            return None
        whole = summed
    elif lead is not None:
        return None
    if head and head[-2:-1] and head[-2] in SCALES:
        return None
    if not tail:
        return whole + _FRACTIONS[words[place]] if words[place] == "half" else None
    if len(tail) != 1 or (tail[0] not in SCALES and tail[0] != "dozen"):
        return None
    return (whole + _FRACTIONS[words[place]]) * SCALES.get(tail[0], 12)


def _point(words: list[str]) -> Decimal | None:
    """`one point five million`: digits one by one after the point, then at most one scale word."""
    place = words.index("point")
    head, tail = words[:place], words[place + 1 :]
    whole = _sum(head, None) if head else None
    digits = [word for word in tail if word in UNITS]
    scales = tail[len(digits) :]
    if whole is None or not digits or any(UNITS[digit] > 9 for digit in digits) or len(scales) > 1:
        return None
    if any(scale not in SCALES for scale in scales):
        return None
    number = Decimal(f"{int(whole)}." + "".join(str(UNITS[digit]) for digit in digits))
    return number * (SCALES[scales[0]] if scales else 1)


def _sum(words: list[str], lead: Decimal | None) -> Decimal | None:
    """Groups of a count below a thousand and a falling scale: two hundred and fifty thousand four hundred."""
    total, count, ceiling = Decimal(0), lead, Decimal(10) ** 18
    last = "digits" if lead is not None else ""
    for place, word in enumerate(words):
        if word == "and":
            if last not in {"hundred", "scale"} or place == len(words) - 1:
                return None
        elif word == "hundred":
            if count is None or count > 99 or last in {"hundred", "dozen"}:
                return None
            count, last = count * 100, "hundred"
        elif word == "dozen":
            if total or last in {"hundred", "dozen"}:
                return None
            count, last = (count or Decimal(1)) * 12, "dozen"
        elif word in SCALES:
            scale = Decimal(SCALES[word])
            if count is None or scale >= ceiling or last == "dozen":
                return None
            total, count, ceiling, last = total + count * scale, None, scale, "scale"
        else:
            joined = _joined(word, count, last)
            if joined is None or (total and joined >= ceiling):
                return None
            count, last = joined, "tens" if word in TENS else "units"
    return total + (count or 0)


def _joined(word: str, count: Decimal | None, last: str) -> Decimal | None:
    """`count` with a further unit or ten added; None when the two do not make one number (two fifty)."""
    value = Decimal(UNITS.get(word, TENS.get(word, word)))
    if count is None:
        return value if last in {"", "scale"} else None
    if last == "hundred" and value < 100:
        return count + value
    if last == "tens" and 0 < value < 10:
        return count + value
    return None
