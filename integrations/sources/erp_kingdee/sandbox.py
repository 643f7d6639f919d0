"""Kingdee Cloud for the invented Chinese firms that sell on account: both signatures checked, bills in pages."""

import base64
import binascii
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.merchants import Merchant
from integrations.merchants.commerce import Invoice, Standing
from integrations.sources.erp_kingdee.records import MOST, PAYABLE, RECEIVABLE, Asked, columns
from integrations.sources.erp_kingdee.signing import Caller, headers
from integrations.sources.erp_kingdee.source import SERVICE
from integrations.toolkit.sandbox import Desk, Refusal, refusal_answer

SLACK = timedelta(minutes=5)
FILTER = re.compile(r"FDATE>='(\d{4}-\d{2}-\d{2})' and FDocumentStatus='C'")
SIGNED = ("X-Api-Signature", "X-Kd-Signature", "X-Kd-Appkey", "X-Api-ClientID")


def serves(merchant: Merchant) -> bool:
    """Whether a business keeps its books here: a Chinese one that sells on account."""
    return merchant.country == "CN" and merchant.profile.selling.terms_days > 0


@dataclass
class Gate:
    """The Web API's answers."""

    desk: Desk

    async def query(self, request: Request) -> Response:
        """POST ExecuteBillQuery."""
        account = self._signed(request)
        if account is None:
            return _failure(1)
        merchant = self.desk.merchant(account)
        await self.desk.misbehave(merchant)
        try:
            asked = Asked.model_validate_json(await request.body()).data
        except ValidationError:
            return _failure(4)
        match = FILTER.fullmatch(asked.FilterString)
        known = asked.FormId in {RECEIVABLE, PAYABLE} and asked.FieldKeys == ",".join(columns(asked.FormId))
        if match is None or not known or not 1 <= asked.Limit <= MOST:
            return _failure(4)
        issued = asked.FormId == RECEIVABLE
        since = datetime.fromisoformat(match.group(1)).date()
        invoices = merchant.commerce(self.desk.clock().date()).invoices
        mine = {each.number: each for each in invoices if each.issued is issued and each.standing is not Standing.VOID}
        found = sorted((each for each in mine.values() if each.day >= since), key=lambda each: each.number)
        return JSONResponse([_row(each) for each in found[asked.StartRow : asked.StartRow + asked.Limit]])

    def _signed(self, request: Request) -> str | None:
        """The account of a request whose signatures and time are right."""
        given = request.headers
        try:
            account, user, language, organisation = (
                base64.b64decode(given.get("X-Kd-Appdata", ""), validate=True).decode().split(",")
            )
            at = datetime.fromtimestamp(int(given.get("x-api-timestamp", "")), UTC)
            known = self.desk.credentials
            app_id, secret = known.id.get_secret_value(), known.secret.get_secret_value()
            caller = Caller(account, user, app_id, secret, int(language), int(organisation))
            right = headers(caller, request.url.path, at, given.get("x-api-nonce", ""))
        except (ValueError, OverflowError, OSError, binascii.Error):
            return None
        if abs(self.desk.clock() - at) > SLACK:
            return None
        matching = all(hmac.compare_digest(given.get(name, "").encode(), right[name].encode()) for name in SIGNED)
        return account if matching else None


def create_app(desk: Desk) -> Starlette:
    """Kingdee Cloud as an ASGI application."""
    return Starlette(
        routes=[Route(f"/{SERVICE}", Gate(desk).query, methods=["POST"])],
        exception_handlers={Refusal: refusal_answer},
    )


def _row(invoice: Invoice) -> list[object]:
    settled = invoice.paid_on is not None or invoice.standing is Standing.RED
    due = invoice.due or invoice.day
    return [
        invoice.number,
        f"{invoice.day:%Y-%m-%d}T00:00:00",
        f"{due:%Y-%m-%d}T00:00:00",
        float(invoice.gross),
        "PRE001",
        "C",
        "C" if settled else "A",
        invoice.party.name,
    ]


def _failure(code: int) -> Response:
    """A failure stands where the only row would be, with status 200."""
    status = {"ErrorCode": 500, "IsSuccess": False, "Errors": [{"Message": "失败"}], "MsgCode": code}
    return JSONResponse([[{"Result": {"ResponseStatus": status}}]])
