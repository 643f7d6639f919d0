"""One's own account: language, and how to sign in next time."""

import asyncio

import segno
from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from bot.web.console import sign_in
from bot.web.console.forms import read_form
from bot.web.console.guard import Room, member_of
from bot.web.console.passkeys import LONGEST_NAME, offered
from bot.web.console.roles import Role
from bot.web.origin import origin_of
from flows.texts import LANGUAGES
from integrations.database.queries import passkeys, staff
from integrations.database.sealing import SealBroken

QR_BORDER = 2


def router(room: Room) -> APIRouter:
    """The page of one's own account. Everybody may change it, whatever the role."""
    routes = APIRouter(prefix="/console/account", include_in_schema=False)
    reads, changes = Depends(room.guard()), Depends(room.guard(Role.VIEWER, own=True))

    @routes.get("", dependencies=[reads])
    async def show(request: Request) -> Response:
        return await _page(room, request)

    @routes.post("/language", dependencies=[changes])
    async def language(request: Request) -> Response:
        form = await read_form(request)
        if form.get("lang") in LANGUAGES:
            await room.people.choose_language(member_of(request), form["lang"])
        return RedirectResponse("/console/account", 303)

    @routes.post("/sign-in", dependencies=[changes])
    async def keep(request: Request) -> Response:
        """Keep a password and an authenticator. The secret travels sealed in the form, never in a cookie."""
        member, form = member_of(request), await read_form(request)
        password = form.get("password", "")
        try:
            secret = room.parts.sealer.of_text_token(form.get("sealed", ""))
        except (SealBroken, UnicodeError):
            return await _page(room, request, "console.account.start_again", 422)
        if not sign_in.SHORTEST <= len(password) <= sign_in.LONGEST:
            return await _page(room, request, "console.account.password_length", 422, secret)
        if not await room.people.set_up(member, password, secret, form.get("code", ""), room.parts.clock()):
            return await _page(room, request, "console.account.code_wrong", 422, secret)
        return RedirectResponse("/console/account?kept=1", 303)

    return routes


async def _page(room: Room, request: Request, key: str = "", status: int = 200, secret: str = "") -> Response:
    member = member_of(request)
    secret = secret or sign_in.new_secret()
    address = sign_in.address_of(secret, member.name)
    origin = origin_of(request, room.parts.public_url)
    keys = await room.parts.database.read(passkeys.of_staff, member.id)
    stored = await room.parts.database.read(staff.by_id, member.id)
    code = await asyncio.to_thread(segno.make, address, error="m")
    return room.page(
        "account.html",
        member,
        member.lang,
        status,
        said=room.text(member.lang, key, shortest=sign_in.SHORTEST) if key else "",
        kept=next((each for each in ("kept", "removed", "last", "added") if each in request.query_params), ""),
        passkeys=keys,
        has_password=stored is not None and stored.sign_in is not None,
        offered=offered(origin),
        address=origin,
        longest=LONGEST_NAME,
        sealed=room.parts.sealer.text_token(secret),
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        matrix=tuple("".join("1" if dark else "0" for dark in row) for row in code.matrix_iter(border=QR_BORDER)),
        shortest=sign_in.SHORTEST,
        languages=LANGUAGES,
    )
