"""Help to answer: canned replies and answers from the knowledge base. Nothing here is ever sent by itself."""

import asyncio
from dataclasses import dataclass

from bot.web.console import replies
from bot.web.console.guard import Room
from bot.web.console.people import Member
from bot.web.console.threads import Thread
from flows.knowledge.answering import Zone, cited
from integrations.database.queries import replies as stored

_LONGEST_QUESTION = 300


@dataclass(frozen=True)
class Found:
    """An answer that staff may put into the composer, and what is to happen once it is sent."""

    title: str
    text: str
    next_act: str = ""


async def canned(room: Room, member: Member, thread: Thread) -> tuple[Found, ...]:
    """The ready replies in the owner's language, with names and numbers filled in; titles in the reader's."""
    conversation, texts = thread.conversation, room.pages.texts
    shop = thread.row.shop or texts.get(conversation.lang, "reply.your_shop")
    particulars = {
        "owner": conversation.owner_name or shop,
        "shop": shop,
        "me": member.first_name,
        "application": conversation.application.id,
    }
    written = await room.parts.database.read(stored.everything)
    return tuple(
        Found(each.title(member.lang), replies.filled(each.words[conversation.lang][1], particulars), each.next_act)
        for each in replies.merged(texts, written)
        if conversation.lang in each.words
    )


def asked(thread: Thread) -> str:
    """The owner's last words; empty when there are none on the page."""
    return next((item.text for item in reversed(thread.items) if item.side == "owner" and item.kind == "text"), "")


async def suggestion(room: Room, thread: Thread) -> Found | None:
    """An answer to the owner's last words, when the knowledge base is sure of one."""
    question = asked(thread)
    if not question:
        return None
    knowledge = room.parts.library.knowledge
    answer = await asyncio.to_thread(knowledge.answer, question[:_LONGEST_QUESTION], thread.conversation.lang)
    return Found(answer.article.title, answer.text) if answer.zone is Zone.SURE and answer.article else None


async def search(room: Room, question: str, lang: str) -> tuple[Found, ...]:
    """The nearest articles to a question, best first, in the owner's language."""
    if not question.strip():
        return ()
    knowledge = room.parts.library.knowledge
    answer = await asyncio.to_thread(knowledge.answer, question, lang)
    articles = (knowledge.article(answer.lang, each) for each in answer.candidates)
    return tuple(Found(each.title, cited(each)) for each in articles if each is not None)
