"""Two web processes on one database: what staff do at one is seen at the other, and of two takers one wins."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from bot.door.turns import Door
from bot.web.app import create_app
from bot.web.console.guard import Room
from bot.web.console.live import _stream
from bot.web.console.people import People
from bot.web.console.roles import Role
from bot.web.pages import Pages
from flows import catalog
from flows.engine.run import Engine
from integrations.database.engine import Database
from tests.bot.parts import apology, new_conversation
from tests.bot.web.console.staff import PATH, Colleague, owner_says, signed_in
from tests.bot.web.site import BASE, Site
from tests.databases import is_postgresql


@asynccontextmanager
async def another(site: Site) -> AsyncIterator[Site]:
    """A second process: a database connection, a door and an application of its own, on the same tables."""
    parts = site.parts
    database = await Database.open(parts.database.url, upgrade=False)
    decide = Engine(parts.library, catalog.load()).decide
    door = Door(database, decide, new_conversation, parts.sealer, parts.clock, apology=apology)
    own = replace(parts, database=database, door=door)
    transport = httpx.ASGITransport(app=create_app(own))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield replace(site, parts=own, client=client)
    door.close()
    await database.close()


async def test_what_is_committed_at_one_is_told_at_the_other(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    if is_postgresql():  # it tells by itself; a file does not, so its readers look every other second
        monkeypatch.setattr("bot.web.console.live.LOOK_EVERY", 60.0)
    async with another(site) as second:
        room = Room(second.parts, Pages(second.parts.library.texts), People(second.parts.database, second.parts.sealer))
        stream = _stream(room, None)
        assert "hello" in await anext(stream)
        told = asyncio.create_task(anext(stream))
        await owner_says(site, "is anybody there?")
        assert "event: change" in await asyncio.wait_for(told, 5)
        await stream.aclose()


async def test_of_two_who_take_over_at_two_processes_one_wins(site: Site) -> None:
    await owner_says(site, "I want to talk to a person")
    async with (
        another(site) as second,
        signed_in(site, "Ann Reed", Role.AGENT) as ann,
        signed_in(second, "Ben Cole", Role.AGENT) as ben,
    ):
        answers = await asyncio.gather(ann.does("take"), ben.does("take"))
        assert sorted(answer.status_code for answer in answers) == [204, 409]
        for colleague in (ann, ben):
            await _agrees(colleague, "Ann" if answers[0].status_code == 204 else "Ben")


async def _agrees(colleague: Colleague, winner: str) -> None:
    page = (await colleague.get(PATH)).text
    assert f"{winner} speaks; the assistant is silent" in page or "You speak; the assistant is silent" in page
