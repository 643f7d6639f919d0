"""What the reference service decides, and why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application import codes
from tests.integrations.scoring.asking import BANK, NEW_SHOP, REGISTRY, TAX, Json, decided, question


@pytest.mark.parametrize(
    ("features", "amount", "currency", "decision", "why"),
    [
        (REGISTRY | TAX | BANK, "150000", "CNY", "approve", ()),
        (REGISTRY | TAX, "80000", "CNY", "approve", ()),
        (REGISTRY | BANK, "80000", "CNY", "approve", ()),
        (REGISTRY | TAX | BANK | {"arrears": "1200.00"}, "150000", "CNY", "decline", ("tax_arrears",)),
        (REGISTRY | TAX | BANK | {"registration_status": "dissolved"}, "150000", "CNY", "decline", ("registered",)),
        (REGISTRY | TAX | BANK, "900000", "CNY", "decline", ("request_to_sales",)),
        (REGISTRY | TAX | BANK | NEW_SHOP, "80000", "CNY", "decline", ("business_age",)),
        (REGISTRY | TAX | BANK | {"rep_changes_12m": "2"}, "80000", "CNY", "refer", ("representative_changes",)),
        (REGISTRY | TAX | BANK | {"tax_grade": "compliant"}, "30000", "GBP", "approve", ()),
        (REGISTRY | TAX | BANK, "30000", "USD", "decline", ("currency_not_offered",)),
        (REGISTRY, "80000", "CNY", "more_data", ()),
        ({}, "80000", "CNY", "more_data", ()),
    ],
)
def test_decisions(features: Json, amount: str, currency: str, decision: str, why: tuple[str, ...]) -> None:
    answer = decided(question(features, amount, currency))
    assert answer["decision"] == decision
    assert tuple(reason["detail"] for reason in answer["reasons"]) == why
    assert bool(answer["offers"]) == (decision == "approve")
    assert bool(answer["missing"]) == (decision == "more_data")


def test_more_data_asks_first_for_what_the_nearest_product_needs() -> None:
    answer = decided(question(REGISTRY))
    assert answer["missing"][:3] == ["revenue_inflow_m", "neg_days", "months_observed"]
    assert answer["score"] is None  # a number made of unknowns would mislead


def test_a_limit_below_the_request_is_offered_and_says_what_bound_it() -> None:
    answer = decided(question(REGISTRY | TAX | BANK, "400000"))
    assert [(offer["product"], offer["amount"], offer["bound_by"]) for offer in answer["offers"]] == [
        ("baichuan-licence", "210000.00", "revenue_inflow_m"),
        ("baichuan-tax", "183000.00", "tax_paid_12m"),
    ]


def test_a_fee_is_part_of_the_apr_and_of_the_total_cost() -> None:
    answer = decided(question(REGISTRY | BANK, "30000", "GBP"))
    (offer,) = answer["offers"]
    assert offer["fees"] == [{"name": "arrangement", "amount": "450.00"}]
    assert float(offer["apr"]) > 0.079
    interest = float(offer["total_cost"]) - 450
    assert interest == pytest.approx(float(offer["instalment"]) * 12 - 30000, abs=0.1)


def test_a_band_that_is_not_lent_to_is_declined_for_what_lost_the_points() -> None:
    weak = {"licence_age_m": "13", "filing_ontime": "0.75", "declared_growth_sym": "-0.5", "cv_inflow": "2"}
    weak |= {
        "neg_days": "19",
        "nsf_90": "3",
        "runway_d": "1",
        "net_cf_pos": "0.3",
        "lenders_90d": "4",
        "zero_filings": "4",
    }
    answer = decided(question(REGISTRY | TAX | BANK | weak, "30000", "GBP"))
    assert answer["decision"] == "decline"
    assert answer["score"]["value"] < 540
    assert [(reason["rank"], reason["code"], reason["detail"]) for reason in answer["reasons"]] == [
        (1, "6", "short_time_in_business"),
        (2, "4", "sales_volatility"),
        (3, "4", "days_below_zero"),
        (4, "4", "returned_payments"),
    ]


def test_a_consented_feature_counts_before_a_field_and_contradictions_are_unknown() -> None:
    asked = question(REGISTRY | BANK)
    asked["applicant"] = {"registration_status": {"value": "dissolved"}}
    assert decided(asked)["decision"] == "approve"
    asked = question(BANK | {name: value for name, value in REGISTRY.items() if name != "registration_status"})
    asked["applicant"] = {"registration_status": {"value": "dissolved"}}
    assert decided(asked)["decision"] == "decline"
    asked = question(REGISTRY | BANK)
    asked["features"].append({"name": "licence_age_m", "value": "61", "consent_id": "c-2"})
    answer = decided(asked)
    assert answer["decision"] == "more_data"
    assert "licence_age_m" in answer["missing"]


# Nothing here is a number of months or cases, or a standing in the register.
SPOILT = st.one_of(
    st.none(),
    st.booleans(),
    st.text("abcxyz ,%-", max_size=6),
    st.lists(st.integers(), max_size=2),
    st.sampled_from(
        ["active ", "Active", "12 months", "1,2", "NaN", "Infinity", "-1", {"amount": "0"}, -1, float("nan")]
    ),
)
ODD = st.one_of(SPOILT, st.floats(), st.integers(), st.text(max_size=6))


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["licence_age_m", "registration_status", "enforcement_n"]), SPOILT, st.booleans())
def test_a_spoilt_fact_that_every_product_needs_never_opens_the_door(name: str, odd: object, misspelt: bool) -> None:
    features = REGISTRY | TAX | BANK
    value = features.pop(name)
    features |= {f"{name}_": value} if misspelt else {name: odd}
    answer = decided(question(features))
    assert answer["decision"] == "more_data"
    assert name in answer["missing"]


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_any_question_gets_one_consistent_answer(data: st.DataObject) -> None:
    features = REGISTRY | TAX | BANK
    for name in data.draw(st.sets(st.sampled_from(sorted(features)), max_size=8)):
        features[name] = data.draw(
            st.one_of(st.integers(0, 10**6).map(str), st.sampled_from(["0.5", "D", "dormant"]), ODD)
        )
    asked = question(
        features,
        str(data.draw(st.integers(1, 2_000_000))),
        data.draw(st.sampled_from(["CNY", "GBP"])),
        data.draw(st.integers(1, 60)),
    )
    answer = decided(asked)
    assert answer == decided(asked)
    assert answer["decision"] in {"approve", "more_data", "refer", "decline"}
    assert bool(answer["offers"]) == (answer["decision"] == "approve")
    assert bool(answer["missing"]) == (answer["decision"] == "more_data")
    assert bool(answer["reasons"]) == (answer["decision"] in {"refer", "decline"})
    assert len(answer["reasons"]) <= 4
    assert [reason["rank"] for reason in answer["reasons"]] == list(range(1, len(answer["reasons"]) + 1))
    assert all(reason["code"] in codes.CFPB_DENIAL_REASONS and reason["detail"] for reason in answer["reasons"])
    for offer in answer["offers"]:
        assert float(offer["amount"]) <= float(asked["requested"]["amount"])


def test_a_product_is_not_offered_before_its_time() -> None:
    answer = decided(question(REGISTRY | BANK) | {"as_of": "2025-12-31"})
    assert answer["decision"] == "decline"
    assert [reason["detail"] for reason in answer["reasons"]] == ["on_sale"]
