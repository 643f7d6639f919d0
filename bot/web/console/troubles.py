"""Errors of the console: a page with the way back, or one sentence for a script."""

from fastapi import Request
from fastapi.responses import Response

from bot.web.console.guard import HEADERS, Room, language
from bot.web.faces import PIECE, Area

PATH = "/console"
_ALIKE = {"lost": "gone", "foreign": "unreadable", "large": "unreadable", "later": "busy"}


def area(room: Room) -> Area:
    """Everything that staff read."""

    def show(request: Request, kind: str, status: int) -> Response:
        lang, known = language(request), _ALIKE.get(kind, kind)
        if PIECE in request.headers:
            return Response(room.text(lang, f"console.problem.text.{known}"), status, HEADERS, "text/plain")
        return room.page("problem.html", getattr(request.state, "member", None), lang, status, kind=known)

    return Area(PATH, show)
