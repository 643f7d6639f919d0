"""Properties: an amount in any form reads back exactly or is asked again; no text can break the reader."""

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from flows.application.fields import FIELDS
from flows.understanding import Act, read

TODAY = date(2026, 11, 24)
ASKED = st.sampled_from([None, *FIELDS])
LANG = st.sampled_from(["en", "zh"])
WORDS = (
    "20k",
    "15万",
    "12个月",
    "12 months",
    "not",
    "不是",
    "no",
    "改成",
    "to",
    ",",
    "，",
    "5",
    "and",
    "£",
    "几",
    "进货",
    "yes",
    "-",
    ".",
    "?",
    "一",
    "half",
    "\u200b",
    "１",
    "👍",
    "万",
    "@",
    "09",
    "ı",
    "İ",
    "\x00")  # fmt: skip
DIGITS = "零一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
ONES = [
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
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def chinese(number: int, digits: str = DIGITS, units: str = "十百千", large: str = "万") -> str:
    """A number below 100,000,000 in standard Chinese numerals, written without looking at the reader."""
    if number >= 10_000:
        rest = number % 10_000
        joint = digits[0] if 0 < rest < 1000 else ""
        return (
            chinese(number // 10_000, digits, units, large)
            + large
            + (joint + chinese(rest, digits, units, large) if rest else "")
        )
    out, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += (digits[0] if zero and out else "") + digits[digit] + (units[place - 1] if place else "")
            zero = False
        else:
            zero = True
    return out or digits[0]


def english(number: int) -> str:
    """A number below a billion in English words."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for size, word in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            joint = " and " if size == 100 else " "
            return f"{english(number // size)} {word}" + (joint + english(rest) if rest else "")
    raise AssertionError(number)


def indian(number: int) -> str:
    text = str(number)
    head, tail = text[:-3], text[-3:]
    groups = []
    while head:
        groups.append(head[-2:])
        head = head[:-2]
    return ",".join([*reversed(groups), tail])


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


FORMS: dict[str, Callable[[int], str]] = {
    "digits": str,
    "grouped": lambda n: f"{n:,}",
    "indian": lambda n: f"Rs {indian(n)}",
    "pounds": lambda n: f"£{n:,}.00",
    "pounds after": lambda n: f"{n} pounds",
    "dollars": lambda n: f"${n}",
    "k": lambda n: f"{plain(Decimal(n) / 1000)}k",
    "thousand": lambda n: f"{plain(Decimal(n) / 1000)} thousand",
    "lakh": lambda n: f"{plain(Decimal(n) / 100_000)} lakh",
    "million": lambda n: f"{plain(Decimal(n) / 1_000_000)} million",
    "words": english,
    "wan": lambda n: f"{plain(Decimal(n) / 10_000)}万",
    "wan yuan": lambda n: f"{plain(Decimal(n) / 10_000)}万元",
    "yuan": lambda n: f"{n}元",
    "w": lambda n: f"{plain(Decimal(n) / 10_000)}w",
    "chinese": chinese,
    "chinese yuan": lambda n: f"{chinese(n)}元",
    "formal": lambda n: f"{chinese(n, FORMAL, '拾佰仟')}元整",
    "traditional": lambda n: f"{chinese(n, large='萬')}元",
    "full width": lambda n: "".join(chr(ord(digit) + 0xFEE0) for digit in str(n)),
    "RMB": lambda n: f"RMB {n:,}",
}
FRAMES = (
    "{}",
    "{}.",
    "about {}",
    "I need {}",
    "{} please",
    "我要{}",
    "大概{}",
    "借{}，谢谢",
    "{}\n",
    "  {}  ",
    "I'd like to borrow {} for stock",
    "想贷{}进货",
    "{}吧",
    "hi, {}!",
    "({})",
)
AMOUNTS = st.one_of(
    st.integers(100, 9_999_999),
    st.integers(1, 999).map(lambda n: n * 1000),
    st.integers(1, 999).map(lambda n: n * 10_000),
    st.integers(1, 99).map(lambda n: n * 500 + 100),
)


@settings(deadline=None, max_examples=100)
@given(AMOUNTS, st.sampled_from(sorted(FORMS)), st.sampled_from(FRAMES), LANG)
def test_an_amount_reads_back_exactly_or_is_asked_again(amount: int, form: str, frame: str, lang: str) -> None:
    text = frame.format(FORMS[form](amount))
    value = read(text, lang, "amount_requested", today=TODAY).value("amount_requested")
    assert value is None or value.value == str(amount), text


@settings(deadline=None, max_examples=100)
@given(AMOUNTS, st.sampled_from(sorted(FORMS)))
def test_plain_forms_of_an_amount_are_understood(amount: int, form: str) -> None:
    if form in {"digits", "full width"} and 1950 <= amount <= 2035:
        return  # may be a year
    text = FORMS[form](amount)
    lang = "zh" if form in {"w", "full width"} else "en"
    value = read(text, lang, "amount_requested", today=TODAY).value("amount_requested")
    if form == "million" and amount < 1000 * 100:
        return  # nobody says 0.0123 million
    assert value is not None, text
    assert value.value == str(amount)


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 120), LANG)
def test_a_term_reads_back_exactly(months: int, lang: str) -> None:
    forms = [
        f"{months}个月",
        f"{months}期",
        f"{months} months",
        f"分{months}期",
        f"over {months} months",
        str(months),
        f"{english(months)} months",
    ]
    if months % 12 == 0:
        forms += [f"{months // 12}年", f"{months // 12} years", f"{chinese(months // 12)}年"]
    if months > 12:
        forms += [f"{months // 12}年零{months % 12}个月"] if months % 12 else []
    for text in forms:
        value = read(text, lang, "loan_term_months", today=TODAY).value("loan_term_months")
        assert value is not None, text
        assert value.value == months, text


@settings(deadline=None, max_examples=100)
@given(st.integers(2, 98), st.integers(2, 98), LANG)
def test_a_correction_takes_the_new_value(old: int, new: int, lang: str) -> None:
    for form in (
        "not {0}k, {1}k",
        "change {0}k to {1}k",
        "{1}k instead of {0}k",
        "不是{0}万，是{1}万",
        "{0}万改成{1}万",
        "{1}万，不是{0}万",
    ):
        text = form.format(old, new)
        value = read(text, lang, "amount_requested", today=TODAY).value("amount_requested")
        if old == new:
            continue
        size = 10_000 if "万" in form else 1000
        assert value is not None, text
        assert (value.value, value.old) == (str(new * size), str(old * size)), text


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
        st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    ),
    LANG,
    ASKED,
)
def test_no_text_raises_and_spans_lie_in_it(text: str, lang: str, asked: str | None) -> None:
    reading = read(text, lang, asked, today=TODAY)
    assert reading.text == text
    assert reading.acts
    for start, end in [*(each.span for each in reading.values), *(each.span for each in reading.unclear)]:
        assert 0 <= start < end <= len(text)
    fields = [each.field for each in reading.values]
    assert len(fields) == len(set(fields))
    assert not (reading.did(Act.YES) and reading.did(Act.NO))


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_a_mistyped_credit_code_is_never_taken(place: int, char: str) -> None:
    right = "91350211M000100Y46"
    assert uscc.is_valid(right)
    typed = right[:place] + char + right[place + 1 :]
    value = read(typed, "zh", "registration_number", today=TODAY).value("registration_number")
    assert (value is not None) == (typed == right)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 200_000,
        "1," * 100_000,
        "一" * 100_000,
        "not " * 50_000,
        "不是" * 100_000,
        "1 " * 100_000,
        "12 months, " * 20_000,
        "a" * 200_000,
        "a@" * 50_000,
        "a.b-" * 50_000,
        "£" * 100_000,
        "why " * 50_000,
        "one " * 50_000,
        "half a " * 50_000,
        "我要" * 100_000,
        "?" * 200_000,
        "15万改成" * 40_000,
        "talk to a " * 30_000,
        "\u200b" * 100_000,
        "1-" * 100_000,
        "几" * 100_000,
        "i don't " * 40_000,
        "please " * 40_000,
        "1 and " * 40_000,
        "公司叫" * 50_000,
        "My company is " * 20_000,
        "百分之" * 50_000,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_long_and_hostile_texts_take_bounded_time(text: str) -> None:
    start = time.process_time()
    read(text, "zh", "amount_requested", today=TODAY)
    assert time.process_time() - start < 1.5
    start = time.process_time()
    read(text[:3900], "en", None, today=TODAY)
    assert time.process_time() - start < 1.5


def test_ten_megabytes_are_read_in_bounded_time_and_nothing_is_halved() -> None:
    start = time.process_time()
    reading = read("我要借" + "1" * 10_000_000, "zh", "amount_requested", today=TODAY)
    assert time.process_time() - start < 1.5
    assert reading.values == ()
    for number in ("150000", "150 000", "200 thousand"):
        for gap in range(3_985, 4_001):
            padded = " " * gap + number
            assert len(read(padded, "en", "amount_requested", today=TODAY).values) == (len(padded) <= 4_000)
