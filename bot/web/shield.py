"""What holds for every request and answer: headers, host, time limit, and no error that tells of our insides."""

import asyncio
import traceback
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.problem import TRY_AGAIN, Problem, respond

SECONDS = 15.0
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
HSTS = "max-age=31536000"
_FOREIGN = Problem(400, "This host is not served here.")
log = structlog.get_logger(__name__)


class Shield:
    """The outermost layer. `seconds` limits the time to the first byte; a stream may then go on.

    With `public_url`, only its host is answered (health probes excepted: they come by address). `face` makes a page of
    what is answered to an error, where a person reads it.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        public_url: str | None = None,
        seconds: float = SECONDS,
        face: Callable[[Request, Response], Response] = lambda _request, answer: answer,
    ) -> None:
        self._app = app
        self._seconds = seconds
        self._face = face
        url = urlsplit(public_url or "")
        self._host = url.hostname
        self._headers = HEADERS | ({"Strict-Transport-Security": HSTS} if url.scheme == "https" else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        async def in_time(message: Message) -> None:
            nonlocal begun
            if not begun:
                begun = True
                limit.reschedule(None)
            await dressed(message)

        limit = asyncio.timeout(self._seconds)
        try:
            async with limit:
                app = self._app if self._welcome(scope) else self._faced(scope, _FOREIGN)
                await app(scope, receive, in_time)
        except Exception as error:
            if begun:  # too late for another answer: the server breaks the connection off
                raise
            await self._faced(scope, _failed(error, expired=limit.expired()))(scope, receive, dressed)

    def _faced(self, scope: Scope, problem: Problem) -> ASGIApp:
        return self._face(Request(scope), respond(problem))

    def _welcome(self, scope: Scope) -> bool:
        if self._host is None or scope["path"] in PROBES:
            return True
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        try:
            return len(hosts) == 1 and urlsplit(f"//{hosts[0]}").hostname == self._host
        except ValueError:
            return False


def _failed(error: Exception, *, expired: bool) -> Problem:
    if expired:
        return Problem(503, "This took too long; it may be tried again.", headers=TRY_AGAIN)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
    log.error("request_failed", error=type(error).__name__, where=where)
    return Problem(500, "This went wrong on our side; it has been noted.")
