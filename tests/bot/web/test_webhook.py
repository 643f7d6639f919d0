"""Telegram's webhook: who may call, what is refused, durable before 200, once although it comes twice."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from bot.links import Links
from bot.telegram.requests import open_api
from bot.telegram.webhook import Webhook
from bot.web.app import create_app
from bot.web.parts import Parts as WebParts
from bot.web.webhook import MOST_BYTES, PATH, Hook
from bot.workers.approvals import Approvals
from flows.engine.library import Library
from flows.errors import SourceUnavailable
from flows.ports import Source
from integrations.database.queries import conversations, events
from tests.bot.parts import Flow, Parts, echo, parts

BASE = "https://apply.example"

SECRET = "a-secret_of-telegram"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
MEI = {"id": 7, "is_bot": False, "first_name": "Mei", "language_code": "zh"}
CHAT = {"id": 7, "type": "private", "first_name": "Mei"}


def message(number: int, text: str) -> dict[str, Any]:
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": CHAT, "from": MEI, "text": text},
    }


def press(number: int) -> dict[str, Any]:
    shown = {"message_id": 3, "date": 1, "chat": CHAT, "text": "?"}
    query = {"id": "q-9", "from": MEI, "chat_instance": "1", "data": "1:x:y", "message": shown}
    return {"update_id": number, "callback_query": query}


class Two(NamedTuple):
    """Two web processes on one database."""

    its: Parts
    one: httpx.AsyncClient
    other: httpx.AsyncClient


@pytest.fixture
async def two(tmp_path: Path, library: Library) -> AsyncIterator[Two]:
    async with parts(tmp_path, Flow({"say": echo})) as one, parts(tmp_path, Flow({"say": echo})) as other:
        clients = [client_of(its, library) for its in (one, other)]
        yield Two(one, *clients)
        for client in clients:
            await client.aclose()


async def no_source(name: str) -> Source:
    raise SourceUnavailable(name, "none here")


def client_of(its: Parts, library: Library) -> httpx.AsyncClient:
    api = open_api("1:token", "http://127.0.0.1:9")
    hook = Hook(Webhook(api, its.door.take, its.clock), SECRET, f"{BASE}{PATH}")
    links = Links(its.sealer, its.clock, BASE)
    approvals = Approvals(its.db, its.sealer, no_source, its.clock)
    app = create_app(WebParts(its.door, its.db, its.sealer, library, links, its.clock, approvals, hook=hook))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE)


async def texts(its: Parts) -> list[str]:
    """What the log says the owner has done."""
    logged = await its.db.read(events.since, 0)
    return [line.text for line in logged if line.actor == "owner"]


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, {"Authorization": SECRET}])
async def test_without_the_secret_nothing_is_read(two: Two, headers: dict[str, str]) -> None:
    its, client, _ = two
    answer = await client.post(PATH, json=message(1, "say hello"), headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert await texts(its) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"update_id": "1"}', 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"x" * (MOST_BYTES + 1), 413),
        (b'{"update_id": 5}', 200),
        (b'{"update_id": 5, "something_new": {"a": 1}}', 200),
        (b'{"update_id": 5, "message": {"message_id": "x"}}', 200),
    ],
)
async def test_what_is_no_update_is_refused_and_unknown_kinds_are_passed_over(
    two: Two, body: bytes, status: int
) -> None:
    its, client, _ = two
    assert (await client.post(PATH, content=body, headers=HEADERS)).status_code == status
    assert await texts(its) == []


async def test_an_update_is_durable_when_it_is_acknowledged(two: Two) -> None:
    its, client, _ = two
    answer = await client.post(PATH, json=message(1, "say hello"), headers=HEADERS)
    assert (answer.status_code, answer.json()) == (200, {})
    assert await texts(its) == ["say hello"]


async def test_a_pressed_button_stops_turning_in_the_same_breath(two: Two) -> None:
    _, client, _ = two
    answer = await client.post(PATH, json=press(1), headers=HEADERS)
    assert answer.json() == {"method": "answerCallbackQuery", "callback_query_id": "q-9"}


async def test_the_same_update_at_two_processes_at_once_takes_effect_once(two: Two) -> None:
    its, one, other = two
    sent = [message(number, f"say {number}") for number in range(1, 9)]
    for update in sent:
        answers = await asyncio.gather(
            *(client.post(PATH, json=update, headers=HEADERS) for client in (one, other, one, other))
        )
        assert [answer.status_code for answer in answers] == [200] * 4
    assert await texts(its) == [f"say {number}" for number in range(1, 9)]


async def test_a_later_update_that_was_faster_is_noticed(two: Two) -> None:
    its, one, other = two
    assert (await one.post(PATH, json=message(2, "say second"), headers=HEADERS)).status_code == 200
    assert (await other.post(PATH, json=message(1, "say first"), headers=HEADERS)).status_code == 200
    logged = await its.db.read(events.since, 0)
    assert [line.text for line in logged if line.kind == "overtaken"] == ["number 1 after 2"]
    assert await texts(its) == ["say second", "say first"]


async def test_a_burst_at_one_process_is_taken_in_the_order_of_its_numbers(two: Two) -> None:
    """Deliveries that wait for their turn are sorted; the first one is at work already."""
    its, one, _ = two
    await one.post(PATH, json=message(1, "say 1"), headers=HEADERS)
    order = [2, 9, 5, 3, 8, 4, 7, 6]
    await asyncio.gather(*(one.post(PATH, json=message(n, f"say {n}"), headers=HEADERS) for n in order))
    said = [int(text.split()[1]) for text in await texts(its)]
    assert sorted(said) == list(range(1, 10))
    assert said[2:] == sorted(said[2:])


async def test_a_database_in_trouble_makes_telegram_come_again(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    its, client, _ = two

    def fails(*_: object, **__: object) -> None:
        raise conversations.ConversationMoved("c")

    with monkeypatch.context() as patched:
        patched.setattr(its.db, "run", fails)
        assert (await client.post(PATH, json=message(1, "say hello"), headers=HEADERS)).status_code >= 500
    assert (await client.post(PATH, json=message(1, "say hello"), headers=HEADERS)).status_code == 200
    assert await texts(its) == ["say hello"]
