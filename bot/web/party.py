"""The page of a co-signer or shareholder: what is asked, by whom, for whom; agree or not. Works without any script.

It shows nothing of the application but what the person is asked about, and takes one answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from bot import passing
from bot.passing import PassedLink
from bot.web.answering import OWN_REFERRER, PageRefused, Question
from bot.web.pages import Pages
from bot.web.parts import Parts
from bot.web.terms import Term
from flows.application.display import show_money
from flows.application.lifecycle import Status
from flows.conversation import Conversation, Submission
from flows.events import Arrival, LenderAction, PartyAnswered
from integrations.database.queries import views

TIME = "%Y-%m-%d %H:%M UTC"


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


class _Desk(Question[_Asked]):
    """Shows what is asked and takes the answer."""

    path = "/party"
    answers: ClassVar[Mapping[str, bool]] = {"agree": True, "refuse": False}
    troubles = "party.trouble.{}.{}"

    async def _take(self, asked: _Asked, *, yes: bool) -> None:
        event = PartyAnswered(
            application_id=asked.submission.application_id,
            place=asked.link.place,
            party=asked.action.party,
            agreed=yes,
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

    def _is_open(self, asked: _Asked) -> bool:
        return asked.agreed is None

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
        return HTMLResponse(page, headers=OWN_REFERRER)

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
