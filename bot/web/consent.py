"""The consent page: what, why, from when, for whom, how long; Allow and Refuse. Works without any script.

The page is for the owner's eyes, so its own errors are pages too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.links import Link, LinkExpired, LinkUnknown
from bot.web import terms
from bot.web.answering import OWN_REFERRER, PageRefused, Question
from bot.web.chat import channel as web_chat
from bot.web.pages import Pages
from bot.web.parts import Parts
from flows.consent import Consent, ConsentState
from flows.conversation import Conversation
from flows.errors import LendlineError
from flows.events import Arrival, ConsentAnswered, OwnerReturned
from integrations.database.queries import views

_NO_REFERRER = {"Referrer-Policy": "no-referrer"}  # the address holds what a source's page gave


@dataclass(frozen=True)
class _Asked:
    """A consent that a link leads to, and the conversation it is in."""

    link: Link
    conversation: Conversation
    consent: Consent


def router(parts: Parts, pages: Pages) -> APIRouter:
    """The routes of owners' consents."""
    routes = APIRouter(prefix="/consent", include_in_schema=False)
    desk = _Desk(parts, pages)

    @routes.get("/callback")
    async def back_from_source(request: Request, state: str = "") -> Response:
        return await desk.back(request, state)

    @routes.get("/{token}/sign-in")
    async def to_source(request: Request, token: str) -> Response:
        return await desk.send(request, token)

    @routes.get("/{token}")
    async def show(request: Request, token: str) -> Response:
        return await desk.show(request, token)

    @routes.post("/{token}")
    async def answer(request: Request, token: str) -> Response:
        return await desk.answer(request, token)

    return routes


class _Desk(Question[_Asked]):
    """Shows consents and takes the answers to them."""

    path = "/consent"
    answers: ClassVar[Mapping[str, bool]] = {"allow": True, "refuse": False}
    troubles = "page.trouble.{}.{}"

    async def send(self, request: Request, token: str) -> Response:
        """Send the owner to the source's own page, as long as the consent allows it and no answer has come."""
        try:
            asked = await self._asked(token)
            return RedirectResponse(await self._address(request, asked), 303, headers=_NO_REFERRER)
        except PageRefused as refused:
            return self._trouble(request, refused)

    async def back(self, request: Request, state: str) -> Response:
        """Where a source's own page sends an owner back to: the answer is kept, and the chat goes on."""
        try:
            asked = await self._found(self._parts.links.read_state_token, state)
        except PageRefused as trouble:
            return self._trouble(request, trouble)
        allowed = bool(request.query_params.get("code")) and not request.query_params.get("error")
        await self._parts.door.take(
            Arrival(
                origin="sign_in",
                external_id=asked.link.id,
                event=OwnerReturned(consent_id=asked.consent.id, allowed=allowed),
                at=self._parts.clock(),
                conversation_id=asked.conversation.id,
            ),
            claim=self._parts.approvals.answered(asked.consent.id, str(request.url)),
        )
        lang = asked.conversation.lang
        title = terms.source_title(self._parts.library, lang, asked.consent.source)
        text = self._parts.library.texts.get(lang, "page.back.done" if allowed else "page.back.refused")
        return HTMLResponse(self._pages.message(lang, title, text), headers=_NO_REFERRER)

    async def _address(self, request: Request, asked: _Asked) -> str:
        conversation, consent, parts = asked.conversation, asked.consent, self._parts
        if conversation.subject is None or not consent.allows(consent.source, parts.clock()):
            raise PageRefused("over", conversation.lang)
        try:
            return await parts.approvals.ask(
                conversation.id,
                consent,
                conversation.subject,
                back=f"{(parts.public_url or str(request.base_url)).rstrip('/')}/consent/callback",
                state=lambda: parts.links.state_token(conversation.id, consent.id),
            )
        except LendlineError:  # a fact of the source: the owner tries again, or goes on without it
            raise PageRefused("away", conversation.lang) from None

    async def _take(self, asked: _Asked, *, yes: bool) -> None:
        """Put the answer through the door; raises PageRefused when the consent is still open afterwards."""
        event = ConsentAnswered(consent_id=asked.consent.id, allowed=yes, reason="" if yes else "consent page")
        await self._parts.door.take(
            Arrival(
                origin="consent",
                external_id=asked.link.id,
                event=event,
                at=self._parts.clock(),
                conversation_id=asked.conversation.id,
            )
        )
        after = (await self._look(asked.link)).consent
        if after.state is ConsentState.PENDING:
            raise PageRefused("lost", asked.conversation.lang)

    async def _asked(self, token: str) -> _Asked:
        return await self._found(self._parts.links.read_consent_token, token)

    async def _found(self, read: Callable[[str], Link], token: str) -> _Asked:
        try:
            return await self._look(read(token))
        except LinkUnknown:
            raise PageRefused("unknown") from None
        except LinkExpired as error:
            asked = await self._look(error.link)
            raise PageRefused("expired", asked.conversation.lang) from None

    async def _look(self, link: Link) -> _Asked:
        sealed = await self._parts.database.read(views.state_of, link.conversation_id)
        if sealed is None:
            raise PageRefused("unknown")
        conversation = self._parts.sealer.unseal(Conversation, sealed)
        consent = conversation.consents.get(link.consent_id)
        if consent is None or consent.source not in self._parts.library.sources:
            raise PageRefused("unknown", conversation.lang)
        return _Asked(link, conversation, consent)

    def _page(self, asked: _Asked) -> Response:
        now = self._parts.clock()
        view = terms.view(self._parts.library, asked.conversation, asked.consent)
        page = self._pages.render(
            "consent.html",
            lang=asked.conversation.lang,
            view=view,
            open=self._is_open(asked),
            back=asked.conversation.channel == web_chat.NAME,
            outcome=terms.outcome(self._parts.library, asked.conversation.lang, asked.consent, now),
        )
        return HTMLResponse(page, headers=OWN_REFERRER)

    def _is_open(self, asked: _Asked) -> bool:
        return asked.consent.state is ConsentState.PENDING and self._parts.clock() < asked.consent.valid_until
