"""Errors as pages of the console: whoever opens an address by hand reads a sentence, not a document for programs."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from bot.web.console.guard import Room, language
from bot.web.problem import Problem
from integrations.database.queries.conversations import ConversationMoved

Handler = Callable[[Request, Exception], Awaitable[Response]]
_KINDS = {404: "gone", 405: "gone", 422: "unreadable", 400: "unreadable", 413: "unreadable"}


def register(app: FastAPI, room: Room) -> None:
    """Put a page in front of what the application answers to errors, for readers of the console."""
    for error in (Problem, HTTPException, RequestValidationError, ConversationMoved, SQLAlchemyError):
        app.add_exception_handler(error, _paged(app.exception_handlers[error], room))


def _paged(document: Callable[[Request, Any], Any], room: Room) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        answer: Response = await document(request, error)
        wants_page = "text/html" in request.headers.get("accept", "") and "x-piece" not in request.headers
        if not (wants_page and request.url.path.startswith("/console")):
            return answer
        member = getattr(request.state, "member", None)
        kind = _KINDS.get(answer.status_code, "busy")
        page = room.page("problem.html", member, language(request), answer.status_code, kind=kind)
        if "retry-after" in answer.headers:
            page.headers["Retry-After"] = answer.headers["retry-after"]
        return page

    return handle
