"""Signing in: one-time links, password and code, roles, sessions that end, and forms of other sites."""

import re
from datetime import timedelta

import httpx
import pyotp
import pytest

from bot.web.console.people import SESSION_IDLE, TRIES, People
from bot.web.console.roles import Role
from tests.bot.web.console.staff import PATH, PIECE, SAME, Colleague, signed_in
from tests.bot.web.site import Site

PASSWORD = "four calm otters swim"


async def test_nobody_comes_in_without_a_session(site: Site) -> None:
    for path in ("/console", PATH, "/console/people", "/console/audit", "/console/live", "/console/account"):
        answer = await site.client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/console/login")
    assert (await site.client.get(f"{PATH}/lines", headers=PIECE)).status_code == 401
    assert (await site.client.post(f"{PATH}/take", headers=SAME)).headers["location"] == "/console/login"
    page = await site.client.get("/console/login")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]


async def test_a_link_lets_in_once_and_for_a_day(site: Site) -> None:
    people = People(site.parts.database, site.parts.sealer)
    token = await people.add("Ann Reed", Role.AGENT, site.clock())
    prefetched = await site.client.get(f"/console/enter/{token}", headers={"sec-purpose": "prefetch"})
    assert prefetched.status_code == 410
    first = await site.client.get(f"/console/enter/{token}")
    assert first.status_code == 303
    cookie = first.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/console"))
    site.client.cookies.clear()
    assert (await site.client.get(f"/console/enter/{token}")).status_code == 410
    late = await people.link("ann reed", site.clock())
    site.clock.turn(25 * 3600)
    assert (await site.client.get(f"/console/enter/{late}")).status_code == 410


async def set_up(colleague: Colleague) -> str:
    page = (await colleague.get("/console/account")).text
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert sealed is not None
    assert secret is not None
    key = secret[1].replace(" ", "")
    form = {"sealed": sealed[1], "password": PASSWORD, "code": pyotp.TOTP(key).at(colleague.site.clock())}
    answer = await colleague.client.post("/console/account/sign-in", data=form, headers=SAME)
    assert answer.headers["location"] == "/console/account?kept=1"
    return key


async def log_in(client: httpx.AsyncClient, code: str, name: str = "Ann Reed", password: str = PASSWORD) -> int:
    form = {"name": name, "password": password, "code": code}
    return (await client.post("/console/login", data=form, headers=SAME)).status_code


async def test_password_and_code_sign_in_and_a_code_counts_once(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.VIEWER) as ann:
        key = await set_up(ann)
    used = pyotp.TOTP(key).at(site.clock())
    assert await log_in(site.client, used) == 401
    site.clock.turn(60)
    code = pyotp.TOTP(key).at(site.clock())
    assert await log_in(site.client, code, password="four calm otters sink") == 401
    assert await log_in(site.client, "000000") == 401
    assert await log_in(site.client, code) == 303
    assert (await site.client.get("/console")).status_code == 200
    site.client.cookies.clear()
    assert await log_in(site.client, code) == 401


async def test_too_many_tries_have_to_wait(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.VIEWER):
        statuses = [await log_in(site.client, "000000") for _ in range(TRIES + 1)]
        assert statuses == [*([401] * TRIES), 429]
        site.clock.turn(16 * 60)
        assert await log_in(site.client, "000000") == 401


async def test_a_session_ends_when_it_rests(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        site.clock.turn((SESSION_IDLE - timedelta(minutes=1)).total_seconds())
        assert (await ann.get("/console")).status_code == 200
        site.clock.turn(SESSION_IDLE.total_seconds())
        assert (await ann.get("/console")).status_code == 303


async def test_what_an_open_page_asks_for_by_itself_keeps_no_session(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        for _ in range(3):
            site.clock.turn((SESSION_IDLE / 3 + timedelta(seconds=1)).total_seconds())
            answer = await ann.get("/console/pieces/inbox", **PIECE)
        assert answer.status_code == 401


async def test_who_is_locked_out_is_out_at_once(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.SUPERVISOR) as ann, signed_in(site, "Ben", Role.AGENT) as ben:
        people = await ann.get("/console/people")
        ids = re.findall(r'/console/people/(s-[0-9a-f]+)"', people.text)
        assert len(ids) == 1
        locked = await ann.client.post(f"/console/people/{ids[0]}", data={"do": "lock"}, headers=SAME)
        assert locked.status_code == 303
        assert (await ben.get("/console")).headers["location"] == "/console/login?over=1"


@pytest.mark.parametrize(
    ("role", "act", "status"),
    [
        (Role.VIEWER, "take", 403),
        (Role.VIEWER, "say", 403),
        (Role.VIEWER, "reveal", 403),
        (Role.AGENT, "take", 204),
        (Role.AGENT, "export", 403),
        (Role.AGENT, "erase", 403),
        (Role.SUPERVISOR, "export", 200),
    ],
)
async def test_a_role_is_enough_or_not(site: Site, role: Role, act: str, status: int) -> None:
    async with signed_in(site, "Ann Reed", role) as ann:
        assert (await ann.does(act, text="x", field="amount_requested")).status_code == status
        assert (await ann.get("/console/people")).status_code == (200 if role is Role.SUPERVISOR else 403)


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
async def test_a_form_of_another_site_is_refused(site: Site, headers: dict[str, str]) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        answer = await ann.client.post(f"{PATH}/take", headers=headers)
        assert answer.status_code == 403
        assert (await site.state()).staff == ""


async def test_anybody_may_choose_a_language(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.VIEWER) as ann:
        await ann.client.post("/console/account/language", data={"lang": "zh"}, headers=SAME)
        assert "收件箱" in (await ann.get("/console")).text
