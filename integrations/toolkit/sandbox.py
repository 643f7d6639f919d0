"""Parts that sandboxes share: tokens, refusals, pages, and the troubles a merchant's profile asks for.

A sandbox keeps its state in memory and speaks real HTTP semantics through an ASGI transport.
"""

import asyncio
import base64
import binascii
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from integrations.merchants import Merchant
from integrations.toolkit.http import Clock, Sleep
from integrations.toolkit.oauth import SANDBOX, Credentials

LONG = 3600.0
PAGE = 100
Item = TypeVar("Item")


class Refusal(Exception):
    """A sandbox answers with an error; raised anywhere in a handler."""

    def __init__(self, status: int, error: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(error)
        self.status, self.error, self.headers = status, error, headers


async def refusal_answer(_request: Request, error: Exception) -> Response:
    """The HTTP answer of a Refusal, in the form of an OAuth error."""
    if not isinstance(error, Refusal):
        raise error
    return JSONResponse({"error": error.error}, error.status, headers=error.headers)


@dataclass
class Session:
    """What an issued token stands for."""

    about: str
    until: datetime


@dataclass
class Desk:
    """The front desk of one sandbox: who may come in, and how it misbehaves today."""

    source: str
    merchants: Mapping[str, Merchant]
    clock: Clock
    sleep: Sleep = asyncio.sleep
    credentials: Credentials = SANDBOX
    sessions: dict[str, Session] = field(default_factory=dict)
    troubles: dict[tuple[str, str], int] = field(default_factory=dict)

    def client_ok(self, request: Request) -> None:
        """Refuse a request that does not carry our client's Basic credentials."""
        if not _same_basic(request.headers.get("Authorization", ""), self.credentials):
            raise Refusal(401, "invalid_client", {"WWW-Authenticate": "Basic"})

    def issue(self, about: str, seconds: int = 1800) -> dict[str, object]:
        """A token endpoint's answer with a new token that stands for `about`."""
        token = secrets.token_urlsafe(24)
        self.sessions[token] = Session(about, self.clock() + timedelta(seconds=seconds))
        return {"access_token": token, "token_type": "Bearer", "expires_in": seconds}

    def about(self, request: Request) -> str:
        """What the bearer token of a request stands for; refuses a missing, unknown or expired one."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        session = self.sessions.get(token) if scheme.lower() == "bearer" else None
        if session is None or self.clock() >= session.until:
            raise Refusal(401, "invalid_token", {"WWW-Authenticate": "Bearer"})
        return session.about

    def merchant(self, number: str) -> Merchant:
        """The business of a registration number, or 404."""
        found = self.merchants.get(number)
        if found is None:
            raise Refusal(404, "not_found")
        return found

    async def misbehave(self, merchant: Merchant) -> None:
        """Do what the profile says is wrong with this source, as often as it says."""
        for trouble in merchant.profile.trouble:
            if trouble.source != self.source or self._used_up(merchant, trouble.how, trouble.times):
                continue
            if trouble.how == "slow":
                await self.sleep(LONG)
            elif trouble.how == "unavailable":
                raise Refusal(503, "temporarily_unavailable")
            else:
                raise Refusal(403, "consent_expired")

    def _used_up(self, merchant: Merchant, how: str, times: int) -> bool:
        done = self.troubles.get((merchant.id, how), 0)
        self.troubles[merchant.id, how] = done + 1
        return done >= times


def page_of(items: Sequence[Item], request: Request, size: int = PAGE) -> tuple[Sequence[Item], int, int]:
    """The page a request asks for with `page` (from 1), its number, and how many pages there are."""
    text = request.query_params.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    pages = max(1, -(-len(items) // size))
    if not 1 <= number <= pages:
        raise Refusal(400, "invalid_request")
    return items[(number - 1) * size : number * size], number, pages


async def form_of(request: Request) -> dict[str, str]:
    """The text fields of a form."""
    async with request.form() as form:
        return {key: value for key, value in form.items() if isinstance(value, str)}


def _same_basic(header: str, credentials: Credentials) -> bool:
    scheme, _, encoded = header.partition(" ")
    try:
        given = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    wanted = f"{credentials.id.get_secret_value()}:{credentials.secret.get_secret_value()}"
    return scheme.lower() == "basic" and given == wanted
