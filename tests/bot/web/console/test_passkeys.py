"""Passkeys: who they let in, and every way in which they must not."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.web.console.passkeys import offered
from bot.web.console.people import TRIES
from bot.web.console.roles import Role
from flows.engine.library import Library
from integrations.database.queries import passkeys, staff
from tests.bot.web.console.authenticator import PRESENT_AND_VERIFIED, Authenticator
from tests.bot.web.console.staff import SAME, Colleague, signed_in
from tests.bot.web.site import Site, open_site

HERE = "https://desk.example.com"


@pytest.fixture
async def site(database_url: str, library: Library) -> AsyncIterator[Site]:
    """A console at an address where browsers allow passkeys."""
    async with open_site(database_url, library, public_url=HERE) as opened:
        yield opened


def device() -> Authenticator:
    return Authenticator(HERE, httpx.URL(HERE).host)


async def added(colleague: Colleague, made: Authenticator) -> httpx.Response:
    begun = (await colleague.client.post("/console/account/passkeys/options", headers=SAME)).json()
    body = {"sealed": begun["sealed"], "name": "Laptop", "answer": made.make(begun["publicKey"])}
    return await colleague.client.post("/console/account/passkeys", json=body, headers=SAME)


async def named(site: Site, name: str) -> str:
    found = await site.parts.database.read(staff.by_name, name)
    assert found is not None
    return found.id


async def challenged(client: httpx.AsyncClient) -> tuple[str, dict[str, object]]:
    begun = (await client.post("/console/login/passkey/options", headers=SAME)).json()
    return begun["sealed"], begun["publicKey"]


async def entered(client: httpx.AsyncClient, sealed: str, answer: object) -> int:
    body = {"sealed": sealed, "answer": answer}
    return (await client.post("/console/login/passkey", json=body, headers=SAME)).status_code


async def test_a_passkey_lets_in_and_a_signature_counts_once(site: Site) -> None:
    laptop = device()
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        assert (await added(ann, laptop)).status_code == 204
        assert "set up how you sign in" not in (await ann.get("/console")).text.lower()
    sealed, options = await challenged(site.client)
    answer = laptop.sign(options)
    assert await entered(site.client, sealed, answer) == 204
    assert (await site.client.get("/console")).status_code == 200
    assert await entered(site.client, sealed, answer) == 401


async def test_what_proves_nothing_is_refused(site: Site) -> None:
    laptop = device()
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        await added(ann, laptop)
        assert (await added(ann, laptop)).status_code == 422  # the same key twice
    elsewhere = Authenticator("https://lendline.example.net", "lendline.example.net")
    sealed, options = await challenged(site.client)
    laptop.origin = elsewhere.origin
    assert await entered(site.client, sealed, laptop.sign(options)) == 401
    laptop.origin = HERE
    assert await entered(site.client, sealed, device().sign(options)) == 401  # a key that nobody added
    assert await entered(site.client, sealed, laptop.sign(options, flags=PRESENT_AND_VERIFIED & ~0x04)) == 401
    other, _ = await challenged(site.client)
    assert await entered(site.client, other, laptop.sign(options)) == 401  # another challenge's signature
    assert await entered(site.client, sealed, {"id": "x"}) == 401
    site.clock.turn(301)
    assert await entered(site.client, sealed, laptop.sign(options)) == 401


async def test_a_copied_passkey_shows_by_its_counter(site: Site) -> None:
    laptop = device()
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        await added(ann, laptop)
    laptop.counter = 6
    sealed, options = await challenged(site.client)
    assert await entered(site.client, sealed, laptop.sign(options)) == 204
    laptop.counter = 3
    sealed, options = await challenged(site.client)
    assert await entered(site.client, sealed, laptop.sign(options)) == 401


async def test_who_is_locked_out_stays_out_and_guessing_is_slowed(site: Site) -> None:
    laptop = device()
    async with signed_in(site, "Sue Park", Role.SUPERVISOR) as sue, signed_in(site, "Ann Reed", Role.AGENT) as ann:
        await added(ann, laptop)
        await sue.client.post(f"/console/people/{await named(site, 'Ann Reed')}", data={"do": "lock"}, headers=SAME)
    sealed, options = await challenged(site.client)
    statuses = [await entered(site.client, sealed, laptop.sign(options)) for _ in range(TRIES + 1)]
    assert statuses == [401] * TRIES + [429]


async def test_the_last_way_in_stays_and_only_the_own_is_removed(site: Site) -> None:
    one, two = device(), device()
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann, signed_in(site, "Ben Cole", Role.AGENT) as ben:
        await added(ann, one)
        await added(ben, two)
        ann_id = await named(site, "Ann Reed")
        (key,) = await site.parts.database.read(passkeys.of_staff, ann_id)
        for who, where in ((ben, "removed"), (ann, "last")):
            answer = await who.client.post("/console/account/passkeys/remove", data={"id": key.id}, headers=SAME)
            assert answer.headers["location"] == f"/console/account?{where}=1"
        assert len(await site.parts.database.read(passkeys.of_staff, ann_id)) == 1


async def test_forms_of_other_sites_begin_nothing(site: Site) -> None:
    answer = await site.client.post("/console/login/passkey/options", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("address", "works"),
    [
        ("https://loans.example.com", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False),
        ("https://192.0.2.7", False),
        ("http://loans.example.com", False),
    ],
)
def test_where_browsers_allow_passkeys(address: str, works: bool) -> None:
    assert offered(address) is works
