"""The sandbox bank in OBIE's words: the resources of 4.0, and the same under 3.1 with its older codes."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from integrations.sources.bank import statement
from integrations.sources.bank.branch import Branch, Intent
from integrations.sources.bank.records import AccessRequest
from integrations.toolkit.sandbox import Refusal, page_of

CODES = {400: "U001", 401: "U029", 403: "U019", 404: "U010"}
# Where 4.0 has ISO 20022 codes or new names, 3.1 has words of its own.
OLDER_NAMES = {"AccountCategory": "AccountType", "AccountTypeCode": "AccountSubType"}
OLDER_WORDS: Mapping[str, Mapping[str, str]] = {
    "AccountTypeCode": {"CACC": "CurrentAccount", "SVGS": "Savings"},
    "Type": {"ITBD": "InterimBooked"},
    "Status": {"BOOK": "Booked", "AUTH": "Authorised", "AWAU": "AwaitingAuthorisation"},
}


@dataclass
class ObieBranch:
    """The account resources of one version, `older` for 3.1."""

    branch: Branch
    at: str
    older: bool

    def routes(self) -> list[BaseRoute]:
        """The resources under the version's path."""
        consents, account = f"{self.at}/account-access-consents", f"{self.at}/accounts/{{account}}"
        return [
            Route(consents, self.create, methods=["POST"]),
            Route(f"{consents}/{{consent}}", self.read),
            Route(f"{consents}/{{consent}}", self.delete, methods=["DELETE"]),
            Route(f"{self.at}/accounts", self.accounts),
            Route(f"{account}/balances", self.balances),
            Route(f"{account}/transactions", self.transactions),
            Route(f"{account}/party", self.party),
        ]

    async def create(self, request: Request) -> Response:
        """POST /account-access-consents."""
        self.branch.ours(request)
        try:
            asked = AccessRequest.model_validate_json(await request.body())
        except ValidationError:
            raise Refusal(400, "invalid_request") from None
        data = asked.data
        if data.expiration_date_time <= self.branch.desk.clock():
            raise Refusal(400, "expired")
        intent = Intent(
            opens=frozenset(data.permissions),
            first=data.transaction_from_date_time.date(),
            last=data.transaction_to_date_time.date(),
            until=data.expiration_date_time,
            asked=data.model_dump(mode="json", by_alias=True),
        )
        return JSONResponse(self._access(request, self.branch.keep(intent)), 201)

    async def read(self, request: Request) -> Response:
        """GET /account-access-consents/{ConsentId}."""
        self.branch.ours(request)
        return JSONResponse(self._access(request, self._known(request)))

    async def delete(self, request: Request) -> Response:
        """DELETE /account-access-consents/{ConsentId}."""
        self.branch.ours(request)
        del self.branch.intents[self._known(request)]
        return Response(status_code=204)

    async def accounts(self, request: Request) -> Response:
        """GET /accounts."""
        intent, merchant = self.branch.user(request, "ReadAccountsBasic", "ReadAccountsDetail")
        await self.branch.desk.misbehave(merchant)
        detail = "ReadAccountsDetail" in intent.opens
        return self._answer(request, {"Account": statement.accounts(merchant, self.branch.today, detail=detail)})

    async def balances(self, request: Request) -> Response:
        """GET /accounts/{AccountId}/balances."""
        _, merchant = self.branch.user(request, "ReadBalances")
        balance = statement.balance(merchant, request.path_params["account"], self.branch.desk.clock())
        if balance is None:
            raise Refusal(404, "not_found")
        return self._answer(request, {"Balance": [balance]})

    async def transactions(self, request: Request) -> Response:
        """GET /accounts/{AccountId}/transactions, a hundred to a page."""
        intent, merchant = self.branch.user(request, "ReadTransactionsDetail")
        account = request.path_params["account"]
        found = statement.entries(merchant, account, self.branch.today, intent.first, intent.last)
        shown, number, pages = page_of(found, request)
        following = str(request.url.include_query_params(page=number + 1)) if number < pages else None
        rows: dict[str, object] = {"Transaction": [statement.transaction(merchant, account, each) for each in shown]}
        return self._answer(request, rows, following=following, pages=pages)

    async def party(self, request: Request) -> Response:
        """GET /accounts/{AccountId}/party."""
        _, merchant = self.branch.user(request, "ReadParty")
        return self._answer(request, {"Party": statement.party(merchant)})

    def _known(self, request: Request) -> str:
        intent_id = str(request.path_params["consent"])
        if intent_id not in self.branch.intents:
            raise Refusal(400, "not_found")
        return intent_id

    def _access(self, request: Request, intent_id: str) -> object:
        intent, now = self.branch.intents[intent_id], self.branch.desk.clock().isoformat()
        data = intent.asked | {
            "ConsentId": intent_id,
            "Status": "AWAU" if intent.merchant is None else "AUTH",
            "CreationDateTime": now,
            "StatusUpdateDateTime": now,
        }
        answer = {"Data": data, "Risk": {}, "Links": {"Self": str(request.url)}, "Meta": {"TotalPages": 1}}
        return older(answer) if self.older else answer

    def _answer(
        self, request: Request, data: dict[str, object], *, following: str | None = None, pages: int = 1
    ) -> JSONResponse:
        links = {"Self": str(request.url)} | ({"Next": following} if following is not None else {})
        answer: object = {"Data": data, "Links": links, "Meta": {"TotalPages": pages}}
        return JSONResponse(older(answer) if self.older else answer)


def refused(error: Refusal) -> Response:
    """An error in OBIE's form."""
    code = CODES.get(error.status, "U000")
    body: dict[str, JsonValue] = {
        "Code": f"{error.status} {error.error}"[:40],
        "Message": error.error,
        "Errors": [{"ErrorCode": code, "Message": error.error}],
    }
    return JSONResponse(body, error.status, headers=error.headers)


def older(answer: object, name: str = "") -> object:
    """An answer of 4.0 in the words of 3.1."""
    if isinstance(answer, dict):
        return {OLDER_NAMES.get(key, key): older(value, key) for key, value in answer.items()}
    if isinstance(answer, list):
        return [older(each, name) for each in answer]
    return OLDER_WORDS.get(name, {}).get(answer, answer) if isinstance(answer, str) else answer
