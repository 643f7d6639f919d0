"""Numbers that an owner types are held against their check digits: a wrong one is asked again, never kept."""

from datetime import date

import pytest

from flows.understanding import read

BUSINESS, TAX = "registration_number", "tax_identification_number"
USCC, LEI, GSTIN, VAT = "91440604MA0HRD3E9H", "99990012AB34CD56EF72", "27AAAPZ1234A1Z4", "GB999000103"


def heard(text: str, asked: str | None) -> tuple[dict[str, object], set[str]]:
    """The fields with a value, and those meant but not readable."""
    reading = read(text, "en", asked, today=date(2026, 11, 24))
    return {each.field: each.value for each in reading.values}, {each.field for each in reading.unclear}


@pytest.mark.parametrize(
    ("number", "field"),
    [(USCC, BUSINESS), (LEI, BUSINESS), (GSTIN, TAX), (VAT, TAX)],
    ids=["USCC", "LEI", "GSTIN", "VAT"],
)
def test_one_wrong_digit_is_noticed(number: str, field: str) -> None:
    assert heard(number, field) == ({field: number.removeprefix("GB")}, set())
    wrong = number[:-1] + ("5" if number[-1] != "5" else "6")
    assert heard(wrong, field) == ({}, {field})


@pytest.mark.parametrize("said", ["my LEI is {}", "LEI code: {}", "我的LEI编码是{}", "lei {}"])
def test_a_lei_that_is_named_is_checked_though_nobody_asked(said: str) -> None:
    assert heard(said.format(LEI), None) == ({BUSINESS: LEI}, set())
    assert heard(said.format(LEI[:-1] + "3"), None) == ({}, {BUSINESS})


def test_twenty_characters_that_nobody_called_a_lei_are_none() -> None:
    assert heard("the parcel is " + LEI[:-1] + "3", None) == ({}, set())


@pytest.mark.parametrize("number", ["99412087", "SC123456"])
def test_a_company_number_has_no_check_digit(number: str) -> None:
    assert heard(number, BUSINESS) == ({BUSINESS: number}, set())
    assert heard(number[:-1], BUSINESS) == ({}, {BUSINESS})
