"""Quantities that are no number: 几千, 十几万, a few thousand, some money, as much as possible."""

import re
from dataclasses import dataclass

from flows.understanding import chinese

_Z = chinese.NUMERALS
_ZH = re.compile(
    rf"(?:(?<![0-9.,])[0-9][0-9,.]{{0,20}}|(?<![{_Z}])[{_Z}]{{1,12}})?(?:好几|大几|几|若干|数(?=[十百千万亿])|"
    rf"(?<!差不)多(?=[十百千万亿wk个人年块元])|"
    rf"余(?=[十百千万亿人个年块元])|(?<=[{_Z}0-9])来(?=[十百千万亿个人块元年]))"
    rf"(?P<size>[十百千万亿]+|[wk](?![a-z]))?(?:多|来)?(?P<unit>块钱?|元|个月|个人|个|年|人|名|位|期|天)?"
    rf"|(?:(?<![0-9.,])[0-9][0-9,.]{{0,20}}|(?<![{_Z}])[{_Z}]{{1,12}})[kw]?(?:多(?!久|少|长|大|谢|次)|余(?!额|款|"
    rf"下)|出头|\+)(?P<unit2>块钱?|元|个月|"
    rf"个人|个|年|人|名|位|期)?"
    rf"|(?<![{_Z}0-9])(?:[百千万]儿八[十百千]|[百千]八十(?P<size5>万)?)|十万八万|[三五]万[五八]万|个把(?P<size6>万)"
    rf"|(?P<years>一年半载|三年五载|十年八年|[三五八]年[五八十]年|年把|[大小]半年)"
    rf"|(?<![晚早])上(?P<size2>[百千万亿]+)(?!次)|(?P<size3>[百千万])把(?P<unit3>块钱?|元|个人|个|人)"
    r"|(?:小|近)(?P<size4>[十百千]万|[百千])(?!心)|(?P<some>(?:一点|一些|点儿?|一笔)(?:钱|款|资金)|越多越好|尽量多|"
    r"能贷多少(?:就)?贷多少|多多益善)"
)
_COUNTED = "pounds?|dollars?|quid|bucks|euros?|rupees|months?|years?|people|staff|employees|workers|guys|weeks?|days?"
_SIZES = "hundreds?|thousands?|k|grand|millions?|lakhs?|crores?"
_EN = re.compile(
    r"(?<![a-z0-9])(?:"
    rf"(?:(?:a|the|about a|just a) )?(?:good |quick )?(?:few|couple(?: of)?|several|some|many|bunch of|lots? of|"
    rf"handful of)(?: of)? (?:(?P<size>{_SIZES}) ?(?:of )?)?(?P<unit>{_COUNTED})"
    rf"|(?:(?:a|the) )?(?:few|couple(?: of)?|several|some|many)(?: of)? (?P<size2>{_SIZES})"
    rf"|(?:tens|hundreds|dozens|thousands|millions)(?: of)?(?: (?:{_SIZES}))?(?: of)?(?: (?P<unit2>{_COUNTED}))?"
    rf"|[a-z0-9]+[- ](?:odd|something|some)(?:[- ](?P<size3>{_SIZES}))?(?: (?P<unit3>{_COUNTED}))?"
    r"|(?P<some>(?:some|a bit of|a little|a lot of|a little bit of|lots of|more) (?:extra )?(?:money|cash|funding)|"
    r"as much as (?:possible|i can(?: get)?|you (?:can|will))|a small (?:amount|sum|loan)|a large (?:amount|sum))"
    r")(?![a-z0-9])"
)
_MONEY_ONLY = re.compile(r"[钱款]$|资金|越多|尽量|多多益善|能贷多少|money|cash|funding|as much")
_ASKS = re.compile(r"[^,，。]{0,8}(?:[?吗呢]|能|可以|才|到账|放款|好)|\s*$")
_FALSE = re.compile(
    r"^(?:something|some|months?|years?|yrs?|and|or|for|the|odd|so|an|a|with|need|want|have|is|are|me|you|get|to|in|"
    r"of|on|by|at|like|"
    r"about|around|looking|do|that|"
    r"it)[- ](?:odd|something|some)"
)


@dataclass(frozen=True, slots=True)
class Vague:
    """A vague quantity; `kind` is money, months, people or any (几, no unit)."""

    start: int
    end: int
    kind: str


def find(text: str, *, answering: bool = False) -> list[Vague]:
    """Every vague quantity of a folded text. 几 in a question asks and is not found, unless it is all of an answer."""
    whole = answering and "?" not in text
    found = []
    for match in _ZH.finditer(text):
        unit = match["unit"] or match["unit2"] or match["unit3"] or ""
        size = match["size"] or match["size2"] or match["size3"] or match["size4"] or match["size5"] or match["size6"]
        if match["some"]:
            kind = "money"
        elif match["years"]:
            kind = "months"
        elif match[0].startswith("几") and not size and len(match[0]) <= 3:
            alone = whole and match[0] == text.strip(" .。!，,")
            if unit in {"", "天"} or (not alone and _ASKS.match(text, match.end())):
                continue
            kind = _kind_zh(unit)
        else:
            kind = _kind_zh(unit) if unit else "money" if size or "万" in match[0] else "any"
        found.append(Vague(match.start(), match.end(), kind))
    for match in _EN.finditer(text):
        if _FALSE.match(match[0]):
            continue
        unit = match["unit"] or match["unit2"] or match["unit3"] or ""
        found.append(Vague(match.start(), match.end(), _kind_en(unit)))
    return found


def names_a_size(text: str) -> bool:
    """Whether a vague phrase is about a size (几万), not just about money (some money)."""
    return _MONEY_ONLY.search(text) is None


def _kind_zh(unit: str) -> str:
    if unit in {"个月", "年", "期"}:
        return "months"
    if unit in {"个人", "人", "名", "位"}:
        return "people"
    return "any" if unit in {"个", "", "天"} else "money"


def _kind_en(unit: str) -> str:
    if re.match("month|year", unit):
        return "months"
    if re.match("people|staff|employ|worker|guys", unit):
        return "people"
    return "any" if re.match("week|day", unit) else "money"
