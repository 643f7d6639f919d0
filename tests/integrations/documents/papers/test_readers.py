"""Readers of single values: what they take, and above all what they leave."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.documents.papers import mrz, readers
from integrations.documents.papers.readers import Taken
from tests.papers import invented

CODE = "91320508MABWA86J9L"
TODAY = date(2026, 11, 30)
seeds = st.integers(0, 10_000).map(Random)


@given(seeds, st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
@settings(max_examples=200, deadline=None, database=None)
def test_a_credit_code_with_one_wrong_character_is_never_taken(random: Random, at: int, char: str) -> None:
    code = invented.shop_cn(random).number
    assert readers.credit_code(f"代码 {code}") == Taken(code, proved=True)
    wrong = code[:at] + char + code[at + 1 :]
    taken = readers.credit_code(wrong)
    assert wrong == code or taken is None


@given(seeds, st.integers(0, 17), st.sampled_from("0123456789X"))
@settings(max_examples=200, deadline=None, database=None)
def test_an_identity_number_with_one_wrong_character_is_never_taken(random: Random, at: int, char: str) -> None:
    number = invented.shop_cn(random).person_number
    assert readers.person_number(number) == Taken(number, proved=True)
    wrong = number[:at] + char + number[at + 1 :]
    assert wrong == number or readers.person_number(wrong) is None


def test_look_alikes_are_put_right_but_never_sure() -> None:
    mended = readers.credit_code(CODE.replace("0", "O"))
    assert mended == Taken(CODE, repaired=True)
    assert readers.credit_code("9132050") is None
    assert readers.credit_code(f"{CODE} 92330110MAWPBLMNDD") is None  # two: which is it?


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019年03月05日", "2019-03-05"),
        ("2019 年 3 月 5 日", "2019-03-05"),
        ("2019.03.05", "2019-03-05"),
        ("5th March 2019", "2019-03-05"),
        ("March 5, 2019", "2019-03-05"),
        ("31/12/2019", "2019-12-31"),
        ("03/05/2019", None),
        ("2019年13月05日", None),
        ("长期", None),
    ],
)
def test_days(text: str, day: str | None) -> None:
    assert readers.day(text) == (None if day is None else Taken(day))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("£1,250.00 per month", "1250.00"),
        ("¥23,175.57", "23175.57"),
        ("1237.01元", "1237.01"),
        ("人民币2700元", "2700.00"),
        ("12.50 or 13.50", None),
        ("1,25.00", None),
        ("no amount", None),
    ],
)
def test_amounts(text: str, amount: str | None) -> None:
    assert readers.money(text) == (None if amount is None else Taken(amount))


def test_spans_go_forward() -> None:
    assert readers.span(1)("自2023年10月23日至2028年10月23日") == Taken("2028-10-23")
    assert readers.span(0)("2019.04.15-2039.04.15") == Taken("2019-04-15")
    assert readers.span(1)("1 March 2024 to 28 February 2029") == Taken("2029-02-28")
    assert readers.span(1)("2028-01-01至2023-01-01") is None


def test_a_machine_readable_zone_counts_only_whole() -> None:
    lines = ["P<GBRPRESCOTT<<SAMUEL<<<<<<<<", "6127003812GBR8809195F2911032<<<<<<<<<<<<<<<4"]
    zone = mrz.find(lines, TODAY)
    assert zone is not None
    assert (zone.name, zone.number, zone.born, zone.sex) == ("SAMUEL PRESCOTT", "612700381", date(1988, 9, 19), "F")
    assert mrz.find([lines[0], lines[1].replace("880919", "880918")], TODAY) is None
    part = mrz.find([lines[0], lines[1][:28]], TODAY)
    assert part is not None
    assert (part.number, part.whole) == ("612700381", False)
    assert mrz.find([lines[0], lines[1][:24]], TODAY) is None
    card = ["IDFRAMLTB1N9KD5<<<<<<<<<<<<<<<", "9202243F3210215FRA<<<<<<<<<<<6", "MARSH<<0LIVER<<<<<<<<<<<<<<<<<"]
    zone = mrz.find(card, TODAY)
    assert zone is not None
    assert (zone.name, zone.country) == ("OLIVER MARSH", "FR")
