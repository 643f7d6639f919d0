"""The page of a co-signer or shareholder: what is asked, by whom, for whom; agree or not. Works without any script.

It shows nothing of the application but what the person is asked about, and takes one answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot import passing
from bot.passing import PassedLink
from bot.web.answering import PageRefused, answer_in, require_own
from bot.web.pages import Pages, preferred_language
from bot.web.parts import Parts
from bot.web.terms import Term
from flows.application.display import show_money
from flows.application.lifecycle import Status
from flows.conversation import Conversation, Submission
from flows.events import Arrival, LenderAction, PartyAnswered
from integrations.database.queries import views

ANSWERS = {"agree": True, "refuse": False}
TIME = "%Y-%m-%d %H:%M UTC"
_HEADERS = {"Referrer-Policy": "same-origin"}
_STATUS: Mapping[str, int] = {"unknown": 404, "expired": 410, "foreign": 403, "unclear": 422, "over": 410}


@dataclass(frozen=True)
class _Asked:
    """What a link leads to; `agreed` is None while nothing was answered."""

    link: PassedLink
    conversation: Conversation
    submission: Submission
    action: LenderAction
    agreed: bool | None


def router(parts: Parts, pages: Pages) -> APIRouter:
    """The routes of other people's agreement."""
    routes = APIRouter(prefix="/party", include_in_schema=False)
    desk = _Desk(parts, pages)

    @routes.get("/{token}")
    async def show(request: Request, token: str) -> Response:
        return await desk.show(request, token)

    @routes.post("/{token}")
    async def answer(request: Request, token: str) -> Response:
        return await desk.answer(request, token)

    return routes


class _Desk:
    """Shows what is asked and takes the answer."""

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
        """Take an answer, once; then show the page, which says what counts."""
        try:
            require_own(request, self._parts.public_url)
            asked = await self._asked(token)
            if asked.agreed is None:
                await self._take(asked, agreed=await answer_in(request, ANSWERS, asked.conversation.lang))
        except PageRefused as refused:
            return self._trouble(request, refused)
        return RedirectResponse(f"/party/{token}", 303, headers=_HEADERS)

    async def _take(self, asked: _Asked, *, agreed: bool) -> None:
        event = PartyAnswered(
            application_id=asked.submission.application_id,
            place=asked.link.place,
            party=asked.action.party,
            agreed=agreed,
        )
        await self._parts.door.take(
            Arrival(
                origin="party",
                external_id=asked.link.id,
                event=event,
                at=self._parts.clock(),
                conversation_id=asked.conversation.id,
            )
        )

    async def _asked(self, token: str) -> _Asked:
        link = passing.read(self._parts.sealer, token)
        if link is None:
            raise PageRefused("unknown")
        if self._parts.clock() >= link.expires_at:
            raise PageRefused("expired")
        sealed = await self._parts.database.read(views.state_of, link.conversation_id)
        if sealed is None:
            raise PageRefused("unknown")
        conversation = self._parts.sealer.unseal(Conversation, sealed)
        submission = conversation.at_lender(link.application_id)
        if submission is None or link.place >= len(submission.actions):
            raise PageRefused("over", conversation.lang)
        action = submission.actions[link.place]
        answer = next((each for each in submission.answers if each.place == link.place), None)
        waiting = submission.status is Status.ACTION_REQUIRED
        if not link.is_for(action.party) or (answer is None and not waiting):
            raise PageRefused("over", conversation.lang)
        return _Asked(link, conversation, submission, action, None if answer is None else answer.possible)

    def _page(self, asked: _Asked) -> Response:
        lang, say = asked.conversation.lang, self._pages.texts.get
        outcome = None if asked.agreed is None else "agreed" if asked.agreed else "refused"
        page = self._pages.render(
            "party.html",
            lang=lang,
            outcome=outcome,
            terms=self._terms(asked),
            lead=say(lang, "party.lead", name=asked.action.party),
            until=asked.link.expires_at.strftime(TIME),
        )
        return HTMLResponse(page, headers=_HEADERS)

    def _terms(self, asked: _Asked) -> tuple[Term, ...]:
        lang, library = asked.conversation.lang, self._parts.library
        application = asked.conversation.application
        lenders = {sheet.lender.id: sheet.lender.name[lang] for sheet in library.products}
        amount = application.money("amount_requested")
        found = {
            "business": application.text("business_legal_name") or asked.conversation.owner_name,
            "lender": lenders.get(asked.submission.lender, asked.submission.lender),
            "amount": show_money(library.texts, lang, amount) if amount is not None else "",
            "asked": asked.action.reason,
            "application": asked.submission.application_id,
        }
        return tuple(Term(library.texts.get(lang, f"party.{name}"), value) for name, value in found.items() if value)

    def _trouble(self, request: Request, refused: PageRefused) -> Response:
        lang = refused.lang or preferred_language(request.headers.get("accept-language", ""))
        title, text = (
            self._pages.texts.get(lang, f"party.trouble.{refused.trouble}.{part}") for part in ("title", "text")
        )
        return HTMLResponse(self._pages.message(lang, title, text), _STATUS[refused.trouble], headers=_HEADERS)
