"""Dates: ISO, 2019年3月12日, 12 March 2019, March 12th, 2019, 二〇一九年三月十二日, yesterday.

A date without a day or year, or whose day and month could be swapped, is refused with a reason.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from flows.understanding import chinese

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february febuary",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_Z = "〇零○一二两三四五六七八九十"
_PATTERN = re.compile(
    r"(?<![0-9.,/-])(?:"
    r"(?P<iy>[12][0-9]{3}) ?(?P<is>[-/.]) ?(?P<im>[0-9]{1,2}) ?(?P=is) ?(?P<id>[0-9]{1,2})(?![0-9.,/-]?[0-9])"
    rf"|(?P<cy>[12][0-9]{{3}}|[{_Z}]{{4}}) ?年 ?(?P<cm>[0-9]{{1,2}}|[{_Z}]{{1,3}}) ?月(?: ?(?P<cd>[0-9]{{1,2}}|"
    rf"[{_Z}]{{1,3}}) ?[日号]?(?![0-9{_Z}]))?"
    rf"|(?P<ed>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]?(?P<em>{_NAMES})\.?,?[ -](?P<ey>[0-9]{{4}})(?![0-9])"
    rf"|(?<![a-z])(?P<am>{_NAMES})\.? (?P<ad>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<ay>[0-9]{{4}})(?![0-9])"
    r"|(?P<x>[0-9]{1,2}) ?(?P<xs>[-/.]) ?(?P<y>[0-9]{1,2}) ?(?P=xs) ?(?P<xy>[0-9]{4}|[0-9]{2})(?![0-9.,/-]?[0-9])"
    rf"|(?<![a-z])(?P<month>{_NAMES})\.?,? (?:of )?(?P<month_year>(?:19|20)[0-9]{{2}})(?![0-9])"
    rf"|(?P<dm>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?:{_NAMES})(?![a-z])"
    rf"|(?<![a-z])(?P<md>(?!may (?:i|we|be)|march on)(?:{_NAMES}) [0-9]{{1,2}}(?:st|nd|rd|th)?)(?![0-9a-z,])"
    rf"|(?P<zmd>(?:[0-9]{{1,2}}|[{_Z}]{{1,3}}) ?月 ?(?:[0-9]{{1,2}}|[{_Z}]{{1,3}}) ?[日号])"
    rf"|(?P<zy>(?:(?:19|20)[0-9]{{2}}|[一二][〇零○九][{_Z}]{{2}}) ?年)"
    r"|(?P<ago>(?:(?<!in )(?<!over )(?<!within )(?:[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a "
    r"few|a couple of|several) )"
    r"(?:days|weeks|months|years|yrs|day|week|month|year|yr) (?:ago|back(?= ?(?:$|[,.;])))"
    rf"|(?:[0-9]{{1,3}}|[{_Z}]{{1,3}}|半) ?(?:天|周|个星期|个月|年)(?:多)?(?:之前|以前|前))"
    r")"
)
_RELATIVE = re.compile(
    r"(?<![a-z])(?:(?P<today>today)|(?P<yesterday>yesterday)|(?P<vague>last (?:year|month|week)|this year))(?![a-z])"
    r"|(?P<今>今天)|(?P<昨>昨天)|(?P<前>前天)|(?P<年>去年|今年|前年|上个月|上周)"
)
_COMPACT = re.compile(r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9])")
_SHORT_YEAR = re.compile(
    rf"(?<![0-9{_Z}])(?P<y>[0-9]{{2}}|[零〇一二三四五六七八九]{{2}}) ?年 ?(?P<m>[0-9]{{1,2}}|[{_Z}]{{1,3}}) ?月 ?"
    rf"(?P<d>[0-9]{{1,2}}|[{_Z}]{{1,3}}) ?[日号]?(?![0-9{_Z}])"
)
_YEAR = re.compile(r"(?<![0-9])(?:(?:in|since|around) )?((?:19|20)[0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Day:
    """A date or something like one; `value` None with `why` vague, ambiguous or impossible. `ago`: a time gone by."""

    start: int
    end: int
    value: date | None
    why: str = ""
    ago: bool = False


def find(text: str, today: date, *, asked: bool) -> list[Day]:
    """Every date of a folded text. `asked` allows forms that only an answer to a date question has."""
    short = [_day(match, _full_year(match["y"], today), match["m"], match["d"]) for match in _SHORT_YEAR.finditer(text)]
    found = short or [_read(match) for match in _PATTERN.finditer(text)]
    if not asked:
        return found
    for match in _RELATIVE.finditer(text):
        days = {"today": 0, "今": 0, "yesterday": 1, "昨": 1, "前": 2}.get(match.lastgroup or "")
        value = None if days is None else today - timedelta(days=days)
        found.append(Day(match.start(), match.end(), value, "vague" if value is None else ""))
    if not found:
        found = [_day(match, match["y"], match["m"], match["d"]) for match in _COMPACT.finditer(text)]
    if not found:
        found = [Day(match.start(1), match.end(1), None, "vague") for match in _YEAR.finditer(text)]
    return sorted(found, key=lambda day: day.start)


def _full_year(written: str, today: date) -> str:
    """71年 is 1971, 15年 and 一五年 are 2015."""
    written = "".join(str(chinese.DIGITS.get(char, char)) for char in written)
    return f"{20 if int(written) <= today.year % 100 else 19}{written}"


def _read(match: re.Match[str]) -> Day:
    if match["iy"]:
        return _day(match, match["iy"], match["im"], match["id"])
    if match["cy"]:
        if match["cd"] is None:
            return Day(match.start(), match.end(), None, "vague")
        return _day(match, match["cy"], match["cm"], match["cd"])
    if match["ey"]:
        return _day(match, match["ey"], str(_MONTHS[match["em"]]), match["ed"])
    if match["ay"]:
        return _day(match, match["ay"], str(_MONTHS[match["am"]]), match["ad"])
    if match["x"]:
        return _swappable(match)
    return Day(match.start(), match.end(), None, "vague", ago=match["ago"] is not None)


def _swappable(match: re.Match[str]) -> Day:
    """12/03/2019: certain only when one of the two cannot be a month, or both are the same."""
    first, second = int(match["x"]), int(match["y"])
    if len(match["xy"]) == 2 or (first <= 12 and second <= 12 and first != second):
        return Day(match.start(), match.end(), None, "ambiguous")
    day, month = (second, first) if second > 12 else (first, second)
    return _day(match, match["xy"], str(month), str(day))


def _day(match: re.Match[str], year: str, month: str, day: str) -> Day:
    try:
        return Day(match.start(), match.end(), date(_int(year), _int(month), _int(day)))
    except ValueError:
        return Day(match.start(), match.end(), None, "impossible")


def _int(written: str) -> int:
    """A number in digits or Chinese numerals; 0, which no date has, when it is none."""
    if written.isascii():
        return int(written)
    number = chinese.parse(written)
    return int(number) if isinstance(number, Decimal) else 0
