"""A Tryton server for the invented British firms that sell on account: keys, companies, invoices.

A key is allowed at once, as by an owner who sits at Tryton; a deleted one opens nothing.
"""

import base64
import binascii
import json
import secrets
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.merchants import Merchant
from integrations.merchants.commerce import Invoice, Standing
from integrations.sources.erp_tryton.records import CUSTOMER, KeyAsked
from integrations.toolkit.sandbox import Desk, Refusal, refusal_answer


def serves(merchant: Merchant) -> bool:
    """Whether a business keeps its books here: a British one that sells on account."""
    return merchant.country == "GB" and merchant.profile.selling.terms_days > 0


@dataclass
class Server:
    """The server's state and its answers."""

    desk: Desk
    keys: dict[str, str] = field(default_factory=dict)

    async def ask_key(self, request: Request) -> Response:
        """POST /{database}/r/user/application/."""
        merchant = self.desk.merchant(request.path_params["database"].upper())
        asked = await self._asked(request)
        key = secrets.token_hex(32)
        if asked.user == self.desk.credentials.id.get_secret_value():
            self.keys[key] = merchant.registration_number
        return JSONResponse(key)

    async def delete_key(self, request: Request) -> Response:
        """DELETE /{database}/r/user/application/."""
        asked = await self._asked(request)
        self.keys.pop(asked.key or "", None)
        return Response(status_code=204)

    async def companies(self, request: Request) -> Response:
        """GET /{database}/rest/model/company.company."""
        merchant = self._merchant(request)
        await self.desk.misbehave(merchant)
        party = {"id": 1, "__name__": "party.party", "name": merchant.names.legal, "email": merchant.profile.email}
        currency = {"id": 1, "__name__": "currency.currency", "code": merchant.currency}
        return JSONResponse([{"id": 1, "__name__": "company.company", "party": party, "currency": currency}])

    async def invoices(self, request: Request) -> Response:
        """GET /{database}/rest/model/account.invoice; the domain is the one the source sends."""
        merchant = self._merchant(request)
        try:
            domain = json.loads(base64.urlsafe_b64decode(request.query_params["d"]))
            types, since = set(domain[0][2]), date(*(domain[1][2][1][2][part] for part in ("year", "month", "day")))
            start, size = int(request.query_params["p"]), int(request.query_params["s"])
        except (KeyError, IndexError, TypeError, ValueError, binascii.Error):
            raise Refusal(400, "invalid_request") from None
        known = {each.number: each for each in merchant.commerce(self.desk.clock().date()).invoices}
        found = [
            _invoice(place, each, merchant)
            for place, each in enumerate(known.values(), 1)
            if each.standing is not Standing.VOID and (each.day >= since or _open(each))
        ]
        wanted = [each for each in found if each["type"] in types]
        return JSONResponse(wanted[start : start + size])

    async def _asked(self, request: Request) -> KeyAsked:
        try:
            return KeyAsked.model_validate_json(await request.body())
        except ValidationError:
            raise Refusal(400, "invalid_request") from None

    def _merchant(self, request: Request) -> Merchant:
        """The business of the key in a request to its own database."""
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        number = self.keys.get(key) if scheme == "Bearer" else None
        if number is None or number != request.path_params["database"].upper():
            raise Refusal(401, "unauthorized")
        return self.desk.merchant(number)


def create_app(desk: Desk) -> Starlette:
    """The server as an ASGI application."""
    server = Server(desk)
    application, model = "/{database}/r/user/application/", "/{database}/rest/model"
    return Starlette(
        routes=[
            Route(application, server.ask_key, methods=["POST"]),
            Route(application, server.delete_key, methods=["DELETE"]),
            Route(f"{model}/company.company", server.companies),
            Route(f"{model}/account.invoice", server.invoices),
        ],
        exception_handlers={Refusal: refusal_answer},
    )


def _open(invoice: Invoice) -> bool:
    return invoice.paid_on is None and invoice.standing is Standing.VALID


def _invoice(place: int, invoice: Invoice, merchant: Merchant) -> dict[str, object]:
    left = invoice.gross if _open(invoice) else Decimal(0)
    return {
        "id": place,
        "__name__": "account.invoice",
        "number": invoice.number,
        "type": CUSTOMER if invoice.issued else "in",
        "state": "posted" if left else "paid",
        "invoice_date": _day(invoice.day),
        "untaxed_amount": _decimal(invoice.net),
        "tax_amount": _decimal(invoice.tax),
        "total_amount": _decimal(invoice.gross),
        "amount_to_pay": _decimal(left),
        "currency": {"id": 1, "__name__": "currency.currency", "code": merchant.currency},
        "party": {"id": place, "__name__": "party.party", "name": invoice.party.name},
    }


def _decimal(amount: Decimal) -> dict[str, str]:
    return {"__class__": "Decimal", "decimal": str(amount)}


def _day(day: date) -> dict[str, object]:
    return {"__class__": "date", "year": day.year, "month": day.month, "day": day.day}
