"""What a language model does for staff, where one is set: drafts from our articles, translations and summaries to read.

It only proposes: a draft's claims are checked against the articles, the numbers of a translation or a summary against
the text, and nothing is ever sent by itself. Names, numbers and addresses do not leave.
"""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot.web.console import threads
from bot.web.console.forms import read_form
from bot.web.console.guard import Room, member_of
from bot.web.console.people import Member
from bot.web.console.roles import Role
from bot.web.problem import Problem
from flows.conversation import Conversation
from flows.engine.consulting import names_in
from flows.errors import ModelUnavailable
from flows.knowledge.answering import cited
from flows.knowledge.articles import Article
from flows.knowledge.claims import is_shown_in_full, sound_sentences, verified
from flows.knowledge.passages import plain
from flows.ports import AnswerRequest, LanguageModel, Passage, SummaryRequest, TranslateRequest
from flows.texts import LANGUAGES
from integrations.database.queries import audit
from integrations.database.queries.audit import Act

LONGEST = 4_000
SUMMED_UP, LONGEST_LINE = 40, 400  # lines, characters
_CHINESE, _LETTERS = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2}")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True)
class Proposed:
    """A text that staff may use. `warning` is what they must look at before."""

    text: str
    warning: str = ""


def router(room: Room) -> APIRouter:
    """Drafts, translations and summaries, as pieces of the conversation's page."""
    routes = APIRouter(
        prefix="/console/conversations/{conversation_id}",
        dependencies=[Depends(room.guard(Role.AGENT))],
        include_in_schema=False,
    )

    @routes.post("/draft")
    async def draft(request: Request, conversation_id: str) -> Response:
        """An answer to the owner's last words, from our articles."""
        model, conversation = await _begin(room, request, conversation_id, "draft")
        asked = (await read_form(request)).get("text", "").strip()[:LONGEST]
        try:
            text = await drafted(room, model, conversation, asked) if asked else ""
        except ModelUnavailable:
            return _piece(room, request, None, "console.model.failed")
        return _piece(room, request, Proposed(text) if text else None, "console.model.no_answer")

    @routes.post("/translate")
    async def translate(request: Request, conversation_id: str) -> Response:
        """A text in another language of ours."""
        model, conversation = await _begin(room, request, conversation_id, "translation")
        form, lang = await read_form(request), member_of(request).lang
        text, to = form.get("text", "").strip()[:LONGEST], form.get("to", "")
        if not text or to not in LANGUAGES:
            raise Problem(422, "There is nothing to translate.")
        try:
            found = await model.translate(TranslateRequest(text=text, lang=to, known=names_in(conversation)))
        except ModelUnavailable:
            return _piece(room, request, None, "console.model.failed")
        warning = "" if same_numbers(text, found) else room.text(lang, "console.model.numbers")
        return _piece(room, request, Proposed(found, warning))

    @routes.post("/summary")
    async def summary(request: Request, conversation_id: str) -> Response:
        """What has happened so far, in the reader's language."""
        model, conversation = await _begin(room, request, conversation_id, "summary")
        try:
            text = await summed_up(room, model, member_of(request), conversation_id, conversation)
        except ModelUnavailable:
            text = ""
        return _piece(room, request, Proposed(text) if text else None, "console.model.failed")

    return routes


async def summed_up(
    room: Room, model: LanguageModel, member: Member, conversation_id: str, conversation: Conversation
) -> str:
    """The last lines summed up by the model, without the sentences that do not hold. Raises ModelUnavailable."""
    thread = await threads.open_thread(room, member, conversation_id, room.parts.clock(), log=False)
    if thread is None:
        return ""
    lines = tuple(f"{item.side}: {item.text}"[:LONGEST_LINE] for item in thread.items[-SUMMED_UP:] if item.text)
    request = SummaryRequest(lines=lines, lang=member.lang, known=names_in(conversation))
    return sound_sentences(await model.summarise(request), "\n".join(lines))


async def drafted(room: Room, model: LanguageModel, conversation: Conversation, asked: str) -> str:
    """What the model says from the nearest articles, claim by claim as far as they hold; empty when nothing does.

    What must not be put into other words stands there as the article has it. Raises ModelUnavailable.
    """
    knowledge = room.parts.library.knowledge
    answer = await asyncio.to_thread(knowledge.answer, asked, conversation.lang)
    found = (knowledge.article(answer.lang, each) for each in answer.candidates)
    articles = {each.id: each for each in found if each is not None}
    if not articles:
        return ""
    passages = tuple(Passage(id=each.id, title=each.title, text=plain(each.body)) for each in articles.values())
    request = AnswerRequest(text=asked, lang=conversation.lang, passages=passages, known=names_in(conversation))
    claims = verified(await model.answer(request), articles, asked)
    texts = {_as_it_may_be_said(articles[claim.source], claim.text): None for claim in claims}
    return "\n\n".join(texts)


def _as_it_may_be_said(article: Article, claim: str) -> str:
    return cited(article) if is_shown_in_full(article) else f"{claim}\n— {article.title}"


def same_numbers(text: str, other: str) -> bool:
    """Whether two texts name the same numbers in figures, whatever separates their thousands."""
    return _figures(text) == _figures(other)


def _figures(text: str) -> Counter[str]:
    return Counter(each.replace(",", "") for each in _NUMBER.findall(text))


def is_foreign(text: str, lang: str) -> bool:
    """Whether a text is written in another of our languages than a reader's: by its characters, not its words."""
    chinese = _CHINESE.search(text) is not None
    return chinese if lang != "zh" else not chinese and _LETTERS.search(text) is not None


async def _begin(room: Room, request: Request, conversation_id: str, kind: str) -> tuple[LanguageModel, Conversation]:
    """The model and the conversation; that the model is asked is in the audit log before it is."""
    model, conversation = room.parts.model, await threads.state_of(room, conversation_id)
    if model is None or conversation is None:
        raise Problem(404, "There is no such conversation, or no language model.")
    act = Act(member_of(request).id, "model_asked", conversation_id, kind)
    await room.parts.database.run(audit.append, act, room.parts.clock())
    return model, conversation


def _piece(room: Room, request: Request, proposed: Proposed | None, key: str = "") -> Response:
    member = member_of(request)
    said = room.text(member.lang, key) if proposed is None else ""
    return room.page("proposed.html", member, member.lang, proposed=proposed, said=said)
