"""Bad input anywhere: one clear sentence, the application untouched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.engine.library import Library
from flows.events import OwnerSaid
from flows.messages import Attachment, Heard
from tests.flows.stories import Story

STAGES = ("welcomed", "identified", "connected", "reviewed")


def _bad() -> dict[str, Heard]:
    return {
        "ten megabytes": Heard(kind="text", text="20000 " * 1_700_000),
        "control characters": Heard(kind="text", text="\x00\x07\x1b[31m\u202e"),
        "emoji only": Heard(kind="text", text="👍🎉"),
        "a wrong file": Heard(kind="file", files=(Attachment(file_id="1", name="../../etc/passwd", size=3),)),
        "a foreign contact card": Heard(kind="contact", phone="+447700900999", phone_is_own=False),
        "an update without text": Heard(kind="unsupported"),
        "a location": Heard(kind="location"),
        "an unknown command": Heard(kind="text", text="/drop tables"),
        "a button that never was": Heard(kind="choice", choice="1:sign:x:y:z"),
        "a button without a card": Heard(kind="choice", choice=""),
        "an edit of nothing": Heard(kind="edited", text="20k", message_id="none"),
    }


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", list(_bad()))
def test_one_clear_sentence_and_nothing_changed(story: Story, stage: str, name: str) -> None:
    getattr(story, stage)()
    before, step = story.state.application, story.step
    story.happens(OwnerSaid(heard=_bad()[name]))
    assert story.state.application == before
    assert story.step == step
    sentences = [say.text for say in story.said if not say.choices]
    assert len(sentences) == 1, story.heard
    assert len(sentences[0]) < 300


@pytest.mark.parametrize(
    "text", ["9999999999", "0", "-5000", "a few thousand", "10 to 20 thousand", "几千", "0.01", "1e9", "lots of money"]
)
def test_an_impossible_or_vague_amount_is_never_taken(english: Story, text: str) -> None:
    english.identified()
    english.types(text)
    assert english.value("amount_requested") is None
    assert english.step == "need.loan"
    assert english.said[0].text


def test_another_currency_is_asked_about(english: Story) -> None:
    english.identified()
    english.types("要15万")
    assert english.value("amount_requested") is None
    assert "CNY" in english.heard


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200), stage=st.sampled_from(STAGES))
def test_no_text_breaks_a_turn_or_signs(library: Library, text: str, stage: str) -> None:
    story = Story(library, "en")
    getattr(story, stage)()
    story.types(text)
    assert story.state.application.signed_at is None or stage == "reviewed"
    assert story.said or story.state.paused


@settings(max_examples=60, deadline=None)
@given(data=st.text(max_size=80))
def test_no_button_data_breaks_a_turn(library: Library, data: str) -> None:
    story = Story(library, "en").connected()
    story.happens(OwnerSaid(heard=Heard(kind="choice", choice=data)))
    assert story.said
