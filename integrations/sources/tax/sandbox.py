"""A tax gateway over the invented businesses: tokens, consent handles, filings and payments in pages."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.merchants import Merchant
from integrations.merchants.generator import founded
from integrations.merchants.ledger import Category, TaxPeriod
from integrations.sources.tax.records import ConsentRequest
from integrations.toolkit.sandbox import Desk, Item, Refusal, form_of, page_of, refusal_answer


@dataclass
class Held:
    """A consent the gateway holds."""

    merchant: Merchant
    request: ConsentRequest
    revoked: bool = False


@dataclass
class Gateway:
    """The gateway's state and its answers."""

    desk: Desk
    consents: dict[str, Held] = field(default_factory=dict)

    async def token(self, request: Request) -> Response:
        """POST /oauth/token."""
        self.desk.client_ok(request)
        if (await form_of(request)).get("grant_type") != "client_credentials":
            raise Refusal(400, "unsupported_grant_type")
        return JSONResponse(self.desk.issue("client"))

    async def consent(self, request: Request) -> Response:
        """POST /consents."""
        self.desk.about(request)
        try:
            asked = ConsentRequest.model_validate_json(await request.body())
        except ValidationError:
            raise Refusal(400, "invalid_request") from None
        merchant = self.desk.merchant(asked.taxpayer)
        await self.desk.misbehave(merchant)
        handle = secrets.token_urlsafe(18)
        self.consents[handle] = Held(merchant, asked)
        answer = {"handle": handle, "status": "active", "expires_at": asked.expires_at.isoformat()}
        return JSONResponse(answer, 201)

    async def revoke(self, request: Request) -> Response:
        """DELETE /consents."""
        self.desk.about(request)
        held = self.consents.get(request.headers.get("Consent-Handle", ""))
        if held is None:
            raise Refusal(404, "not_found")
        held.revoked = True
        return Response(status_code=204)

    async def registration(self, request: Request) -> Response:
        """GET /registration."""
        held = self._held(request, "tax_registration")
        profile = held.merchant.profile
        today = self.desk.clock()
        answer: dict[str, object] = {
            "record": f"registration-{profile.tax.number}",
            "taxpayer_name": profile.names.tax or profile.names.legal,
            "tax_number": profile.tax.number,
            "address": {"text": profile.registered.address.text, "postcode": profile.registered.address.postcode},
            "industry_code": profile.registered.industry_code,
            "employees": profile.employees,
            "email": profile.email,
            "registered_on": founded(profile, today.date()).isoformat(),
            "updated_at": (today - timedelta(days=20)).isoformat(),
        }
        if profile.country == "CN":
            person = profile.representative
            answer["representative_document"] = {"type": person.id_type, "number": person.id_number}
        return JSONResponse(answer)

    async def filings(self, request: Request) -> Response:
        """GET /filings."""
        held = self._held(request, "tax_filings")
        ledger = held.merchant.ledger(self.desk.clock().date())
        periods = [each for each in ledger.periods if each.first >= held.request.data_from]
        shown, following = self._page(request, periods)
        return JSONResponse({"items": [_filing(held.merchant, each) for each in shown], "next": following})

    async def payments(self, request: Request) -> Response:
        """GET /payments."""
        held = self._held(request, "tax_payments")
        ledger = held.merchant.ledger(self.desk.clock().date())
        since = held.request.data_from
        paid = [each for each in ledger.entries if each.category is Category.TAX and each.day >= since]
        shown, following = self._page(request, paid)
        items = [
            {
                "record": f"payment-{each.id}",
                "paid_on": each.day.isoformat(),
                "amount": str(-each.amount),
                "currency": held.merchant.currency,
            }
            for each in shown
        ]
        return JSONResponse({"items": items, "next": following})

    async def standing(self, request: Request) -> Response:
        """GET /standing."""
        held = self._held(request, "tax_standing")
        tax, today = held.merchant.profile.tax, self.desk.clock()
        answer = {
            "record": f"standing-{tax.number}",
            "rating": tax.grade,
            "arrears": str(tax.arrears),
            "net_profit": None if tax.net_profit is None else str(tax.net_profit),
            "financial_year": f"{today.year - 1}-01/{today.year - 1}-12",
            "currency": held.merchant.currency,
            "updated_at": _midnight(today).isoformat(),
        }
        return JSONResponse(answer)

    def _held(self, request: Request, kind: str) -> Held:
        """The consent a request is made under, or the refusal it deserves."""
        self.desk.about(request)
        held = self.consents.get(request.headers.get("Consent-Handle", ""))
        if held is None:
            raise Refusal(404, "not_found")
        if held.revoked or self.desk.clock() >= held.request.expires_at:
            raise Refusal(410, "consent_ended")
        if kind not in held.request.kinds:
            raise Refusal(403, "consent_does_not_cover")
        return held

    def _page(self, request: Request, items: Sequence[Item]) -> tuple[Sequence[Item], str | None]:
        """The page asked for, and the address of the next one."""
        shown, number, pages = page_of(items, request)
        return shown, f"{request.url.replace(query='')}?page={number + 1}" if number < pages else None


def create_app(desk: Desk) -> Starlette:
    """The gateway as an ASGI application."""
    gateway = Gateway(desk)
    return Starlette(
        routes=[
            Route("/oauth/token", gateway.token, methods=["POST"]),
            Route("/consents", gateway.consent, methods=["POST"]),
            Route("/consents", gateway.revoke, methods=["DELETE"]),
            Route("/registration", gateway.registration),
            Route("/filings", gateway.filings),
            Route("/payments", gateway.payments),
            Route("/standing", gateway.standing),
        ],
        exception_handlers={Refusal: refusal_answer},
    )


def _filing(merchant: Merchant, period: TaxPeriod) -> dict[str, object]:
    months = 1 if period.first.month == period.last.month else 3
    return {
        "record": f"filing-{period.first:%Y%m}",
        "first_month": period.first.isoformat(),
        "months": months,
        "due_on": period.due.isoformat(),
        "filed_on": None if period.filed is None else period.filed.isoformat(),
        "sales": None if period.sales is None else str(period.sales),
        "currency": merchant.currency,
        "invoices": period.invoices,
        "invoiced": None if period.invoices is None else str(period.sales),
    }


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
