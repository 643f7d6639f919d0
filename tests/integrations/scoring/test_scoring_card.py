"""The points card: edges on their stated side, nothing invented from missing data, wrong cards refused."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application.facts import Fact
from flows.application.features import FEATURES
from flows.errors import WrongDeclaration
from integrations.scoring.reference import card as cards

CARD = cards.load()
BEST: dict[str, Fact] = {
    "licence_age_m": Decimal(60),
    "rep_changes_12m": Decimal(0),
    "enforcement_n": Decimal(0),
    "filing_ontime": Decimal(1),
    "zero_filings": Decimal(0),
    "tax_grade": "A",
    "declared_growth_sym": Decimal("0.1"),
    "cv_inflow": Decimal("0.1"),
    "net_cf_pos": Decimal("0.9"),
    "neg_days": Decimal(0),
    "nsf_90": Decimal(0),
    "lenders_90d": Decimal(0),
    "runway_d": Decimal(40),
    "amount_requested": Decimal(1000),
    "revenue_inflow_m": Decimal(10_000),
}


def points(name: str, value: Fact) -> int:
    return CARD.score({**BEST, name: value}).value - 850


def test_the_best_application_has_the_highest_score_and_no_reason() -> None:
    scored = CARD.score(BEST)
    assert (scored.value, scored.band, scored.lost, scored.unknown) == (850, "A", (), ())


def test_nothing_known_gives_no_band() -> None:
    scored = CARD.score({})
    assert scored.band is None
    assert len(scored.unknown) == len(CARD.attributes)
    assert {lost.reason for lost in scored.lost} == {"9"}


@pytest.mark.parametrize(
    ("name", "value", "lost"),
    [
        ("licence_age_m", "11.99", -60),
        ("licence_age_m", "12", -40),
        ("licence_age_m", "60", 0),
        ("neg_days", "0", 0),
        ("neg_days", "0.01", -15),
        ("neg_days", "5", -15),
        ("neg_days", "5.01", -35),
        ("filing_ontime", "0.75", -25),
        ("filing_ontime", "0.7499", -50),
        ("declared_growth_sym", "-0.2", -20),
        ("amount_requested", "20000", -10),
        ("amount_requested", "60000", -30),
        ("amount_requested", "60001", -40),
    ],
)
def test_an_edge_is_on_its_stated_side(name: str, value: str, lost: int) -> None:
    assert points(name, Decimal(value)) == lost


@pytest.mark.parametrize("name", [attribute.name for attribute in CARD.attributes])
def test_no_data_is_worth_less_than_half_of_the_best(name: str) -> None:
    (attribute,) = (each for each in CARD.attributes if each.name == name)
    assert attribute.no_data.points * 2 <= attribute.best
    assert all(each.why for each in attribute.bins)


def test_most_points_lost_come_first_and_equals_keep_the_order_of_the_card() -> None:
    scored = CARD.score({**BEST, "nsf_90": Decimal(9), "runway_d": Decimal(1), "neg_days": Decimal(99)})
    assert [(lost.detail, lost.points) for lost in scored.lost] == [
        ("days_below_zero", 50),
        ("returned_payments", 35),
        ("thin_reserves", 35),
    ]


NUMBERS = st.decimals(min_value=-100, max_value=10_000, allow_nan=False, allow_infinity=False, places=2)


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(st.sampled_from(sorted(FEATURES)), st.one_of(NUMBERS, st.none(), st.text(max_size=4))))
def test_every_score_is_in_range_repeatable_and_explained(facts: dict[str, Fact]) -> None:
    scored = CARD.score(facts)
    assert scored == CARD.score(dict(reversed(facts.items())))
    assert CARD.minimum <= scored.value <= CARD.maximum
    assert scored.value == CARD.maximum - sum(lost.points for lost in scored.lost)
    assert (scored.band is None) == (len(scored.unknown) > CARD.most_unknown)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("name: licence_age_m", "name: licence_age", "Did you mean `licence_age_m`"),
        ("below: 24", "below: 12", "edges must rise"),
        ("below: 24, ", "", "every bin but the last has an edge"),
        ("below: 24", "below: 24, up_to: 24", "give one edge"),
        ("one_of: [B]", "one_of: [A]", "list each of A, B, M, C, D, compliant once"),
        ("points: 60,", "points: 61,", "not the maximum 850"),
        ("{band: B, lowest: 640}", "{band: B, lowest: 740}", "bands must fall"),
        ("{band: D, lowest: 300}", "{band: D, lowest: 301}", "begin at the minimum"),
        ("base: 300", "base: 200", "not the maximum 850"),
        ('reason: "6"', 'reason: "999"', "not a denial reason"),
        ("points: 15, why", "points: 199, why", "worth more than the best"),
    ],
)
def test_a_wrong_card_is_refused(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    text = cards.PACKAGED.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "card.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrongDeclaration, match=r"card\.yaml:") as refused:
        cards.load(file)
    assert sentence in str(refused.value)
