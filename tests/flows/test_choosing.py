"""Before signing: which products suit, in which order, what would settle the others, and who gets the application."""

import json
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from flows.application.suiting import cost_of
from flows.application.values import Feature
from flows.effects import Submit
from flows.engine.library import Library
from tests.flows.stories import Story

REGISTRY = {"licence_age_m": "60", "registration_status": "active", "rep_changes_12m": "0", "enforcement_n": "0"}
TAX = {
    "declared_sales_12m": "842300",
    "tax_paid_12m": "26000",
    "filing_ontime": "1",
    "zero_filings": "0",
    "arrears": "0",
    "tax_grade": "B",
}
BANK = {
    "revenue_inflow_m": "60000",
    "neg_days": "0",
    "nsf_90": "0",
    "months_observed": "24",
    "lenders_90d": "0",
}


def features(values: dict[str, str], source: str) -> tuple[Feature, ...]:
    about = {"window": "2026-11", "source": source, "consent_id": "c", "records": 1}
    stored = [{"name": name, "value": value, **about} for name, value in values.items()]
    return TypeAdapter(tuple[Feature, ...]).validate_json(json.dumps(stored))


def at_review(story: Story, *, without: tuple[str, ...] = ()) -> Story:
    """An owner before the first page of the review, whose sources brought features too."""
    story.welcomed()
    story.shares("+447700900123" if story.lang == "en" else "+8613800138000")
    story.types("09446231" if story.lang == "en" else "91440300MA5FKT8U3Q")
    story.taps_on("identify.lookup.allow")
    story.delivers("registry", story.registry(), features(REGISTRY, "registry"))
    story.taps_on("identify.confirm.yes")
    story.types("20k for 12 months to buy stock" if story.lang == "en" else "要15万分12期进货用")
    story.taps_on("connect.allow_all")
    story.delivers("tax", story.tax(), () if "tax" in without else features(TAX, "tax"))
    story.delivers("bank", story.bank(), () if "bank" in without else features(BANK, "bank"))
    return story.taps_on("field.legal_or_insolvency_declaration.no")


def test_what_fits_comes_first_and_then_what_costs_least(english: Story) -> None:
    at_review(english)
    lines = [fact for say in english.said for fact in say.facts if "·" in fact.label]
    assert [fact.label.split(" · ")[0] for fact in lines] == [
        "Small business loan",
        "Bank-flow loan",
        "Till loan",
        "Receivables loan",
    ]
    assert lines[0].value == english.text("choosing.fits")
    assert "£977.22" in lines[0].note
    assert english.text("feature.pos_days") in lines[2].value


def test_the_order_is_said_and_nothing_is_predicted(story: Story) -> None:
    at_review(story)
    assert story.text("choosing.order") in story.heard
    assert story.text("choosing.text") in story.heard


def test_one_source_that_would_settle_it_is_named(english: Story, library: Library) -> None:
    english.needed()
    english.taps_on("connect.by_hand")
    while english.step == "fill.field":
        if english.said[-1].title == english.text("field.legal_or_insolvency_declaration.label"):
            english.taps_on("field.legal_or_insolvency_declaration.no")
        else:
            english.taps_on("button.leave_open")
    assert english.step == "review.page"
    notice = next(say for say in english.said if say.title == english.text("choosing.title"))
    link = next(choice for choice in notice.choices if choice.action == "link_source")
    assert link.arg in library.sources
    english.presses(link, 0)
    assert english.step == "connect.offer"


def test_an_owner_chooses_who_gets_it_and_signs_once(english: Story) -> None:
    at_review(english)
    for _ in range(4):
        english.taps_on("review.next")
    english.taps_on("choosing.choose")
    english.taps(english.text("choosing.off", lender="Tidewater Capital"))
    english.taps_on("choosing.done")
    assert english.text("choosing.goes_to", lenders="Harbour Trade Finance, Tidewater Capital") in english.heard
    assert english.text("review.declaration", lender="Harbour Trade Finance, Tidewater Capital") in english.heard
    english.taps_on("review.sign")
    sent = [effect for effect in english.effects if isinstance(effect, Submit)]
    assert [(each.lender, each.reference) for each in sent] == [
        ("harbour", "LA-TEST-1"),
        ("tidewater", "LA-TEST-1B"),
    ]
    assert [each.application.product for each in sent] == ["harbour-small", "tidewater-till"]


def test_nobody_is_not_a_choice(english: Story) -> None:
    at_review(english)
    for _ in range(4):
        english.taps_on("review.next")
    english.taps_on("choosing.choose")
    english.taps(english.text("choosing.on", lender="Harbour Trade Finance"))
    english.taps_on("choosing.done")
    assert english.text("choosing.at_least_one") in english.heard
    assert english.step == "choosing.lenders"


@pytest.mark.parametrize("stage", ["start", "signed"])
def test_products_can_be_asked_for_at_any_time(story: Story, stage: str) -> None:
    if stage == "signed":
        story.signed()
    story.types("/products")
    assert story.text("choosing.title" if stage == "signed" else "choosing.later") in story.heard


def test_the_cost_is_the_sheets_lowest_and_highest_price_with_its_fees(library: Library) -> None:
    sheet = next(each for each in library.products if each.key == "tidewater-till")
    # 20,000 over 12 months at 10.9 %: 12 instalments of 1,766.70 less a cent, and 2 % fee.
    assert cost_of(sheet, Decimal(20000), Decimal("0.109"), 12) == Decimal("1600.41")
