"""Turns that staff marked as wrong, in the form of the evaluation kit: a file of utterances that it reads as it is.

Put beside the others in `utterances/`, each case is judged from then on. Identifying numbers are masked in it.
"""

from dataclasses import dataclass

import yaml
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import RootModel, ValidationError

from bot.web.console.guard import HEADERS, Room, member_of
from bot.web.console.roles import Role
from flows.conversation import Conversation
from flows.errors import LendlineError
from flows.events import Event
from flows.events.staff import MarkedWrong
from integrations.database.engine import Database
from integrations.database.queries import audit, threads, views
from integrations.database.queries.audit import Act
from integrations.database.queries.events import Logged
from integrations.database.sealing import Sealer

MOST = 500
HEAD = (
    "# Turns that staff marked as wrong. Where they said what was meant, it stands under `acts`; the others wait for",
    "# a label: add `acts`, `reads`, `not` or `route` before they can fail.",
)


class _Body(RootModel[Event]):
    """A stored event."""


@dataclass(frozen=True)
class Case:
    """One marked turn: what the owner wrote, what the assistant said to it, and what staff say about that."""

    text: str
    lang: str
    said: str
    meant: str
    comment: str


def router(room: Room) -> APIRouter:
    """The file."""
    routes = APIRouter(prefix="/console", dependencies=[Depends(room.guard(Role.SUPERVISOR))], include_in_schema=False)

    @routes.get("/marked.yaml")
    async def marked(request: Request) -> Response:
        act = Act(member_of(request).id, "marks_exported")
        await room.parts.database.run(audit.append, act, room.parts.clock())
        text = written(await cases(room.parts.database, room.parts.sealer))
        name = 'attachment; filename="marked.yaml"'
        return Response(text, media_type="application/yaml", headers={**HEADERS, "Content-Disposition": name})

    return routes


async def cases(database: Database, sealer: Sealer) -> tuple[Case, ...]:
    """The marked turns, the newest first; turns whose words were erased are left out."""
    found: list[Case] = []
    for mark in await database.read(threads.marked, MOST):
        sealed = await database.read(views.state_of, mark.conversation_id)
        seq, _, comment = mark.text.partition(" ")
        if sealed is None or not seq.isdecimal():
            continue
        lines = await database.read(threads.line_and_before, mark.conversation_id, int(seq))
        asked = next((line.text for line in reversed(lines) if line.kind == "owner_said" and line.text), "")
        if asked:
            lang = sealer.unseal(Conversation, sealed).lang
            found.append(Case(asked, lang, lines[-1].text, _meant(sealer, mark), comment))
    return tuple(found)


def written(found: tuple[Case, ...]) -> str:
    """The cases as a file of utterances; what was said and remarked stands above each as a comment."""
    parts = ["\n".join(HEAD)]
    for case in found:
        group: dict[str, object] = {"lang": case.lang}
        if case.meant:
            group["acts"] = [case.meant]
        group["say"] = [case.text]
        remarks = [f"# {kind}: {' '.join(text.split())}" for kind, text in _remarks(case) if text.strip()]
        parts.append("\n".join([*remarks, yaml.safe_dump([group], allow_unicode=True, sort_keys=False).rstrip()]))
    return "\n\n".join(parts) + "\n" + ("" if found else "[]\n")


def _remarks(case: Case) -> tuple[tuple[str, str], ...]:
    return (("said", case.said), ("staff", case.comment))


def _meant(sealer: Sealer, mark: Logged) -> str:
    try:
        event = sealer.unseal(_Body, mark.body).root if mark.body else None
    except (LendlineError, ValidationError):
        return ""
    return event.meant if isinstance(event, MarkedWrong) else ""
