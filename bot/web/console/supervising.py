"""What supervisors alone see: the people, the audit log, and the turns that were marked as wrong."""

from typing import Annotated

import yaml
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from bot.web.console import threads as reading
from bot.web.console.forms import read_form
from bot.web.console.guard import HEADERS, Room, member_of
from bot.web.console.people import StaffExists, StaffUnknown, WrongName
from bot.web.console.roles import Role
from integrations.database.queries import audit, threads
from integrations.database.queries.audit import Act

MOST_MARKS = 200
PAGE = 100


def router(room: Room) -> APIRouter:
    """The pages of supervisors."""
    routes = APIRouter(prefix="/console", dependencies=[Depends(room.guard(Role.SUPERVISOR))], include_in_schema=False)

    @routes.get("/people")
    async def people(request: Request) -> Response:
        return await _people(room, request)

    @routes.post("/people")
    async def add(request: Request) -> Response:
        member, form = member_of(request), await read_form(request)
        role = Role(form["role"]) if form.get("role") in list(Role) else Role.VIEWER
        try:
            token = await room.people.add(form.get("name", ""), role, room.parts.clock(), by=member.id)
        except (StaffExists, WrongName):
            return await _people(room, request, key="console.people.name_taken", status=422)
        return await _people(room, request, token=token)

    @routes.post("/people/{staff_id}")
    async def change(request: Request, staff_id: str) -> Response:
        return await _change(room, request, staff_id)

    @routes.get("/audit")
    async def log(
        request: Request, before: Annotated[int | None, Query(ge=1)] = None, conversation: str = ""
    ) -> Response:
        member = member_of(request)
        entries = await room.parts.database.read(
            audit.latest, before=before, conversation_id=conversation[:80], limit=PAGE
        )
        names = {each.id: each.name for each in await room.people.everybody()}
        return room.page(
            "audit.html",
            member,
            member.lang,
            entries=entries,
            names=names,
            conversation=conversation[:80],
            next=entries[-1].id if len(entries) == PAGE else None,
        )

    @routes.get("/marked.yaml")
    async def marked(request: Request) -> Response:
        """What staff marked as wrong, as cases for the evaluation kit. Identifying numbers are masked."""
        member = member_of(request)
        await room.parts.database.run(audit.append, Act(member.id, "marks_exported"), room.parts.clock())
        text = yaml.safe_dump(await _cases(room), allow_unicode=True, sort_keys=False)
        name = 'attachment; filename="marked.yaml"'
        return Response(text, media_type="application/yaml", headers={**HEADERS, "Content-Disposition": name})

    return routes


async def _change(room: Room, request: Request, staff_id: str) -> Response:
    member, form, now = member_of(request), await read_form(request), room.parts.clock()
    if staff_id == member.id:
        return await _people(room, request, key="console.people.not_yourself", status=422)
    match form.get("do"):
        case "lock" | "let" as do:
            await room.people.let_in(staff_id, member, now, let=do == "let")
        case "link":
            try:
                token = await room.people.link(form.get("name", ""), now, by=member.id)
            except StaffUnknown:
                return await _people(room, request, key="console.people.gone", status=422)
            return await _people(room, request, token=token)
        case role if role in list(Role):
            await room.people.change_role(staff_id, Role(role), member, now)
    return RedirectResponse("/console/people", 303)


async def _people(room: Room, request: Request, *, token: str = "", key: str = "", status: int = 200) -> Response:
    member = member_of(request)
    base = (room.parts.public_url or str(request.base_url)).rstrip("/")
    return room.page(
        "people.html",
        member,
        member.lang,
        status,
        everybody=await room.people.everybody(),
        ready=await room.people.ready(),
        roles=tuple(role.value for role in Role),
        link=f"{base}/console/enter/{token}" if token else "",
        said=room.text(member.lang, key) if key else "",
    )


async def _cases(room: Room) -> list[dict[str, object]]:
    """The marked turns: what the owner wrote before, what the assistant said, what staff say about it."""
    cases: list[dict[str, object]] = []
    for mark in await room.parts.database.read(threads.marked, MOST_MARKS):
        conversation = await reading.state_of(room, mark.conversation_id)
        lines = await room.parts.database.read(threads.line_and_before, mark.conversation_id, _seq(mark.text))
        if conversation is None or not lines:
            continue
        asked = next((line.text for line in reversed(lines) if line.kind == "owner_said"), "")
        comment = mark.text.partition(" ")[2]
        cases.append(
            {
                "text": asked,
                "lang": conversation.lang,
                "said": lines[-1].text,
                "comment": comment,
                "marked_at": mark.at.isoformat(timespec="minutes"),
            }
        )
    return cases


def _seq(text: str) -> int:
    number = text.partition(" ")[0]
    return int(number) if number.isdecimal() else 0
