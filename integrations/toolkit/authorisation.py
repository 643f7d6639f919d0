"""The owner's approval at the source's own page: OAuth 2 code (RFC 6749, 4.1) with PKCE (7636) and PAR (9126).

Asking makes an address for the owner and a secret kept until the owner is back; what comes back is exchanged for
a token. No password passes through us.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Protocol, runtime_checkable

import httpx
from pydantic import BaseModel, ConfigDict, Field

from flows.consent import Consent
from flows.errors import LendlineError, SourceRefused, SourceUnreadable
from flows.ports import Grant, Subject
from integrations.toolkit.http import Call, JsonClient
from integrations.toolkit.oauth import Credentials, Token

BACK = "https://lendline.invalid/consent/callback"


class Approval(BaseModel):
    """What is kept, sealed, while the owner is away. `url` is the page to open, `reference` the source's consent."""

    model_config = ConfigDict(frozen=True)

    url: str = Field(repr=False)
    back: str
    state: str = Field(repr=False)
    verifier: str = Field(repr=False)
    reference: str = ""


@dataclass
class OwnerNeeded(LendlineError):
    """The owner has to approve at the source's own page first: `SignsIn.ask` says where that is."""

    source: str

    def __str__(self) -> str:
        return f"{self.source} waits for the owner's approval"


@runtime_checkable
class SignsIn(Protocol):
    """A source at whose own page the owner approves. Both methods raise the facts of JsonClient.send."""

    async def ask(self, consent: Consent, subject: Subject, back: str = BACK, state: str = "") -> Approval:
        """The address where the owner approves; with the owner `state` comes back to `back`."""
        ...

    async def resume(self, consent: Consent, subject: Subject, approval: Approval, answer: str) -> Grant:
        """The access, once the owner has come back to the address `answer`."""
        ...


@runtime_checkable
class Renews(Protocol):
    """A source whose access wears out before the owner's consent does."""

    async def renew(self, consent: Consent, grant: Grant) -> Grant:
        """The same grant while it is good, else a new one. Raises SourceRefused when only the owner can renew it."""
        ...


class Pushed(BaseModel):
    """The answer of a pushed authorization request (RFC 9126, 2.2)."""

    request_uri: str = Field(min_length=1, max_length=2000)


@dataclass(frozen=True)
class Doors:
    """The paths of an authorization server; `push` is empty where there is no PAR."""

    authorise: str
    token: str
    push: str = ""


class CodeFlow:
    """One client at one authorization server, known there by its Basic credentials."""

    def __init__(self, client: JsonClient, credentials: Credentials, doors: Doors) -> None:
        self._client, self._credentials, self._doors = client, credentials, doors

    async def ask(
        self, params: Mapping[str, str], *, back: str = BACK, state: str = "", reference: str = ""
    ) -> Approval:
        """Where to send the owner. `params` are the source's own (scope, claims, login_hint); `state` is hard to guess.

        Without a `state` one is made.
        """
        state, verifier = state or secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        client_id = self._credentials.id.get_secret_value()
        form = {
            **params,
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": back,
            "state": state,
            "code_challenge": challenge(verifier),
            "code_challenge_method": "S256",
        }
        if self._doors.push:
            basic = {"Authorization": self._credentials.basic}
            pushed = await self._client.send(Call("POST", self._doors.push, basic, form=form), Pushed)
            form = {"client_id": client_id, "request_uri": pushed.request_uri}
        url = str(httpx.URL(self._client.address(self._doors.authorise), params=form))
        return Approval(url=url, back=back, state=state, verifier=verifier, reference=reference)

    async def redeem(self, approval: Approval, answer: str) -> Token:
        """Exchange the address the owner came back to for a token. Raises SourceRefused with the owner's no."""
        code = self.code(approval, answer)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": approval.back,
            "code_verifier": approval.verifier,
        }
        return await self._token(form)

    async def refresh(self, refresh_token: str) -> Token:
        """A new token for a worn-out one (RFC 6749, 6). Raises SourceRefused when the approval has ended."""
        token = await self._token({"grant_type": "refresh_token", "refresh_token": refresh_token})
        return token if token.refresh_token else token.model_copy(update={"refresh_token": refresh_token})

    async def _token(self, form: Mapping[str, str]) -> Token:
        """What the token endpoint answers; its 400 is `invalid_grant`: nothing but a new approval helps."""
        basic = {"Authorization": self._credentials.basic}
        return await self._client.send(Call("POST", self._doors.token, basic, form=form, refused=(400,)), Token)

    def code(self, approval: Approval, answer: str) -> str:
        """The code in the address the owner came back to, when the `state` is the one sent.

        Raises SourceRefused when the source says no, SourceUnreadable when the answer is not one to this question.
        """
        params = httpx.URL(answer).params
        if not compare_digest(params.get("state", "").encode(), approval.state.encode()):
            raise SourceUnreadable(self._client.source, "an answer to another question")
        if "code" not in params:
            error = params.get("error", "no code")[:60]
            raise SourceRefused(self._client.source, error if error.isascii() and error.isprintable() else "error")
        return params["code"]


def challenge(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
