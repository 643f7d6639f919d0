"""Finds every number of a message: digits, Chinese numerals, English words, and mixtures of them.

What looks like a number but has no single meaning is found as well, with the reason it is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from flows.understanding import chinese, units, words
from flows.understanding.folding import is_word

_DIGITS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?![,.][0-9])|\.?[0-9]+(?:[,.'_/:][0-9]+)*")
_PLAIN = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,8})?|\.[0-9]{1,8}")
_WESTERN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,2})?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2}){1,5},[0-9]{3}(?:\.[0-9]{1,2})?")
_EUROPEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}")
_SWISS = re.compile(r"[0-9]{1,3}(?:'[0-9]{3})+(?:\.[0-9]{1,2})?")
_FOREIGN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")

_Z = chinese.NUMERALS
_D = "".join(chinese.DIGITS)
_TAIL = rf"(?:[{_Z}]|个(?=[万亿])|点(?=[0-9{_D}])|[0-9]+(?:\.[0-9]+)?(?![,:/]?[0-9]))"
_AFTER_DIGITS = re.compile(rf"(?: ?[十拾百佰千仟万亿]| ?个[万亿]|点(?=[0-9{_D}])){_TAIL}*")
_CHINESE = re.compile(rf"[{_Z}]{_TAIL}*")
_START = re.compile(
    rf"(?<![0-9])\.?[0-9]|[{_Z}]"
    rf"|(?<![a-z])(?:an? (?=(?:hundred|thousand|million|lakh|crore|dozen|half|quarter|grand)(?![a-z]))"
    r"|(?P<word>[a-z]{3,11})(?![a-z]))"
)
# A counting word right after a final digit takes the digit with it: 15万3年 is 15万 and 3年.
_MEASURES = "天日个年期月人名位号周季台辆家间分位岁次"
_NO_COUNT = frozenset("下些点样起直般定切旦边向共")
_CODE = re.compile(r"(?<![a-z0-9])[a-z]{2,}-$")
_POINTED_AT = re.compile(r"个(?!月)|[家步题页种项句]")
_POINTING = frozenset("下上这那另哪某同每")
_BACKWARD = re.compile(rf"[0-9{_D}十]+$")
_IN_PARTS = re.compile(rf"[0-9{_D}十几半]|期|成|次|批")
_CURRENCY_LETTERS = re.compile(rf"(?:^|[^a-z])(?:{'|'.join(units.LETTERS)}|us|hk|for|need|of|is)$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its place. `value` is None when refused, with `why` (vague, range or ambiguous).

    `scaled`: it names a size that only money has here (万, k, lakh). `scale` is the English scale word,
    `chinese` and `indian` say whose money words those are. `grouped` by commas or spaces.
    """

    start: int
    end: int
    value: Decimal | None
    why: str = ""
    scaled: bool = False
    scale: str = ""
    chinese: bool = False
    indian: bool = False
    grouped: bool = False
    dotted: bool = False
    spaced: bool = False


def find(text: str) -> Iterator[Number]:
    """Every number of a folded text, from left to right, without overlaps."""
    position = 0
    while (start := _START.search(text, position)) is not None:
        char = text[start.start()]
        if start["word"] is not None and start["word"] not in words.STARTS:
            position = start.end()
            continue
        if char in _Z:
            found = list(_chinese(text, start.start(), _CHINESE.match(text, start.start())))
        elif char in "0123456789.":
            found = list(_digits(text, start.start()))
        else:
            found = list(_words(text, start.start()))
        position = max([start.start() + 1, *(number.end for number in found)])
        yield from found


def _words(text: str, start: int) -> Iterator[Number]:
    said = words.match(text, start)
    if said is None or (start and is_word(text[start - 1])):
        return
    unknown = said.value is None
    why = "" if not unknown else "vague" if text[start : said.end] in words.SCALES else "ambiguous"
    yield Number(
        start,
        said.end,
        said.value,
        why,
        scaled=bool(said.scale) or "hundred" in text[start : said.end],
        scale=said.scale,
        indian=said.scale in words.INDIAN,
    )


def _digits(text: str, start: int) -> Iterator[Number]:
    match = _DIGITS.match(text, start)
    if match is None:
        return
    written, end = match[0], match.end()
    if written.startswith(".") and start and not text[start - 1].isspace():
        # A full stop before a number, not a decimal point.
        start, written = start + 1, written[1:]
    coded = _CODE.search(text[max(0, start - 10) : start]) is not None  # LL-20391
    if coded or (start and is_word(text[start - 1]) and not _CURRENCY_LETTERS.search(text[max(0, start - 10) : start])):
        yield Number(start, end, None, "glued")
        return
    after = _AFTER_DIGITS.match(text, end)
    if after is not None and after[0].strip() and not _SPACED.fullmatch(written):
        yield from _chinese(text, start, after, written)
        return
    value = _western(written)
    said = words.match(text, end, value) if value is not None else None
    if said is not None:
        end = said.end
    if end < len(text) and is_word(text[end]) and not _unit_follows(text, end):
        yield Number(start, end, None, "ambiguous")
        return
    yield Number(
        start,
        end,
        value if said is None else said.value,
        "" if (value if said is None else said.value) is not None else "ambiguous",
        scaled=said is not None and (bool(said.scale) or "hundred" in text[start:end]),
        scale="" if said is None else said.scale,
        chinese=said is not None and said.scale == "w",
        indian=said is not None and said.scale in words.INDIAN,
        grouped="," in written,
        dotted=_FOREIGN.fullmatch(written) is not None and said is None,
        spaced=" " in written,
    )


def _unit_follows(text: str, end: int) -> bool:
    """Letters right after digits are fine when the reader of units may know them (12months, 20usd)."""
    return "a" <= text[end] <= "z"


def _western(written: str) -> Decimal | None:
    """Digits with well-formed grouping; None for 1,00 or 1.2.3, which have no certain meaning."""
    if _PLAIN.fullmatch(written):
        return Decimal(written)
    if _WESTERN.fullmatch(written) or _INDIAN.fullmatch(written):
        return Decimal(written.replace(",", ""))
    if _SPACED.fullmatch(written):
        return Decimal(written.replace(" ", ""))
    if _SWISS.fullmatch(written):
        return Decimal(written.replace("'", ""))
    if _EUROPEAN.fullmatch(written):
        return Decimal(written.replace(".", "").replace(",", "."))
    return None


def _chinese(text: str, start: int, match: re.Match[str] | None, lead: str = "") -> Iterator[Number]:
    if match is None:
        return
    run, end = _counting(text, match)
    if not run:
        return
    if lead:
        value = _western(lead)
        if value is None:
            yield Number(start, end, None, "ambiguous", scaled=True, chinese=True)
            return
        run = f"{value}{run}"
    if not lead and run[0] in "百佰千仟万亿":
        vague = run in {"百万", "百萬"}  # 千万 is "by all means", 万一 "in case", 百分之 a fraction
        yield Number(start, end, None, "vague" if vague else "glued", scaled=vague, chinese=vague)
        return
    if end < len(text) and is_word(text[end]):
        if text[end] == "w" and not text[end + 1 : end + 2].isalnum() and not any(unit in run for unit in "万亿"):
            run, end = run + "万", end + 1
        elif not _unit_follows(text, end):
            yield Number(start, end, None, "ambiguous", scaled=True, chinese=True)
            return
    splits = _split(text, run, end)
    if len(splits) > 1:
        yield Number(
            start, end, None, "ambiguous", scaled=True, chinese=True
        )  # 六万 and 八十八期, or 六万八 and 十八期
        return
    for head, tail in splits:
        middle = end - len(tail)
        yield _parsed(start, middle, head)
        yield _parsed(middle, end, tail)
        return
    yield _parsed(start, end, run)


def _counting(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The numerals of a run and its end, without the 一 of a word: 改一下, 五万一共."""
    run, end = match[0].replace(" ", "").replace("个", ""), match.end()
    pointing = match.start() > 0 and text[match.start() - 1] in _POINTING
    if run == "一" and pointing and _POINTED_AT.match(text, match.start() + 1):
        return "", end  # 下一个, 另一家
    return (run[:-1], end - 1) if run.endswith("一") and text[end : end + 1] in _NO_COUNT else (run, end)


def _split(text: str, run: str, end: int) -> list[tuple[str, str]]:
    """The ways to read a run as an amount and a count side by side: 一万十天, 15万12期, 三千五两年."""
    following = text[end : end + 1]
    if not following or following not in _MEASURES or (following == "分" and _IN_PARTS.match(text, end + 1)):
        return []
    trailing = _BACKWARD.search(run)
    found = []
    for place in range(max(1, trailing.start()) if trailing is not None else len(run), len(run)):
        head, tail = run[:place], run[place:]
        inside = head[-1].isascii() and tail[0].isascii()
        if inside or tail[0] in "零〇" or "零" in tail or isinstance(_count(tail), chinese.Refused):
            continue
        size = _count(head)
        if not isinstance(size, chinese.Refused) and (size >= 1000 or any(unit in head for unit in "万亿千")):
            found.append((head, tail))
    return found


def _count(run: str) -> Decimal | chinese.Refused:
    return Decimal(run) if _PLAIN.fullmatch(run) else chinese.parse(run)


def _parsed(start: int, end: int, run: str) -> Number:
    """The number of a Chinese run; a number of hundreds and more is money or a count."""
    plain = _PLAIN.fullmatch(run) is not None
    value = Decimal(run) if plain else chinese.parse(run)
    scaled = any(unit in run for unit in "百佰千仟万亿")
    if isinstance(value, chinese.Refused):
        return Number(start, end, None, value.why, scaled=scaled, chinese=True)
    return Number(start, end, value, scaled=scaled, chinese=not plain)
