"""What the money is for, onto the published purpose codes (CFPB small-business lending data points)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.understanding.folding import WORD_ENDS, WORD_STARTS
from flows.understanding.purpose_words import PATTERNS, THINGS

_THING = "thing"

_ALL = re.compile(
    rf"{WORD_STARTS}(?:"
    + "|".join(f"(?P<{code}>{pattern})" for code, pattern in PATTERNS.items())
    + "|"
    + "|".join(f"(?P<{code}_{_THING}>{pattern})" for code, pattern in THINGS.items())
    + f"){WORD_ENDS}"
)
_BUYS = re.compile(
    r"(?:(?<![a-z])(?:buy(?:ing)?|purchas\w+|get(?:ting)?|replac\w+|for(?= (?:an?|new|some|more|another) )|new|"
    r"another|pay(?:ing)?|toward?s?)"
    r"(?: (?:an?|the|my|our|some|new|more|used|second[- ]hand|bigger|better)){0,3} |"
    r"(?:买|购|购买|购置|换|添|添置|进|付|交|置办|采购|用于|用来)(?:一?[台辆个批些点套])?(?:新|二手)?)$"
)
_CUE_BEFORE = re.compile(
    r"(?:(?<![a-z0-9])(?:(?<=[a-z] )4|for|buy(?:ing)?|purchas\w+|get(?:ting)?|replac\w+|fund\w*|financ\w+|towards|"
    r"(?:spend|spent|use|using|used|go(?:ing|es)?) (?:it |this )?on|(?:why|reason|what for):|"
    r"invest(?:ing)? in|pay(?:ing)?|cover(?:ing)?|repair\w*|"
    r"fix|upgrad\w+|is|be|not|isn'?t|meant?|to|purpose:?|use:?|and|&|\+|or|,)(?: (?!my |our )?[a-z'-]+){0,3} ?|"
    r"(?:买|购|购买|购置|换|添|添置|备|囤|进|修|装|更新|置办|采购|用于|用来|用在|用作|搞|上|投|和|跟|及|、|"
    r"用途[是:]? ?|"
    r"做|不是|不)[\u4e00-\u9fff]{0,5})$"
)
_ALONE_BEFORE = re.compile(
    r"(?:^|[,，。;:/\n]|\.(?=\s))\s*(?:(?:a|an|the|my|our|new|some|more|one|two|three|four|[2-9]|used|second ?hand|"
    r"big|bigger|small|better|another|"
    r"delivery|"
    r"commercial|shop|mainly|just|mostly|主要是?|就是|新|二手|一台|一辆)\s?)*$"
)
_ALONE_AFTER = re.compile(
    r"(?: loan| finance)?\s*(?:$|[,，。;:/!?\n]|\.(?=\s|$)|[+=、加](?!大|急|快)|(?:and|&|和|for|from)(?![a-z]))"
)
_TRADE = re.compile(
    r"(?:(?<![a-z])(?:sell(?:ing)?|repair|run|own|have|hire|rent out|make|makes|making)"
    r"(?: (?!and |to |buy)[a-z'-]+){0,3} ?|"
    r"(?:卖|修|做|开|经营|出租|从事)[\u4e00-\u9fff]{0,3})$"
)
_OWN_TRADE = re.compile(
    r"(?:(?<![a-z])(?:(?:we'?re|we are|i'?m|i am)(?: an?)?|(?:i|we|that) (?:sell|repair|run|own|hire out|rent out|"
    r"make)|"
    r"selling)(?: [a-z'-]+){0,2} ?|(?:我们?(?:家|店)?|是)(?:是)?(?:卖|修|开|经营|出租|从事)[\u4e00-\u9fff]{0,3})$"
)
_NEEDS_NO_CUE = re.compile(
    r"^[换添装]|入货|出粮|打通|第[二2]间|付供应商|opening in|(?:进|备|补|囤|屯|拿|铺).{0,2}货|^进|周转|流动资金|装修|"
    r"翻新|"
    r"分店|新店|第[二三四2]家|refinanc|consolidat|"
    r"还.*(?:贷|债|卡)|发工资|付工资|货款|[交付].{1,3}(?:租|金|费)|收购|^[再又]|材料[款费]|working capital|renovat|"
    r"refurb|"
    r"cash ?flow|创业"
)
_COST = re.compile(r"rent|wage|salar|payroll|bill|insurance|overhead|租|工资|薪|货款|尾款|水电|费")
_TELLS = re.compile(
    r"(?<![a-z])(?:for|to (?:store|keep|hold|sell|carry|deliver|move|make|cook|bake))(?![a-z])|[放装运送存卖做]"
)
_REPLACED = frozenset({"equipment", "vehicles"})
_BROKE = re.compile(
    r"(?:'s| has| have| just| is)* (?:died|broke\w*|packed (?:in|up)|failed|gave up|given up|dead|kaput|"
    r"knackered)(?![a-z])|"
    r"(?:彻底|突然)?(?:坏|报废|罢工)了?"
)
"""What is said of a thing that has to be replaced: it is what the loan is for."""
_BUYING = re.compile(r"[买购](?!卖)|(?:buy|purchas)")
"""A purpose that begins with the word for buying needs no other to show that it is one."""
_ANEW = re.compile(r"[,，。;+&]|(?<![a-z])(?:and|plus)(?![a-z])|[加和及]")
_LOAN = re.compile(r" (?:loan|finance|lease|debt|credit|agreement)(?![a-z])")
"""What a refinanced loan was for is no purpose of the new one."""
_OTHER = re.compile(
    r"^\s*(?:other|others|something else|none of (?:these|those)|其他|其它|别的|别的用途|其他用途)[\s.。!]*$"
)


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose by its published name, and where it was said."""

    code: str
    start: int
    end: int


def find(text: str, *, asked: bool, borrowing: bool, wanted: Sequence[tuple[int, int]] = ()) -> list[Purpose]:
    """Every purpose said. Unless `asked`, only in a message about `borrowing`, and only where words say "for".

    `wanted` is where the amounts and terms stand: they end a clause as a comma does.
    """
    if asked and _OTHER.match(text):
        stripped = text.strip(" .。!")
        start = text.index(stripped)
        return [Purpose("other", start, start + len(stripped))]
    found = []
    for match in _ALL.finditer(text):
        if match.lastgroup is None:
            continue
        left = text[max(0, match.start() - 40) : match.start()]
        strong = match.lastgroup.startswith("refinance") or _NEEDS_NO_CUE.search(match[0]) is not None
        broke = match.lastgroup.removesuffix(f"_{_THING}") in _REPLACED and _BROKE.match(text, match.end()) is not None
        strong = strong or broke or _BUYING.match(match[0]) is not None
        trade = (_OWN_TRADE if asked else _TRADE).search(left) is not None and not re.search(
            r"(?:to|want to|想|要)[^,，。]{0,12}$", left
        )
        code = match.lastgroup.removesuffix(f"_{_THING}")
        cued = strong or _CUE_BEFORE.search(left) is not None or _alone(text, match, wanted)
        if match.lastgroup != code:
            cued = strong or _BUYS.search(left) is not None or (bool(wanted) and cued and not _COST.search(match[0]))
        if not trade and (asked or (borrowing and cued)):
            found.append(Purpose(code, match.start(), match.end()))
    found = [each for place, each in enumerate(found) if not place or not _of_the_same(text, found[place - 1], each)]
    renewed = any(each.code == "refinance" for each in found)
    return [each for each in found if not renewed or each.code == "refinance" or not _LOAN.match(text, each.end)]


def _of_the_same(text: str, first: Purpose, second: Purpose) -> bool:
    """Whether goods only tell of the thing to be bought: a freezer for fish, 买个冷柜放海鲜."""
    between = text[first.end : second.start]
    fitted = " with " in f" {between} "  # a van with a fridge
    goods = second.code == "working_capital" != first.code
    told = fitted or (goods and _TELLS.search(between) is not None)
    return told and len(between) < 16 and not _ANEW.search(between)


def without(text: str) -> str:
    """A folded text without the words that name something to buy or to do; what is paid each month stays in it."""
    return _ALL.sub(lambda match: match[0] if _COST.search(match[0]) else " ", text)


def before(text: str) -> str:
    """A folded text up to the first words that name a purpose: what follows them tells of it."""
    found = (match.start() for match in _ALL.finditer(text) if not _COST.search(match[0]))
    return text[: next(found, len(text))]


def _alone(text: str, match: re.Match[str], wanted: Sequence[tuple[int, int]]) -> bool:
    """Whether a purpose is a clause of its own: "new oven, thirty thousand, two years", 25k 12 months stock."""
    start = max((end for _, end in wanted if end <= match.start()), default=0)
    end = min((start for start, _ in wanted if start >= match.end()), default=len(text))
    return _ALONE_BEFORE.search(text[start : match.start()][-40:]) is not None and (
        _ALONE_AFTER.match(text, match.end(), end) is not None
    )
