"""Papers as staff see them: small pictures that were drawn anew, never the file itself.

A look at a whole page may show an identity number, so it is written into the audit log before it leaves.
"""

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot.web.console.guard import HEADERS, Room, member_of
from bot.web.console.roles import Role
from bot.web.console.viewing import log_piece
from bot.web.problem import Problem
from flows.application.papers.table import kind_named
from flows.conversation import Conversation, SentFile
from flows.engine.library import Library
from integrations.database.queries import audit, blobs
from integrations.database.queries.audit import Act
from integrations.documents.previewing import Previews

THUMBNAIL = 160  # pixels on the long side: a paper is recognised, its numbers are not read
NOTHING = "There is no picture of this file."
_SAFE = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": 'inline; filename="preview.jpg"',
    "Cache-Control": "private, no-store",
}


@dataclass(frozen=True)
class Sheet:
    """A paper in the panel."""

    id: str
    title: str
    state: str
    sent_at: datetime
    pages: int
    problem: str


def sheets(conversation: Conversation, library: Library, lang: str) -> tuple[Sheet, ...]:
    """The files of a conversation that were read as papers or records, in the order sent."""
    return tuple(_sheet(each, library, lang) for each in conversation.documents.values() if each.state != "reading")


def _sheet(sent: SentFile, library: Library, lang: str) -> Sheet:
    if sent.paper is not None:
        title = library.texts.get(lang, kind_named(sent.kind or sent.paper.paper).title)
        return Sheet(sent.id, title, sent.state, sent.sent_at, sent.paper.pages, sent.paper.problem)
    source = sent.found.source if sent.found is not None else ""
    title = library.sources[source].title[lang] if source in library.sources else source
    return Sheet(sent.id, title, sent.state, sent.sent_at, 0, "")


def router(room: Room) -> APIRouter:
    """The pictures of the papers of one conversation."""
    routes = APIRouter(
        prefix="/console/conversations/{conversation_id}/papers",
        dependencies=[Depends(room.guard(Role.AGENT))],
        include_in_schema=False,
    )
    previews = Previews()

    @routes.get("/{document_id}/thumbnail")
    async def thumbnail(request: Request, conversation_id: str, document_id: str) -> Response:
        await log_piece(room, member_of(request), conversation_id)
        drawn = await _picture(room, previews, conversation_id, document_id)
        return _answer(await asyncio.to_thread(_small, drawn))

    @routes.get("/{document_id}")
    async def whole(request: Request, conversation_id: str, document_id: str) -> Response:
        drawn = await _picture(room, previews, conversation_id, document_id)
        act = Act(member_of(request).id, "looked", conversation_id, document_id)
        await room.parts.database.run(audit.append, act, room.parts.clock())
        return _answer(drawn)

    return routes


async def _picture(room: Room, previews: Previews, conversation_id: str, document_id: str) -> bytes:
    """The picture of a file, drawn when somebody looks for the first time and kept sealed beside it."""
    parts = room.parts
    kept = await parts.database.read(blobs.preview, conversation_id, document_id)
    if kept is not None:
        return parts.sealer.unseal_bytes(kept)
    stored = await parts.database.read(blobs.find, conversation_id, document_id)
    drawn = None
    if stored is not None:
        drawn = await previews.draw(await asyncio.to_thread(parts.sealer.unseal_bytes, stored.body))
    if drawn is None:
        raise Problem(404, NOTHING)
    await parts.database.run(blobs.put_preview, conversation_id, document_id, parts.sealer.seal_bytes(drawn))
    return drawn


def _small(drawn: bytes) -> bytes:
    """The thumbnail of a picture that we have drawn."""
    from PIL import Image  # noqa: PLC0415 - only where staff look at papers

    with Image.open(io.BytesIO(drawn), formats=("JPEG",)) as picture:
        picture.thumbnail((THUMBNAIL, THUMBNAIL))
        small = io.BytesIO()
        picture.save(small, "JPEG", quality=70)
    return small.getvalue()


def _answer(picture: bytes) -> Response:
    return Response(picture, media_type="image/jpeg", headers=_SAFE)
