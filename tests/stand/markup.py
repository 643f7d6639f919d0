"""Reads what a bot sends as strictly as Telegram does: HTML, keyboards, lengths."""

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from tests.stand.refusal import Refusal

TAGS = frozenset({"b", "strong", "i", "em", "u", "ins", "s", "del", "code", "pre", "a", "tg-spoiler", "blockquote"})
ENTITIES = frozenset({"lt", "gt", "amp", "quot"})
ACTIONS = frozenset({
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
})  # fmt: skip
STYLES = frozenset({"primary", "success", "danger"})


@dataclass(frozen=True)
class Text:
    """A text after its entities were read."""

    plain: str
    bold: tuple[str, ...] = ()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.plain: list[str] = []
        self.bold: list[str] = []
        self.stack: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise Refusal(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {self.getpos()[1]}')
        self.stack.append((tag, len("".join(self.plain))))

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack[-1][0] != tag:
            raise Refusal(f"can't parse entities: Unexpected end tag at byte offset {self.getpos()[1]}")
        _, start = self.stack.pop()
        if tag in {"b", "strong"}:
            self.bold.append("".join(self.plain)[start:])

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise Refusal("can't parse entities: Unclosed start tag")
        self.plain.append(data)

    def handle_entityref(self, name: str) -> None:
        named = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
        self.plain.append(named.get(name, f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.plain.append(chr(int(name[1:], 16) if name[0] in "xX" else int(name)))

    def handle_comment(self, data: str) -> None:
        raise Refusal(f"can't parse entities: unsupported markup {data[:9]!r}")

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)


def read_text(text: str, mode: str | None) -> Text:
    if mode is None:
        read = Text(text)
    elif mode == "HTML":
        reader = _Reader()
        reader.feed(text)
        reader.close()
        if reader.stack:
            raise Refusal("can't parse entities: Can't find end tag corresponding to start tag")
        read = Text("".join(reader.plain), tuple(reader.bold))
    else:
        raise Refusal(f"unsupported parse_mode {mode}")
    stripped = read.plain.strip()
    if not stripped:
        raise Refusal("message text is empty")
    if len(stripped.encode("utf-16-le")) // 2 > 4096:
        raise Refusal("message is too long")
    return Text(stripped, read.bold)


def read_keyboard(raw: str | None) -> dict[str, Any] | None:
    """A reply markup, checked."""
    if raw is None:
        return None
    try:
        keyboard = json.loads(raw)
    except ValueError as error:
        raise Refusal("can't parse reply keyboard markup JSON object") from error
    if not isinstance(keyboard, dict):
        raise Refusal("object expected as reply markup")
    if keyboard.get("remove_keyboard") is True:
        return {"remove_keyboard": True}
    rows = keyboard.get("inline_keyboard", keyboard.get("keyboard"))
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refusal("object expected as reply markup")
    if sum(map(len, rows)) > 100:
        raise Refusal("reply markup is too long")
    if any(len(row) > 8 for row in rows):
        raise Refusal("reply markup row is too long")
    check = _inline if "inline_keyboard" in keyboard else _reply
    for row in rows:
        for button in row:
            check(button)
    return dict(keyboard)


def _labelled(button: dict[str, Any]) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise Refusal("Text buttons are required to have a non-empty text")
    if button.get("style") not in {None, *STYLES}:
        raise Refusal("unknown button style")


def _inline(button: dict[str, Any]) -> None:
    _labelled(button)
    actions = ACTIONS & button.keys()
    if len(actions) != 1:
        raise Refusal("Text buttons are unallowed in the inline keyboard")
    if unknown := button.keys() - ACTIONS - {"text", "style", "icon_custom_emoji_id"}:
        raise Refusal(f"unknown field of a button: {unknown}")
    if "callback_data" in actions and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise Refusal("BUTTON_DATA_INVALID")
    if "url" in actions:
        address = urlsplit(button["url"])  # "HTTP or tg:// URL to be opened when the button is pressed"
        is_page = address.scheme in {"http", "https"} and "." in (address.hostname or "")
        if not is_page and address.scheme != "tg":
            raise Refusal(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _reply(button: dict[str, Any]) -> None:
    _labelled(button)
    if unknown := button.keys() - {"text", "style", "request_contact", "request_location"}:
        raise Refusal(f"unknown field of a button: {unknown}")
