"""What supervisors alone see: the people and the audit log."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from bot.web.console.forms import read_form
from bot.web.console.guard import Room, member_of
from bot.web.console.people import StaffExists, StaffUnknown, WrongName
from bot.web.console.roles import Role
from integrations.database.queries import audit

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
