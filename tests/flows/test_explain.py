"""Sums that disagree: side by side on the review page, explained in a tap or a sentence, never a condition."""

from decimal import Decimal

from flows.application.attributes.differences import Difference, Side, difference
from flows.application.values import Feature
from flows.effects import Assess
from flows.events import Assessed
from tests.flows.stories import Story

SIDES = (
    Side("invoiced", Decimal(300000), "2025-11/2026-10", "einvoice"),
    Side("banked", Decimal(240000), "2025-11/2026-10", "bank"),
)


def assessed(story: Story, *differences: Difference, value: str = "1.5") -> None:
    """What the records say together arrives."""
    consent = story.state.pulls["bank"].consent_id
    other = story.state.pulls["tax"].consent_id
    feature = Feature(
        name="dscr", value=Decimal(value), window="", source="bank", consent_id=consent, records=9, also=(other,)
    )
    story.happens(Assessed(number=story.state.assessment, features=(feature,), differences=differences))


def found() -> Difference:
    made = difference("sales_12m", "GBP", SIDES)
    assert made is not None
    return made


def at_the_figures(story: Story) -> Story:
    story.connected()
    assessed(story, found())
    story.taps_on("field.legal_or_insolvency_declaration.no")
    for _ in range(3):
        story.taps_on("review.next")
    return story


def test_records_are_assessed_once_all_sources_have_answered(story: Story) -> None:
    story.needed()
    story.taps_on("connect.allow_all")
    story.delivers("tax", story.tax())
    assert not [each for each in story.effects if isinstance(each, Assess)]
    story.delivers("bank", story.bank())
    [asked] = [each for each in story.effects if isinstance(each, Assess)]
    assert {each.source for each in asked.consents} == {"registry", "tax", "bank"}
    assert asked.number == story.state.assessment == 2  # the register's own came first


def test_an_assessment_that_newer_records_have_overtaken_is_not_kept(story: Story) -> None:
    story.connected()
    story.happens(Assessed(number=story.state.assessment - 1, features=(), differences=(found(),)))
    assert story.state.application.differences == ()


def test_a_difference_is_shown_and_explained_in_a_tap(story: Story) -> None:
    at_the_figures(story)
    assert story.text("explain.how.invoiced") in story.heard
    story.taps_on("explain.open")
    assert story.step == "explain.difference"
    story.taps_on("explain.reason.paid_later")
    assert story.step == "review.page"
    assert story.state.application.differences[0].reason == "paid_later"
    assert story.text("explain.reason.paid_later") in story.heard
    assert story.text("explain.open") not in story.heard


def test_a_difference_is_explained_in_the_owners_own_words(english: Story) -> None:
    at_the_figures(english)
    english.taps_on("explain.open")
    english.types("My brother's stall pays into his own account")
    assert english.state.application.differences[0].words == "My brother's stall pays into his own account"
    assert english.step == "review.page"


def test_what_was_said_stays_while_the_sums_do(story: Story) -> None:
    at_the_figures(story)
    story.taps_on("explain.open")
    story.taps_on("explain.reason.cash")
    assessed(story, found(), value="1.7")
    assert story.state.application.differences[0].reason == "cash"
    assert [each.value for each in story.state.application.features if each.name == "dscr"] == [Decimal("1.7")]


def test_ending_one_consent_takes_what_rested_on_several(story: Story) -> None:
    at_the_figures(story)
    story.types("/privacy")
    story.types(story.text("privacy.revoke", source=story.library_title("tax")))
    assert "dscr" not in {each.name for each in story.state.application.features}
    assert story.state.application.differences == ()
    assert any(isinstance(each, Assess) for each in story.effects)


def test_a_small_difference_is_none() -> None:
    near = (SIDES[0], Side("banked", Decimal(280000), "2025-11/2026-10", "bank"))
    assert difference("sales_12m", "GBP", near) is None
    assert difference("sales_12m", "GBP", SIDES[:1]) is None
