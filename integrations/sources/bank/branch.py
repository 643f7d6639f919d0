"""What both standards of the sandbox bank share: consents, and tokens for those that an owner has approved."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from integrations.merchants import Merchant
from integrations.toolkit.sandbox import Desk, Refusal, form_of
from integrations.toolkit.signing_in import SignIn


@dataclass
class Intent:
    """A consent: what it opens, from when to when, until when; the owner's business once approved."""

    opens: frozenset[str]
    first: date
    last: date
    until: datetime
    asked: dict[str, object]
    merchant: Merchant | None = None
    scope: str = ""


@dataclass
class Branch:
    """The bank's state."""

    desk: Desk
    sign_in: SignIn
    intents: dict[str, Intent] = field(default_factory=dict)
    renewals: dict[str, str] = field(default_factory=dict)

    def keep(self, intent: Intent) -> str:
        """Take a new consent; its id."""
        intent_id = secrets.token_urlsafe(12)
        self.intents[intent_id] = intent
        return intent_id

    async def token(self, request: Request) -> Response:
        """POST /token: client credentials, the code of an owner who approved a consent, or what renews its token."""
        self.desk.client_ok(request)
        form = await form_of(request)
        if form.get("grant_type") == "client_credentials":
            return JSONResponse(self.desk.issue("client"))
        if form.get("grant_type") == "refresh_token":
            return self._issued(self.renewals.pop(form.get("refresh_token", ""), ""))
        if form.get("grant_type") != "authorization_code":
            raise Refusal(400, "unsupported_grant_type")
        asked = self.sign_in.redeem(form)
        intent_id = _intent_of(asked)
        intent = self.intents.get(intent_id)
        if intent is None:
            raise Refusal(400, "invalid_grant")
        intent.merchant, intent.scope = self.desk.merchants[asked["login_hint"]], asked.get("scope", "")
        return self._issued(intent_id)

    def _issued(self, intent_id: str) -> Response:
        """A token for a consent, with what renews it once; none for a consent that has ended."""
        if intent_id not in self.intents:
            raise Refusal(400, "invalid_grant")
        renewal = secrets.token_urlsafe(18)
        self.renewals[renewal] = intent_id
        return JSONResponse({**self.desk.issue(f"user:{intent_id}"), "refresh_token": renewal})

    def ours(self, request: Request) -> None:
        """Refuse a request that is not under our own token."""
        if self.desk.about(request) != "client":
            raise Refusal(403, "insufficient_scope")

    def user(self, request: Request, *opens: str) -> tuple[Intent, Merchant]:
        """The consent and business of an owner's token, when it opens one of these."""
        about = self.desk.about(request)
        intent = self.intents.get(about.removeprefix("user:")) if about.startswith("user:") else None
        if intent is None or intent.merchant is None:
            raise Refusal(403, "consent_revoked")
        if self.desk.clock() >= intent.until:
            raise Refusal(403, "consent_expired")
        if opens and not intent.opens.intersection(opens):
            raise Refusal(403, "insufficient_scope")
        return intent, intent.merchant

    @property
    def today(self) -> date:
        """The bank's day."""
        return self.desk.clock().date()


def _intent_of(asked: dict[str, str]) -> str:
    """The consent a sign-in is for: named in the claims (OBIE) or in the scope (Berlin Group)."""
    for each in asked.get("scope", "").split():
        if each.startswith("AIS:"):
            return each.removeprefix("AIS:")
    try:
        return str(json.loads(asked.get("claims", ""))["id_token"]["openbanking_intent_id"]["value"])
    except (ValueError, KeyError, TypeError):
        raise Refusal(400, "invalid_request") from None
