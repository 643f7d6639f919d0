"""What is erased is gone with all that followed from it; what is submitted was shown."""

from decimal import Decimal

from flows.application.values import Feature
from tests.flows.stories import Story
from tests.flows.talk import text_of


def _ends(story: Story, source: str) -> None:
    consent = next(each for each in story.state.consents.values() if each.source == source)
    story.types("/privacy")
    story.presses(next(each for each in story.state.notice if each.arg == consent.id), 0)


def test_what_followed_from_an_erased_value_is_erased_with_it(story: Story) -> None:
    story.connected()
    assert story.value("time_in_business_years") == 7
    _ends(story, "registry")
    assert story.value("incorporation_date") is None
    assert story.value("time_in_business_years") is None


def test_the_report_of_what_was_erased_leaves_out_what_stays(story: Story) -> None:
    story.connected()
    _ends(story, "registry")
    erased, stay = story.said[0].text.split("\n")
    assert story.text("field.incorporation_date.label") in erased
    number = story.text("field.registration_number.label")  # typed by the owner as well
    assert number not in erased
    assert number in stay


def test_every_value_that_is_submitted_was_shown(story: Story) -> None:
    story.needed()
    story.taps_on("connect.allow_all")
    address = {"text": "12 Millrace Passage, Bristol", "postcode": "BS3 9ZZ", "country": "GB"}
    consent = story.state.pulls["tax"].consent_id
    feature = Feature(
        name="filing_ontime", value=Decimal("0.97"), window="12m", source="tax", consent_id=consent, records=12
    )
    story.delivers("tax", story.tax() | {"registered_address": address}, (feature,))
    story.delivers("bank", story.bank() | {"representative_residential_address": address})
    story.taps_on("field.legal_or_insolvency_declaration.no")
    pages = [text_of(story.said[-1])]
    for _ in range(4):
        story.taps_on("review.next")
        pages.append(text_of(story.said[-1]))
    shown = "\n".join(pages)
    assert "BS3 9ZZ" in pages[1]
    assert "97 %" in shown
    for name, value in story.state.application.values.items():
        if value.candidate is not None:
            assert story.text(f"field.{name}.label") in shown, name
