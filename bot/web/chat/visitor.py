"""Who visits the chat: an id that only this browser holds, in a sealed cookie that no script can read."""

import secrets
from datetime import datetime, timedelta
from typing import Literal

from fastapi import Request
from fastapi.responses import Response
from pydantic import AwareDatetime, ValidationError

from flows.messages import Frozen
from integrations.database.sealing import SealBroken, Sealer

LIFETIME = timedelta(days=60)
RENEWED_AFTER = timedelta(days=1)
PATH = "/chat"
_LONGEST = 1000


class Visitor(Frozen):
    """A browser. `id` is the address of its conversation; whoever holds the cookie is its owner."""

    purpose: Literal["chat"] = "chat"
    id: str
    issued_at: AwareDatetime


class Cookies:
    """Sets and reads the visitor's cookie.

    With `https` it travels over nothing else. In a frame of another site a browser keeps a cookie only with
    SameSite=None, apart for each such site (Partitioned); forms are still taken from our own pages alone.
    """

    def __init__(self, sealer: Sealer, *, https: bool) -> None:
        self._sealer = sealer
        self._https = https
        self.name = "__Secure-lendline-chat" if https else "lendline-chat"

    def new(self, now: datetime) -> Visitor:
        """A visitor who was never here."""
        return Visitor(id=secrets.token_urlsafe(18), issued_at=now)

    def read(self, request: Request, now: datetime) -> Visitor | None:
        """The visitor of a request; None without a cookie of ours that still counts."""
        cookie = request.cookies.get(self.name, "")
        if not cookie or len(cookie) > _LONGEST or not cookie.isascii():
            return None
        try:
            visitor = self._sealer.of_token(Visitor, cookie)
        except (SealBroken, ValidationError):
            return None
        return visitor if visitor.issued_at <= now < visitor.issued_at + LIFETIME else None

    def set(self, response: Response, visitor: Visitor, *, framed: bool) -> None:
        """Hand the cookie out."""
        value = self._sealer.token(visitor)
        self._write(response, value, int(LIFETIME.total_seconds()), framed=framed)

    def clear(self, response: Response, *, framed: bool) -> None:
        """Take the cookie back."""
        self._write(response, "", 0, framed=framed)

    def _write(self, response: Response, value: str, seconds: int, *, framed: bool) -> None:
        # By hand, because Starlette writes Partitioned only from Python 3.14 on.
        parts = [f"{self.name}={value}", f"Max-Age={seconds}", f"Path={PATH}", "HttpOnly"]
        parts += ["Secure"] if self._https else []
        parts += ["SameSite=None", "Partitioned"] if framed and self._https else ["SameSite=Lax"]
        response.headers.append("set-cookie", "; ".join(parts))
