"""Errors are pages where a person reads them, in their language, whichever layer they come from."""

import asyncio
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import Request
from starlette.routing import Route

from bot.web.app import create_app
from bot.web.console.roles import Role
from bot.web.pages import HTML_LANG
from flows.engine.library import Library
from tests.bot.web.console.staff import PATH, PIECE, SAME, signed_in
from tests.bot.web.site import BASE, Site, open_site

PEOPLE = {"accept": "text/html,application/xhtml+xml"}
LANGUAGES = {"en": "en-GB,en;q=0.9", "zh": "zh-CN,zh;q=0.9"}
PLACES = ("/console", "/chat", "/consent", "/party", "/report")


@pytest.fixture
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """In front of an application that has an address below each place that fails, and one that never answers."""

    async def fails(_request: Request) -> None:
        raise ZeroDivisionError("secret 6222020000001111")

    async def hangs(_request: Request) -> None:
        await asyncio.Event().wait()

    app = create_app(site.parts)
    (shield,) = app.user_middleware
    shield.kwargs["seconds"] = 0.05
    for place in PLACES:
        for name, what in (("fails", fails), ("hangs", hangs)):
            app.router.routes.insert(0, Route(f"{place}/x/{name}", what))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE) as found:
        yield found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
async def test_what_goes_wrong_is_told_in_words(client: httpx.AsyncClient, place: str, lang: str) -> None:
    seen = set()
    for address, status in ((f"{place}/x/fails", 500), (f"{place}/x/hangs", 503), (f"{place}/x/y/z", 404)):
        answer = await client.get(address, headers={**PEOPLE, "accept-language": LANGUAGES[lang]})
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8"), address
        assert f'<html lang="{HTML_LANG[lang]}">' in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "<style" not in answer.text
        assert not [word for word in ("ZeroDivision", "6222", "Traceback", ".py") if word in answer.text]
        seen.add(answer.text)
    assert len(seen) == 3
    assert (await client.get(f"{place}/x/hangs", headers=PEOPLE)).headers["retry-after"]


@pytest.mark.parametrize("place", PLACES)
async def test_a_program_is_told_the_same_as_a_problem(client: httpx.AsyncClient, place: str) -> None:
    for name, status in (("fails", 500), ("hangs", 503), ("y/z", 404)):
        answer = await client.get(f"{place}/x/{name}", headers={"accept": "*/*"})
        assert (answer.json()["status"], answer.headers["content-type"]) == (status, "application/problem+json")


async def test_a_script_of_the_console_is_told_one_sentence_in_the_language_of_its_reader(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.VIEWER, lang="zh") as ann:
        missing = await ann.get("/console/conversations/c-none/head", **PIECE)
        refused = await ann.does("take")
        for answer, status in ((missing, 404), (refused, 403)):
            assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
            assert "\n" not in answer.text
            assert re.search("[\u4e00-\u9fff]", answer.text)


async def test_a_form_that_is_too_large_is_answered_with_a_page(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        answer = await ann.client.post(f"{PATH}/say", data={"text": "x" * 70_000}, headers={**SAME, **PEOPLE})
        assert (answer.status_code, answer.headers["content-type"]) == (413, "text/html; charset=utf-8")
        assert "Back to the inbox" in answer.text


async def test_a_page_of_the_chat_that_fails_is_shown_in_the_frame_too(database_url: str, library: Library) -> None:
    async with open_site(database_url, library, embed_origins=("https://lender.example",)) as site:
        answer = await site.client.get("/chat/none", headers=PEOPLE)
        assert "frame-ancestors 'self' https://lender.example" in answer.headers["content-security-policy"]
