"""A shipping gateway over the invented online shops: tokens, links, parcels in pages."""

import secrets
from dataclasses import dataclass, field

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.merchants import Merchant
from integrations.merchants.generator import founded
from integrations.sources.logistics.records import Link
from integrations.toolkit.sandbox import Desk, Refusal, form_of, page_of, refusal_answer


def serves(merchant: Merchant) -> bool:
    """Whether a business sends parcels."""
    return merchant.profile.selling.shop > 0


@dataclass
class Gateway:
    """The gateway's state and its answers."""

    desk: Desk
    links: dict[str, tuple[Merchant, Link]] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)

    async def token(self, request: Request) -> Response:
        """POST /oauth/token."""
        self.desk.client_ok(request)
        if (await form_of(request)).get("grant_type") != "client_credentials":
            raise Refusal(400, "unsupported_grant_type")
        return JSONResponse(self.desk.issue("client"))

    async def link(self, request: Request) -> Response:
        """POST /links."""
        self.desk.about(request)
        try:
            asked = Link.model_validate_json(await request.body())
        except ValidationError:
            raise Refusal(400, "invalid_request") from None
        merchant = self.desk.merchant(asked.account)
        handle = secrets.token_urlsafe(18)
        self.links[handle] = merchant, asked
        return JSONResponse({"handle": handle, "expires_at": asked.expires_at.isoformat()}, 201)

    async def unlink(self, request: Request) -> Response:
        """DELETE /links."""
        self.desk.about(request)
        handle = request.headers.get("Link-Handle", "")
        if handle not in self.links:
            raise Refusal(404, "not_found")
        self.ended.add(handle)
        return Response(status_code=204)

    async def parcels(self, request: Request) -> Response:
        """GET /parcels."""
        self.desk.about(request)
        handle = request.headers.get("Link-Handle", "")
        if handle not in self.links:
            raise Refusal(404, "not_found")
        merchant, asked = self.links[handle]
        if handle in self.ended or self.desk.clock() >= asked.expires_at:
            raise Refusal(410, "link_ended")
        await self.desk.misbehave(merchant)
        today = self.desk.clock().date()
        sent = [each for each in merchant.commerce(today).shipments if asked.data_from <= each.day <= asked.data_to]
        shown, number, pages = page_of(sent, request)
        items = [
            {"id": each.id, "order": each.order_id, "carrier": each.carrier, "handed_over_on": each.day.isoformat()}
            for each in shown
        ]
        following = f"{request.url.replace(query='')}?page={number + 1}" if number < pages else None
        since = max(founded(merchant.profile, today), asked.data_from)
        return JSONResponse({"items": items, "since": since.isoformat(), "next": following})


def create_app(desk: Desk) -> Starlette:
    """The gateway as an ASGI application."""
    gateway = Gateway(desk)
    return Starlette(
        routes=[
            Route("/oauth/token", gateway.token, methods=["POST"]),
            Route("/links", gateway.link, methods=["POST"]),
            Route("/links", gateway.unlink, methods=["DELETE"]),
            Route("/parcels", gateway.parcels),
        ],
        exception_handlers={Refusal: refusal_answer},
    )
