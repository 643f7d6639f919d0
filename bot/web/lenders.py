"""The lender API: a signed status comes in and is durable before its 202; a packet goes out against a token.

An unknown lender, an unknown application and another lender's application get one and the same 404.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import JsonValue

from bot.web import access, packet
from bot.web.body import read_body
from bot.web.parts import Parts
from bot.web.problem import Problem, documented
from bot.web.wire import EXAMPLE, DocumentHash, PacketAnswer, PacketSignature, Receipt, read_event
from flows.conversation import Conversation
from flows.events import Arrival, DataRead, LenderPushed, StatusData
from integrations.database.queries import blobs, lenders, views
from integrations.database.queries.lenders import Packet, StoredApplication, StoredLender
from integrations.database.sealing import Sealer
from integrations.lenders import packet_signature, signature
from integrations.lenders.dialects import DIALECTS, OWN

MOST_BYTES = 256 * 1024
LONGEST_ID = 64
_OTHER = ("application/octet-stream", ".bin")
_KINDS = {
    "application/pdf": (b"%PDF-", ".pdf"),
    "image/jpeg": (b"\xff\xd8\xff", ".jpg"),
    "image/png": (b"\x89PNG\r\n", ".png"),
    _OTHER[0]: (b"", _OTHER[1]),
}
UNKNOWN = "There is no such lender, or no such application at this lender."
_HEADERS = {
    signature.ID: "The event's id. It stays the same when the event is sent again.",
    signature.TIMESTAMP: "When this delivery was signed, in seconds since 1970. At most five minutes from now.",
    signature.SIGNATURE: "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; several, separated by spaces, "
    "while a secret is rotated.",
}
_EVENT_DOCS: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "header", "required": True, "description": text, "schema": {"type": "string"}}
        for name, text in _HEADERS.items()
    ],
    "requestBody": {
        "required": True,
        "description": "A status, at most 256 KiB of UTF-8. The signature counts for these bytes exactly.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/StatusEvent"}, "example": EXAMPLE}},
    },
}


def router(parts: Parts) -> APIRouter:
    """The routes of the lender API."""
    routes = APIRouter(prefix="/lenders/{lender_id}", tags=["lenders"])
    desk = _Desk(parts)

    @routes.post(
        "/events",
        summary="Push a status",
        status_code=202,
        response_model=Receipt,
        responses={
            202: {"description": "Stored. The owner is told if the status is new, in order and allowed."},
            200: {"description": "This webhook-id was stored before; nothing more happened.", "model": Receipt},
            **documented(401, 404, 408, 413, 422, 503),
        },
        openapi_extra=_EVENT_DOCS,
    )
    async def push_status(lender_id: str, request: Request) -> JSONResponse:
        """Tell us a new status of an application.

        Sign it after Standard Webhooks with your `whsec_` secret. Answer anything but 2xx by sending the same event,
        with the same webhook-id, again later: it counts once. Statuses are shown to the owner in the order of
        `sequence`: one that comes late is recorded and not shown, a gap is waited for. A status we do not know is
        kept as it is and staff look at it. To put an event right, send a new one with `corrects`.
        """
        receipt = await desk.receive(lender_id, request)
        return JSONResponse(receipt.model_dump(), 200 if receipt.repeated else 202)

    @routes.get(
        "/applications/{application_id}",
        summary="Read a submitted application",
        response_model=PacketAnswer,
        responses={200: {"description": "The packet."}, **documented(401, 404, 503)},
        openapi_extra={"security": [{"bearer": []}]},
    )
    async def read_application(lender_id: str, application_id: str, request: Request) -> PacketAnswer:
        """Read the packet that its owner signed and sent to you.

        It has the fields with the provenance of each, the attributes computed from records, the consents behind
        them, the hashes of documents, where the application stands and, once there is one, the accepted offer.
        """
        return await desk.packet(lender_id, application_id, request.headers.get("authorization", ""))

    @routes.get(
        "/applications/{application_id}/documents/{document_id}",
        summary="Read a document of an application",
        response_class=Response,
        responses={
            200: {"description": "The file as its owner sent it.", "content": {kind: {} for kind in _KINDS}},
            **documented(401, 404, 503),
        },
        openapi_extra={"security": [{"bearer": []}]},
    )
    async def read_document(lender_id: str, application_id: str, document_id: str, request: Request) -> Response:
        """Read a file that `documents` of the packet names; compare its SHA-256 with the one there.

        A file is here once its owner has sent it to you, or while a consent covers it that names you.
        """
        return await desk.document(lender_id, application_id, document_id, request.headers.get("authorization", ""))

    return routes


def _kind(content: bytes) -> tuple[str, str]:
    """Media type and ending of a file, by its own first bytes and never by what its sender called it."""
    return next(((kind, ending) for kind, (start, ending) in _KINDS.items() if content.startswith(start)), _OTHER)


def signed(answer: PacketAnswer, sealer: Sealer) -> PacketAnswer:
    """The packet with our signature over everything else in it."""
    body: dict[str, JsonValue] = answer.model_dump(mode="json", exclude={"signature"})
    key, value = packet_signature.sign(body, sealer.derived(packet_signature.PURPOSE)[0])
    return answer.model_copy(update={"signature": PacketSignature(key=key, value=value)})


@dataclass(frozen=True)
class _Opened:
    """An application as a lender may read it; `documents` are the files, id to kind."""

    stored: StoredApplication
    packet: Packet
    conversation: Conversation | None
    documents: Mapping[str, str]


class _Desk:
    """Answers lenders."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._decoy = (signature.new_secret(),)

    async def receive(self, lender_id: str, request: Request) -> Receipt:
        """Verify an event over its raw bytes, read it, and let it take effect."""
        body = await read_body(request, MOST_BYTES)
        stored = await self._lender(lender_id)
        secrets = self._decoy if stored is None else access.secrets_of(stored, self._parts.sealer)
        now = self._parts.clock()
        try:
            delivery = signature.verify(body, request.headers, secrets, now)
        except (signature.MissingHeader, signature.StaleTimestamp, signature.WrongSignature) as error:
            if stored is None:
                raise Problem(404, UNKNOWN) from None
            raise Problem(401, f"Refused: {error}.", headers={"WWW-Authenticate": "StandardWebhooks"}) from None
        event = read_event(body)
        await self._application(lender_id, event.data.application_id)
        data = await self._in_our_words(lender_id, event.data)
        pushed = LenderPushed(lender=lender_id, webhook_id=delivery.webhook_id, data=data, corrects=event.corrects)
        taken = await self._parts.door.take(
            Arrival(
                origin=f"lender:{lender_id}",
                external_id=delivery.webhook_id,
                event=pushed,
                at=now,
                application_id=event.data.application_id,
            )
        )
        if not taken.known:
            raise Problem(404, UNKNOWN)
        return Receipt(
            webhook_id=delivery.webhook_id, application_id=event.data.application_id, repeated=taken.duplicate
        )

    async def _in_our_words(self, lender_id: str, data: StatusData) -> StatusData:
        """A status as this lender names it, in our vocabulary."""
        system = await self._parts.database.read(lenders.system_of, lender_id)
        return data if system is None else DIALECTS.get(system.dialect, DIALECTS[OWN])(data)

    async def packet(self, lender_id: str, application_id: str, authorization: str) -> PacketAnswer:
        """Give out a packet against the lender's own token."""
        opened = await self._opened(lender_id, application_id, authorization)
        kept = await self._parts.database.read(blobs.facts, opened.stored.conversation_id, tuple(opened.documents))
        hashes = [
            DocumentHash(document=opened.documents[key], id=key, sha256=sha256, size=size) for key, sha256, size in kept
        ]
        whole = packet.answer(opened.stored, opened.packet, opened.conversation, self._parts.clock(), hashes)
        return signed(whole, self._parts.sealer)

    async def document(self, lender_id: str, application_id: str, document_id: str, authorization: str) -> Response:
        """Give out a file of a packet against the lender's own token."""
        opened = await self._opened(lender_id, application_id, authorization)
        conversation_id = opened.stored.conversation_id
        found = None
        if document_id in opened.documents:
            found = await self._parts.database.read(blobs.find, conversation_id, document_id)
        if found is None:
            raise Problem(404, UNKNOWN)
        content = await asyncio.to_thread(self._parts.sealer.unseal_bytes, found.body)
        kind, ending = _kind(content)
        headers = {"Content-Disposition": f'attachment; filename="{document_id}{ending}"', "Cache-Control": "no-store"}
        return Response(content, media_type=kind, headers=headers)

    async def _opened(self, lender_id: str, application_id: str, authorization: str) -> "_Opened":
        """What a lender may read of an application, after its token was looked at and the reading written down."""
        scheme, _, token = authorization.partition(" ")
        if not access.opens(await self._lender(lender_id), token.strip()) or scheme.lower() != "bearer":
            raise Problem(401, "The bearer token is missing or wrong.", headers={"WWW-Authenticate": "Bearer"})
        stored = await self._application(lender_id, application_id)
        await self._write_down(stored, lender_id)
        sealed = await self._parts.database.read(views.state_of, stored.conversation_id)
        conversation = self._parts.sealer.unseal(Conversation, sealed) if sealed is not None else None
        whole = self._parts.sealer.unseal(Packet, stored.packet)
        return _Opened(stored, whole, conversation, packet.documents(stored, whole, conversation))

    async def _write_down(self, stored: StoredApplication, lender_id: str) -> None:
        """Write down that the lender reads, where the owner can look it up, before anything is given out."""
        read = DataRead(lender=lender_id, application_id=stored.id)
        await self._parts.door.take(
            Arrival(
                origin=f"reading:{lender_id}",
                external_id=uuid4().hex,
                event=read,
                at=self._parts.clock(),
                conversation_id=stored.conversation_id,
            )
        )

    async def _lender(self, lender_id: str) -> StoredLender | None:
        if not access.LENDER_ID.fullmatch(lender_id):
            return None
        return await self._parts.database.read(lenders.find, lender_id)

    async def _application(self, lender_id: str, application_id: str) -> StoredApplication:
        storable = len(application_id) <= LONGEST_ID and application_id.isprintable()
        stored = await self._parts.database.read(lenders.find_application, application_id) if storable else None
        if stored is None or stored.lender != lender_id:
            raise Problem(404, UNKNOWN)
        return stored
