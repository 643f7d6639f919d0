"""What leaves the masks: one revealed value, or a whole conversation as a file. Logged before it leaves."""

import json

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot.web.console import threads
from bot.web.console.forms import read_form
from bot.web.console.guard import HEADERS, Room, member_of
from bot.web.console.lines import Item, shown
from bot.web.console.people import Member
from bot.web.console.roles import Role
from bot.web.faces import PIECE
from bot.web.problem import Problem
from flows.application.fields import FIELDS
from integrations.database.queries import audit
from integrations.database.queries import threads as stored
from integrations.database.queries.audit import Act

AT_ONCE, MOST_LINES = 2_000, 100_000


def router(room: Room) -> APIRouter:
    """The two routes that disclose."""
    routes = APIRouter(
        prefix="/console/conversations/{conversation_id}",
        dependencies=[Depends(room.guard(Role.AGENT))],
        include_in_schema=False,
    )

    @routes.post("/reveal")
    async def reveal(request: Request, conversation_id: str) -> Response:
        """Show one masked value. The row in the audit log is committed before the value leaves."""
        member, form = member_of(request), await read_form(request)
        conversation = await threads.state_of(room, conversation_id)
        field = form.get("field", "")
        candidate = conversation.application.chosen(field) if conversation is not None and field in FIELDS else None
        if candidate is None:
            raise Problem(404, "There is no such value.")
        act = Act(member.id, "revealed", conversation_id, field)
        await room.parts.database.run(audit.append, act, room.parts.clock())
        value = shown(room.parts.library.texts, member.lang, field, candidate, masked=False)
        if PIECE in request.headers:
            return Response(value, media_type="text/plain", headers=HEADERS)
        return room.page("said.html", member, member.lang, said=value)

    @routes.post("/export", dependencies=[Depends(room.guard(Role.SUPERVISOR))])
    async def export(request: Request, conversation_id: str) -> Response:
        """The whole conversation as a file: what the owner may ask for. Logged before it leaves."""
        member = member_of(request)
        act = Act(member.id, "exported", conversation_id)
        await room.parts.database.run(audit.append, act, room.parts.clock())
        exported = await _export(room, member, conversation_id)
        name = f'attachment; filename="{conversation_id}.json"'
        return Response(exported, media_type="application/json", headers={**HEADERS, "Content-Disposition": name})

    return routes


async def _export(room: Room, member: Member, conversation_id: str) -> str:
    conversation = await threads.state_of(room, conversation_id)
    if conversation is None:
        raise Problem(404, "There is no such conversation.")
    reader = threads.reader(room, member, conversation)
    log: list[dict[str, object]] = []
    after, complete = 0, False
    while after < MOST_LINES and not complete:
        lines = await room.parts.database.read(stored.after, conversation_id, after, AT_ONCE)
        last = lines[-1].seq if lines else after
        messages = await room.parts.database.read(stored.messages, conversation_id, after + 1, last)
        log += [_line(item) for item in reader.items(lines, messages) if item.side != "note"]
        after, complete = last, len(lines) < AT_ONCE
    application = conversation.application.model_dump(mode="json")
    consents = [each.model_dump(mode="json") for each in conversation.consents.values()]
    submissions = [each.model_dump(mode="json") for each in (conversation.submission, *conversation.past) if each]
    whole = {
        "conversation": conversation_id,
        "exported_at": room.parts.clock().isoformat(),
        "owner": conversation.owner_name,
        "channel": conversation.channel,
        "application": application,
        "consents": consents,
        "submissions": submissions,
        "log": log,
        "complete": complete,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _line(item: Item) -> dict[str, object]:
    said = [{"title": each.title, "text": each.text, "facts": each.facts, "state": each.state} for each in item.said]
    return {"at": item.at.isoformat(), "by": item.side, "name": item.who, "text": item.text, "said": said}
