"""A Vendure server for the invented online shops: one channel each, the two queries that the source sends."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.merchants import Merchant
from integrations.merchants.commerce import Order, OrderState
from integrations.sources.shop_vendure.records import CHANNEL, ORDERS, Asked
from integrations.toolkit.sandbox import Desk, Refusal, refusal_answer

MOST = 500


class Between(BaseModel):
    """A range of moments."""

    start: AwareDatetime
    end: AwareDatetime


class Placed(BaseModel):
    """When an order was placed."""

    between: Between


class Filter(BaseModel):
    """The part of OrderFilterParameter that is understood here."""

    model_config = ConfigDict(extra="forbid")

    active: dict[str, bool]
    placed: Placed = Field(alias="orderPlacedAt")


class Options(BaseModel):
    """The part of OrderListOptions that is understood here."""

    model_config = ConfigDict(extra="forbid")

    skip: int = Field(ge=0)
    take: int = Field(ge=1)
    sort: dict[str, str]
    filter: Filter


def serves(merchant: Merchant) -> bool:
    """Whether a business sells online."""
    return merchant.profile.selling.shop > 0


@dataclass
class Server:
    """The server's answers."""

    desk: Desk

    async def query(self, request: Request) -> Response:
        """POST /admin-api."""
        try:
            asked = Asked.model_validate_json(await request.body())
        except ValidationError:
            raise Refusal(400, "invalid_request") from None
        key = request.headers.get("vendure-api-key", "")
        if not hmac.compare_digest(key.encode(), self.desk.credentials.id.get_secret_value().encode()):
            return _error("FORBIDDEN")
        merchant = self.desk.merchants.get(request.headers.get("vendure-token", ""))
        if merchant is None:
            return _error("CHANNEL_NOT_FOUND")
        await self.desk.misbehave(merchant)
        if asked.query == CHANNEL:
            return JSONResponse({"data": {"activeChannel": _channel(merchant)}})
        if asked.query != ORDERS:
            return _error("GRAPHQL_VALIDATION_FAILED")
        try:
            options = Options.model_validate(asked.variables.get("options"))
        except ValidationError:
            return _error("BAD_USER_INPUT")
        return JSONResponse({"data": {"orders": self._orders(merchant, options)}})

    def _orders(self, merchant: Merchant, options: Options) -> dict[str, object]:
        at = options.filter.placed.between
        commerce = merchant.commerce(self.desk.clock().date())
        parcels = {each.order_id: each.day for each in commerce.shipments}
        found = [each for each in commerce.shop() if at.start <= each.at <= at.end]
        shown = found[options.skip : options.skip + min(options.take, MOST)]
        items = [_order(each, parcels) for each in shown]
        return {"totalItems": len(found), "items": items}


def create_app(desk: Desk) -> Starlette:
    """The server as an ASGI application."""
    server = Server(desk)
    return Starlette(
        routes=[Route("/admin-api", server.query, methods=["POST"])],
        exception_handlers={Refusal: refusal_answer},
    )


def _channel(merchant: Merchant) -> dict[str, object]:
    name = merchant.names.trading
    seller = None if name is None else {"name": name}
    return {
        "id": "1",
        "code": merchant.id,
        "token": merchant.registration_number,
        "defaultCurrencyCode": merchant.currency,
        "seller": seller,
    }


def _order(order: Order, parcels: Mapping[str, object]) -> dict[str, object]:
    total = int(order.total * 100)
    kept = order.state is OrderState.PAID
    refunds = [{"state": "Settled", "total": total}] if order.state is OrderState.REFUNDED else []
    payments = [] if order.state is OrderState.CANCELLED else [{"state": "Settled", "refunds": refunds}]
    parcel = parcels.get(order.id) if kept else None
    state = "Cancelled" if not kept else "PaymentSettled" if parcel is None else "Shipped"
    sent = [{"id": f"F{order.id}", "state": "Shipped", "createdAt": _noon(order.at)}] if parcel is not None else []
    return {
        "id": order.id,
        "code": order.id,
        "state": state,
        "orderPlacedAt": order.at.isoformat(),
        "totalWithTax": total,
        "currencyCode": order.currency,
        "customer": {"id": order.buyer} if order.buyer else None,
        "payments": payments,
        "fulfillments": sent,
    }


def _noon(moment: datetime) -> str:
    return moment.replace(hour=12, minute=0).isoformat()


def _error(code: str) -> Response:
    """GraphQL tells errors with status 200."""
    return JSONResponse({"errors": [{"message": code.lower(), "extensions": {"code": code}}], "data": None})
