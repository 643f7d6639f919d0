"""Ready replies: what the product brings, changed and added to by supervisors, in every language we speak.

A reply is a title and a text with names in braces for what differs: `{owner}`, `{shop}`, `{me}`, `{application}`.
"""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from bot.web.console.forms import read_form
from bot.web.console.guard import Room, member_of
from bot.web.console.roles import Role
from bot.web.console.simple import NEXT
from bot.web.problem import Problem
from flows.texts import LANGUAGES, Texts
from integrations.database.queries import audit, replies
from integrations.database.queries.audit import Act
from integrations.database.queries.replies import Written

BUILT_IN = ("hello", "checking", "document", "decision", "consent", "bye")
VARIABLES = ("owner", "shop", "me", "application")
LONGEST_TITLE, LONGEST_TEXT, MOST = 60, 2_000, 100
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_KEY = re.compile(r"[a-z0-9-]{1,20}")


@dataclass(frozen=True)
class Reply:
    """A ready reply: by language its title and text. `changed` when supervisors wrote any of it.

    `next_act` is what happens to the conversation once it is sent, in the names of `acts.NEXT`; empty for nothing.
    """

    key: str
    words: Mapping[str, tuple[str, str]]
    built_in: bool
    changed: bool
    next_act: str = ""

    def title(self, lang: str) -> str:
        """Its title for a reader of `lang`, in another language where there is none."""
        return next((self.words[each][0] for each in (lang, *LANGUAGES) if each in self.words), self.key)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with what stands in braces filled in."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def unknown(text: str) -> tuple[str, ...]:
    """What stands in braces and is no variable of ours."""
    return tuple(name for name in _VARIABLE.findall(text) if name not in VARIABLES)


def merged(texts: Texts, written: tuple[Written, ...]) -> tuple[Reply, ...]:
    """All replies that are offered: the built-in ones first, then the others in the order they were added."""
    own = {(each.key, each.lang): (each.title, each.text) for each in written}
    acts = {each.key: each.next_act for each in written if each.next_act}
    keys = [*BUILT_IN, *dict.fromkeys(each.key for each in written if each.key not in BUILT_IN)]
    found = (_reply(texts, key, own, acts.get(key, "")) for key in keys)
    return tuple(each for each in found if each.words)


def _reply(texts: Texts, key: str, own: Mapping[tuple[str, str], tuple[str, str]], next_act: str) -> Reply:
    words = {lang: own[key, lang] for lang in LANGUAGES if (key, lang) in own}
    if key in BUILT_IN:
        words = {lang: words.get(lang) or built_in(texts, key, lang) for lang in LANGUAGES}
    offered = {lang: pair for lang, pair in words.items() if pair[1]}
    return Reply(key, offered, key in BUILT_IN, any((key, lang) in own for lang in LANGUAGES), next_act)


def built_in(texts: Texts, key: str, lang: str) -> tuple[str, str]:
    """Title and text of a reply that the product brings, with its variables still in braces."""
    blanks = {name: f"{{{name}}}" for name in VARIABLES}
    return texts.get(lang, f"reply.{key}.title"), texts.get(lang, f"reply.{key}.text", **blanks)


def router(room: Room) -> APIRouter:
    """The page where supervisors write them."""
    routes = APIRouter(
        prefix="/console/replies", dependencies=[Depends(room.guard(Role.SUPERVISOR))], include_in_schema=False
    )

    @routes.get("")
    async def show(request: Request) -> Response:
        return await _page(room, request)

    @routes.post("")
    async def write(request: Request) -> Response:
        """Keep, take away or restore a reply; one without a key is new."""
        form, member = await read_form(request), member_of(request)
        key = form.get("key") or f"r-{secrets.token_hex(4)}"
        if not _KEY.fullmatch(key):
            raise Problem(422, "There is no such reply.")
        rows: tuple[Written, ...] = ()
        if form.get("do") == "remove" and key in BUILT_IN:
            rows = tuple(Written(key, lang, "", "") for lang in LANGUAGES)
        elif form.get("do") not in {"remove", "restore"}:
            rows = tuple(_read(form, key))
            if (wrong := _wrong(room, member.lang, rows)) != "":
                return await _page(room, request, said=wrong, given=form)
        act = Act(member.id, "reply_written", detail=key)
        if not await room.parts.database.run(_write, key, rows, act, room.parts.clock()):
            return await _page(
                room, request, said=room.text(member.lang, "console.replies.many", most=MOST), given=form
            )
        return RedirectResponse("/console/replies?kept=1", 303)

    return routes


async def _page(room: Room, request: Request, *, said: str = "", given: Mapping[str, str] | None = None) -> Response:
    """The page; with what is wrong, what was typed stands in its form again."""
    member, texts = member_of(request), room.pages.texts
    found = list(merged(texts, await room.parts.database.read(replies.everything)))
    gone = tuple(key for key in BUILT_IN if key not in {each.key for each in found})
    return room.page(
        "replies.html",
        member,
        member.lang,
        422 if said else 200,
        replies=found,
        gone=tuple((key, built_in(texts, key, member.lang)[0]) for key in gone),
        said=said,
        given=given,
        kept="kept" in request.query_params,
        variables=VARIABLES,
        languages=LANGUAGES,
        next_acts=NEXT,
        longest_title=LONGEST_TITLE,
        longest_text=LONGEST_TEXT,
    )


def _read(form: Mapping[str, str], key: str) -> Iterator[Written]:
    next_act = form.get("next", "") if form.get("next") in NEXT else ""
    for lang in LANGUAGES:
        title = " ".join(form.get(f"title_{lang}", "").split())[:LONGEST_TITLE]
        yield Written(key, lang, title, form.get(f"text_{lang}", "").strip()[:LONGEST_TEXT], next_act)


def _wrong(room: Room, lang: str, rows: tuple[Written, ...]) -> str:
    """What is wrong with what was typed, in words; empty when nothing is."""
    if not any(row.text for row in rows):
        return room.text(lang, "console.replies.empty")
    if any(bool(row.text) != bool(row.title) for row in rows):
        return room.text(lang, "console.replies.half")
    names = [name for row in rows for name in unknown(row.text)]
    return room.text(lang, "console.replies.unknown", name=names[0]) if names else ""


def _write(connection: sa.Connection, key: str, rows: tuple[Written, ...], act: Act, now: datetime) -> bool:
    known = {each.key for each in replies.everything(connection)}
    if rows and key not in known and len(known) >= MOST:
        return False
    replies.put(connection, key, rows)
    audit.append(connection, act, now)
    return True
