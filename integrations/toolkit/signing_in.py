"""The sign-in page of a sandbox: an owner who approves at once, codes that count once, PKCE that is checked."""

import asyncio
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from flows.errors import SourceUnavailable
from integrations.toolkit.authorisation import challenge
from integrations.toolkit.oauth import Owner
from integrations.toolkit.sandbox import Desk, Refusal, form_of


@dataclass
class SignIn:
    """The authorization server of one sandbox."""

    desk: Desk
    pushed: dict[str, dict[str, str]] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    async def push(self, request: Request) -> Response:
        """POST of a pushed authorization request."""
        self.desk.client_ok(request)
        form = await form_of(request)
        self._check(form)
        address = f"urn:ietf:params:oauth:request_uri:{secrets.token_urlsafe(16)}"
        self.pushed[address] = form
        return JSONResponse({"request_uri": address, "expires_in": 60}, 201)

    async def authorise(self, request: Request) -> Response:
        """GET of the page: the owner named by `login_hint` says yes, an unknown one cannot sign in."""
        asked = dict(request.query_params)
        if "request_uri" in asked:
            asked = self.pushed.pop(asked["request_uri"], {})
        self._check(asked)
        if asked.get("login_hint") not in self.desk.merchants:
            answer = {"error": "unknown_user_id"}
        else:
            code = secrets.token_urlsafe(18)
            self.codes[code] = asked
            answer = {"code": code}
        address = httpx.URL(asked["redirect_uri"], params={**answer, "state": asked["state"]})
        return RedirectResponse(str(address), 302)

    def redeem(self, form: Mapping[str, str]) -> dict[str, str]:
        """What was asked for with the code of a token request; the code is then used up."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            raise Refusal(400, "invalid_grant")
        if not hmac.compare_digest(challenge(form.get("code_verifier", "")), asked["code_challenge"]):
            raise Refusal(400, "invalid_grant")
        return asked

    def _check(self, form: Mapping[str, str]) -> None:
        wanted = ("redirect_uri", "state", "code_challenge")
        known = form.get("client_id") == self.desk.credentials.id.get_secret_value()
        if not known or form.get("response_type") != "code" or not all(form.get(name) for name in wanted):
            raise Refusal(400, "invalid_request")
        if form.get("code_challenge_method") != "S256":
            raise Refusal(400, "invalid_request")


def approving(transport: httpx.AsyncBaseTransport | None = None, seconds: float = 5.0) -> Owner:
    """An owner who opens the page of a sandbox and is sent back with its answer, or gives up after `seconds`."""

    async def visit(url: str) -> str:
        try:
            # The limit is ours: a transport inside the process knows none.
            async with asyncio.timeout(seconds), httpx.AsyncClient(transport=transport, trust_env=False) as browser:
                answer = await browser.get(url, timeout=seconds)
        except (TimeoutError, httpx.TimeoutException):
            raise SourceUnavailable("sign-in", "no answer in time") from None
        except httpx.TransportError as error:
            raise SourceUnavailable("sign-in", type(error).__name__) from None
        return str(answer.headers.get("Location", ""))

    return visit
