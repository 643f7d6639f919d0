"""The addresses that the browser's passkey dialogs talk to: signing in with one, adding one, removing one."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import ValidationError

from bot.web.body import read_body, read_json
from bot.web.console.forms import MOST_BYTES, read_form
from bot.web.console.guard import HEADERS, NotAllowed, Room, language, member_of
from bot.web.console.passkeys import Answer, PasskeyRefused, Passkeys, offered
from bot.web.console.people import TooManyTries
from bot.web.console.roles import Role
from bot.web.origin import is_own, origin_of
from bot.web.problem import Problem


def router(room: Room) -> APIRouter:
    """Passkeys, before and behind the guard."""
    routes = APIRouter(prefix="/console", include_in_schema=False)
    keys = Passkeys(room.parts.database, room.parts.sealer, room.people)
    own = [Depends(room.guard(Role.VIEWER, own=True))]

    @routes.post("/login/passkey/options")
    async def ask(request: Request) -> Response:
        return JSONResponse(keys.begin_sign_in(_origin(room, request), room.parts.clock()), headers=HEADERS)

    @routes.post("/login/passkey")
    async def sign_in(request: Request) -> Response:
        origin, given = _origin(room, request), await _read(request)
        address = request.client.host if request.client is not None else ""
        try:
            cookie = await keys.sign_in(origin, given, address, room.parts.clock())
        except TooManyTries as error:
            minutes = int(error.window.total_seconds() // 60)
            said = room.text(language(request), "console.login.too_many", minutes=minutes)
            return Response(said, 429, media_type="text/plain", headers=HEADERS)
        except PasskeyRefused:
            return _refused(room, request, 401)
        return room.with_cookie(Response(status_code=204, headers=HEADERS), cookie)

    @routes.post("/account/passkeys/options", dependencies=own)
    async def begin(request: Request) -> Response:
        begun = await keys.begin_adding(member_of(request), _origin(room, request), room.parts.clock())
        return JSONResponse(begun, headers=HEADERS)

    @routes.post("/account/passkeys", dependencies=own)
    async def add(request: Request) -> Response:
        given = await _read(request)
        origin = _origin(room, request)
        try:
            await keys.add(member_of(request), origin, given, room.parts.clock())
        except PasskeyRefused:
            return _refused(room, request, 422)
        return Response(status_code=204, headers=HEADERS)

    @routes.post("/account/passkeys/remove", dependencies=own)
    async def remove(request: Request) -> Response:
        form = await read_form(request)
        done = await keys.remove(member_of(request), form.get("id", "")[:1_400], room.parts.clock())
        return RedirectResponse(f"/console/account?{'removed' if done else 'last'}=1", 303)

    return routes


def _origin(room: Room, request: Request) -> str:
    """The address of this console; refused for forms of other pages and where browsers allow no passkeys."""
    if not is_own(request, room.parts.public_url):
        raise NotAllowed("console.refused.foreign")
    origin = origin_of(request, room.parts.public_url)
    if not offered(origin):
        raise Problem(404, "Passkeys need an address with a name, over https.")
    return origin


async def _read(request: Request) -> Answer:
    try:
        return Answer.model_validate(read_json(await read_body(request, MOST_BYTES)))
    except ValidationError:
        raise Problem(422, "This is no answer of a passkey.") from None


def _refused(room: Room, request: Request, status: int) -> Response:
    said = room.text(language(request), "console.passkey.refused")
    return Response(said, status, media_type="text/plain", headers=HEADERS)
