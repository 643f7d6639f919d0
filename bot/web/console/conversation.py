"""The page of one conversation: thread, composer and panel; and the pieces that keep it up to date."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot.web.console import assisting, helping, inbox, threads
from bot.web.console.guard import Room, member_of
from bot.web.console.people import Member
from bot.web.console.simple import MEANINGS, NEXT
from bot.web.console.viewing import log_piece
from bot.web.problem import Problem

PROBLEM_NONE = "There is no such conversation."


@dataclass(frozen=True)
class Beside:
    """What can be done with a line: marked as wrong; translated, where a `model` is set and it `is_foreign`."""

    meanings: tuple[str, ...]
    model: bool
    is_foreign: Callable[[str], bool]


def router(room: Room) -> APIRouter:
    """The pieces of one conversation's page."""
    routes = APIRouter(
        prefix="/console/conversations/{conversation_id}",
        dependencies=[Depends(room.guard())],
        include_in_schema=False,
    )

    @routes.get("")
    async def show(request: Request, conversation_id: str) -> Response:
        member = member_of(request)
        thread = await threads.open_thread(room, member, conversation_id, room.parts.clock())
        if thread is None:
            raise Problem(404, PROBLEM_NONE)
        listed = await inbox.open_inbox(room, member, inbox.asked_in(request))
        return room.page(
            "conversation.html",
            member,
            member.lang,
            inbox=listed,
            filters=inbox.filters(room, member.lang, listed.labels),
            open_id=conversation_id,
            thread=thread,
            step=inbox.step_name(room, member.lang, thread.row.step),
            replies=await helping.canned(room, member, thread),
            suggestion=await helping.suggestion(room, thread),
            key=secrets.token_hex(12),
            asked=helping.asked(thread),
            beside=_beside(room, member),
            next_acts=NEXT,
        )

    @routes.get("/head")
    async def head(request: Request, conversation_id: str) -> Response:
        """Who speaks, the composer and the panel, after something has changed."""
        member = member_of(request)
        thread = await threads.open_thread(room, member, conversation_id, room.parts.clock(), log=False)
        if thread is None:
            raise Problem(404, PROBLEM_NONE)
        await log_piece(room, member, conversation_id)
        step = inbox.step_name(room, member.lang, thread.row.step)
        return room.page("head.html", member, member.lang, thread=thread, step=step, key=secrets.token_hex(12))

    @routes.get("/lines")
    async def lines(request: Request, conversation_id: str, after: int = 0, before: int = 0) -> Response:
        member = member_of(request)
        await log_piece(room, member, conversation_id)
        if before:
            items, edge = await threads.older(room, member, conversation_id, before)
        else:
            items, edge = await threads.newer(room, member, conversation_id, after)
        beside = _beside(room, member)
        response = room.page(
            "lines.html", member, member.lang, items=items, conversation_id=conversation_id, beside=beside
        )
        response.headers["X-Edge"] = str(edge)
        return response

    @routes.get("/knowledge")
    async def knowledge(request: Request, conversation_id: str, q: str = "") -> Response:
        member = member_of(request)
        conversation = await threads.state_of(room, conversation_id)
        if conversation is None:
            raise Problem(404, PROBLEM_NONE)
        found = await helping.search(room, q[:300], conversation.lang)
        return room.page("found.html", member, member.lang, found=found, asked=q)

    return routes


def _beside(room: Room, member: Member) -> Beside:
    return Beside(MEANINGS, room.parts.model is not None, partial(assisting.is_foreign, lang=member.lang))
