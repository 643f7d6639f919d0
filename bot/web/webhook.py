"""`POST /telegram/webhook`: an update is durable when Telegram hears 200, so what it does not hear it sends again."""

import hmac
from dataclasses import dataclass, field
from typing import Protocol

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import JsonValue

from bot.channels import UnreadableUpdate
from bot.web.body import read_body
from bot.web.problem import Problem

PATH = "/telegram/webhook"
MOST_BYTES = 256 * 1024  # an update is a few kilobytes
SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of the header


class Updates(Protocol):
    """Where updates go."""

    async def receive(self, body: bytes) -> JsonValue:
        """Let an update take effect and return what the messenger is to be answered. Raises UnreadableUpdate."""
        ...


@dataclass(frozen=True)
class Hook:
    """A bot whose updates come with a secret; `url` is where its messenger was told to call."""

    updates: Updates
    secret: str = field(repr=False)
    url: str


def router(hook: Hook) -> APIRouter:
    """The route that a messenger calls."""
    routes = APIRouter(include_in_schema=False)
    expected = hook.secret.encode()

    @routes.post(PATH)
    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET, "").encode("latin-1")
        if not hmac.compare_digest(given, expected):
            raise Problem(403, "The secret token is missing or wrong.")
        body = await read_body(request, MOST_BYTES)
        try:
            answer = await hook.updates.receive(body)
        except UnreadableUpdate:
            raise Problem(400, "The body is not an update of the Bot API.") from None
        return JSONResponse(answer)

    return routes
