"""Lenders that cannot push are asked: over HTTP, in order, once, and a silent one holds nobody up."""

import httpx
import pytest
from pydantic import JsonValue
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.workers.inquiries import Inquiries
from flows.application.lifecycle import Milestone, Status
from integrations.database.queries import lenders
from integrations.database.queries.lenders import StoredSystem
from integrations.lenders import ocen
from tests.bot.web.site import APPLICATION, LENDER, Site, event

TOKEN = "let-me-in"


class Lender:
    """A lender's own system, which answers what it is asked."""

    def __init__(self) -> None:
        self.events: list[tuple[int, JsonValue]] = []
        self.asked: list[int] = []
        self.answer: Response | None = None

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/api/applications/{id}/events", self._events)])

    def says(
        self, status: str, sequence: int, application: str = APPLICATION, more: dict[str, JsonValue] | None = None
    ) -> None:
        whole = event(status, sequence, application, **(more or {}))
        assert isinstance(whole, dict)
        self.events.append((sequence, {"id": f"e-{sequence}", **whole}))

    async def _events(self, request: Request) -> Response:
        if request.headers["authorization"] != f"Bearer {TOKEN}":
            return Response(status_code=401)
        if request.path_params["id"] != APPLICATION:
            return Response(status_code=404)
        after = int(request.query_params["after"])
        self.asked.append(after)
        later = [each for sequence, each in self.events if sequence > after]
        return self.answer or JSONResponse({"events": later})


@pytest.fixture
def their_system() -> Lender:
    return Lender()


@pytest.fixture
async def inquiries(site: Site, their_system: Lender) -> Inquiries:
    parts = site.parts
    token = parts.sealer.seal_text(TOKEN)
    await parts.database.run(lenders.put_system, StoredSystem(LENDER, ocen.DIALECT, "http://lender.test/api/", token))
    transport = httpx.ASGITransport(their_system.app())
    return Inquiries(parts.database, parts.sealer, parts.door.take, site.clock, transport=transport)


async def test_what_a_lender_answers_enters_once_and_in_order(
    site: Site, inquiries: Inquiries, their_system: Lender
) -> None:
    assert await inquiries.round() == 0
    their_system.says("PROCESSING", 1)
    their_system.says("OFFERED", 2)
    assert await inquiries.round() == 2
    assert await inquiries.round() == 0
    assert their_system.asked == [-1, -1, 2]
    submission = (await site.state()).submission
    assert submission is not None
    assert submission.status is Status.OFFERED
    their_system.says("OFFERED", 3, more={"milestone": "handoff_opened"})
    assert await inquiries.round() == 1
    submission = (await site.state()).submission
    assert submission is not None
    assert submission.milestone is Milestone.HANDOFF_OPENED


@pytest.mark.parametrize(
    "answer",
    [
        Response(status_code=500),
        Response(status_code=302, headers={"location": "http://elsewhere.test/"}),
        Response("not json"),
        JSONResponse({"events": [{"id": "e-1"}]}),
        Response(b" " * 1_000_001),
    ],
    ids=["500", "elsewhere", "not json", "no event", "too long"],
)
async def test_a_lender_that_answers_nonsense_changes_nothing(
    site: Site, inquiries: Inquiries, their_system: Lender, answer: Response
) -> None:
    their_system.answer = answer
    assert await inquiries.round() == 0
    submission = (await site.state()).submission
    assert submission is not None
    assert submission.status is Status.SUBMITTED


async def test_events_of_another_application_are_not_taken(
    site: Site, inquiries: Inquiries, their_system: Lender
) -> None:
    their_system.says("REJECTED", 1, "LA-OTHER-1")
    assert await inquiries.round() == 0
    assert await site.rows("select count(*) from event") == [(0,)]
