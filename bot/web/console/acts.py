"""What staff do with a conversation. Every act is an event through the one door, with its row in the audit log.

Whoever may not (any more) is told who has the conversation; the check is one conditional update in the turn itself.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from bot.web.console.forms import Form, read_form
from bot.web.console.guard import Room, member_of
from bot.web.console.people import Member
from bot.web.console.roles import Role
from bot.web.console.simple import NEXT, SIMPLE
from bot.web.faces import PIECE
from bot.web.problem import Problem
from flows.events import Arrival, Event
from flows.events.staff import Closed, HandedBack, StaffNoted, StaffProposed, StaffSaid, StaffTook, Transferred
from integrations.database.queries import audit, conversations, desk, staff
from integrations.database.queries.audit import Act

LONGEST = 4000


class Taker:
    """Puts the acts of staff through the door."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def put(
        self, member: Member, conversation_id: str, event: Event, form: Form, *, held_by: frozenset[str] | None = None
    ) -> bool:
        """Let an act take effect; False when somebody else has the conversation.

        With `held_by`, the conversation becomes the member's own in the same transaction, unless somebody has it who
        is not named there. A form that is sent twice takes effect once: its `key` is the id of the event.
        Raises Problem 404.
        """
        now = self._room.parts.clock()
        taken = await self._room.parts.door.take(
            Arrival(
                origin=f"staff:{member.id}",
                external_id=form.get("key", "")[:64] or secrets.token_hex(12),
                event=event,
                at=now,
                conversation_id=conversation_id,
            ),
            claim=_claim(member, conversation_id, event, held_by, now),
        )
        if not taken.known:
            raise Problem(404, "There is no such conversation.")
        return taken.event_id is not None or await self._has(member, conversation_id)

    async def _has(self, member: Member, conversation_id: str) -> bool:
        row = await self._room.parts.database.read(desk.find, conversation_id, member.id)
        return row is not None and row.assignee in {"", member.id}


def _claim(
    member: Member, conversation_id: str, event: Event, held_by: frozenset[str] | None, now: datetime
) -> Callable[[sa.Connection], bool]:
    def claim(connection: sa.Connection) -> bool:
        if held_by is not None and not conversations.assign(connection, conversation_id, member.id, held_by=held_by):
            return False
        audit.append(connection, Act(member.id, event.kind, conversation_id), now)
        return True

    return claim


# What a supervisor may do to a conversation that somebody else has.
_OVERRULED = HandedBack | Closed | Transferred


class Desk:
    """Answers the forms of a conversation's page."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._taker = Taker(room)

    async def act(
        self, request: Request, conversation_id: str, event: Event, form: Form, *, own: bool = True, then: str = ""
    ) -> Response:
        """Carry out an act, and `then` another one; with `own`, only on a conversation that nobody else has."""
        member = member_of(request)
        free = not own or (member.role is Role.SUPERVISOR and isinstance(event, _OVERRULED))
        held_by = None if free else frozenset({member.id})
        done = await self._taker.put(member, conversation_id, event, form, held_by=held_by)
        if done and then in NEXT:
            # With a key of its own, so that a form that is sent twice does neither of the two again.
            following = {"for": then, "key": f"{form.get('key', '')[:56]}.then"}
            after = SIMPLE[then if then in SIMPLE else "snooze"].make(member, following, self._room.parts.clock())
            done = await self._taker.put(member, conversation_id, after, following, held_by=held_by)
        return await answer(self._room, request, conversation_id, done=done)

    async def simple(self, request: Request, conversation_id: str, name: str) -> Response:
        """One of the acts that are one event."""
        form, found = await read_form(request), SIMPLE[name]
        event = found.make(member_of(request), form, self._room.parts.clock())
        return await self.act(request, conversation_id, event, form, own=found.own)

    async def say(self, request: Request, conversation_id: str) -> Response:
        """Write to the owner, which takes the conversation over; or leave a private note."""
        member, form = member_of(request), await read_form(request)
        text = form.get("text", "").strip()[:LONGEST]
        if not text:
            return await answer(self._room, request, conversation_id)
        if form.get("mode") != "reply":  # what does not clearly go to the owner never does
            note = StaffNoted(staff=member.id, first_name=member.first_name, text=text)
            return await self.act(request, conversation_id, note, form, own=False)
        said = StaffSaid(staff=member.id, first_name=member.first_name, text=text)
        return await self.act(request, conversation_id, said, form, then=form.get("then", ""))

    async def transfer(self, request: Request, conversation_id: str) -> Response:
        """Give the conversation to another member of staff. Raises Problem 422."""
        form = await read_form(request)
        to = await self._room.parts.database.read(staff.by_id, form.get("to", ""))
        if to is None or to.disabled_at is not None or not Role(to.role).may(Role.AGENT):
            raise Problem(422, "This person cannot take conversations.")
        event = Transferred(staff=member_of(request).id, to=to.id, first_name=to.first_name)
        return await self.act(request, conversation_id, event, form)

    async def propose(self, request: Request, conversation_id: str) -> Response:
        """Propose a value or a button to the owner, which takes the conversation over."""
        member, form = member_of(request), await read_form(request)
        values = {form["field"][:60]: form.get("value", "")[:500]} if form.get("field") else {}
        took = StaffTook(staff=member.id, first_name=member.first_name)
        if not await self._taker.put(member, conversation_id, took, {}, held_by=frozenset({member.id})):
            return await answer(self._room, request, conversation_id, done=False)
        press = form.get("press", "")[:80]
        event = StaffProposed(staff=member.id, first_name=member.first_name, values=values, press=press)
        return await self.act(request, conversation_id, event, form)


def router(room: Room) -> APIRouter:
    """The acts of agents and supervisors."""
    routes = APIRouter(
        prefix="/console/conversations/{conversation_id}",
        dependencies=[Depends(room.guard(Role.AGENT))],
        include_in_schema=False,
    )
    desk_of = Desk(room)
    for name in SIMPLE:
        routes.add_api_route(f"/{name}", partial(desk_of.simple, name=name), methods=["POST"])
    routes.add_api_route("/say", desk_of.say, methods=["POST"])
    routes.add_api_route("/transfer", desk_of.transfer, methods=["POST"])
    routes.add_api_route("/propose", desk_of.propose, methods=["POST"])
    return routes


async def answer(room: Room, request: Request, conversation_id: str, *, done: bool = True, key: str = "") -> Response:
    """Go back to the page; or say who has the conversation, or what is wrong."""
    member = member_of(request)
    said = room.text(member.lang, key) if key else ""
    if not done:
        row = await room.parts.database.read(desk.find, conversation_id, member.id)
        said = room.text(member.lang, "console.act.taken", name=row.person if row is not None else "?")
    if PIECE in request.headers:
        return Response(said, 409 if said else 204, media_type="text/plain")
    if said:
        return room.page("said.html", member, member.lang, 409, said=said)
    return RedirectResponse(f"/console/conversations/{conversation_id}", 303)
