"""What holds for every address of the console, found in the application so that no new one is forgotten."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from bot.web.app import create_app
from bot.web.console.roles import Role
from integrations.database.queries import audit
from tests.bot.web.console.staff import PIECE, SAME, signed_in
from tests.bot.web.site import OWNER, Site

# Where one signs in, and what is one's own: everybody may.
DOORS = ("/console/login", "/console/logout", "/console/enter/")
OWN = "/console/account"
LEFT = "/console/conversations/{conversation_id}/left"  # a viewer's page says when it is closed
SUPERVISED = ("/console/people", "/console/audit", "/console/replies", "/console/overview", "/console/marked.yaml")
SUPERVISED_ACTS = ("export", "erase", "erased.json")
FILLED = {"{conversation_id}": OWNER, "{token}": "x", "{staff_id}": "s-none", "{document_id}": "d-none"}
# Pieces of a conversation's page in which nothing of the owner stands.
OF_OURS = ("knowledge", "live")


def addresses(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path of the console."""
    for route in iter_route_contexts(app.routes):
        for method in sorted(route.methods or ()):
            if (route.path or "").startswith("/console") and method != "HEAD":
                yield method, str(route.path)


def is_supervised(path: str) -> bool:
    return path.startswith(SUPERVISED) or path.rpartition("/")[2] in SUPERVISED_ACTS


def filled(path: str) -> str:
    for name, value in FILLED.items():
        path = path.replace(name, value)
    return path


async def test_nobody_comes_in_without_signing_in(site: Site) -> None:
    found = [each for each in addresses(create_app(site.parts)) if not each[1].startswith(DOORS)]
    assert len(found) > 40
    for method, path in found:
        answer = await site.client.request(method, filled(path), headers=SAME)
        assert (answer.status_code, answer.headers.get("location")) == (303, "/console/login"), (method, path)
        piece = await site.client.request(method, filled(path), headers=PIECE)
        assert (piece.status_code, piece.content) == (401, b""), (method, path)
    assert await site.rows("select act from audit") == []


async def test_no_form_of_another_site_is_taken(site: Site) -> None:
    async with signed_in(site, "Sue Park", Role.SUPERVISOR) as sue:
        before = await site.rows("select count(*) from audit")
        for method, path in addresses(create_app(site.parts)):
            if method == "POST":
                answer = await sue.client.post(filled(path), headers={"sec-fetch-site": "cross-site"})
                assert answer.status_code == 403, path
        assert await site.rows("select count(*) from audit") == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AGENT])
async def test_a_role_does_no_more_than_it_may(site: Site, role: Role) -> None:
    """A viewer changes nothing but what is their own; an agent nothing that is for supervisors to decide."""
    refused = 0
    async with signed_in(site, "Vi Moss", role) as vi:
        before = await site.rows("select seq, version from conversation")
        for method, path in addresses(create_app(site.parts)):
            reads = method == "GET" and not is_supervised(path)
            may = reads or path.startswith((*DOORS, OWN)) or path == LEFT
            if may or (role is Role.AGENT and not is_supervised(path)):
                continue
            answer = await vi.client.request(method, filled(path), headers=SAME)
            assert answer.status_code == 403, (method, path)
            refused += 1
        assert refused > (20 if role is Role.VIEWER else 8)
        assert await site.rows("select seq, version from conversation") == before


async def test_whatever_shows_an_owner_is_in_the_audit_log(site: Site) -> None:
    """Each address alone, by somebody who has just come in: a piece of a page shows as much as the page."""
    for number, (method, path) in enumerate(addresses(create_app(site.parts))):
        if "{conversation_id}" not in path or method != "GET" or path.endswith(OF_OURS):
            continue
        async with signed_in(site, f"Ann {number}", Role.SUPERVISOR) as ann:
            answer = await ann.client.get(filled(path), headers=PIECE)
            acts = await site.parts.database.read(audit.latest, limit=1)
        if answer.status_code == 200:
            assert (acts[0].conversation_id, acts[0].act) in {(OWNER, "viewed"), (OWNER, "report")}, path
        else:
            assert path.endswith(("{document_id}", "thumbnail")), (path, answer.status_code)


async def test_a_search_is_logged_without_what_was_looked_for(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.VIEWER) as ann:
        await ann.get("/console?find=Juniper")
    (last,) = await site.parts.database.read(audit.latest, limit=1)
    assert last.act == "searched"
    assert "Juniper" not in last.detail
