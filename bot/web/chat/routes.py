"""The chat's addresses. Everything works with plain forms; a script only makes it live."""

import secrets
from functools import partial
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.responses import StreamingResponse

from bot.web.chat.channel import NAME
from bot.web.chat.forms import payload, read_post
from bot.web.chat.framing import framed, headers
from bot.web.chat.history import Cursor, Message, Reader
from bot.web.chat.limits import MESSAGES, PAGES, STARTS, Limit
from bot.web.chat.stream import Streams
from bot.web.chat.uploads import keep_uploads, read_uploads
from bot.web.chat.visitor import PATH, RENEWED_AFTER, Cookies, Visitor
from bot.web.origin import is_own
from bot.web.pages import Pages, preferred_language
from bot.web.parts import Parts
from bot.web.problem import TRY_AGAIN, Problem
from flows.events import Arrival, OwnerSaid
from flows.messages import Heard
from flows.texts import LANGUAGES
from integrations.database.queries import conversations, talk
from integrations.press.press import NotDrawn

SHOWN = 60  # messages of a page; older ones are a link away
ANSWERED = 3.0  # seconds that a form without a script waits for the answer
QUICK = ("status", "report", "help", "human", "privacy")  # commands behind the menu


def router(parts: Parts, pages: Pages) -> APIRouter:
    """The routes of the chat."""
    routes = APIRouter(prefix=PATH, include_in_schema=False)
    desk = _Desk(parts, pages)

    @routes.get("")
    async def show(
        request: Request, start: str = "", lang: str = "", before: int | None = None, started: str | None = None
    ) -> Response:
        return await desk.show(request, payload(start), lang, before, started=started is not None)

    @routes.get("/stream")
    async def stream(request: Request, after: str = "") -> Response:
        return await desk.stream(request, after)

    @routes.get("/enclosed/{key}")
    async def enclosed(request: Request, key: str) -> Response:
        return await desk.enclosed(request, key)

    @routes.post("/start")
    async def begin(request: Request) -> Response:
        return await desk.begin(request)

    @routes.post("/messages")
    async def say(request: Request) -> Response:
        return await desk.say(request)

    @routes.post("/files")
    async def send(request: Request) -> Response:
        return await desk.send(request)

    @routes.get("/leave")
    async def ask_leave(request: Request) -> Response:
        return await desk.ask_leave(request)

    @routes.post("/leave")
    async def leave(request: Request) -> Response:
        return await desk.leave(request)

    return routes


class _Desk:
    """Shows the chat and takes what is said in it."""

    def __init__(self, parts: Parts, pages: Pages) -> None:
        self._parts = parts
        self._pages = pages
        self._cookies = Cookies(parts.sealer, https=urlsplit(parts.public_url or "").scheme == "https")
        self._reader = Reader(parts.sealer, parts.links.resolve)
        self._streams = Streams(parts, self._reader, self._draw)
        self._messages, self._starts, self._views = (Limit(rate, parts.clock) for rate in (MESSAGES, STARTS, PAGES))
        self._headers = headers(parts.embed_origins)

    async def show(
        self, request: Request, start: str, lang: str, before: int | None, *, started: bool = False
    ) -> Response:
        """The page: the conversation, or the way to begin one. `started`: the browser comes from having begun."""
        self._views.take(_address(request))
        now = self._parts.clock()
        visitor = self._cookies.read(request, now)
        conversation_id = await self._conversation(visitor)
        found = None if conversation_id is None else await self._newest(conversation_id, before)
        messages = () if found is None else self._reader.messages(found, conversation_id or "")
        spoken = found.lang if found is not None else _language(request, lang)
        page = self._render(
            "chat/page.html",
            spoken,
            messages=messages,
            cursor=Cursor().after(found) if found is not None else Cursor(),
            # Without a conversation, with one too old to be shown, or by a link that says something, it starts here.
            begins=not messages or bool(start),
            payload=start,
            older=found.sent[0].seq if found is not None and len(found.sent) == SHOWN else None,
            live=before is None,
            no_cookie=started and visitor is None,
        )
        response = HTMLResponse(page, headers=self._headers)
        if visitor is not None and now - visitor.issued_at > RENEWED_AFTER:
            renewed = visitor.model_copy(update={"issued_at": now})
            self._cookies.set(response, renewed, framed=framed(request))
        return response

    async def stream(self, request: Request, after: str) -> Response:
        """What happens from now on, for the script of a page."""
        visitor = self._known(request)
        conversation_id = await self._conversation(visitor)
        if conversation_id is None:
            raise Problem(404, "There is no conversation yet.")
        cursor = Cursor.read(request.headers.get("last-event-id", "") or after) or Cursor()
        events = self._streams.stream(visitor.id, conversation_id, cursor)
        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    async def enclosed(self, request: Request, key: str) -> Response:
        """The file that goes with a message of this visitor's conversation, drawn now."""
        visitor = self._known(request)
        self._views.take(_address(request))
        conversation_id = await self._conversation(visitor)
        sent = None
        if conversation_id is not None:
            sent = await self._parts.database.read(talk.message, conversation_id, key)
        say = self._reader.said(sent) if sent is not None else None
        if say is None or say.enclosed is None:
            raise Problem(404, "There is no such file in this conversation.")
        try:
            drawn = await self._parts.press.draw(say.enclosed)
        except NotDrawn:
            raise Problem(503, "The file cannot be made at the moment.", headers=TRY_AGAIN) from None
        headers = {"Content-Disposition": f'inline; filename="{drawn.name}"', "Cache-Control": "private, max-age=3600"}
        return Response(drawn.content, media_type=drawn.media_type, headers=self._headers | headers)

    async def begin(self, request: Request) -> Response:
        """Start the conversation of a new visitor, or go on with one."""
        self._require_own(request)
        self._starts.take(_address(request))
        post = await read_post(request)
        now = self._parts.clock()
        known = self._cookies.read(request, now)
        visitor = known or self._cookies.new(now)
        conversation_id = await self._take(visitor, post.started())
        await self._parts.door.settled(conversation_id, ANSWERED)
        response = RedirectResponse(f"{PATH}?started", 303, headers=self._headers)
        if known is None:
            self._cookies.set(response, visitor, framed=framed(request))
        return response

    async def say(self, request: Request) -> Response:
        """Take a text or a button, once for its id; a script gets a receipt, a form the page with the answer."""
        self._require_own(request)
        visitor = self._known(request)
        self._messages.take(visitor.id)
        post = await read_post(request)
        return await self._taken(request, await self._take(visitor, post.heard()), post.id)

    async def send(self, request: Request) -> Response:
        """Take files, once for the id of their form; they are sealed before anybody hears of them."""
        self._require_own(request)
        visitor = self._known(request)
        self._messages.take(visitor.id)
        conversation_id = await self._conversation(visitor)
        if conversation_id is None:
            raise Problem(404, "There is no conversation yet.")
        post, parts = await read_uploads(request), self._parts
        files = await keep_uploads(parts.database, parts.sealer, parts.clock(), conversation_id, post)
        await self._take(visitor, Heard(kind="file", text=post.text, files=files, message_id=post.id))
        return await self._taken(request, conversation_id, post.id)

    async def ask_leave(self, request: Request) -> Response:
        """Ask whether this browser shall forget the conversation."""
        return HTMLResponse(self._render("chat/leave.html", await self._spoken(request)), headers=self._headers)

    async def leave(self, request: Request) -> Response:
        """Forget the conversation in this browser; it stays with us."""
        self._require_own(request)
        lang = await self._spoken(request)
        text = self._pages.texts.get
        page = self._pages.message(lang, text(lang, "chat.left.title"), text(lang, "chat.left.text"))
        response = HTMLResponse(page, headers=self._headers)
        self._cookies.clear(response, framed=framed(request))
        return response

    async def _take(self, visitor: Visitor, heard: Heard) -> str:
        taken = await self._parts.door.take(
            Arrival(
                origin=NAME,
                external_id=f"{visitor.id}:{heard.message_id}",
                event=OwnerSaid(heard=heard),
                at=self._parts.clock(),
                channel=NAME,
                address=visitor.id,
            )
        )
        return taken.conversation_id or ""

    async def _taken(self, request: Request, conversation_id: str, number: str) -> Response:
        """A script gets a receipt, a form the page with the answer."""
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"key": f"o-{number}"}, 202)
        await self._parts.door.settled(conversation_id, ANSWERED)
        return RedirectResponse(f"{PATH}#newest", 303, headers=self._headers)

    async def _newest(self, conversation_id: str, before: int | None) -> talk.Talk:
        return await self._parts.database.read(talk.newest, conversation_id, SHOWN, before)

    async def _conversation(self, visitor: Visitor | None) -> str | None:
        if visitor is None:
            return None
        return await self._parts.database.read(
            conversations.resolve, channel=NAME, address=visitor.id, application_id=None
        )

    async def _spoken(self, request: Request) -> str:
        visitor = self._cookies.read(request, self._parts.clock())
        conversation_id = await self._conversation(visitor)
        if conversation_id is None:
            return _language(request, "")
        return (await self._parts.database.read(talk.newest, conversation_id, 1)).lang

    def _known(self, request: Request) -> Visitor:
        visitor = self._cookies.read(request, self._parts.clock())
        if visitor is None:
            raise Problem(401, "This browser has no conversation here, or its cookie is too old. Open the chat again.")
        return visitor

    def _require_own(self, request: Request) -> None:
        if not is_own(request, self._parts.public_url):
            raise Problem(403, "This was sent by a page of another site.")

    def _render(self, template: str, lang: str, **values: object) -> str:
        others = {other: self._pages.texts.get(other, "chat.language") for other in LANGUAGES if other != lang}
        return self._pages.render(
            template,
            lang=lang,
            lang_code=lang,
            fresh=partial(secrets.token_urlsafe, 12),
            others=others,
            quick={name: self._pages.texts.get(lang, f"command.{name}") for name in QUICK},
            **values,
        )

    def _draw(self, lang: str, message: Message) -> str:
        return self._render("chat/message.html", lang, message=message)


def _language(request: Request, wanted: str) -> str:
    return wanted if wanted in LANGUAGES else preferred_language(request.headers.get("accept-language", ""))


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""
