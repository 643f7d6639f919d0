"""A consent as a record: its receipt, pausing, fetching again until it ends, and who had the data."""

from datetime import timedelta

import pytest

from flows.consent import Consent, ConsentState
from flows.conversation import PullState
from flows.effects import ForgetGrant
from flows.events import DataRead
from tests.flows.stories import Story


def periodic(story: Story) -> Consent:
    """Tax records are linked and fetched again every week."""
    story.needed()
    story.taps_on("connect.choose")
    while story.said[-1].title != story.library_title("tax"):
        story.taps_on("connect.refuse")
    story.taps_on("connect.keep_fresh")
    assert story.text("connect.only_once") in story.heard
    story.taps_on("connect.allow")
    if story.step == "connect.choose":
        story.taps_on("connect.refuse")
    story.delivers("tax", story.tax())
    return story.state.consents[story.state.pulls["tax"].consent_id]


def test_one_receipt_names_everything_that_was_allowed(story: Story) -> None:
    story.needed()
    story.taps_on("connect.allow_all")
    story.delivers("tax", story.tax())
    assert story.text("privacy.receipt.title") not in story.heard
    story.delivers("bank", story.bank())
    receipt = next(say for say in story.said if say.title == story.text("privacy.receipt.title"))
    labels = [fact.label for fact in receipt.facts]
    assert {story.library_title(source) for source in ("registry", "tax", "bank")} <= set(labels)
    assert all(any(each.id in fact.note for fact in receipt.facts) for each in story.state.consents.values())


def test_other_terms_are_another_consent(story: Story) -> None:
    consent = periodic(story)
    assert (consent.every_days, consent.state) == (7, ConsentState.ACTIVE)
    assert consent.valid_until - consent.asked_at == timedelta(days=90)
    before = [each for each in story.state.consents.values() if each.source == "tax" and each.id != consent.id]
    assert [(each.state, each.every_days) for each in before] == [(ConsentState.EXPIRED, 0)]


def test_a_periodic_consent_fetches_again_and_tells_only_what_changed(story: Story) -> None:
    consent = periodic(story)
    story.time_passes(f"refresh:{consent.id}")
    assert story.pulls == ["tax"]
    assert f"refresh:{consent.id}" in story.timers
    assert story.said == []
    story.delivers("tax", story.tax())
    assert story.said == []
    story.time_passes(f"refresh:{consent.id}")
    story.delivers("tax", {**story.tax(), "number_of_employees": 9})
    assert story.text("fetch.refreshed", source=story.library_title("tax"), count=1) in story.heard
    assert story.value("number_of_employees") == 9


def test_a_refused_refresh_ends_the_access_and_keeps_what_is_here(story: Story) -> None:
    consent = periodic(story)
    story.time_passes(f"refresh:{consent.id}")
    story.fails("tax", "refused")
    assert story.state.consents[consent.id].state is ConsentState.EXPIRED
    assert story.state.pulls["tax"].state is PullState.DONE
    assert story.value("number_of_employees") == 6


def test_a_periodic_consent_ends_at_its_time(story: Story) -> None:
    consent = periodic(story)
    story.time_passes(f"consent_end:{consent.id}")
    assert story.state.consents[consent.id].state is ConsentState.EXPIRED
    assert any(isinstance(each, ForgetGrant) for each in story.effects)
    story.time_passes(f"refresh:{consent.id}")
    assert story.pulls == []
    assert story.value("number_of_employees") == 6
    story.time_passes(f"retention:{consent.id}")
    assert story.value("number_of_employees") is None


def test_paused_in_one_tap_nothing_is_fetched_and_it_goes_on_in_one_tap(story: Story) -> None:
    consent = periodic(story)
    story.types("/privacy")
    story.types(story.text("privacy.pause", source=story.library_title("tax")))
    assert story.state.consents[consent.id].state is ConsentState.PAUSED
    story.time_passes(f"refresh:{consent.id}")
    assert story.pulls == []
    story.types("/privacy")
    story.types(story.text("privacy.resume", source=story.library_title("tax")))
    assert story.state.consents[consent.id].state is ConsentState.ACTIVE
    assert f"refresh:{consent.id}" in story.timers
    story.types("/privacy")
    story.types(story.text("privacy.revoke", source=story.library_title("tax")))
    assert story.state.consents[consent.id].state is ConsentState.REVOKED
    assert story.value("number_of_employees") is None


def test_a_signed_application_is_not_fetched_for_again(story: Story) -> None:
    consent = periodic(story)
    signed = story.state.application.model_copy(update={"signed_at": story.now})
    story.state.application = signed
    story.time_passes(f"refresh:{consent.id}")
    assert story.pulls == []
    assert f"refresh:{consent.id}" in story.timers


@pytest.mark.parametrize("times", [1, 3])
def test_the_owner_sees_who_had_the_data(story: Story, times: int) -> None:
    story.signed()
    assert story.state.submission is not None
    lender = story.state.submission.lender
    for _ in range(times):
        story.happens(DataRead(lender=lender, application_id=story.state.application.id))
    assert story.said == []
    story.types("/privacy")
    story.types(story.text("privacy.accesses"))
    shown = [fact.value for fact in story.said[-1].facts]
    assert [each.count for each in story.state.accesses if each.kind == "read"] == [times]
    assert any(story.library_title("bank") in value for value in shown)
    assert len(shown) == 5  # three sources, the hand-over, the reading
