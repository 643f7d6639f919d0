"""The stand refuses what Telegram refuses: a bench that forgives would hide our mistakes."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from telegram import Bot

from tests.stand import Person, Schema, Server, Stand


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running, CLIENT:
        yield running


@pytest.fixture
def stand(server: Server) -> Stand:
    return server.stand()


@pytest.fixture
def mei(stand: Stand) -> Person:
    return stand.person("Mei")


CLIENT = httpx.Client(trust_env=False, verify=False)  # one for all: a new one costs 30 ms


def call(stand: Stand, method: str, **params: Any) -> Any:
    answer = CLIENT.post(f"{stand.url}/bot{stand.token}/{method}", json=params)
    body = answer.json()
    assert answer.status_code == body.get("error_code", 200)
    return body["result"] if body["ok"] else body["description"]


def buttons(*rows: list[dict[str, Any]]) -> str:
    return json.dumps({"inline_keyboard": rows})


def test_who_may_call(stand: Stand) -> None:
    assert call(stand, "getMe")["username"] == "lendline_bot"
    for token, code in (("1:wrong", 401), ("wrong", 404)):
        assert CLIENT.get(f"{stand.url}/bot{token}/getMe").status_code == code


@pytest.mark.parametrize(
    ("method", "params", "refused"),
    [
        ("sendSmoke", {}, "method not found"),
        ("sendMessage", {"text": "x"}, "chat_id is missing"),
        ("sendMessage", {"text": "x", "colour": "red"}, "unknown parameter colour"),
        ("sendMessage", {"text": " "}, "message text is empty"),
        ("sendMessage", {"text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"text": "👍" * 2049}, "message is too long"),
        ("sendMessage", {"text": "<blink>x</blink>", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"text": "a < b", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"text": "x<!-- y -->", "parse_mode": "HTML"}, "can't parse entities"),
        ("sendMessage", {"text": "x", "reply_markup": "[]"}, "reply markup"),
        ("sendMessage", {"text": "x", "reply_markup": buttons([{"text": "a"}])}, "unallowed"),
        ("sendMessage", {"text": "x", "reply_markup": buttons([{"text": "", "callback_data": "a"}])}, "non-empty"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": buttons([{"text": "a", "callback_data": "字" * 22}])},
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": buttons([{"text": "a", "url": "http://localhost:8000"}])},
            "Wrong HTTP URL",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": buttons([{"text": "a", "callback_data": "a"}] * 9)},
            "row is too long",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": buttons(*[[{"text": "a", "callback_data": "a"}] * 8] * 13)},
            "too long",
        ),
        ("editMessageText", {"message_id": 999, "text": "x"}, "message to edit not found"),
        ("deleteMessage", {"message_id": 999}, "message to delete not found"),
    ],
)
def test_what_is_refused(stand: Stand, mei: Person, method: str, params: dict[str, Any], refused: str) -> None:
    given = params if refused.startswith("chat_id") or method == "sendSmoke" else {"chat_id": mei.id} | params
    assert refused in str(call(stand, method, **given))
    assert mei.messages == []


def test_a_chat_that_is_not_there_or_blocked(stand: Stand, mei: Person) -> None:
    assert "chat not found" in call(stand, "sendMessage", chat_id=1, text="x")
    mei.block()
    assert "bot was blocked" in call(stand, "sendMessage", chat_id=mei.id, text="x")
    mei.block(blocked=False)
    assert call(stand, "sendMessage", chat_id=mei.id, text="x")["text"] == "x"


def test_editing(stand: Stand, mei: Person) -> None:
    number = call(stand, "sendMessage", chat_id=mei.id, text="<b>one</b>", parse_mode="HTML")["message_id"]
    assert mei.last.bold == ("one",)
    assert "not modified" in call(
        stand, "editMessageText", chat_id=mei.id, message_id=number, text="<b>one</b>", parse_mode="HTML"
    )
    assert "edit_date" in call(stand, "editMessageText", chat_id=mei.id, message_id=number, text="two")
    assert "not modified" in call(stand, "editMessageReplyMarkup", chat_id=mei.id, message_id=number)
    keyboard = json.dumps({"keyboard": [[{"text": "Share", "request_contact": True}]]})
    asked = call(stand, "sendMessage", chat_id=mei.id, text="?", reply_markup=keyboard)["message_id"]
    assert "can't be edited" in call(stand, "editMessageText", chat_id=mei.id, message_id=asked, text="two")


def test_a_press_is_answered_once(stand: Stand, mei: Person) -> None:
    markup = buttons([{"text": "Yes", "callback_data": "1:yes:"}])
    call(stand, "sendMessage", chat_id=mei.id, text="?", reply_markup=markup)
    query = mei.tap("Yes")
    (update,) = call(stand, "getUpdates")
    assert update["callback_query"]["data"] == "1:yes:"
    assert call(stand, "answerCallbackQuery", callback_query_id=query) is True
    assert "query is too old" in call(stand, "answerCallbackQuery", callback_query_id=query)
    assert "query is too old" in call(stand, "answerCallbackQuery", callback_query_id="nobody's")
    with pytest.raises(AssertionError, match="there is no button"):
        mei.tap("No")


def test_updates_stay_until_they_are_confirmed(stand: Stand, mei: Person) -> None:
    for text in "abc":
        mei.say(text)
    first = call(stand, "getUpdates", limit=2)
    assert [each["message"]["text"] for each in first] == ["a", "b"]
    assert call(stand, "getUpdates", limit=2) == first
    assert stand.pending == 3
    (last,) = call(stand, "getUpdates", offset=first[-1]["update_id"] + 1)
    assert last["message"]["text"] == "c"
    assert stand.pending == 1
    assert call(stand, "getUpdates", offset=last["update_id"] + 1) == []
    call(stand, "setWebhook", url="https://lendline.example/w")
    assert "webhook is active" in call(stand, "getUpdates")
    call(stand, "deleteWebhook")
    assert call(stand, "getUpdates") == []


async def test_a_second_poller_ends_the_first(stand: Stand) -> None:
    address = f"{stand.url}/bot{stand.token}/getUpdates"
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        first = asyncio.create_task(client.post(address, json={"timeout": 20}))
        await stand.until(lambda: len(stand.calls) == 1)
        second = asyncio.create_task(client.post(address, json={"timeout": 20}))
        assert (await first).status_code == 409
        stand.person().say("hello")
        assert len((await second).json()["result"]) == 1


async def test_files_go_both_ways(stand: Stand, mei: Person) -> None:
    mei.send_document("bank.csv", b"date,amount\n", "text/csv")
    bot = Bot(stand.token, base_url=f"{stand.url}/bot", base_file_url=f"{stand.url}/file/bot")
    async with bot:
        (update,) = await bot.get_updates()
        assert update.message is not None
        assert update.message.document is not None
        file = await update.message.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"date,amount\n"
        sent = await bot.send_document(mei.id, b"%PDF", filename="report.pdf", caption="Your <report>")
        assert sent.caption == mei.last.text == "Your <report>"
        await bot.send_photo(mei.id, b"\x89PNG")
    assert len(mei.messages) == 2


@pytest.mark.spec
@pytest.mark.skipif(Schema.load() is None, reason="the Bot API description is not at ../shared/specs")
@pytest.mark.parametrize(
    ("method", "params", "problem"),
    [
        ("sendSmoke", {}, "unknown method"),
        ("sendMessage", {"text": "x"}, "chat_id is missing"),
        ("sendMessage", {"chat_id": "5", "text": "x", "colour": "red"}, "unknown parameter"),
        ("sendMessage", {"chat_id": "5", "text": "x", "protect_content": "maybe"}, "not of type Boolean"),
        ("editMessageText", {"chat_id": "5", "message_id": "one", "text": "x"}, "not of type Integer"),
        ("setMyCommands", {"commands": '[{"command": "a"}]'}, "description is missing"),
        ("setMyCommands", {"commands": '{"command": "a"}'}, "not an array"),
        ("answerCallbackQuery", {"callback_query_id": "q", "text": "x" * 201}, "0-200 allowed"),
        (
            "sendMessage",
            {"chat_id": "5", "text": "x", "reply_markup": buttons([{"text": "a", "callback_data": "字" * 22}])},
            "1-64 allowed",
        ),
        (
            "sendMessage",
            {"chat_id": "5", "text": "x", "reply_markup": buttons([{"text": "a", "callback": "x"}])},
            "unknown field callback",
        ),
    ],
)
def test_the_schema_finds_planted_mistakes(method: str, params: dict[str, str], problem: str) -> None:
    schema = Schema.load()
    assert schema is not None
    assert any(problem in found for found in schema.problems(method, params))


@pytest.mark.spec
@pytest.mark.skipif(Schema.load() is None, reason="the Bot API description is not at ../shared/specs")
def test_the_schema_accepts_right_calls() -> None:
    schema = Schema.load()
    assert schema is not None
    markup = buttons([{"text": "a", "callback_data": "a", "style": "primary"}])
    for right in (
        {"chat_id": "5", "text": "12345", "parse_mode": "HTML", "reply_markup": markup},
        {"chat_id": "@shop", "text": "x", "link_preview_options": '{"is_disabled": true}'},
    ):
        assert schema.problems("sendMessage", right) == []
