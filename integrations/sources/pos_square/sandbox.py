"""Square for the invented shops with a card till: sign-in, places, orders five hundred to a page at most."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.merchants import Merchant
from integrations.merchants.commerce import Order, OrderState
from integrations.sources.pos_square.records import Search, TokenAsked, TokenEnded, TokenRenewed
from integrations.toolkit.sandbox import Desk, Refusal
from integrations.toolkit.signing_in import SignIn

LIFE = timedelta(days=30)
_ASKED: TypeAdapter[TokenAsked | TokenRenewed] = TypeAdapter(TokenAsked | TokenRenewed)
MOST = 500
ERRORS = {401: "AUTHENTICATION_ERROR", 403: "AUTHENTICATION_ERROR", 404: "INVALID_REQUEST_ERROR"}


def serves(merchant: Merchant) -> bool:
    """Whether a business has such a till: British, and paid by card over the counter."""
    return merchant.country == "GB" and merchant.profile.trade.card_share > 0 and merchant.profile.selling.shop < 1


@dataclass
class Till:
    """Square's state and its answers."""

    desk: Desk
    sign_in: SignIn
    revoked: set[str] = field(default_factory=set)
    renewals: dict[str, str] = field(default_factory=dict)

    async def token(self, request: Request) -> Response:
        """POST /oauth2/token."""
        body = await request.body()
        try:
            asked = _ASKED.validate_json(body)
        except ValidationError:
            raise Refusal(400, "invalid_request") from None
        self._client(asked.client_id, asked.client_secret)
        if isinstance(asked, TokenRenewed):
            who = self.renewals.get(asked.refresh_token, "")
            if not who:
                raise Refusal(400, "invalid_grant")
        else:
            who = self.sign_in.redeem(asked.model_dump())["login_hint"]
        renewal = secrets.token_urlsafe(18)
        self.renewals[renewal] = who
        issued = self.desk.issue(who, int(LIFE.total_seconds()))
        until = (self.desk.clock() + LIFE).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        access = {
            "access_token": issued["access_token"],
            "token_type": "bearer",
            "expires_at": until,
            "refresh_token": renewal,
        }
        return JSONResponse({**access, "merchant_id": f"ML{who}", "short_lived": False})

    async def revoke(self, request: Request) -> Response:
        """POST /oauth2/revoke."""
        try:
            asked = TokenEnded.model_validate_json(await request.body())
        except ValidationError:
            raise Refusal(400, "invalid_request") from None
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        self._client(asked.client_id, secret if scheme == "Client" else "")
        session = self.desk.sessions.pop(asked.access_token, None)
        if session is None:
            raise Refusal(404, "not_found")
        self.renewals = {token: who for token, who in self.renewals.items() if who != session.about}
        return JSONResponse({"success": True})

    async def locations(self, request: Request) -> Response:
        """GET /v2/locations."""
        merchant = self._merchant(request)
        await self.desk.misbehave(merchant)
        return JSONResponse({"locations": _locations(merchant)})

    async def search(self, request: Request) -> Response:
        """POST /v2/orders/search."""
        merchant = self._merchant(request)
        try:
            asked = Search.model_validate_json(await request.body())
            start = int(asked.cursor or 0)
        except ValueError:
            raise Refusal(400, "invalid_request") from None
        closed = asked.query.filter.date_time_filter.closed_at
        places = _locations(merchant)
        found = [
            each
            for each in merchant.commerce(self.desk.clock().date()).till()
            if closed.start_at <= each.at <= closed.end_at and places[each.site]["id"] in asked.location_ids
        ]
        size = min(asked.limit, MOST)
        answer: dict[str, object] = {"orders": [_order(each, places) for each in found[start : start + size]]}
        if start + size < len(found):
            answer["cursor"] = str(start + size)
        return JSONResponse(answer)

    def _client(self, client_id: str, secret: str) -> None:
        known = self.desk.credentials
        right = hmac.compare_digest(secret.encode(), known.secret.get_secret_value().encode())
        if client_id != known.id.get_secret_value() or not right:
            raise Refusal(401, "UNAUTHORIZED")

    def _merchant(self, request: Request) -> Merchant:
        if "Square-Version" not in request.headers:
            raise Refusal(400, "invalid_request")
        return self.desk.merchant(self.desk.about(request))


def create_app(desk: Desk) -> Starlette:
    """Square as an ASGI application."""
    sign_in = SignIn(desk)
    till = Till(desk, sign_in)
    return Starlette(
        routes=[
            Route("/oauth2/authorize", sign_in.authorise),
            Route("/oauth2/token", till.token, methods=["POST"]),
            Route("/oauth2/revoke", till.revoke, methods=["POST"]),
            Route("/v2/locations", till.locations),
            Route("/v2/orders/search", till.search, methods=["POST"]),
        ],
        exception_handlers={Refusal: _refused},
    )


async def _refused(_request: Request, error: Exception) -> Response:
    """An error in Square's form."""
    if not isinstance(error, Refusal):
        raise error
    body = {"category": ERRORS.get(error.status, "API_ERROR"), "code": error.error.upper(), "detail": error.error}
    return JSONResponse({"errors": [body]}, error.status, headers=error.headers)


def _locations(merchant: Merchant) -> list[dict[str, object]]:
    name = merchant.names.trading
    common: dict[str, object] = {"status": "ACTIVE", "currency": merchant.currency, "timezone": "Europe/London"}
    if name is not None:
        common["business_name"] = name
    sites = merchant.profile.selling.sites
    if not sites:
        return [{"id": "LMAIN", **common}]
    return [
        {
            "id": f"L{place}",
            **common,
            "address": {"address_line_1": site.text, "postal_code": site.postcode, "country": merchant.country},
        }
        for place, site in enumerate(sites)
    ]


def _order(order: Order, places: list[dict[str, object]]) -> dict[str, object]:
    total = {"amount": int(order.total * 100), "currency": order.currency}
    closed = _stamp(order.at)
    answer: dict[str, object] = {
        "id": order.id,
        "location_id": places[order.site]["id"],
        "state": "CANCELED" if order.state is OrderState.CANCELLED else "COMPLETED",
        "created_at": closed,
        "closed_at": closed,
        "total_money": total,
        "tenders": [{"id": f"T{order.id}", "type": order.tender.value.upper(), "amount_money": total}],
    }
    if order.state is OrderState.REFUNDED:
        back = {"id": f"R{order.id}", "location_id": answer["location_id"], "tender_id": f"T{order.id}"}
        answer["refunds"] = [{**back, "reason": "returned", "amount_money": total, "status": "APPROVED"}]
    return answer


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
