"""Reading updates, also those that no owner of good will would send."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.telegram.updates import LONGEST_TEXT, arrival, heard
from flows.events import OwnerSaid
from flows.messages import Attachment, Heard

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)
MEI = {"id": 77, "is_bot": False, "first_name": "Mei", "last_name": "Lin", "language_code": "zh-hans"}
CHAT = {"id": 77, "type": "private", "first_name": "Mei"}
BASE: dict[str, Any] = {"message_id": 5, "date": 1_790_000_000, "chat": CHAT, "from": MEI}


def update(**content: Any) -> Update:
    return Update.de_json({"update_id": 9, **content}, None)


def message(**content: Any) -> Update:
    return update(message=BASE | content)


def said(**content: Any) -> Heard:
    found = heard(message(**content))
    assert found is not None
    return found


def test_text() -> None:
    assert said(text="要15万") == Heard(
        kind="text", text="要15万", message_id="5", sender_name="Mei Lin", language_hint="zh-hans"
    )


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start", ""),
        ("/start partner-1_A", "partner-1_A"),
        ("/start@lendline_bot  x", "x"),
        ("/start <script>", ""),
        ("/start " + "a" * 65, ""),
    ],
)
def test_start(text: str, payload: str) -> None:
    assert (said(text=text).kind, said(text=text).text) == ("start", payload)


@pytest.mark.parametrize("text", ["/started", "/status", "please /start"])
def test_what_only_looks_like_start(text: str) -> None:
    assert (said(text=text).kind, said(text=text).text) == ("text", text)


def test_an_edit_is_matched_by_its_message() -> None:
    found = heard(update(edited_message=BASE | {"text": "12 months", "edit_date": 1_790_000_009}))
    assert found is not None
    assert (found.kind, found.text, found.message_id) == ("edited", "12 months", "5")


def test_a_moving_live_location_says_nothing() -> None:
    place = {"latitude": 51.5, "longitude": -0.1, "live_period": 600}
    assert heard(update(edited_message=BASE | {"location": place})) is None
    assert said(location=place).kind == "location"


def press(**content: Any) -> Update:
    return update(callback_query={"id": "q", "from": MEI, "chat_instance": "c", **content})


def test_a_button() -> None:
    found = heard(press(message=BASE | {"text": "card"}, data="7:allow:x"))
    assert found is not None
    assert (found.kind, found.choice) == ("choice", "7:allow:x")


def test_a_button_of_a_message_too_old_to_see() -> None:
    found = heard(press(message={"chat": CHAT, "message_id": 3, "date": 0}, data="7:allow:"))
    assert found is not None
    assert found.choice == "7:allow:"


def test_a_button_without_data_or_chat() -> None:
    found = heard(press(message=BASE | {"text": "game"}, game_short_name="g"))
    assert found is not None
    assert found.kind == "unsupported"
    assert heard(press(inline_message_id="1", data="x")) is None


@pytest.mark.parametrize(
    ("number", "user_id", "phone", "own"),
    [
        ("447700900123", 77, "+447700900123", True),
        ("+44 7700 900123", 77, "+447700900123", True),
        ("8613800138000", 77, "+8613800138000", True),
        ("+447700900123", 78, "+447700900123", False),
        ("+447700900123", None, "+447700900123", False),
        ("12", 77, "", True),
        ("not a number", 77, "", True),
        ("9" * 400, 77, "", True),
    ],
)
def test_a_contact_card(number: str, user_id: int | None, phone: str, own: bool) -> None:
    card = {"phone_number": number, "first_name": "Mei"} | ({"user_id": user_id} if user_id else {})
    found = said(contact=card)
    assert (found.kind, found.phone, found.phone_is_own) == ("contact", phone, own)


IDS = {"file_id": "F", "file_unique_id": "U"}


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (
            {"photo": [IDS | {"file_id": "S", "width": 9, "height": 9}, IDS | {"width": 90, "height": 90}]},
            Attachment(file_id="F", media_type="image/jpeg"),
        ),
        (
            {"document": IDS | {"file_name": "流水.pdf\n", "mime_type": "application/pdf", "file_size": 12}},
            Attachment(file_id="F", name="流水.pdf", media_type="application/pdf", size=12),
        ),
        ({"voice": IDS | {"duration": 3, "file_size": 4}}, Attachment(file_id="F", media_type="audio/ogg", size=4)),
        (
            {"video": IDS | {"duration": 3, "width": 9, "height": 9, "mime_type": "video/mp4"}},
            Attachment(file_id="F", media_type="video/mp4"),
        ),
        ({"video_note": IDS | {"duration": 3, "length": 9}}, Attachment(file_id="F", media_type="video/mp4")),
        (
            {"audio": IDS | {"duration": 3, "file_name": "a.mp3", "mime_type": "audio/mpeg"}},
            Attachment(file_id="F", name="a.mp3", media_type="audio/mpeg"),
        ),
    ],
)
def test_files(content: dict[str, Any], file: Attachment) -> None:
    found = said(**content, caption="my licence")
    assert (found.kind, found.files, found.text) == ("file", (file,), "my licence")


def test_the_parts_of_an_album_are_heard_one_by_one() -> None:
    photo = [IDS | {"width": 90, "height": 90}]
    assert said(photo=photo, media_group_id="m").files[0].file_id == "F"


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": IDS | {"width": 9, "height": 9, "is_animated": False, "is_video": False, "type": "regular"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"something_of_next_year": {"a": 1}},
        {},
    ],
)
def test_what_nobody_can_answer_is_unsupported(content: dict[str, Any]) -> None:
    assert said(**content).kind == "unsupported"


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"message": BASE | {"text": "hi", "chat": {"id": -5, "type": "group", "title": "g"}}},
        {"message": BASE | {"text": "hi", "from": MEI | {"is_bot": True}}},
        {"message": {"message_id": 5, "date": 1, "chat": CHAT, "text": "no sender"}},
        {"channel_post": BASE | {"text": "hi", "chat": {"id": -6, "type": "channel", "title": "c"}}},
        {"message": BASE | {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}}},
    ],
)
def test_what_is_nobodys_word_to_us(content: dict[str, Any]) -> None:
    assert heard(update(**content)) is None
    assert arrival(update(**content), AT) is None


def test_an_arrival_is_named_by_channel_chat_and_update() -> None:
    came = arrival(message(text="hi"), AT)
    assert came is not None
    assert (came.origin, came.external_id, came.channel, came.address) == ("telegram", "9", "telegram", "77")
    assert came.at == AT
    assert isinstance(came.event, OwnerSaid)


@settings(deadline=None, max_examples=100)
@given(
    st.text(max_size=50).map(lambda text: text * 400) | st.text(st.characters(), max_size=50),
    st.text(max_size=300),
)
def test_any_text_can_be_kept_by_any_database(text: str, name: str) -> None:
    found = heard(update(message=BASE | {"text": text, "from": MEI | {"first_name": name}}))
    assert found is not None
    assert len(found.text) <= LONGEST_TEXT
    assert "\x00" not in found.text + found.sender_name
    found.model_dump_json().encode()


def test_half_a_character_is_dropped() -> None:
    assert said(text="a\ud83d\x00b").text == "ab"


leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
odd = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner))


@settings(deadline=None, max_examples=50)
@given(
    st.dictionaries(
        st.sampled_from(["text", "photo", "document", "contact", "location", "sticker", "caption", "voice", "poll"]),
        odd,
    )
)
def test_whatever_is_parsed_is_heard_without_an_error(content: dict[str, Any]) -> None:
    try:
        came = message(**content)
    except (TypeError, ValueError, AttributeError, KeyError):
        return  # not an update at all: the library cannot build it, and the poll leaves it out
    heard(came)
