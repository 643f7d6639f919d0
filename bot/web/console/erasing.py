"""Erasing an owner on request, and the report of it: what was there, what is left, what is kept and why.

The report counts what is stored before and after; it names no owner, so that it may be kept.
"""

from dataclasses import asdict

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import AwareDatetime, BaseModel, ValidationError

from bot.web.console import threads
from bot.web.console.acts import Taker, answer
from bot.web.console.forms import read_form
from bot.web.console.guard import HEADERS, Room, member_of
from bot.web.console.panel import source_name
from bot.web.console.roles import Role
from bot.web.problem import Problem
from flows.consent import ConsentState
from flows.conversation import Conversation
from flows.events.staff import ErasureWanted
from integrations.database.queries import erasure
from integrations.database.sealing import SealBroken

COUNTED = ("lines", "messages", "records", "files", "answers")
_OPEN = frozenset({ConsentState.PENDING, ConsentState.ACTIVE, ConsentState.PAUSED})


class KeptApplication(BaseModel):
    """An application that a lender has, and that the law has us keep."""

    application_id: str
    lender: str
    status: str


class Report(BaseModel):
    """What an erasure did. `before` and `after` count what is stored, by the names of `COUNTED`."""

    conversation: str
    erased_at: AwareDatetime
    by: str
    before: dict[str, int]
    after: dict[str, int]
    consents_ended: tuple[str, ...]
    kept: tuple[KeptApplication, ...]


def router(room: Room) -> APIRouter:
    """The act of supervisors, and its report as a file."""
    routes = APIRouter(
        prefix="/console/conversations/{conversation_id}",
        dependencies=[Depends(room.guard(Role.SUPERVISOR))],
        include_in_schema=False,
    )

    @routes.post("/erase")
    async def erase(request: Request, conversation_id: str) -> Response:
        """Erase the owner's data, after a second look, and show the report."""
        form, member = await read_form(request), member_of(request)
        if form.get("sure") != "yes":
            return await answer(room, request, conversation_id, key="console.act.not_sure")
        state, before = await _stored(room, conversation_id)
        await Taker(room).put(member, conversation_id, ErasureWanted(staff=member.id), form)
        _, after = await _stored(room, conversation_id)
        open_consents = (each for each in state.consents.values() if each.state in _OPEN)
        submissions = (each for each in (state.submission, *state.past) if each is not None)
        report = Report(
            conversation=conversation_id,
            erased_at=room.parts.clock(),
            by=member.name,
            before=before,
            after=after,
            consents_ended=tuple(source_name(room.parts.library, member.lang, each.source) for each in open_consents),
            kept=tuple(
                KeptApplication(application_id=each.application_id, lender=each.lender, status=each.status.value)
                for each in submissions
            ),
        )
        sealed = room.parts.sealer.token(report)
        return room.page("erased.html", member, member.lang, report=report, counted=COUNTED, sealed=sealed)

    @routes.post("/erased.json")
    async def file(request: Request, conversation_id: str) -> Response:
        """The report that was shown, as a file."""
        form = await read_form(request)
        try:
            report = room.parts.sealer.of_token(Report, form.get("sealed", ""))
        except (SealBroken, ValidationError, ValueError):
            raise Problem(422, "This report cannot be read.") from None
        name = f'attachment; filename="erasure-{conversation_id}.json"'
        headers = {**HEADERS, "Content-Disposition": name}
        return Response(report.model_dump_json(indent=1), media_type="application/json", headers=headers)

    return routes


async def _stored(room: Room, conversation_id: str) -> tuple[Conversation, dict[str, int]]:
    state = await threads.state_of(room, conversation_id)
    if state is None:
        raise Problem(404, "There is no such conversation.")
    found = await room.parts.database.read(erasure.holdings, conversation_id)
    return state, {**asdict(found), "answers": len(state.application.values)}
