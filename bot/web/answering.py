"""A page that asks somebody outside one question, with two buttons: it takes one clear answer, or says why not."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.web.body import read_body
from bot.web.origin import is_own
from bot.web.pages import Pages, preferred_language
from bot.web.parts import Parts
from flows.conversation import Conversation

MOST_BYTES = 4 * 1024
# With no-referrer a browser sends `Origin: null` with a form, and the origin could not be checked.
OWN_REFERRER = {"Referrer-Policy": "same-origin"}
_STATUS: Mapping[str, int] = {
    "unknown": 404,
    "expired": 410,
    "foreign": 403,
    "unclear": 422,
    "lost": 409,
    "over": 410,
    "away": 503,
}


@dataclass
class PageRefused(Exception):
    """A page cannot be shown or its answer not taken; `trouble` names the words that say why."""

    trouble: str
    lang: str | None = None


def require_own(request: Request, public_url: str | None) -> None:
    """Raises PageRefused for a form that another site has sent."""
    if not is_own(request, public_url):
        raise PageRefused("foreign")


async def answer_in(request: Request, answers: Mapping[str, bool], lang: str) -> bool:
    """What the form says. Only one clear answer counts: an unclear one is never a yes. Raises PageRefused."""
    body = await read_body(request, MOST_BYTES)
    try:
        fields = parse_qs(body.decode("ascii"), max_num_fields=4, strict_parsing=True)
    except ValueError:
        raise PageRefused("unclear", lang) from None
    given = fields.get("answer", [])
    if len(given) != 1 or given[0] not in answers:
        raise PageRefused("unclear", lang)
    return answers[given[0]]


class Asked(Protocol):
    """What a link leads to."""

    @property
    def conversation(self) -> Conversation:
        """Whose application it is about."""


A = TypeVar("A", bound=Asked)


class Question(ABC, Generic[A]):
    """The page below `path`. `answers` are the buttons, `troubles` the words for what is wrong, by name and part."""

    path: ClassVar[str]
    answers: ClassVar[Mapping[str, bool]]
    troubles: ClassVar[str]

    def __init__(self, parts: Parts, pages: Pages) -> None:
        self._parts = parts
        self._pages = pages

    async def show(self, request: Request, token: str) -> Response:
        """The question, or what was answered."""
        try:
            return self._page(await self._asked(token))
        except PageRefused as refused:
            return self._trouble(request, refused)

    async def answer(self, request: Request, token: str) -> Response:
        """Take an answer, once; then show the page, which says what counts now."""
        try:
            require_own(request, self._parts.public_url)
            asked = await self._asked(token)
            if self._is_open(asked):
                await self._take(asked, yes=await answer_in(request, self.answers, asked.conversation.lang))
        except PageRefused as refused:
            return self._trouble(request, refused)
        return RedirectResponse(f"{self.path}/{token}", 303, headers=OWN_REFERRER)

    @abstractmethod
    async def _asked(self, token: str) -> A:
        """What a token leads to. Raises PageRefused."""

    @abstractmethod
    def _is_open(self, asked: A) -> bool:
        """Whether an answer is still wanted."""

    @abstractmethod
    def _page(self, asked: A) -> Response:
        """The page as it is now."""

    @abstractmethod
    async def _take(self, asked: A, *, yes: bool) -> None:
        """Put an answer through the door. Raises PageRefused when it could not be taken."""

    def _trouble(self, request: Request, refused: PageRefused) -> Response:
        lang = refused.lang or preferred_language(request.headers.get("accept-language", ""))
        title, text = (
            self._pages.texts.get(lang, self.troubles.format(refused.trouble, part)) for part in ("title", "text")
        )
        return HTMLResponse(self._pages.message(lang, title, text), _STATUS[refused.trouble], headers=OWN_REFERRER)
