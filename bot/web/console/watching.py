"""Who else has a conversation open: kept up by their pages' streams, told to everybody who looks at it."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot.web.console.guard import Room, member_of
from bot.web.console.people import Member
from bot.web.console.roles import Role
from integrations.database.queries import presence
from integrations.database.queries.presence import Looking

LOOKS_EVERY = timedelta(seconds=10)
LOOKS_FOR = timedelta(seconds=15)  # a browser that went away without a word
TYPES_FOR = timedelta(seconds=6)


@dataclass
class Watch:
    """One member of staff in front of one conversation."""

    room: Room
    member: Member
    conversation_id: str

    async def look(self) -> None:
        """Say that the page is still open."""
        now = self.room.parts.clock()
        await self.room.parts.database.run(
            presence.look, self.conversation_id, self.member.id, now=now, until=now + LOOKS_FOR
        )

    async def told(self) -> str:
        """Who else is here, in words; empty when nobody is."""
        now = self.room.parts.clock()
        found = await self.room.parts.database.read(presence.others, self.conversation_id, self.member.id, now)
        return _words(self.room, self.member.lang, found)


def router(room: Room) -> APIRouter:
    """What a page reports: that its reader is typing, or has left."""
    routes = APIRouter(prefix="/console/conversations/{conversation_id}", include_in_schema=False)

    @routes.post("/typing", dependencies=[Depends(room.guard(Role.AGENT))])
    async def typing(request: Request, conversation_id: str) -> Response:
        until = room.parts.clock() + TYPES_FOR
        await room.parts.database.run(presence.type_until, conversation_id, member_of(request).id, until)
        return Response(status_code=204)

    @routes.post("/left", dependencies=[Depends(room.guard(Role.VIEWER, own=True))])
    async def left(request: Request, conversation_id: str) -> Response:
        await room.parts.database.run(presence.leave, conversation_id, member_of(request).id)
        return Response(status_code=204)

    return routes


def _words(room: Room, lang: str, found: tuple[Looking, ...]) -> str:
    parts = []
    for key, wanted in (("typing", True), ("looking", False)):
        names = [each.first_name for each in found if each.typing is wanted]
        if names:
            joined = room.text(lang, "console.here.and").join(names)
            parts.append(room.text(lang, f"console.here.{key}{'_many' if len(names) > 1 else ''}", names=joined))
    return room.text(lang, "console.here.between").join(parts)
