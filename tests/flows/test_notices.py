"""A refusal: the lender's reasons alone, what may help, other loans, and all of it in writing."""

from flows.events import Decided
from flows.ports import ScoringDecision
from tests.flows.stories import Story


def refused(story: Story, *codes: str) -> Story:
    story.signed()
    reasons = [{"scheme": "cfpb-sbl-denial", "code": code, "rank": place} for place, code in enumerate(codes, 1)]
    decision = ScoringDecision.model_validate({"decision_id": "d", "decision": "decline", "reasons": reasons})
    story.happens(Decided(application_id=story.state.application.id, decision=decision))
    return story


def test_each_reason_comes_with_what_may_help(story: Story) -> None:
    refused(story, "4", "8")
    assert story.text("refusal.4") in story.heard
    assert story.text("refusal.8") in story.heard
    assert story.text("refusal.6") not in story.heard


def test_a_code_we_do_not_know_gets_no_invented_help(story: Story) -> None:
    refused(story, "Z9")
    assert story.text("reason.unknown", code="Z9") in story.heard
    assert story.text("refusal.help") not in story.heard


def test_the_notice_repeats_the_reasons_and_the_rights(story: Story) -> None:
    refused(story, "6")
    story.taps_on("notices.written")
    for part in (story.text("notices.refusal_title"), story.text("reason.6"), "LA-TEST-1"):
        assert part in story.heard
    assert story.text("notices.refusal_rights", lender="L").partition("L")[0][:10] in story.heard
    assert story.said[0].private


def test_without_reasons_the_notice_says_so(english: Story) -> None:
    refused(english)
    english.taps_on("notices.written")
    assert "It gave no reasons yet" in english.heard


def test_other_loans_are_one_tap_away(story: Story) -> None:
    refused(story, "7")
    story.taps_on("refusal.others")
    assert story.text("choosing.title") in story.heard


def test_what_is_missing_is_given_in_writing_too(story: Story) -> None:
    story.signed()
    decision = ScoringDecision(decision_id="d", decision="more_data", missing=("inflow_12m",))
    story.happens(Decided(application_id=story.state.application.id, decision=decision))
    story.taps_on("notices.written")
    assert story.text("notices.incomplete_title") in story.heard
    assert story.text("feature.inflow_12m") in story.heard
