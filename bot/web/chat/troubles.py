"""Errors of the chat: a page with the way back, also in a frame of another site."""

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from bot.web.chat.framing import headers
from bot.web.chat.visitor import PATH
from bot.web.faces import Area
from bot.web.pages import Pages, preferred_language
from bot.web.parts import Parts


def area(parts: Parts, pages: Pages) -> Area:
    """Everything that owners read in the chat."""

    def show(request: Request, kind: str, status: int) -> Response:
        lang, texts = preferred_language(request.headers.get("accept-language", "")), pages.texts
        ours, plain = f"chat.trouble.{kind}", f"page.error.{kind}"
        family = ours if texts.has(lang, f"{ours}.title") else plain
        title, text = (texts.get(lang, f"{family}.{part}") for part in ("title", "text"))
        page = pages.render("chat/trouble.html", lang=lang, title=title, text=text)
        return HTMLResponse(page, status, headers=headers(parts.embed_origins))

    return Area(PATH, show)
