"""Co-signers and shareholders: links of their own, who is outstanding, one answer each, and back to the lender."""

import re
from dataclasses import replace

import pytest
from pydantic import JsonValue

from flows.application.lifecycle import Status
from flows.effects import CallPerson
from flows.engine.library import Library
from flows.events import PartyAnswered
from tests.flows.stories import Story
from tests.flows.test_tasks import WORDS, asked, current

BEN: dict[str, JsonValue] = {"type": "co_sign", "party": "Ben Okoro", "due_at": "2026-12-01T00:00:00Z"}
MEI: dict[str, JsonValue] = {"type": "shareholder_consent", "party": "林 美", "reason": "All owners have to agree"}
LINK = re.compile(r"lendline:party/(\S+)")


@pytest.fixture(params=["en", "zh"])
def paged(library: Library, request: pytest.FixtureRequest) -> Story:
    return Story(replace(library, consent_pages=True), request.param)


def answers(story: Story, place: int, party: str, *, agreed: bool = True) -> Story:
    reference = current(story).application_id
    story.happens(PartyAnswered(application_id=reference, place=place, party=party, agreed=agreed))
    return story


def test_each_gets_a_link_once_and_the_owner_sees_who_is_outstanding(paged: Story) -> None:
    asked(paged, BEN, MEI)
    assert paged.step == "cosigners.wait"
    assert "2026-12-01 00:00 UTC" in paged.heard
    assert LINK.findall(paged.heard) == ["LA-TEST-1:0:Ben%20Okoro", "LA-TEST-1:1:%E6%9E%97%20%E7%BE%8E"]
    paged.types("?")
    assert not LINK.search(paged.heard)
    answers(paged, 0, "Ben Okoro")
    assert paged.text("cosigners.agreed") in paged.heard
    assert paged.text("cosigners.outstanding") in paged.heard
    paged.taps_on("cosigners.links")
    assert len(LINK.findall(paged.heard)) == 1


def test_when_all_have_answered_it_goes_back_to_the_lender(paged: Story) -> None:
    asked(paged, BEN, MEI)
    answers(paged, 1, "林 美")
    answers(paged, 0, "Ben Okoro", agreed=False)
    assert any(isinstance(effect, CallPerson) and effect.reason == "party_refused" for effect in paged.effects)
    assert paged.text("tasks.ready_title") in paged.heard
    paged.taps_on("tasks.again")
    assert len(current(paged).answers) == 2, "the owner cannot answer for others"
    paged.taps_on("tasks.send")
    assert current(paged).status is Status.UNDER_REVIEW
    assert [each.possible for each in current(paged).answers] == [True, False]


def test_the_owners_own_tasks_come_first(paged: Story) -> None:
    asked(paged, BEN, WORDS)
    assert paged.step == "tasks.do"
    paged.types("It was the works in our street")
    assert paged.step == "cosigners.wait"


def test_an_answer_counts_once_and_only_for_the_person_asked(paged: Story) -> None:
    asked(paged, BEN, MEI)
    answers(paged, 0, "Somebody Else")
    answers(paged, 7, "Ben Okoro")
    assert current(paged).answers == ()
    answers(paged, 0, "Ben Okoro")
    answers(paged, 0, "Ben Okoro", agreed=False)
    assert [each.possible for each in current(paged).answers] == [True]


def test_without_a_page_a_person_arranges_it(story: Story) -> None:
    asked(story, BEN)
    assert not LINK.search(story.heard)
    assert any(isinstance(effect, CallPerson) and effect.reason == "cosigners" for effect in story.effects)
