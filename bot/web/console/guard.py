"""Who may come in: the one dependency of every page of the console, so that no page can forget it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.web.console.people import SESSION_LIFETIME, Member, People
from bot.web.console.roles import Role
from bot.web.faces import PIECE
from bot.web.origin import is_own
from bot.web.pages import Pages, preferred_language
from bot.web.parts import Parts
from flows.errors import LendlineError

COOKIE = "lendline_staff"
LIVE = "/console/live"  # a page keeps this open by itself
READING = frozenset({"GET", "HEAD"})
# Scripts, streams and pictures of our own; nothing from outside, nothing inline.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# With no-referrer a browser sends `Origin: null` with a form, and the origin could not be checked.
HEADERS = {"Content-Security-Policy": CSP, "Referrer-Policy": "same-origin"}


@dataclass
class SignInFirst(LendlineError):
    """Nobody is signed in, or not any more. Lead to the login page."""


@dataclass
class NotAllowed(LendlineError):
    """The role is not enough, or another site sent the form. Say so."""

    key: str


@dataclass
class NotPossible(LendlineError):
    """What a form asks for cannot be done as it stands. Say why; nothing was done."""

    key: str


@dataclass(frozen=True)
class Room:
    """What every page of the console works with."""

    parts: Parts
    pages: Pages
    people: People

    def text(self, lang: str, key: str, /, **params: object) -> str:
        """A text in the language of a member of staff."""
        return self.pages.texts.get(lang, key, **params)

    def page(self, template: str, member: Member | None, lang: str, status: int = 200, **values: object) -> Response:
        """A page or a piece of one."""
        html = self.pages.render(f"console/{template}", lang=lang, member=member, **values)
        return HTMLResponse(html, status, headers=HEADERS)

    def guard(self, needed: Role = Role.VIEWER, *, own: bool = False) -> Callable[[Request], Awaitable[None]]:
        """The dependency that lets in who may come in.

        Whoever changes something is an agent at least, unless it is only `own`: one's language or password.
        """

        async def check(request: Request) -> None:
            changes = request.method not in READING
            if changes and not is_own(request, self.parts.public_url):
                raise NotAllowed("console.refused.foreign")
            alone = not changes and (PIECE in request.headers or request.url.path == LIVE)
            member = await self.people.of_cookie(request.cookies.get(COOKIE, ""), self.parts.clock(), alone=alone)
            if member is None:
                raise SignInFirst
            request.state.member = member
            least = Role.AGENT if changes and not own and needed is Role.VIEWER else needed
            if not member.role.may(least):
                raise NotAllowed(f"console.refused.{least.value}")

        return check

    def with_cookie(self, response: Response, cookie: str) -> Response:
        """Sign a browser in."""
        response.set_cookie(
            COOKIE,
            cookie,
            max_age=int(SESSION_LIFETIME.total_seconds()),
            path="/console",
            secure=(self.parts.public_url or "").startswith("https:"),
            httponly=True,
            samesite="lax",
        )
        return response

    def to_login(self, request: Request) -> Response:
        """Lead to the login page; a script that asks for a piece is told so by the status."""
        if PIECE in request.headers:
            return Response(status_code=401)
        return RedirectResponse(f"/console/login{'?over=1' if COOKIE in request.cookies else ''}", 303)

    def refused(self, request: Request, key: str, status: int = 403) -> Response:
        """Say why somebody may not do this, or why it cannot be done."""
        lang = language(request)
        said = self.text(lang, key)
        if PIECE in request.headers:
            return Response(said, status, media_type="text/plain")
        return self.page("said.html", getattr(request.state, "member", None), lang, status, said=said)


def member_of(request: Request) -> Member:
    """Who is signed in; only pages behind the guard ask."""
    member: Member = request.state.member
    return member


def language(request: Request) -> str:
    """The language of whoever asks: chosen by a member of staff, otherwise the browser's."""
    member: Member | None = getattr(request.state, "member", None)
    return member.lang if member is not None else preferred_language(request.headers.get("accept-language", ""))
