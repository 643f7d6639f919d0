"""A conversation's credit report for staff: the same page that its owner sees. Logged before it is shown."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot.web import report
from bot.web.console import threads
from bot.web.console.guard import Room, member_of
from bot.web.console.roles import Role
from bot.web.problem import Problem
from bot.workers.reporting import Reporter
from integrations.database.queries import audit
from integrations.database.queries.audit import Act


def router(room: Room) -> APIRouter:
    """The page of a report."""
    routes = APIRouter(
        prefix="/console/conversations/{conversation_id}",
        dependencies=[Depends(room.guard(Role.AGENT))],
        include_in_schema=False,
    )
    parts = room.parts
    reporter = Reporter(parts.database, parts.sealer, parts.clock, parts.real_sources)

    @routes.get("/report")
    async def show(request: Request, conversation_id: str) -> Response:
        member = member_of(request)
        conversation = await threads.state_of(room, conversation_id)
        if conversation is None:
            raise Problem(404, "There is no such conversation.")
        await parts.database.run(audit.append, Act(member.id, "report", conversation_id), parts.clock())
        made = await reporter.report(conversation)
        laid_out = report.view(room.pages.texts, made, member.lang)
        return room.page("report.html", member, member.lang, view=laid_out, conversation_id=conversation_id)

    return routes
