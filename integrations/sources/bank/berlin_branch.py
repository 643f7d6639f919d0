"""The sandbox bank in the Berlin Group's words."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from flows.application.months import shift
from integrations.merchants import Merchant
from integrations.merchants.ledger import Entry
from integrations.sources.bank import statement
from integrations.sources.bank.berlin_records import ConsentAsked
from integrations.sources.bank.branch import Branch, Intent
from integrations.toolkit.sandbox import Refusal, page_of

WELL_KNOWN = "/.well-known/oauth-authorization-server"
CODES = {400: "FORMAT_ERROR", 401: "TOKEN_INVALID", 403: "CONSENT_UNKNOWN", 404: "RESOURCE_UNKNOWN"}
EXPIRED = {"consent_expired": (401, "CONSENT_EXPIRED"), "consent_revoked": (401, "CONSENT_INVALID")}
MONTHS = 24


@dataclass
class BerlinBranch:
    """The account resources."""

    branch: Branch

    def routes(self) -> list[BaseRoute]:
        """The resources, and the metadata of the authorization server."""
        return [
            Route(WELL_KNOWN, self.metadata),
            Route("/v1/consents", self.create, methods=["POST"]),
            Route("/v1/consents/{consent}", self.delete, methods=["DELETE"]),
            Route("/v1/consents/{consent}/status", self.status),
            Route("/v1/accounts", self.accounts),
            Route("/v1/accounts/{account}/balances", self.balances),
            Route("/v1/accounts/{account}/transactions", self.transactions),
        ]

    async def metadata(self, request: Request) -> Response:
        """Where the owner signs in (RFC 8414)."""
        base = str(request.base_url).rstrip("/")
        doors = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
        doors["pushed_authorization_request_endpoint"] = "par"
        return JSONResponse({"issuer": base, **{key: f"{base}/{path}" for key, path in doors.items()}})

    async def create(self, request: Request) -> Response:
        """POST /v1/consents."""
        _numbered(request)
        try:
            asked = ConsentAsked.model_validate_json(await request.body())
        except ValidationError:
            raise Refusal(400, "invalid_request") from None
        if asked.valid_until < self.branch.today or "PSU-IP-Address" not in request.headers:
            raise Refusal(400, "invalid_request")
        intent = Intent(
            opens=frozenset(asked.access.model_dump(exclude_none=True)),
            first=shift(self.branch.today.replace(day=1), -MONTHS),
            last=self.branch.today,
            until=datetime.combine(asked.valid_until, time.max, tzinfo=UTC),
            asked={},
        )
        intent_id = self.branch.keep(intent)
        at = f"/v1/consents/{intent_id}"
        links = {"scaOAuth": {"href": WELL_KNOWN}, "self": {"href": at}, "status": {"href": f"{at}/status"}}
        body = {"consentStatus": "received", "consentId": intent_id, "_links": links}
        return JSONResponse(body, 201, headers={"ASPSP-SCA-Approach": "REDIRECT", "Location": at})

    async def status(self, request: Request) -> Response:
        """GET /v1/consents/{consentId}/status."""
        _numbered(request)
        intent = self.branch.intents.get(request.path_params["consent"])
        if intent is None:
            raise Refusal(403, "not_found")
        return JSONResponse({"consentStatus": "received" if intent.merchant is None else "valid"})

    async def delete(self, request: Request) -> Response:
        """DELETE /v1/consents/{consentId}."""
        _numbered(request)
        if self.branch.intents.pop(request.path_params["consent"], None) is None:
            raise Refusal(403, "not_found")
        return Response(status_code=204)

    async def accounts(self, request: Request) -> Response:
        """GET /v1/accounts."""
        _, merchant = self._user(request, "accounts")
        await self.branch.desk.misbehave(merchant)
        told = statement.accounts(merchant, self.branch.today, detail=True)
        return JSONResponse({"accounts": [_account(merchant, each) for each in told]})

    async def balances(self, request: Request) -> Response:
        """GET /v1/accounts/{account-id}/balances."""
        _, merchant = self._user(request, "balances")
        told = statement.balance(merchant, request.path_params["account"], self.branch.desk.clock())
        if told is None:
            raise Refusal(404, "not_found")
        amount = {"amount": _signed(told), "currency": merchant.currency}
        return JSONResponse({"balances": [{"balanceAmount": amount, "balanceType": "interimBooked"}]})

    async def transactions(self, request: Request) -> Response:
        """GET /v1/accounts/{account-id}/transactions, a hundred to a page."""
        intent, merchant = self._user(request, "transactions")
        account = request.path_params["account"]
        if request.query_params.get("bookingStatus") != "booked":
            raise Refusal(400, "invalid_request")
        try:
            first = max(intent.first, datetime.fromisoformat(request.query_params["dateFrom"]).date())
        except (KeyError, ValueError):
            raise Refusal(400, "invalid_request") from None
        found = statement.entries(merchant, account, self.branch.today, first, intent.last)
        shown, number, pages = page_of(found, request)
        links = {"account": {"href": f"/v1/accounts/{account}"}}
        if number < pages:
            links["next"] = {"href": str(request.url.include_query_params(page=number + 1))}
        booked = [_transaction(merchant, account, each) for each in shown]
        return JSONResponse({"transactions": {"booked": booked, "_links": links}})

    def _user(self, request: Request, opens: str) -> tuple[Intent, Merchant]:
        _numbered(request)
        intent, merchant = self.branch.user(request, opens)
        if self.branch.intents.get(request.headers.get("Consent-ID", "")) is not intent:
            raise Refusal(403, "not_found")
        return intent, merchant


def refused(error: Refusal) -> Response:
    """An error in the Berlin Group's form."""
    status, code = EXPIRED.get(error.error, (error.status, CODES.get(error.status, "SERVICE_BLOCKED")))
    body = {"tppMessages": [{"category": "ERROR", "code": code, "text": error.error}]}
    return JSONResponse(body, status, headers=error.headers)


def _numbered(request: Request) -> None:
    if not request.headers.get("X-Request-ID"):
        raise Refusal(400, "invalid_request")


def _account(merchant: Merchant, told: dict[str, object]) -> dict[str, object]:
    book = statement.books(merchant)[str(told["AccountId"])]
    private = told["AccountCategory"] == "Personal"
    holder = merchant.profile.representative.name if private else merchant.names.bank or merchant.names.legal
    return {
        "resourceId": told["AccountId"],
        "iban" if merchant.country == "GB" else "bban": book[1],
        "currency": told["Currency"],
        "ownerName": holder,
        "cashAccountType": told["AccountTypeCode"],
        "status": "enabled" if told["Status"] == "Enabled" else "deleted",
        "usage": "PRIV" if private else "ORGA",
        "bic": "SANDGB2LXXX",
    }


def _transaction(merchant: Merchant, account: str, entry: Entry) -> dict[str, object]:
    told = statement.transaction(merchant, account, entry)
    side = "debtor" if entry.amount > 0 else "creditor"
    written: dict[str, object] = {
        "transactionId": told["TransactionId"],
        "bookingDate": entry.day.isoformat(),
        "transactionAmount": {"amount": f"{entry.amount:.2f}", "currency": merchant.currency},
        f"{side}Name": entry.party[:70],
        "remittanceInformationUnstructured": entry.text[:140],
    }
    if entry.party_account:
        written[f"{side}Account"] = {"iban" if merchant.country == "GB" else "bban": entry.party_account}
    if merchant.profile.bank.coded:
        family, sub = statement.code(entry)
        written["bankTransactionCode"] = f"PMNT-{family}-{sub}"
    return written


def _signed(told: dict[str, object]) -> str:
    amount = told["Amount"]
    text = str(amount["Amount"]) if isinstance(amount, dict) else "0.00"
    return text if told["CreditDebitIndicator"] == "Credit" else f"-{text}"
