"""Staff and the owner in one conversation, as a transcript: who speaks, what is proposed, and who waits for whom."""

import pytest

from flows.conversation import Speaker
from flows.effects import CallPerson, ForgetOwner, Speak
from flows.events.staff import (
    Closed,
    ErasureWanted,
    HandedBack,
    PullWanted,
    StaffNoted,
    StaffProposed,
    StaffSaid,
    StaffTook,
    Transferred,
)
from tests.flows.stories import Story

TOOK = StaffTook(staff="s1", first_name="Ann")


def speakers(story: Story) -> list[str]:
    return [effect.by for effect in story.effects if isinstance(effect, Speak)]


def test_nobody_comes_and_the_owner_is_told_once_and_staff_again(story: Story) -> None:
    story.types("人工客服" if story.state.lang == "zh" else "I want to talk to a person")
    assert "pickup:" in story.timers
    story.time_passes("pickup:")
    assert len(story.said) == 1
    assert any(isinstance(effect, CallPerson) for effect in story.effects)
    story.happens(TOOK).time_passes("pickup:")
    assert story.effects == [], "somebody is there now"


def test_a_person_who_does_not_answer_gives_way_to_the_assistant(english: Story) -> None:
    english.types("hello").happens(TOOK).types("are you there?")
    assert "reply:" in english.timers
    assert speakers(english) == []
    english.types("hello??")
    assert english.timers == [], "the first message counts, not the last"
    english.time_passes("reply:")
    assert english.state.speaker is Speaker.ASSISTANT
    assert english.state.person_wanted == "no_reply"
    assert "Ann" in english.heard


def test_taking_over_twice_says_nothing_twice(english: Story) -> None:
    english.happens(TOOK)
    assert speakers(english) == ["Ann"]
    english.happens(TOOK)
    assert speakers(english) == []
    english.happens(StaffSaid(staff="s1", first_name="Ann", text="Hi"))
    assert speakers(english) == ["Ann"]
    english.happens(Transferred(staff="s1", to="s2", first_name="Ben"))
    assert (english.state.staff, english.state.person) == ("s2", "Ben")
    assert "Ann" in english.heard


def test_a_note_changes_nothing(english: Story) -> None:
    before = english.state
    english.happens(StaffNoted(staff="s1", first_name="Ann", text="careful"))
    assert english.effects == []
    assert english.state == before


@pytest.mark.parametrize("word", ["1", "yes", "ok", "Yes, that's right"])
def test_only_the_button_or_its_label_says_yes_to_a_proposal(english: Story, word: str) -> None:
    english.types("hello").happens(TOOK)
    english.happens(StaffProposed(staff="s1", first_name="Ann", values={"loan_term_months": "18 months"}))
    assert [choice.action for choice in english.said[0].choices] == ["agree", "disagree"]
    english.types(word)
    agreed = word in {"1", "Yes, that's right"}
    assert english.value("loan_term_months") == (18 if agreed else None)


def test_a_number_to_a_person_is_no_answer_to_an_older_proposal(english: Story) -> None:
    english.types("hello").happens(TOOK)
    english.happens(StaffProposed(staff="s1", first_name="Ann", values={"loan_term_months": "18 months"}))
    english.happens(StaffSaid(staff="s1", first_name="Ann", text="How many shops do you have?"))
    english.types("1")
    assert english.value("loan_term_months") is None


def test_what_staff_propose_passes_the_same_checks(english: Story) -> None:
    english.types("hello").happens(TOOK)
    for field, text in (("loan_term_months", "900 months"), ("contact_phone", "1"), ("loan_term_months", "soon")):
        english.happens(StaffProposed(staff="s1", first_name="Ann", values={field: text}))
        assert english.state.suggestion is None
        assert speakers(english) == []


def test_staff_cannot_fetch_without_a_consent(english: Story) -> None:
    english.happens(PullWanted(staff="s1", source="bank"))
    assert english.pulls == []


def test_closing_hands_back_at_the_same_step(english: Story) -> None:
    english.start()
    step = english.step
    english.happens(TOOK).happens(Closed(staff="s1"))
    assert (english.state.closed, english.state.speaker) == (True, Speaker.ASSISTANT)
    english.types("hello again")
    assert (english.state.closed, english.state.speaker) == (False, Speaker.ASSISTANT)
    assert english.step == step
    english.happens(HandedBack(staff="s1"))
    assert english.effects == []


def test_an_erasure_leaves_a_fresh_start(english: Story) -> None:
    english.types("I need £20,000 for 12 months").happens(ErasureWanted(staff="s1"))
    assert any(isinstance(effect, ForgetOwner) for effect in english.effects)
    assert english.value("amount_requested") is None
    assert english.state.consents == {}
    english.start()
    assert english.said
