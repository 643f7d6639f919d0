"""Telegram Passport as a conversation: offered where there is one, taken for our own question only, used on a tap."""

from dataclasses import replace

import pytest

from flows.effects import AskForBetter, ReadFile
from flows.engine.identity import IDENTITY
from flows.engine.library import Library
from flows.events import OwnerSaid
from flows.messages import Attachment, Heard, SharedIdentity
from tests.flows.stories import Story
from tests.flows.test_papers import CARD, PEOPLE, is_read

NONCE = "n-1"
SCAN = "passport|passport|front_side|hash|secret|f1"


@pytest.fixture
def telling(library: Library, lang: str) -> Story:
    story = Story(replace(library, identity_channels=frozenset({"test"})), lang)
    story.state.nonce = NONCE
    return story


def shares(story: Story, nonce: str = NONCE, **more: str) -> None:
    values = {"name": PEOPLE[story.lang], "id_type": "passport", "id_number": "512345678", "birth_date": "1985-05-03"}
    identity = SharedIdentity(nonce=nonce, values=values | more, scans=(Attachment(file_id=SCAN, size=9),))
    story.happens(OwnerSaid(heard=Heard(kind="identity", identity=identity)))


def offered(story: Story) -> bool:
    return any(each.url == f"{IDENTITY}{NONCE}" for say in story.said for each in say.choices)


def test_it_is_offered_where_there_is_one_and_something_to_fill(telling: Story, story: Story) -> None:
    telling.needed()
    assert offered(telling)
    story.needed()
    assert not offered(story)


def test_what_is_shared_is_shown_and_used_on_a_tap_like_any_paper(telling: Story) -> None:
    telling.needed()
    shares(telling)
    document = next(each.document_id for each in telling.effects if isinstance(each, ReadFile))
    assert telling.value("representative_birth_date") is None
    is_read(telling, document, "unknown", problem="no_ocr")
    assert telling.step == CARD
    telling.taps_on("paper.use")
    chosen = telling.state.application.chosen("representative_id_number")
    assert chosen is not None
    assert (chosen.value, chosen.source) == ("512345678", "document:identity")
    assert telling.value("representative_birth_date") == "1985-05-03"
    assert telling.state.consents[chosen.consent_id or ""].kinds == ("id_front",)


def test_without_scans_it_is_shown_at_once(telling: Story) -> None:
    telling.needed()
    identity = SharedIdentity(nonce=NONCE, values={"name": PEOPLE[telling.lang], "birth_date": "1985-05-03"})
    telling.happens(OwnerSaid(heard=Heard(kind="identity", identity=identity)))
    assert telling.step == CARD
    assert telling.text("identity.received") in telling.heard


def test_what_nobody_asked_for_here_is_not_taken(telling: Story) -> None:
    telling.needed()
    shares(telling, nonce="another")
    assert telling.text("identity.not_ours") in telling.heard
    assert not telling.state.documents
    assert not any(isinstance(each, ReadFile) for each in telling.effects)


def test_a_bad_scan_is_said_in_the_messengers_own_place_too(telling: Story) -> None:
    telling.needed()
    shares(telling)
    document = next(each.document_id for each in telling.effects if isinstance(each, ReadFile))
    is_read(telling, document, "unknown", problem="blurred")
    asked = next(each for each in telling.effects if isinstance(each, AskForBetter))
    assert (asked.file_id, asked.why) == (SCAN, telling.text("paper.problem.blurred"))
    assert asked.channel == "test"
