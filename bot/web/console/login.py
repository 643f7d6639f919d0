"""Signing in and out: a one-time link, or password and code. Every other page lies behind the guard."""

import secrets
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.web.console.forms import read_form
from bot.web.console.guard import COOKIE, HEADERS, NotAllowed, Room, language
from bot.web.console.passkeys import offered
from bot.web.console.people import TooManyTries, hash_token
from bot.web.origin import is_own, origin_of
from integrations.database.queries import staff


def router(room: Room) -> APIRouter:
    """The pages that are open to everybody."""
    routes = APIRouter(prefix="/console", include_in_schema=False)

    @routes.get("/login")
    async def show(request: Request) -> Response:
        return _page(room, request, "console.login.over" if "over" in request.query_params else "")

    @routes.post("/login")
    async def log_in(request: Request) -> Response:
        if not is_own(request, room.parts.public_url):
            raise NotAllowed("console.refused.foreign")
        form = await read_form(request)
        name, password, code = (form.get(each, "")[:300] for each in ("name", "password", "code"))
        address = request.client.host if request.client is not None else ""
        try:
            cookie = await room.people.log_in(name.strip(), password, code, address, room.parts.clock())
        except TooManyTries as error:
            return _page(room, request, "console.login.too_many", 429, name=name, wait=error.window)
        if cookie is None:
            return _page(room, request, "console.login.wrong", 401, name=name)
        return room.with_cookie(RedirectResponse("/console", 303), cookie)

    @routes.get("/enter/{token}")
    async def enter(request: Request, token: str) -> Response:
        prefetched = "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", ""))
        cookie = None if prefetched else await room.people.enter(token, room.parts.clock())
        if cookie is None:
            return _page(room, request, "console.login.link_over", 410)
        return room.with_cookie(RedirectResponse("/console", 303), cookie)

    @routes.post("/logout")
    async def log_out(request: Request) -> Response:
        if not is_own(request, room.parts.public_url):
            raise NotAllowed("console.refused.foreign")
        await room.parts.database.run(staff.end_session, hash_token(request.cookies.get(COOKIE, secrets.token_hex())))
        response = RedirectResponse("/console/login", 303)
        response.delete_cookie(COOKIE, path="/console", httponly=True, samesite="lax")
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return routes


def _page(
    room: Room, request: Request, key: str = "", status: int = 200, *, name: str = "", wait: timedelta | None = None
) -> Response:
    lang = language(request)
    minutes = 0 if wait is None else int(wait.total_seconds() // 60)
    said = room.text(lang, key, minutes=minutes) if key else ""
    passkeys = offered(origin_of(request, room.parts.public_url))
    response = room.page("login.html", None, lang, status, said=said, name=name, passkeys=passkeys)
    if wait is not None:
        response.headers["Retry-After"] = str(int(wait.total_seconds()))
    response.headers.update(HEADERS)
    return response
