"""Members of staff with a browser of their own, in front of the same database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from bot.web.app import create_app
from bot.web.console.people import People
from bot.web.console.roles import Role
from flows.events import Arrival, OwnerSaid
from flows.messages import Heard
from tests.bot.web.site import BASE, OWNER, Site

PATH = f"/console/conversations/{OWNER}"
SAME = {"sec-fetch-site": "same-origin"}
PIECE = {**SAME, "x-piece": "1"}


@dataclass
class Colleague:
    """One member of staff."""

    client: httpx.AsyncClient
    site: Site

    async def get(self, path: str = PATH, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=headers)

    async def does(self, act: str, **form: str) -> httpx.Response:
        """Post a form of the conversation's page the way the page's script does."""
        return await self.client.post(f"{PATH}/{act}", data=form, headers=PIECE)


@asynccontextmanager
async def signed_in(site: Site, name: str, role: Role, lang: str = "en") -> AsyncIterator[Colleague]:
    """Add somebody and let them in by their one-time link."""
    token = await People(site.parts.database, site.parts.sealer).add(name, role, site.clock(), lang=lang)
    transport = httpx.ASGITransport(app=create_app(site.parts))
    async with httpx.AsyncClient(transport=transport, base_url=site.parts.public_url or BASE) as client:
        answer = await client.get(f"/console/enter/{token}")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/console"
        yield Colleague(client, site)


_numbers = iter(range(1, 1_000_000))


async def owner_says(site: Site, text: str) -> None:
    """The owner writes."""
    await hears(site, Heard(kind="text", text=text, message_id=f"m{next(_numbers)}"))


async def owner_taps(site: Site, data: str) -> None:
    """The owner presses a button."""
    await hears(site, Heard(kind="choice", choice=data))


async def hears(site: Site, heard: Heard) -> None:
    await site.parts.door.take(
        Arrival(
            origin="chat",
            external_id=f"x{next(_numbers)}",
            event=OwnerSaid(heard=heard),
            at=site.clock(),
            conversation_id=OWNER,
        )
    )


async def outbox(site: Site) -> list[tuple[str, str]]:
    """Who says what to the owner and is not withdrawn, in order."""
    from flows.messages import Say

    found = await site.parts.database.read(
        lambda connection: connection.exec_driver_sql(
            "select by, body from outbox where state <> 'dropped' order by id"
        ).all()
    )
    return [(by, site.parts.sealer.unseal(Say, bytes(body)).text) for by, body in found]
