"""Whether a number of the business is told as a fact of it now: not another's, hoped for, or of something else."""

import re
from collections.abc import Iterable

from flows.understanding import standing_en as en
from flows.understanding import standing_zh as zh
from flows.understanding.standing import BORDER, INTENDED, Standing, cue, following, led, unknown

_TO_COME = re.compile(r"(?<![a-z])(?:next|coming) (?:year|season)(?![a-z])|明年|后年")
_RIVALS = re.compile(cue(en.RIVALS, zh.RIVALS))
_AGO = re.compile(cue(en.BEFORE["ago"], zh.BEFORE["ago"]))
_ANOTHERS = frozenset({Standing.OTHERS, Standing.LENDER})
_GONE_BY = frozenset({Standing.PAST, Standing.OWN})
_SHADOWS = frozenset({Standing.SUPPOSED, Standing.DENIED, Standing.ASKED, Standing.OPEN, *_ANOTHERS})
_PLAIN = re.compile(
    r"(?<![a-z])(?:last|year|years|yr|turnover|sales|revenue|takings|profit|stock|before|after|tax|vat|ex|exc|excl|"
    r"inc|incl|"
    r"gross|net|annual|annually|pa|per|annum|far|first|both|give|take|comes?|goods|stuff|shops?|stores?|books|"
    r"accounts?|accountant|online|usually|"
    r"normally|average|typically|owe|owed|own|owner|owns|hold|holds|holding|share|shares|shareholding|stake|equity|"
    r"percent|pct|mine|business|company|rest|partner|partners|wife|husband|brother|sister|each|half|other|since|in|"
    r"shelves|cost|retail|back|bank|say|says|said|show|shows|year's|sits?|sitting|accountant's|sheet|figures|tax|"
    r"arrears|assets|worth|approx|ish|idea|know|has|it|opened|only|june|but)(?:'s)?(?![a-z])|"
    r"去年|前年|今年|全年|一年|年度|营业额|销售额?|流水|营收|收入|利润|含税|不含税|税前|税后|税|统计过?|没|净|赚|做|"
    r"卖|挣|"
    r"月均|库存|存货|货|欠|应收|应付|余额|占股?|持股?|股份?|大?股东|全|都|老婆|老公|每个?月|报税|另|其他|成|账上|"
    r"银行|上报|"
    r"线上|线下|"
    r"老板|平均|不太|清楚|记得|好像|刚|开业"
)
"""Words that people say around a sum of the business or a share of it."""


def is_fact(text: str, start: int) -> bool:
    """Whether a number of the business that begins at `start` is told of it as it is now, not hoped for."""
    left, right = _clause(text, start)
    supposed = led(left)[0] in {Standing.LENDER, Standing.SUPPOSED}
    supposed = supposed or _TO_COME.search(right) is not None
    return not supposed and not any(each.search(left) for each in (INTENDED, _AGO, _RIVALS))


def is_anothers(text: str, start: int) -> bool:
    """Whether a number to call, an address or a code that begins at `start` is said to be somebody else's."""
    return led(_clause(text, start)[0])[0] in _ANOTHERS


def of_asked(
    text: str, spans: Iterable[tuple[int, int]], place: tuple[int, int], *, on_topic: bool, owing: bool
) -> Standing:
    """How a sum or a share is meant that could answer the question for it; `on_topic`: its clause speaks of that.

    `owing`: it is between the business and others, who may be named.
    A clause of words that say neither is of something else: "I sold the old van for 3,500".
    """
    start, end = place
    left, right = _clause(text, start)
    stands = led(left if on_topic else _PLAIN.sub(" ", left))[0]
    follows = following(text, end, start + len(right), wanted=False)
    shadows = _SHADOWS - _ANOTHERS if owing else _SHADOWS if on_topic else _SHADOWS | _GONE_BY
    if stands is not None and stands in shadows:
        return stands
    if follows is not None and follows in _SHADOWS - {Standing.DENIED, Standing.OPEN}:
        return follows
    if on_topic:
        return Standing.SAID
    first = start - len(left)
    clause = list(left + right)
    for low, high in spans:
        for position in range(max(low - first, 0), min(high - first, len(clause))):
            clause[position] = " "
    return Standing.SAID if is_plain("".join(clause)) else Standing.UNPROVEN


def is_plain(words: str) -> bool:
    """Whether words are only what people say around a sum of the business or a share of it."""
    return not unknown(_PLAIN.sub(" ", words)) or not _PLAIN.sub("", "".join(unknown(words))).strip()


def _clause(text: str, start: int) -> tuple[str, str]:
    """The clause of a number, up to where it begins and from there on."""
    first = max((match.end() for match in BORDER.finditer(text, 0, start)), default=0)
    last = min((match.start() for match in BORDER.finditer(text, start)), default=len(text))
    return text[first:start], text[start:last]
