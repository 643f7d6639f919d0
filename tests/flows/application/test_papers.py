"""The table of papers agrees with the fields of the application; checks judge by what was read, never by a guess."""

from datetime import date

import pytest

from flows.application.fields import FIELDS
from flows.application.papers import table
from flows.application.papers.checks import Known, likeness, problems, same_paper, settled
from flows.application.papers.definitions import Depth
from flows.application.papers.filling import fillings, trusted
from flows.application.papers.table import KINDS
from flows.application.papers.values import Confidence, PaperValue

TODAY = date(2026, 11, 30)
CLEAR, PROVED, UNSURE = Confidence.CLEAR, Confidence.PROVED, Confidence.UNSURE


def value(name: str, text: str, confidence: Confidence = CLEAR, *, repaired: bool = False) -> PaperValue:
    return PaperValue(name=name, value=text, how="ocr", confidence=confidence, repaired=repaired)


def test_there_are_twenty_six_kinds_and_each_refers_to_what_exists() -> None:
    assert len(KINDS) == 26
    for kind in KINDS.values():
        names = {each.name for each in kind.fields}
        assert len(names) == len(kind.fields)
        assert all(each.fills in FIELDS for each in kind.fields if each.fills)
        if kind.depth is Depth.READ:
            assert {*kind.names, kind.dated, kind.until} - {""} <= names, kind.key


def test_a_licence_fills_both_numbers_in_china_and_keeps_unsure_values_for_the_owner() -> None:
    values = (
        value("registration_number", "91320594MA1MXHAH58", PROVED),
        value("name", "苏州市晨光便利店", UNSURE),
        value("type", "个体工商户"),
        value("address", "苏州市姑苏区人民路1号"),
    )
    found = {each.field: each for each in fillings("business_licence", values, "CN")}
    assert found["tax_identification_number"].sure
    assert found["registration_number"].value == "91320594MA1MXHAH58"
    assert found["legal_form"].value == "sole_proprietor"
    assert not found["business_legal_name"].sure
    assert found["registered_address"].value == {"text": "苏州市姑苏区人民路1号", "postcode": None, "country": "CN"}
    assert "tax_identification_number" not in {each.field for each in fillings("business_licence", values[:1], "GB")}


def test_a_number_is_trusted_only_when_proved_and_never_when_repaired() -> None:
    assert trusted("business_licence", value("registration_number", "91320594MA1MXHAH58", PROVED))
    assert not trusted("business_licence", value("registration_number", "91320594MA1MXHAH58"))
    assert not trusted("business_licence", value("registration_number", "91320594MA1MXHAH58", PROVED, repaired=True))
    assert not trusted("lease", value("address", "12 Mill Lane"))  # filled only with the owner's word


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Harbour Bakery Ltd", "HARBOUR BAKERY LIMITED", True),
        ("王小明", "王 小明", True),
        ("Jane Doe", "DOE JANE", True),
        ("苏州市晨光便利店有限公司", "苏州市晨光便利店", True),
        ("苏州市晨光便利店", "苏州市星光烟酒店", False),
        ("Harbour Bakery Ltd", "Hanover Butchers Ltd", False),
        ("", "Harbour", False),
    ],
)
def test_names_are_compared_with_a_tolerance(one: str, two: str, same: bool) -> None:
    assert (likeness(one, two) >= 0.85) is same


def test_checks_name_what_is_wrong() -> None:
    known = Known(("Harbour Bakery Ltd",), ("Jane Doe",), "99412087")
    lease = (value("tenant", "Mary Major"), value("end", "2025-01-01"))
    assert problems("lease", lease, known, TODAY) == ("other_name", "expired")
    bill = (value("name", "Jane Doe"), value("issued", "2026-06-30"))
    assert problems("utility_bill", bill, known, TODAY) == ("too_old",)
    assert problems("utility_bill", (value("issued", "2026-06-30", UNSURE),), known, TODAY) == ()
    licence = (value("registration_number", "11111111", PROVED), value("name", "Harbour Bakery Ltd"))
    assert problems("business_licence", licence, known, TODAY) == ("other_number",)
    assert set(problems("lease", lease, known, TODAY)) <= set(table.CHECK_PROBLEMS)


def test_an_invoice_is_issued_or_received_by_whom_it_names() -> None:
    known = Known(("Harbour Bakery Ltd",), (), "99412087")
    assert settled("invoice", (value("seller", "Harbour Bakery Limited"), value("buyer", "Ann")), known) == (
        "invoice_issued"
    )
    assert settled("invoice", (value("buyer_number", "99412087"),), known) == "invoice_received"
    assert settled("invoice", (value("seller", "Ann"),), known) == "invoice"
    assert settled("lease", (), known) == "lease"


def test_one_paper_sent_twice_is_known_again() -> None:
    one = (value("number", "24322000000123456789"), value("total", "10.00"))
    assert same_paper(one, (value("number", "24322000000123456789"),))
    assert not same_paper(one, (value("number", "24322000000123456780"), value("total", "10.00")))
