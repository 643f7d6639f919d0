"""The bounded client: concurrency, sizes, addresses, waits, and a real socket on loopback."""

import asyncio
import gzip
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from flows.errors import SourceUnavailable, SourceUnreadable
from integrations.toolkit.http import Call, JsonClient, Limits, together

Handler = Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]


class Page(BaseModel):
    items: tuple[int, ...] = ()
    next: str | None = None


def client(handler: Handler, limits: Limits | None = None) -> JsonClient:
    async def no_wait(_seconds: float) -> None: ...

    return JsonClient(
        "sample",
        "http://sample.test/api",
        clock=lambda: datetime(2026, 11, 23, tzinfo=UTC),
        limits=limits,
        transport=httpx.MockTransport(handler),
        sleep=no_wait,
    )


async def test_no_more_than_sixteen_calls_at_once() -> None:
    running = most = 0
    release = asyncio.Event()

    async def slow(_request: httpx.Request) -> httpx.Response:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == 16:
            release.set()
        await release.wait()
        running -= 1
        return httpx.Response(200, json={})

    one = client(slow)
    await together(*(one.send(Call("GET", "x"), Page) for _ in range(50)))
    assert most == 16
    await one.aclose()


async def test_a_compressed_bomb_is_stopped() -> None:
    bomb = gzip.compress(b" " * 20_000_000)

    async def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=bomb, headers={"Content-Encoding": "gzip"})

    one = client(answer, Limits(body_bytes=1_000_000))
    with pytest.raises(SourceUnreadable, match="more than 1000000 bytes"):
        await one.send(Call("GET", "x"), Page)
    await one.aclose()


@pytest.mark.parametrize("link", ["http://evil.test/api/x", "https://sample.test/api/x", "http://sample.test:81/x"])
async def test_a_next_page_elsewhere_is_not_followed(link: str) -> None:
    asked: list[str] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json={"items": [1], "next": link})

    one = client(answer)
    with pytest.raises(SourceUnreadable, match="leads elsewhere"):
        [page async for page in one.pages(Call("GET", "x"), Page, lambda page: page.next)]
    assert asked == ["http://sample.test/api/x"]
    await one.aclose()


async def test_pages_that_go_round_in_a_circle_end() -> None:
    async def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"items": [1], "next": "http://sample.test/api/x?page=2"})

    one = client(answer)
    with pytest.raises(SourceUnreadable, match="already read"):
        [page async for page in one.pages(Call("GET", "x"), Page, lambda page: page.next)]
    await one.aclose()


@given(header=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40))
@settings(deadline=None, max_examples=60)
def test_any_retry_after_is_survived(header: str) -> None:
    async def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(429, headers={"Retry-After": header})

    async def ask() -> None:
        one = client(answer)
        with pytest.raises(SourceUnavailable):
            await one.send(Call("GET", "x"), Page)
        await one.aclose()

    asyncio.run(ask())


@given(body=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@settings(deadline=None, max_examples=80)
def test_any_body_is_read_or_refused(body: bytes) -> None:
    async def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body)

    async def ask() -> None:
        one = client(answer)
        with suppress(SourceUnreadable):
            await one.send(Call("GET", "x"), Page)
        await one.aclose()

    asyncio.run(ask())


async def test_together_raises_the_failure_itself() -> None:
    async def fail() -> int:
        raise SourceUnavailable("sample", "down")

    async def wait() -> int:
        await asyncio.Event().wait()
        return 1

    with pytest.raises(SourceUnavailable):
        await together(wait(), fail())
