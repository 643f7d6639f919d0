"""The pages of a credit report: the owner's own, and one that the owner shows to somebody by a link that ends."""

import asyncio
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from bot.links import Link, LinkExpired, LinkUnknown
from bot.web.body import read_body
from bot.web.origin import is_own
from bot.web.pages import Pages, preferred_language
from bot.web.parts import Parts
from bot.workers.reporting import Reporter
from flows.application.report.laying import lay_out
from flows.application.report.model import Report
from flows.application.report.view import View
from flows.conversation import Conversation, Share
from flows.events import Arrival, ReportOpened
from flows.texts import Texts
from integrations.reports.signing import PURPOSE
from integrations.reports.writing import FORMS, Form, ReportWriter, titles

T = TypeVar("T")
MOST_BYTES = 4 * 1024
LEAST_NAME, LONGEST_NAME = 2, 60
MEDIA: dict[Form, str] = {"pdf": "application/pdf", "json": "application/json"}
# With no-referrer a browser sends `Origin: null` with a form, and the origin could not be checked.
HEADERS = {"Referrer-Policy": "same-origin"}


@dataclass(frozen=True)
class Reader:
    """Who opens a shared report, as they say themselves."""

    name: str
    firm: str


@dataclass(frozen=True)
class _Opened:
    """A report's link, the conversation it leads to, and the share it is of (None: the owner's own)."""

    link: Link
    conversation: Conversation
    share: Share | None


@dataclass
class _Gone(Exception):
    """The link opens nothing, or not any more."""

    status: int
    lang: str | None = None


def router(parts: Parts, pages: Pages) -> APIRouter:
    """The routes of reports."""
    routes = APIRouter(prefix="/report", include_in_schema=False)
    desk = _Desk(parts, pages)

    @routes.get("/{token}")
    async def show(request: Request, token: str) -> Response:
        return await desk.show(request, token)

    @routes.post("/{token}")
    async def open_shared(request: Request, token: str) -> Response:
        return await desk.open_shared(request, token)

    @routes.get("/{token}/{form}")
    async def download(request: Request, token: str, form: str) -> Response:
        return await desk.download(request, token, form)

    return routes


class _Desk:
    """Shows reports to who may see them, and writes down who does."""

    def __init__(self, parts: Parts, pages: Pages) -> None:
        self._parts = parts
        self._pages = pages
        self._reporter = Reporter(parts.database, parts.sealer, parts.clock, parts.real_sources)

    async def show(self, request: Request, token: str) -> Response:
        """The owner's page, or the question who somebody is that the owner shows it to."""
        try:
            opened = await self._open(token)
        except _Gone as gone:
            return self._gone(request, gone)
        if opened.share is None:
            report = await self._reporter.report(opened.conversation)
            return self._page(report, opened.conversation.lang, f"/report/{token}")
        return self._door(opened)

    async def open_shared(self, request: Request, token: str) -> Response:
        """Write down who opens a shared report, then show it."""
        try:
            opened = await self._open(token)
            share = _require(opened.share if is_own(request, self._parts.public_url) else None, 403, opened)
            reader, form = await _reader_in(request)
        except _Gone as gone:
            return self._gone(request, gone)
        if reader is None:
            return self._door(opened)
        await self._write_down(opened, share, reader)
        report = await self._reporter.report(opened.conversation)
        if form is not None:
            return await self._file(report, form, opened.conversation.lang)
        return self._page(report, opened.conversation.lang, "", reader)

    async def download(self, request: Request, token: str, form: str) -> Response:
        """The owner's own report as a file."""
        try:
            opened = await self._open(token)
            wanted: Form | None = next((each for each in FORMS if each == form and opened.share is None), None)
            chosen: Form = _require(wanted, 404, opened)
        except _Gone as gone:
            return self._gone(request, gone)
        report = await self._reporter.report(opened.conversation)
        return await self._file(report, chosen, opened.conversation.lang)

    async def _open(self, token: str) -> _Opened:
        try:
            link = self._parts.links.read_report_token(token)
        except LinkUnknown:
            raise _Gone(404) from None
        except LinkExpired as expired:
            state = await self._reporter.state(expired.link.conversation_id)
            raise _Gone(410, None if state is None else state.lang) from None
        state = await self._reporter.state(link.conversation_id)
        if state is None:
            raise _Gone(404)
        if not link.consent_id:
            return _Opened(link, state, None)
        share = next((each for each in state.report.shares if each.id == link.consent_id), None)
        if share is None or not share.lasts(self._parts.clock()):
            raise _Gone(410, state.lang)
        return _Opened(link, state, share)

    async def _write_down(self, opened: _Opened, share: Share, reader: Reader) -> None:
        """Write it down before anything is shown; the same person on the same day counts once."""
        now = self._parts.clock()
        who = f"{reader.name}, {reader.firm}"
        await self._parts.door.take(
            Arrival(
                origin="report",
                external_id=f"{opened.conversation.id}:{share.id}:{now:%Y%m%d}:{who}",
                event=ReportOpened(share_id=share.id, who=who[:120]),
                at=now,
                conversation_id=opened.conversation.id,
            )
        )

    async def _file(self, report: Report, form: Form, lang: str) -> Response:
        writer = ReportWriter(self._parts.sealer.derived(PURPOSE)[0])
        content = await asyncio.to_thread(writer.content, report, form, lang)
        disposition = f'attachment; filename="credit-report-{report.as_of}.{form}"'
        return Response(content, media_type=MEDIA[form], headers={**HEADERS, "Content-Disposition": disposition})

    def _page(self, report: Report, lang: str, here: str, reader: Reader | None = None) -> Response:
        html = self._pages.render(
            "report.html", lang=lang, view=view(self._pages.texts, report, lang), here=here, who=reader
        )
        return HTMLResponse(html, headers=HEADERS)

    def _door(self, opened: _Opened) -> Response:
        lang, say = opened.conversation.lang, self._pages.texts.get
        name = opened.conversation.application.text("business_legal_name") or say(lang, "page.brand")
        title, text = say(lang, "report.title"), say(lang, "myreport.web.shared", name=name)
        return HTMLResponse(self._pages.render("report_door.html", lang=lang, title=title, text=text), headers=HEADERS)

    def _gone(self, request: Request, gone: _Gone) -> Response:
        lang = gone.lang or preferred_language(request.headers.get("accept-language", ""))
        say = self._pages.texts.get
        html = self._pages.message(lang, say(lang, "myreport.web.gone"), say(lang, "myreport.web.gone_text"))
        return HTMLResponse(html, gone.status, headers=HEADERS)


def _require(there: T | None, status: int, opened: _Opened) -> T:
    if there is None:
        raise _Gone(status, opened.conversation.lang)
    return there


def view(texts: Texts, report: Report, lang: str) -> View:
    """A report in words, with the names of sources."""
    return lay_out(report, texts, lang, titles(lang))


async def _reader_in(request: Request) -> tuple[Reader | None, Form | None]:
    """Who the form says somebody is (None: it does not say), and the file they want (None: the page)."""
    body = await read_body(request, MOST_BYTES)
    fields = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace"), max_num_fields=8).items()}
    name, firm = ("".join(c for c in fields.get(key, "") if c.isprintable()).strip() for key in ("name", "firm"))
    form = next((each for each in FORMS if each == fields.get("form")), None)
    if not (LEAST_NAME <= len(name) <= LONGEST_NAME and LEAST_NAME <= len(firm) <= LONGEST_NAME):
        return None, form
    return Reader(name, firm), form
