"""A bank for the invented businesses: OBIE 4.0 resources, CIBA, userinfo. State lives in memory.

The owner is taken to approve at once. What the ledger knows of an entry is told only the way banks tell
it: the other party, an ISO 20022 code (not by every bank), and a text.
"""

import secrets
from dataclasses import dataclass, field

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.merchants import Merchant
from integrations.sources.bank import statement
from integrations.sources.bank.records import AccessRequest
from integrations.toolkit.sandbox import Desk, Refusal, form_of, page_of, refusal_answer

AISP = "/open-banking/v4.0/aisp"
CIBA = "urn:openid:params:grant-type:ciba"
OBIE_CODES = {400: "U001", 401: "U029", 403: "U019", 404: "U010"}


@dataclass
class Intent:
    """An account access consent."""

    asked: AccessRequest
    status: str = "AWAU"
    merchant: Merchant | None = None
    scope: str = ""


@dataclass
class Branch:
    """The bank's state and its answers."""

    desk: Desk
    intents: dict[str, Intent] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)

    async def token(self, request: Request) -> Response:
        """POST /token: client credentials, and CIBA after the owner approved."""
        self.desk.client_ok(request)
        form = await form_of(request)
        if form.get("grant_type") == "client_credentials":
            return JSONResponse(self.desk.issue("client"))
        if form.get("grant_type") != CIBA:
            raise Refusal(400, "unsupported_grant_type")
        intent_id = self.asked.pop(form.get("auth_req_id", ""), None)
        if intent_id is None or self.intents[intent_id].status != "AUTH":
            raise Refusal(400, "access_denied")
        return JSONResponse(self.desk.issue(f"user:{intent_id}"))

    async def authorise(self, request: Request) -> Response:
        """POST /bc-authorize: the bank finds its customer and asks for approval, given at once."""
        self.desk.client_ok(request)
        form = await form_of(request)
        intent_id = form.get("openbanking_intent_id", "")
        intent = self.intents.get(intent_id)
        merchant = self.desk.merchants.get(form.get("login_hint", ""))
        if intent is None or "openid" not in form.get("scope", "").split():
            raise Refusal(400, "invalid_request")
        if merchant is None:
            raise Refusal(400, "unknown_user_id")
        intent.merchant, intent.status, intent.scope = merchant, "AUTH", form["scope"]
        number = secrets.token_urlsafe(12)
        self.asked[number] = intent_id
        return JSONResponse({"auth_req_id": number, "expires_in": 120, "interval": 1})

    async def create(self, request: Request) -> Response:
        """POST /account-access-consents."""
        self._ours(request)
        try:
            asked = AccessRequest.model_validate_json(await request.body())
        except ValidationError:
            raise Refusal(400, "invalid_request") from None
        if asked.data.expiration_date_time <= self.desk.clock():
            raise Refusal(400, "expired")
        intent_id = secrets.token_urlsafe(12)
        self.intents[intent_id] = Intent(asked)
        return JSONResponse(self._access(request, intent_id), 201)

    async def read(self, request: Request) -> Response:
        """GET /account-access-consents/{ConsentId}."""
        self._ours(request)
        self._intent(request.path_params["consent"])
        return JSONResponse(self._access(request, request.path_params["consent"]))

    async def delete(self, request: Request) -> Response:
        """DELETE /account-access-consents/{ConsentId}."""
        self._ours(request)
        self._intent(request.path_params["consent"])
        del self.intents[request.path_params["consent"]]
        return Response(status_code=204)

    async def accounts(self, request: Request) -> Response:
        """GET /accounts."""
        intent, merchant = self._user(request, "ReadAccountsBasic", "ReadAccountsDetail")
        await self.desk.misbehave(merchant)
        detail = "ReadAccountsDetail" in intent.asked.data.permissions
        return _answer(request, {"Account": statement.accounts(merchant, self._today(), detail=detail)})

    async def balances(self, request: Request) -> Response:
        """GET /accounts/{AccountId}/balances."""
        _, merchant = self._user(request, "ReadBalances")
        balance = statement.balance(merchant, request.path_params["account"], self.desk.clock())
        if balance is None:
            raise Refusal(404, "not_found")
        return _answer(request, {"Balance": [balance]})

    async def transactions(self, request: Request) -> Response:
        """GET /accounts/{AccountId}/transactions, a hundred to a page."""
        intent, merchant = self._user(request, "ReadTransactionsDetail")
        asked, account = intent.asked.data, request.path_params["account"]
        first, last = asked.transaction_from_date_time.date(), asked.transaction_to_date_time.date()
        shown, number, pages = page_of(statement.entries(merchant, account, self._today(), first, last), request)
        following = str(request.url.include_query_params(page=number + 1)) if number < pages else None
        data: dict[str, object] = {"Transaction": [statement.transaction(merchant, account, each) for each in shown]}
        return _answer(request, data, following=following, pages=pages)

    async def party(self, request: Request) -> Response:
        """GET /accounts/{AccountId}/party."""
        _, merchant = self._user(request, "ReadParty")
        return _answer(request, {"Party": statement.party(merchant)})

    async def userinfo(self, request: Request) -> Response:
        """GET /userinfo: the identity check, when the scope covers it."""
        intent, merchant = self._user(request)
        answer: dict[str, object] = {"sub": statement.opaque(merchant.id)}
        if "identity" in intent.scope.split() and merchant.profile.bank.identity:
            answer["verified_claims"] = statement.verified_claims(merchant, self.desk.clock())
        return JSONResponse(answer)

    def _ours(self, request: Request) -> None:
        if self.desk.about(request) != "client":
            raise Refusal(403, "insufficient_scope")

    def _user(self, request: Request, *permissions: str) -> tuple[Intent, Merchant]:
        """The consent and business of a user's token, when one of the permissions is covered."""
        about = self.desk.about(request)
        intent = self.intents.get(about.removeprefix("user:")) if about.startswith("user:") else None
        if intent is None or intent.merchant is None:
            raise Refusal(403, "consent_revoked")
        if self.desk.clock() >= intent.asked.data.expiration_date_time:
            raise Refusal(403, "consent_expired")
        if permissions and not set(permissions) & set(intent.asked.data.permissions):
            raise Refusal(403, "insufficient_scope")
        return intent, intent.merchant

    def _intent(self, intent_id: str) -> Intent:
        if intent_id not in self.intents:
            raise Refusal(400, "not_found")
        return self.intents[intent_id]

    def _today(self) -> statement.Day:
        return self.desk.clock().date()

    def _access(self, request: Request, intent_id: str) -> dict[str, object]:
        intent, now = self.intents[intent_id], self.desk.clock().isoformat()
        data = intent.asked.data.model_dump(mode="json", by_alias=True)
        data |= {
            "ConsentId": intent_id,
            "Status": intent.status,
            "CreationDateTime": now,
            "StatusUpdateDateTime": now,
        }
        return {"Data": data, "Risk": {}, "Links": {"Self": str(request.url)}, "Meta": {"TotalPages": 1}}


def create_app(desk: Desk) -> Starlette:
    """The bank as an ASGI application."""
    branch = Branch(desk)
    consents, account = f"{AISP}/account-access-consents", f"{AISP}/accounts/{{account}}"
    return Starlette(
        routes=[
            Route("/token", branch.token, methods=["POST"]),
            Route("/bc-authorize", branch.authorise, methods=["POST"]),
            Route("/userinfo", branch.userinfo),
            Route(consents, branch.create, methods=["POST"]),
            Route(f"{consents}/{{consent}}", branch.read),
            Route(f"{consents}/{{consent}}", branch.delete, methods=["DELETE"]),
            Route(f"{AISP}/accounts", branch.accounts),
            Route(f"{account}/balances", branch.balances),
            Route(f"{account}/transactions", branch.transactions),
            Route(f"{account}/party", branch.party),
        ],
        exception_handlers={Refusal: _refused},
    )


async def _refused(request: Request, error: Exception) -> Response:
    """Errors of the account resources in OBIE's form, those of the token endpoints in OAuth's."""
    if isinstance(error, Refusal) and request.url.path.startswith(AISP):
        code = OBIE_CODES.get(error.status, "U000")
        body = {"Code": f"{error.status} {error.error}"[:40], "Errors": [{"ErrorCode": code, "Message": error.error}]}
        return JSONResponse(body, error.status, headers=error.headers)
    return await refusal_answer(request, error)


def _answer(request: Request, data: dict[str, object], *, following: str | None = None, pages: int = 1) -> JSONResponse:
    links = {"Self": str(request.url)} | ({"Next": following} if following is not None else {})
    return JSONResponse({"Data": data, "Links": links, "Meta": {"TotalPages": pages}})
