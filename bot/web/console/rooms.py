"""The console put together: its pages, and what its guard answers to those it does not let in."""

from fastapi import FastAPI, Request
from fastapi.responses import Response

from bot.web.console import (
    account,
    acts,
    assisting,
    conversation,
    disclosing,
    erasing,
    inbox,
    live,
    login,
    marks,
    overview,
    papers,
    passkey_routes,
    replies,
    reporting,
    supervising,
    watching,
)
from bot.web.console.guard import NotAllowed, NotPossible, Room, SignInFirst
from bot.web.console.people import People
from bot.web.pages import Pages
from bot.web.parts import Parts

_PAGES = (
    *(login, passkey_routes, account, inbox, live, conversation, watching),
    *(disclosing, reporting, acts, assisting, erasing, supervising, replies, marks, overview, papers),
)


def include(app: FastAPI, parts: Parts, pages: Pages) -> Room:
    """Add the console to an application; the room is for further pages that lie behind the same guard."""
    room = Room(parts, pages, People(parts.database, parts.sealer))

    async def sign_in_first(request: Request, _error: Exception) -> Response:
        return room.to_login(request)

    async def not_allowed(request: Request, error: Exception) -> Response:
        return room.refused(request, error.key if isinstance(error, NotAllowed) else "console.refused.foreign")

    async def not_possible(request: Request, error: Exception) -> Response:
        return room.refused(request, error.key if isinstance(error, NotPossible) else "console.refused.foreign", 422)

    app.add_exception_handler(SignInFirst, sign_in_first)
    app.add_exception_handler(NotPossible, not_possible)
    app.add_exception_handler(NotAllowed, not_allowed)
    for part in _PAGES:
        app.include_router(part.router(room))
    return room
