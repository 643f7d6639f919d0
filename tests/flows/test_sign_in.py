"""A source that wants its owner at its own page: the way there, the way back, and the ways on without it."""

from dataclasses import replace

import pytest

from flows.consent import ConsentState
from flows.conversation import PullState
from flows.effects import StartPull
from flows.engine.library import Library
from flows.events import OwnerReturned, OwnerWanted
from tests.flows.stories import Story


@pytest.fixture
def paged(library: Library, lang: str) -> Story:
    """An owner on a channel from which pages can be opened, who has allowed everything."""
    story = Story(replace(library, consent_pages=True), lang)
    story.needed()
    story.taps_on("connect.allow_all")
    return story


def wanted(story: Story) -> str:
    pull = story.state.pulls["bank"]
    story.happens(OwnerWanted(source="bank", consent_id=pull.consent_id, attempt=pull.attempt))
    return pull.consent_id


def pulls(story: Story) -> list[StartPull]:
    return [each for each in story.effects if isinstance(each, StartPull)]


def test_the_way_there_and_back(paged: Story) -> None:
    consent = wanted(paged)
    assert paged.step == "sign_in.page"
    assert paged.text("sign_in.text", source=paged.library_title("bank")) in paged.heard
    (page,) = [each for say in paged.said for each in say.choices if each.kind == "url"]
    assert page.url == f"lendline:sign-in/{consent}"
    paged.delivers("tax", paged.tax())
    assert paged.step == "sign_in.page"
    attempt = paged.state.pulls["bank"].attempt
    paged.happens(OwnerReturned(consent_id=consent, allowed=True))
    (pull,) = pulls(paged)
    assert (pull.consent.id, pull.attempt) == (consent, attempt + 1)
    assert paged.step == "fetch.progress"
    paged.delivers("bank", paged.bank())
    assert paged.state.application.has("disbursement_account")
    paged.happens(OwnerReturned(consent_id=consent, allowed=True))
    assert pulls(paged) == []


def test_a_no_there_is_a_no(paged: Story) -> None:
    consent = wanted(paged)
    paged.delivers("tax", paged.tax())
    paged.happens(OwnerReturned(consent_id=consent, allowed=False))
    assert paged.state.consents[consent].state is ConsentState.REJECTED
    assert {"forget_grant", "erase"} <= {each.kind for each in paged.effects}
    assert paged.step == "fetch.failed"
    assert paged.text("fetch.failed.declined", source=paged.library_title("bank")) in paged.heard
    paged.taps_on("fetch.allow_again")
    (pull,) = pulls(paged)
    assert pull.consent.id != consent


def test_not_now_goes_on_and_later_still_counts(paged: Story) -> None:
    consent = wanted(paged)
    paged.delivers("tax", paged.tax())
    paged.taps_on("sign_in.later")
    assert paged.text("sign_in.skipped", source=paged.library_title("bank")) in paged.heard
    assert paged.step.startswith(("fill.", "declaring.", "fetch."))
    paged.happens(OwnerReturned(consent_id=consent, allowed=True))
    assert len(pulls(paged)) == 1


def test_after_the_consent_has_ended_nothing_is_fetched(paged: Story) -> None:
    consent = wanted(paged)
    paged.now = paged.state.consents[consent].valid_until
    paged.happens(OwnerReturned(consent_id=consent, allowed=True))
    assert pulls(paged) == []
    assert paged.state.pulls["bank"].state is PullState.FAILED


def test_an_old_or_unknown_return_changes_nothing(paged: Story) -> None:
    before = paged.state.pulls
    paged.happens(OwnerReturned(consent_id="c-none", allowed=True))
    paged.happens(OwnerWanted(source="bank", consent_id="c-none", attempt=9))
    assert paged.state.pulls == before


def test_without_a_page_to_come_back_to_it_goes_on_without(story: Story) -> None:
    story.needed()
    story.taps_on("connect.allow_all")
    wanted(story)
    story.delivers("tax", story.tax())
    assert story.step == "fetch.failed"
    assert story.text("fetch.failed.no_page", source=story.library_title("bank")) in story.heard
    assert story.state.live is not None
    labels = [each.label for each in story.state.live.choices]
    assert story.text("button.try_again") not in labels
    assert story.text("fetch.skip") in labels
