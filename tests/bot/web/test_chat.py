"""The web chat without a browser: forms, the cookie, sending twice, the stream, limits, frames."""

import html
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
import sqlalchemy as sa

from bot.settings import Settings
from bot.web.chat import stream
from bot.web.chat.channel import NAME, WebChannel
from bot.web.chat.history import Reader
from bot.web.chat.limits import Limit, Rate
from bot.web.chat.visitor import LIFETIME
from bot.web.problem import Problem
from bot.workers.outbox import Outbox
from flows.engine.library import Library
from flows.events import Arrival
from flows.events.staff import StaffSaid, StaffTook
from flows.messages import Fact, Paper, Say
from integrations.database.queries.talk import Sent, Talk
from integrations.database.sealing import Sealer
from tests.bot.parts import KEY, START, Clock
from tests.bot.web.site import Site, open_site

ID = re.compile(r'name="id" value="([^"]+)"')


@pytest.fixture
async def chat(site: Site) -> AsyncIterator[Site]:
    """The site with its outbox at work."""
    async with _sending(site):
        yield site


@asynccontextmanager
async def _sending(site: Site) -> AsyncIterator[None]:
    parts = site.parts
    outbox = Outbox(parts.database, {NAME: WebChannel()}, parts.sealer, site.clock, finish=parts.links.resolve)
    await outbox.start()
    try:
        yield
    finally:
        await outbox.close()


async def begin(site: Site, **more: str) -> str:
    """Open the chat as a browser without a script does; the page that is shown then."""
    page = (await site.client.get("/chat")).text
    answer = await site.client.post("/chat/start", data={"id": ID.findall(page)[-1], "lang": "en", **more})
    assert answer.status_code == 303
    return (await site.client.get(answer.headers["location"])).text


async def post(site: Site, **fields: str) -> httpx.Response:
    return await site.client.post("/chat/messages", data=fields)


async def test_without_a_script_forms_lead_from_the_first_page_to_the_next_question(chat: Site) -> None:
    before = await chat.client.get("/chat", headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert 'data-begins="yes"' in before.text
    assert 'lang="zh-Hans"' in before.text
    assert "set-cookie" not in before.headers  # looking leaves no trace
    page = await begin(chat)
    assert "Hello, I&#39;m Lendline" in page
    choice = re.search(r'value="([0-9]+:start:)"', page)
    assert choice is not None
    answer = await post(chat, id="press-0001", choice=choice[1])
    assert answer.status_code == 303
    page = (await chat.client.get("/chat")).text
    assert "Your phone number" in page
    assert "Hello, I&#39;m Lendline" not in page  # the card was rewritten in place
    await post(chat, id="words-0001", text="07700 900123")
    page = (await chat.client.get("/chat")).text
    assert "•" in page  # what the owner typed stands there, its number masked
    assert "07700 900123" not in page
    assert page.count('class="choices"') == 1  # of two cards, the live one alone has buttons


async def test_the_same_id_takes_effect_once(chat: Site) -> None:
    await begin(chat)
    for _ in range(3):
        assert (await post(chat, id="hello-0001", text="hello there")).status_code == 303
    rows = await chat.rows("SELECT count(*) FROM event WHERE origin = 'web' AND external_id LIKE '%hello-0001'")
    assert rows == [(1,)]


async def test_the_cookie_is_the_key_and_nothing_else_opens_a_conversation(chat: Site) -> None:
    page = await begin(chat)
    cookie = next(iter(chat.client.cookies.jar))
    assert (cookie.path, cookie.name) == ("/chat", "lendline-chat")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"
    chat.client.cookies.clear()
    assert (await post(chat, id="words-0001", text="hello")).status_code == 401
    assert (await chat.client.get("/chat/stream")).status_code == 401
    for forged in ("", "x" * 900, (cookie.value or "")[:-4] + "AAAA"):
        answer = await chat.client.get("/chat", headers={"cookie": f"lendline-chat={forged}"})
        assert "Hello, I&#39;m" not in answer.text
    kept = {"cookie": f"lendline-chat={cookie.value}"}
    assert "Hello, I&#39;m" in (await chat.client.get("/chat", headers=kept)).text
    chat.clock.now += timedelta(days=2)
    assert "set-cookie" in (await chat.client.get("/chat", headers=kept)).headers  # renewed on the way
    chat.clock.now += LIFETIME
    assert "Hello, I&#39;m" not in (await chat.client.get("/chat", headers=kept)).text
    del page


async def test_leaving_takes_the_cookie_back(chat: Site) -> None:
    await begin(chat)
    assert "Forget this chat" in (await chat.client.get("/chat/leave")).text
    await chat.client.post("/chat/leave")
    assert 'data-begins="yes"' in (await chat.client.get("/chat")).text


async def test_forms_of_other_sites_are_refused(chat: Site) -> None:
    await begin(chat)
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        for path in ("/chat/messages", "/chat/start", "/chat/leave"):
            answer = await chat.client.post(path, data={"id": "words-0001", "text": "x"}, headers=headers)
            assert answer.status_code == 403, path


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": "hello"}, 422),
        ({"id": "short", "text": "hello"}, 422),
        ({"id": "words-0001", "text": "   "}, 422),
        ({"id": "words-0001"}, 422),
        ({"id": "words-0001", "text": "x" * 8_001}, 422),
        ({"id": "words-0001", "text": "x" * 70_000}, 413),
        ({"id": "words-0001", "text": "a", "more": "b"}, 422),
        ({"id": "<script>alert(1)</script>", "text": "a"}, 422),
    ],
)
async def test_what_is_no_message_is_refused(chat: Site, fields: dict[str, str], status: int) -> None:
    await begin(chat)
    answer = await post(chat, **fields)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_script_gets_a_receipt_and_the_rest_by_the_stream(chat: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LIFETIME", 0.3)
    page = await begin(chat)
    found = re.search(r'data-cursor="([^"]+)"', page)
    assert found is not None
    headers = {"accept": "application/json"}
    answer = await chat.client.post("/chat/messages", data={"id": "words-0001", "text": "</script>"}, headers=headers)
    assert (answer.status_code, answer.json()) == (202, {"key": "o-words-0001"})
    rows = await chat.rows("SELECT id FROM conversation WHERE channel = 'web'")
    assert await chat.parts.door.settled(str(rows[0][0]), 5)
    events, last = _events((await chat.client.get(f"/chat/stream?after={found[1]}")).text)
    assert events[0]["key"] == "o-words-0001"
    assert html.escape("</script>") in str(events[0]["html"])
    assert {each["who"] for each in events} == {"owner", "assistant"}
    assert not any("Hello, I" in str(each["html"]) and each["who"] == "owner" for each in events)
    again, _ = _events((await chat.client.get("/chat/stream", headers={"last-event-id": last})).text)
    assert again == []


async def test_a_person_of_the_staff_is_told_apart(chat: Site) -> None:
    await begin(chat)
    rows = await chat.rows("SELECT id FROM conversation WHERE channel = 'web'")
    conversation = str(rows[0][0])
    for number, event in enumerate(
        (StaffTook(staff="s-1", first_name="Priya"), StaffSaid(staff="s-1", first_name="Priya", text="<b>Hi</b>"))
    ):
        await chat.parts.door.take(
            Arrival(origin="test", external_id=str(number), event=event, at=START, conversation_id=conversation)
        )
    assert await chat.parts.door.settled(conversation, 5)
    page = (await chat.client.get("/chat")).text
    assert "&lt;b&gt;Hi&lt;/b&gt;" in page
    assert 'class="message person"' in page
    assert "Priya" in page


async def test_older_messages_are_a_page_away(chat: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.chat.routes.SHOWN", 3)
    await begin(chat)
    for number in range(6):
        await post(chat, id=f"words-000{number}", text=f"blah number {number}")
    page = (await chat.client.get("/chat")).text
    assert "blah number 5" in page
    assert "blah number 0" not in page
    older = re.search(r"/chat\?before=[0-9]+", page)
    assert older is not None
    page = (await chat.client.get(older[0])).text
    assert 'id="composer"' not in page
    assert "Back to the newest" in page
    assert "blah number 5" not in page


async def test_only_listed_sites_may_frame_the_chat_and_nothing_else_is_framed(
    database_url: str, library: Library
) -> None:
    async with open_site(database_url, library, embed_origins=("https://lender.example",)) as site:
        policy = (await site.client.get("/chat")).headers["content-security-policy"]
        assert policy.endswith("frame-ancestors 'self' https://lender.example")
        assert "unsafe" not in policy
        other = (await site.client.get("/docs")).headers
        assert "frame-ancestors 'none'" in other["content-security-policy"]
        assert other["x-frame-options"] == "DENY"


async def test_over_https_a_frame_gets_a_cookie_of_its_own(
    database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.chat.routes.ANSWERED", 0.0)
    async with open_site(database_url, library, public_url="https://apply.example") as site:
        for headers, expected in (({}, "Secure; SameSite=Lax"), ({"sec-fetch-dest": "iframe"}, "SameSite=None; Part")):
            answer = await site.client.post("/chat/start", data={"id": "begin-0001"}, headers=headers)
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith("__Secure-lendline-chat=")
            assert expected in cookie
            assert "HttpOnly" in cookie
            site.client.cookies.clear()


def test_origins_are_checked_when_the_program_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LENDLINE_EMBED_ORIGINS", "https://a.example, http://127.0.0.1:8080")
    assert Settings().embed_origins == ("https://a.example", "http://127.0.0.1:8080")
    for wrong in ("*", "https://a.example/path", "a.example", "https://a.example; script-src *"):
        monkeypatch.setenv("LENDLINE_EMBED_ORIGINS", wrong)
        with pytest.raises(ValueError, match="LENDLINE_EMBED_ORIGINS"):
            Settings()


def test_a_bucket_fills_again_and_says_when() -> None:
    clock = Clock()
    limit = Limit(Rate(burst=2, seconds=5), clock)
    limit.take("a")
    limit.take("a")
    with pytest.raises(Problem) as refused:
        limit.take("a")
    assert refused.value.headers["Retry-After"] in {"5", "6"}
    limit.take("b")
    clock.now += timedelta(seconds=6)
    limit.take("a")


def test_a_message_that_was_erased_or_cannot_be_opened_says_so() -> None:
    sealer = Sealer([KEY])
    facts = Say(facts=(Fact(label="Name\u202e", value="<i>"),), rows=())
    bodies = (b"", b"broken", sealer.seal(facts))
    sent = tuple(Sent(n, n, "assistant", f"m{n}", "", False, 0, body, START) for n, body in enumerate(bodies))
    messages = Reader(sealer, lambda say, _: say).messages(Talk("en", sent, ()), "c-1")
    assert [message.erased for message in messages] == [True, True, False]
    assert messages[2].facts[0].label == "Name"


def _events(text: str) -> tuple[list[dict[str, object]], str]:
    events = [json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith("data: ")]
    ids = [line.removeprefix("id: ") for line in text.splitlines() if line.startswith("id: ")]
    return events, ids[-1] if ids else ""


async def test_trouble_is_a_page_for_a_person_and_a_problem_for_a_program(site: Site) -> None:
    for accept, kind in (("text/html", "text/html"), ("*/*", "application/problem+json")):
        fields = {"id": "words-0001", "text": "hello"}
        answer = await site.client.post("/chat/messages", data=fields, headers={"accept": accept})
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (401, kind)


async def test_a_file_that_goes_with_a_message_is_for_its_owner_alone(chat: Site) -> None:
    await begin(chat)
    (found,) = await chat.rows("SELECT id, conversation_id FROM outbox ORDER BY id DESC LIMIT 1")
    paper = Paper(name="key-facts", lang="en", title="Key facts")
    body = chat.parts.sealer.seal(Say(text="To keep", enclosed=paper))
    await chat.parts.database.run(
        lambda db: db.execute(sa.text("UPDATE outbox SET body = :body WHERE id = :id"), {"body": body, "id": found[0]})
    )
    page = (await chat.client.get("/chat")).text
    address = re.search(r'href="(/chat/enclosed/[^"]+)"', page)
    assert address is not None
    assert "File: key-facts.pdf" in page
    answer = await chat.client.get(address[1])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert (await chat.client.get("/chat/enclosed/unknown")).status_code == 404
    chat.client.cookies.clear()
    assert (await chat.client.get(address[1])).status_code == 401
