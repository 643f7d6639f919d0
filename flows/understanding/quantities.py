"""Numbers with their units: money, months, percent, people, or a bare number; ranges are put together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from flows.understanding import chinese, numerals, units
from flows.understanding import standing_en as en
from flows.understanding.numerals import Number


class Measure(StrEnum):
    """What a number counts. OTHER counts something that no field holds."""

    MONEY = "money"
    MONTHS = "months"
    PERCENT = "percent"
    PEOPLE = "people"
    PIECES = "pieces"
    BARE = "bare"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured number. `start` and `end` take in its unit.

    `value` is in major units, months, percent or heads; None when refused, with `why`. `per` is the
    unit's factor (12 for years), which a bare number beside it may inherit. `period` is "year" or
    "other" for money per something. `sized` money named its currency or its size (万, k).
    """

    start: int
    end: int
    measure: Measure
    value: Decimal | None
    number: Number
    why: str = ""
    currency: str | None = None
    per: int = 1
    period: str = ""
    sized: bool = False
    elsewhere: bool = False


_HALF_YEAR = re.compile(
    r"(?<![大小上下前后头])半年(?!报)|(?<![a-z])(?:half a (?:year|yr)|(?<!and )half (?:year|yr)|half-year)(?![a-z])"
)
_PART_OF_YEAR = re.compile(r"(?<![a-z])(?:(?:a |one )?(?P<one>quarter)|three (?P<three>quarters)) of a year(?![a-z])")
_A_YEAR = re.compile(
    r"(?<![a-z])(?:(?:a|one) )?(?:year|yr) (?:and|n|&|plus) (?:a |one |three )?(?:half|quarters?)(?![a-z])"
    r"|(?<![a-z])(?<!half )(?<!of )a (?:full |whole |single |calendar )?year(?! (?:ago|old))(?![a-z])"
)
_JOINED_YEARS = re.compile(r" ?(?:and|plus|零|又|外加|加上?|再加|,)? ?")
_DATED_BEFORE = re.compile(r"(?:[今明后去前]年|年|到|于|至|截止|在|等|过了?)\s?$")
_PAID = re.compile(
    r"(?:得|要|能|可以|大概|差不多|就|也|才|只|下来)*(?:还|付|交|收|赚|挣|花|卖|进|出|要|做)?(?:个|大概|差不多|约)?"
)
_LENT_FOR = re.compile(r"(?:借|贷|用|期限|周转|期)(?:个|款|的|是|为)?\s?$")
_BORROWED = re.compile(r"借|贷|要|需要|想|申请")
_HAPPENED = re.compile(
    r" ?(?:[0-9]{1,2}月|[一二三四五六七八九十]{1,2}月)?份?(?:才|就|我|我们|左右|那会儿?|的时候)?(?:搬|开(?!始还)|"
    r"成立|注册|创|接手|建|装修|买的|来的|做的|"
    r"入行|起步|毕业|结婚)"
)
"""What happened in a year, said with two digits: 22年搬的店."""
_HALF_TENTH = re.compile(r"[一二三四五六七八九半多](?![十百千万])")
_FIFTHS = {char: chinese.DIGITS.get(char, 5) for char in "一二三四五六七八九半"}
_LEAST_AFTER_A_LETTER = 1000
_DOLLAR = re.compile(r"(?<![a-z])\$")
_LEFT = 24
_THINGS = re.compile(
    r"shop|cafe|staff|team|shifts|saturdays|sundays|evenings|weekends|books|size|times?|things?|bits?|persons?|people|"
    r"workers|helpers|money|limit|payments?|odd|number|name|figures?|term|hundred"
)
"""What a bare number before them counts."""
_DAYS = 30
_YEAR = 12
_MOST_PEOPLE = 10_000
_DAILY = re.compile(r"^[一每](?:天|日|周|个?星期|个?礼拜)$")
_IN_DAYS = re.compile(r"[ -]?(?:days?|天)")
_NEXT_WORD = re.compile(r" ([a-z']+)(?![a-z'])")


def find(text: str, lang: str, *, term_asked: bool = False) -> list[Quantity]:
    """Every quantity of a folded text, from left to right.

    12月 is December, and twelve months only when the term was asked (`term_asked`).
    """
    found = [_measured(text, number, lang, term_asked) for number in numerals.find(text)]
    found.extend(_whole_years(text, found, term_asked))
    found.sort(key=lambda quantity: quantity.start)
    return _with_periods(text, list(_with_months(text, found)))


def _with_periods(text: str, found: list[Quantity]) -> list[Quantity]:
    """一个月八千, 一年做五十万 are money for each month or year, unless that is what the money is lent for."""
    for place in range(len(found) - 1):
        month, money = found[place], found[place + 1]
        if (
            _is_rate(text, month)
            and money.measure in {Measure.MONEY, Measure.BARE}
            and _PAID.fullmatch(text, month.end, money.start)
            and _LENT_FOR.search(text[: month.start]) is None
        ):
            found[place] = replace(month, measure=Measure.OTHER, value=None, elsewhere=True)
            found[place + 1] = replace(money, period="year" if month.value == _YEAR else "other")
    return found


def _is_rate(text: str, time: Quantity) -> bool:
    """Whether a time said before money may be what the money is for each of: 一个月, 一年, 一天."""
    if time.measure is Measure.MONTHS:
        return time.value == 1 or text[time.start : time.end] == "一年"
    return time.measure is Measure.OTHER and _DAILY.search(text[time.start : time.end]) is not None


def _whole_years(text: str, found: list[Quantity], term_asked: bool) -> Iterator[Quantity]:
    """Terms that are written without a number: 半年, half a year, a year, a year and a half."""
    for pattern in (_HALF_YEAR, _PART_OF_YEAR, _A_YEAR):
        for match in pattern.finditer(text):
            overlapping = [each for each in found if each.start < match.end() and match.start() < each.end]
            for each in overlapping:
                found.remove(each)
            half = pattern is not _A_YEAR
            months = 6 if pattern is _HALF_YEAR else 18 if "half" in match[0] else 12
            if pattern is _A_YEAR and "quarter" in match[0]:
                months = 21 if "three" in match[0] else 15
            if pattern is _PART_OF_YEAR:
                months = 3 if match["one"] else 9
            number = Number(match.start(), match.end(), Decimal(months))
            measure = Measure.MONTHS
            if (
                not half
                and months == 12
                and not term_asked
                and not re.search(r"(?:for|over|in|within|on|,)\s$|^$", text[: match.start()])
            ):
                measure = Measure.OTHER  # "20k a year" is a rate, not a term
            why = _bound(text, match.start(), match.end(), over=False)
            yield Quantity(
                match.start(),
                match.end(),
                measure,
                None if why else Decimal(months),
                number,
                why,
                per=12 if months == 12 else 1,
                elsewhere=measure is Measure.OTHER,
            )


def _with_months(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Join 1 year 6 months and 一年零六个月 into one term."""
    held: Quantity | None = None
    for quantity in found:
        if held is not None:
            joins = (
                held.per == 12
                and quantity.measure is Measure.MONTHS
                and quantity.per == 1
                and quantity.value is not None
                and held.value is not None
                and quantity.value < 12
                and _JOINED_YEARS.fullmatch(text, held.end, quantity.start) is not None
            )
            if joins and held.value is not None and quantity.value is not None:
                yield replace(held, end=quantity.end, value=held.value + quantity.value, per=1)
                held = None
                continue
            loose = quantity.measure in {Measure.BARE, Measure.OTHER} and not quantity.elsewhere
            if held.measure is Measure.MONEY and loose and quantity.start == held.end:
                held = replace(held, end=quantity.end, value=None, why="ambiguous")  # 12元5角, 50块5
                continue
            yield held
        held = quantity
    if held is not None:
        yield held


def _measured(text: str, number: Number, lang: str, term_asked: bool) -> Quantity:
    """The number with what stands to its left and right."""
    start, end = number.start, number.end
    left = text[max(0, start - _LEFT) : start]
    divided = text.startswith("分之", end) or (
        left.endswith("分之") and not left.endswith(("百分之", "千分之", "万分之"))
    )
    if (
        number.why == "glued"
        or divided
        or (not number.scaled and units.ORDINAL_BEFORE.search(left) and not _is_priced(text, end))
    ):
        return Quantity(start, end, Measure.OTHER, None, number)
    if left.endswith("-") and left[-2:-1] in {"", " "} and number.value is not None:
        return replace(_money_or_bare(text, replace(number, start=start), lang, left), value=None, why="impossible")
    fraction = units.FRACTION_BEFORE.search(left)
    if fraction is not None:
        per_cent = {"百": 100, "千": 1000, "万": 10000}[fraction[1][0]]
        value = None if number.value is None else number.value * 100 / per_cent
        return Quantity(start - 3, end, Measure.PERCENT, value, number, number.why)
    currency = units.CURRENCY_AFTER.match(text, end)
    unit = units.AFTER.match(text, end)
    if unit is not None and unit.lastgroup == "people" and text[end] == " " and (number.value or 0) >= _MOST_PEOPLE:
        unit = None  # 利润90万 员工16
    people_not_money = unit is not None and unit.lastgroup == "people" and currency is None
    if (
        currency is None
        and unit is not None
        and unit.lastgroup is not None
        and (people_not_money or not _is_money(left))
    ):
        dated = _DATED_BEFORE.search(left) is not None
        group = "months" if term_asked and unit.lastgroup == "month_or_date" and not dated else unit.lastgroup
        return _counted(text, number, group, unit.end(), term_asked=term_asked)
    return _money_or_bare(text, number, lang, left)


def _is_priced(text: str, end: int) -> bool:
    """Whether a currency follows: "for my shop 8000 euros" is no number of the shop."""
    return units.CURRENCY_AFTER.match(text, end) is not None


def _is_money(left: str) -> bool:
    return units.CURRENCY_BEFORE.search(left) is not None


def _counted(text: str, number: Number, group: str, end: int, *, term_asked: bool = False) -> Quantity:
    """A number followed by a unit that is not money."""
    start, value = number.start, number.value
    if group in {"months", "years", "halfyear", "quarters", "month_or_date", "halfmonth"}:
        return _term(text, number, group, end)
    if group == "tenths":
        half = _HALF_TENTH.match(text, end)  # 七成五 is 75 %, 六成多 is not known
        value = None if value is None or (half and half[0] == "多") else value * 10 + (_FIFTHS[half[0]] if half else 0)
        return Quantity(start, half.end() if half else end, Measure.PERCENT, value, number, number.why)
    if group == "time" and term_asked and (months := _months_of_days(text, number, end)) is not None:
        return Quantity(start, end, Measure.MONTHS, months, number)
    measure = {"percent": Measure.PERCENT, "people": Measure.PEOPLE, "pieces": Measure.PIECES}.get(group, Measure.OTHER)
    why = number.why or _bound(text, start, end, over=True)
    return Quantity(start, end, measure, None if why else value, number, why, elsewhere=True)


def _months_of_days(text: str, number: Number, end: int) -> Decimal | None:
    """Days that lenders count as months: 90 days are three."""
    whole = number.value is not None and number.value % _DAYS == 0 and _DAYS <= number.value <= _DAYS * 12
    if not whole or number.value is None or _IN_DAYS.fullmatch(text, number.end, end) is None:
        return None
    return None if _bound(text, number.start, end, over=False) else number.value / _DAYS


def _term(text: str, number: Number, group: str, end: int) -> Quantity:
    per = {"years": 12, "halfyear": 12, "quarters": 3}.get(group, 1)
    start, value = number.start, number.value
    if start and text[start - 1] == "分":
        start -= 1
    why = number.why or _bound(text, number.start, end, over=False)
    if group == "month_or_date" and value is not None and value <= 12:
        return Quantity(start, end, Measure.OTHER, value, number, elsewhere=True)
    if value is not None:
        if group == "years" and (value >= 1900 or (value > 9 and _HAPPENED.match(text, end))):
            return Quantity(start, end, Measure.OTHER, None, number)
        months = (value + (Decimal("0.5") if group in {"halfyear", "halfmonth"} else 0)) * per
        if months != int(months) or group == "halfmonth":
            return Quantity(start, end, Measure.MONTHS, None, number, "impossible")
        value = months
    return Quantity(start, end, Measure.MONTHS, None if why else value, number, why, per=per)


def _bound(text: str, start: int, end: int, *, over: bool) -> str:
    """`range` or `vague` when a limit or an estimate was said instead of a number, otherwise nothing."""
    left = text[max(0, start - _LEFT) : start]
    if units.RAISED_BEFORE.search(left):
        return ""
    if units.BOUND_BEFORE.search(left) or units.BOUND_AFTER.match(text, end):
        return "range"
    if over and units.OVER_BEFORE.search(left):
        return "range"
    return "vague" if units.NEARLY_BEFORE.search(left) else ""


def _money_or_bare(text: str, number: Number, lang: str, left: str) -> Quantity:
    """Money when a currency or a size says so, otherwise a bare number."""
    start, end, value, why = number.start, number.end, number.value, number.why
    before, after = units.CURRENCY_BEFORE.search(left), units.CURRENCY_AFTER.match(text, end)
    codes = {code for match in (before, after) if match and (code := units.currency_code(match[1])) is not None}
    if before is not None and before[1] in units.ONE_LETTER and (value is None or value < _LEAST_AFTER_A_LETTER):
        return Quantity(start, end, Measure.OTHER, None, number)
    if before is not None:
        start -= len(before[0])
    if after is not None:
        end = after.end()
    follows_letter = end < len(text) and "a" <= text[end] <= "z"
    if follows_letter and after is None:
        return Quantity(start, end, Measure.BARE, None, number, "ambiguous")
    if units.COIN_AFTER.match(text, end) and not number.scaled:
        return Quantity(start, end, Measure.OTHER, None, number)
    if len(codes) > 1 and _DOLLAR.search(text[start:end]):
        codes.discard("USD")  # $12k AUD
    currency = next(iter(codes)) if len(codes) == 1 else None
    if number.dotted and currency in units.GROUPS_BY_DOTS:
        value, why = Decimal(text[number.start : number.end].replace(".", "")), ""
        number = replace(number, value=value, dotted=False)
    if len(codes) > 1 or _doubtful(text, number, lang, bool(codes)):
        why = why or "ambiguous"
    if not codes:
        currency = "INR" if number.indian else "CNY" if number.chinese and number.scaled else None
    money = bool(codes) or number.scaled
    period = units.PERIOD_AFTER.match(text, end)
    if period is not None and period["zh_one"] and (text[end] == " " or _BORROWED.search(left)):
        period = None  # 借八千一年 is lent for a year
    if not money and period is None and not _stands_alone(text, end):
        return Quantity(start, end, Measure.OTHER, None, number)
    inner = start if before is None else start + len(before[0])
    bound = _bound(text, start, end, over=money) or (_bound(text, inner, end, over=money) if before else "")
    why = why or bound
    return Quantity(
        start,
        end,
        Measure.MONEY if money else Measure.BARE,
        None if why else value,
        number,
        why,
        currency,
        period="" if period is None else _period(period),
        sized=money,
    )


def _stands_alone(text: str, end: int) -> bool:
    """Whether what follows a bare number does not make it count something else: 3000 followers."""
    following = _NEXT_WORD.match(text, end)
    known = following is not None and following[1] in en.NEUTRAL and not _THINGS.fullmatch(following[1])
    return known or units.PLAIN_FOLLOWS.match(text, end) is not None


def _doubtful(text: str, number: Number, lang: str, named: bool) -> bool:
    """150.000, 12m and an English 10w have more than one reading."""
    if number.dotted:
        return True
    if number.scale == "m" and not named:
        return number.value is not None and number.value >= 4 * 10**6 and "." not in text[number.start : number.end]
    if number.scale == "w":
        return lang != "zh" and not named and not any("\u4e00" <= char <= "\u9fff" for char in text)
    return False


def _period(match: re.Match[str]) -> str:
    written = match["each"] or match["adverb"] or match["zh"] or match["zh_each"]
    return "year" if written in units.YEARLY else "other"
