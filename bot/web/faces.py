"""Errors as pages: whoever opens an address by hand reads a sentence in their language, not a document for programs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from bot.web.pages import Pages, preferred_language
from bot.web.problem import Problem
from integrations.database.queries.conversations import ConversationMoved

PIECE = "x-piece"  # a script of our pages asks for a part of one
_KINDS = {
    **dict.fromkeys((400, 408, 422), "unreadable"),
    401: "lost",
    403: "foreign",
    404: "gone",
    405: "gone",
    413: "large",
    429: "busy",
    503: "later",
}
_HEADERS = ("retry-after", "connection")
Handler = Callable[[Request, Exception], Awaitable[Response]]


@dataclass(frozen=True)
class Area:
    """What lies at and below `path` is read by people; `show` is its page for a kind of trouble and a status."""

    path: str
    show: Callable[[Request, str, int], Response]

    def holds(self, path: str) -> bool:
        """Whether an address lies here."""
        return path == self.path or path.startswith(f"{self.path}/")


class Faces:
    """Puts a page in the place of a problem where a person reads it."""

    def __init__(self, *areas: Area) -> None:
        self._areas = areas

    def of(self, request: Request, answer: Response) -> Response:
        """What is shown for an answer that tells of a problem."""
        asked = "text/html" in request.headers.get("accept", "") or PIECE in request.headers
        area = next((each for each in self._areas if asked and each.holds(request.url.path)), None)
        if area is None:
            return answer
        page = area.show(request, _KINDS.get(answer.status_code, "failed"), answer.status_code)
        page.headers.update({name: answer.headers[name] for name in _HEADERS if name in answer.headers})
        return page

    def register(self, app: FastAPI) -> None:
        """Stand in front of what an application answers to errors."""
        for error in (Problem, HTTPException, RequestValidationError, ConversationMoved, SQLAlchemyError):
            app.add_exception_handler(error, self._in_front(app.exception_handlers[error]))

    def _in_front(self, document: Callable[[Request, Any], Any]) -> Handler:
        async def handle(request: Request, error: Exception) -> Response:
            return self.of(request, await document(request, error))

        return handle


def area(path: str, pages: Pages) -> Area:
    """Pages for people outside that say no more than what is wrong and what to do."""

    def show(request: Request, kind: str, status: int) -> Response:
        lang, texts = preferred_language(request.headers.get("accept-language", "")), pages.texts
        known = kind if texts.has(lang, f"page.error.{kind}.title") else "unreadable"
        title, text = (texts.get(lang, f"page.error.{known}.{part}") for part in ("title", "text"))
        return HTMLResponse(pages.message(lang, title, text), status)

    return Area(path, show)
