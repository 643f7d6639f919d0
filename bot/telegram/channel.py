"""Speaks through Telegram: HTML that is always escaped, one card rewritten in place, errors as facts.

A message id that is handed out also remembers what the Bot API will not tell again: that a message has
a reply keyboard (`k`: it cannot be edited) or is protected from forwarding (`p`).
"""

import asyncio
import contextlib
import html
import ipaddress
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlsplit

import structlog
from telegram import (
    FileCredentials,
    InputFile,
    LinkPreviewOptions,
    PassportElementError,
    PassportElementErrorFrontSide,
    PassportElementErrorReverseSide,
    ReplyKeyboardRemove,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, PassportDecryptionError, TelegramError

from bot.channels import Can, ChatBlocked, FileGone, Pace, PerhapsDelivered, TooFast, Undeliverable
from bot.rendering import Rendered, Undrawable, render, width
from bot.telegram.keyboards import has_contact, inline_keyboard, reply_keyboard
from bot.telegram.passport import read_scan
from bot.telegram.requests import PerhapsSent, SlowDown, TelegramApi, TokenRefused
from bot.telegram.updates import CHANNEL
from flows.errors import LendlineError
from flows.messages import Say
from integrations.press.press import Drawn, NotDrawn, Press

T = TypeVar("T")
log = structlog.get_logger(__name__)
Sleep = Callable[[float], Awaitable[None]]

# Limits of the Bot API; it sets none on a label, 64 is our own.
TELEGRAM = Can(
    text=4096, button=64, buttons=100, per_row=8, data_bytes=64, edit=True, bold=True, contact=True, url=True
)
# https://core.telegram.org/bots/faq: one message a second in a chat, thirty a second in all.
PACE = Pace(per_chat=1.0, overall=30.0)

LONGEST_CAPTION = 1024  # of a photo or a file, in the Bot API
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_GONE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")
_SCAN_ERRORS: Mapping[str, Callable[[str, str, str], PassportElementError]] = {
    "front_side": PassportElementErrorFrontSide,
    "reverse_side": PassportElementErrorReverseSide,
}
_LONGEST_WHY = 200
_TRIES = 3
_LONGEST_WAIT = 30.0
_KEYBOARDS_KEPT = 10_000


@dataclass
class TelegramUnreachable(LendlineError):
    """Telegram was not reached or failed; nothing arrived, or repeating it does no harm. Retry later."""

    reason: str

    def __str__(self) -> str:
        return f"Telegram is unreachable: {self.reason}"


@dataclass(frozen=True)
class Sent:
    """A message of ours, as its id says."""

    number: int
    keyboard: bool = False
    private: bool = False

    def __str__(self) -> str:
        return f"{self.number}{'k' if self.keyboard else ''}{'p' if self.private else ''}"

    @classmethod
    def read(cls, message_id: str | None) -> "Sent | None":
        """What a message id says; None when it is not one of ours."""
        found = re.fullmatch(r"([0-9]{1,18})(k?)(p?)", message_id or "")
        return cls(int(found[1]), bool(found[2]), bool(found[3])) if found else None


class TelegramChannel:
    """A `bot.channels.Channel` over the Bot API.

    Besides the facts that every channel reports it raises TelegramUnreachable (retry) and TokenRefused.
    """

    name = CHANNEL
    can = TELEGRAM
    pace: Pace

    def __init__(
        self, api: TelegramApi, sleep: Sleep = asyncio.sleep, *, pace: Pace = PACE, press: Press | None = None
    ) -> None:
        self.pace = pace
        self._press = press or Press()
        self._api = api
        self._bot = api.bot
        self._sleep = sleep
        self._keyboards: dict[int, int] = {}

    async def deliver(self, address: str, say: Say, previous: str | None) -> str:
        """Send or rewrite one message; a text too long for one is sent as several, the id is the last one's."""
        chat, old = _chat(address), Sent.read(previous)
        parts = _drawn(say)
        if old is not None and _rewrites(old, say, parts) and await self._edited(chat, old.number, parts[0]):
            return str(old)
        drawn = await self._drawn(say)
        number = await self._sent(chat, say, parts) if drawn is None else await self._enclosed(chat, say, parts, drawn)
        sent = Sent(number, has_contact(parts[-1]), say.private)
        if sent.keyboard:
            self._remember_keyboard(chat, number)
        return str(sent)

    async def retire(self, address: str, message_id: str) -> None:
        """Take the buttons off a message, or a reply keyboard off the chat; a message that is gone is fine."""
        chat, old = _chat(address), Sent.read(message_id)
        if old is None:
            return
        with contextlib.suppress(BadRequest):
            if not old.keyboard:
                await self._again(self._bot.edit_message_reply_markup(chat_id=chat, message_id=old.number))
            elif self._keyboards.get(chat, old.number) <= old.number:
                await self._remove_keyboard(chat)

    async def fetch(self, file_id: str, most: int) -> bytes:
        """The content of a file that an owner sent; Telegram hands out files of at most 20 MB.

        A scan of a Telegram Passport is decrypted, and refused when it is not what was shared.
        """
        scan = read_scan(file_id)
        try:
            file = await self._again(self._bot.get_file(file_id if scan is None else scan.file_id))
            if scan is not None:
                file.set_credentials(FileCredentials(scan.hash, scan.secret))
            if (file.file_size or 0) > most:
                raise FileGone("too large")
            content = bytes(await self._again(file.download_as_bytearray()))
        except BadRequest as error:
            raise FileGone(error.message[:80]) from error
        if len(content) > most:
            raise FileGone("too large")
        return content

    async def ask_for_better(self, address: str, file_id: str, why: str) -> None:
        """Have Telegram ask the owner for a better scan of an identity document; `why` is what they read there."""
        scan = read_scan(file_id)
        if scan is None:
            return
        error = _SCAN_ERRORS[scan.side](scan.element, scan.hash, why[:_LONGEST_WHY])
        with contextlib.suppress(BadRequest):
            await self._again(self._bot.set_passport_data_errors(_chat(address), [error]))

    async def set_commands(self, commands: Mapping[str, Mapping[str, str]], default: str = "en") -> None:
        """Show the commands in the menu of every language: language -> command -> what it does.

        The language `default` is also shown to everybody whose language is not there.
        """
        try:
            for lang, texts in commands.items():
                menu = list(texts.items())
                await self._again(self._bot.set_my_commands(menu, language_code=lang))
                if lang == default:
                    await self._again(self._bot.set_my_commands(menu))
        except BadRequest as error:
            raise Undeliverable(error.message[:120]) from error

    # Sending

    async def _sent(self, chat: int, say: Say, parts: tuple[Rendered, ...]) -> int:
        """Send all parts; the number of the last. What has begun is finished here, or it would repeat."""
        number = 0
        for index, part in enumerate(parts):
            try:
                send = self._send if index == 0 else self._send_patiently
                number = await send(chat, part, private=say.private)
            except BadRequest as error:
                pages = any(button.url for button in part.buttons)
                if pages and len(parts) == 1 and "url" in error.message.lower():
                    return await self._sent(chat, say, render(say, replace(TELEGRAM, url=False)))
                raise Undeliverable(error.message[:120]) from error
        return number

    async def _drawn(self, say: Say) -> Drawn | None:
        """The file that goes with a message; None without one, and when it cannot be drawn: the words still count."""
        try:
            return None if say.enclosed is None else await self._press.draw(say.enclosed)
        except NotDrawn as error:
            log.warning("not_drawn", reason=error.reason[:80])
            return None

    async def _enclosed(self, chat: int, say: Say, parts: tuple[Rendered, ...], drawn: Drawn) -> int:
        """Send a file with what is said as its caption; what is longer than a caption goes before it."""
        last = parts[-1] if width(parts[-1].text) <= LONGEST_CAPTION else Rendered((), ())
        before = parts[:-1] if last.spans else parts
        if before:
            await self._sent(chat, say, before)

        async def call(text: str, mode: str | None) -> int:
            file = InputFile(drawn.content, filename=drawn.name)
            picture = drawn.media_type.startswith("image/")
            send = self._bot.send_photo if picture else self._bot.send_document
            sending = send(
                chat,
                file,
                caption=text,
                parse_mode=mode,
                protect_content=say.private,
                reply_markup=inline_keyboard(last),
            )
            return (await _told(sending)).message_id

        try:
            return await _html_or_plain(call, last)
        except BadRequest as error:
            raise Undeliverable(error.message[:120]) from error

    async def _send_patiently(self, chat: int, part: Rendered, *, private: bool) -> int:
        for _ in range(_TRIES):
            try:
                return await self._send(chat, part, private=private)
            except TooFast as error:
                await self._sleep(min(error.seconds, _LONGEST_WAIT))
            except TelegramUnreachable:
                await self._sleep(1.0)
        raise PerhapsDelivered("only the first parts of a long message were taken")

    async def _send(self, chat: int, part: Rendered, *, private: bool) -> int:
        async def call(text: str, mode: str | None) -> int:
            message = await _told(
                self._bot.send_message(
                    chat_id=chat,
                    text=text,
                    parse_mode=mode,
                    protect_content=private,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=reply_keyboard(part) if has_contact(part) else inline_keyboard(part),
                )
            )
            return message.message_id

        return await _html_or_plain(call, part)

    async def _edited(self, chat: int, number: int, part: Rendered) -> bool:
        """Rewrite a message; False when that is impossible and it must be sent anew."""

        async def call(text: str, mode: str | None) -> bool:
            await self._again(
                self._bot.edit_message_text(
                    text=text,
                    chat_id=chat,
                    message_id=number,
                    parse_mode=mode,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=inline_keyboard(part),
                )
            )
            return True

        try:
            return await _html_or_plain(call, part)
        except BadRequest as error:
            return "not modified" in error.message.lower()

    async def _again(self, calling: Awaitable[T]) -> T:
        """A call that may be repeated without harm, so a lost answer is only a reason to try again."""
        try:
            return await _told(calling)
        except PerhapsDelivered as error:
            raise TelegramUnreachable(error.reason) from error

    # Reply keyboards

    def _remember_keyboard(self, chat: int, number: int) -> None:
        self._keyboards.pop(chat, None)
        self._keyboards[chat] = number
        if len(self._keyboards) > _KEYBOARDS_KEPT:
            del self._keyboards[next(iter(self._keyboards))]

    async def _remove_keyboard(self, chat: int) -> None:
        """A reply keyboard leaves only with a new message, and a card has buttons of its own: so a passing one."""
        with contextlib.suppress(PerhapsDelivered):
            message = await _told(
                self._bot.send_message(
                    chat_id=chat, text="…", disable_notification=True, reply_markup=ReplyKeyboardRemove()
                )
            )
            self._keyboards.pop(chat, None)
            await _told(self._bot.delete_message(chat_id=chat, message_id=message.message_id))


async def _told(calling: Awaitable[T]) -> T:
    """The answer to a call, with Telegram's errors as the facts of a channel; BadRequest is the caller's to judge."""
    try:
        return await calling
    except SlowDown as error:
        raise TooFast(error.seconds) from error
    except Forbidden as error:
        raise ChatBlocked(error.message[:120]) from error
    except InvalidToken:
        raise TokenRefused("Telegram") from None
    except PerhapsSent as error:
        raise PerhapsDelivered(error.message) from error
    except BadRequest as error:
        if any(word in error.message.lower() for word in _GONE):
            raise ChatBlocked(error.message[:120]) from error
        raise
    except PassportDecryptionError:
        raise FileGone("not what was shared") from None
    except TelegramError as error:
        raise TelegramUnreachable(error.message[:120]) from error


async def _html_or_plain(call: Callable[[str, str | None], Awaitable[T]], part: Rendered) -> T:
    """Call with markup, and without it when Telegram cannot read ours."""
    try:
        return await call(as_html(part), ParseMode.HTML)
    except BadRequest as error:
        if "can't parse entities" not in error.message.lower():
            raise
        return await call(part.text, None)


def as_html(part: Rendered) -> str:
    """The text as Telegram's HTML; everything that is not our own markup is escaped."""
    escaped = ((html.escape(span.text, quote=False), span.bold) for span in part.spans)
    return "".join(f"<b>{text}</b>" if bold else text for text, bold in escaped)


def _drawn(say: Say) -> tuple[Rendered, ...]:
    """The messages of a `Say`. A keyboard that shares a contact opens no page; Telegram refuses local addresses."""
    pages = [choice.url for choice in say.choices if choice.kind == "url"]
    contact = any(choice.kind == "contact" for choice in say.choices)
    can = replace(TELEGRAM, url=not contact and all(map(_is_public, pages)))
    try:
        parts = render(say, can)
    except Undrawable as error:
        raise Undeliverable(str(error)) from error
    if not parts:
        raise Undeliverable("there is nothing to say")
    return parts


def _rewrites(old: Sent, say: Say, parts: tuple[Rendered, ...]) -> bool:
    """Whether `say` can take the place of a message: an edit neither protects it nor changes its kind of keyboard."""
    protected = old.private or not say.private
    return (
        say.replace
        and say.enclosed is None
        and not old.keyboard
        and protected
        and len(parts) == 1
        and not has_contact(parts[0])
    )


def _is_public(url: str) -> bool:
    """Whether a phone could open the page: https or http, and a host that is not on this machine or network."""
    try:
        address = urlsplit(url)
        host = address.hostname or ""
    except ValueError:
        return False
    if url.startswith("tg://resolve?"):
        return True  # opens in the messenger itself
    if address.scheme not in {"http", "https"} or "." not in host.strip("."):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True


def _chat(address: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", address):
        raise Undeliverable("this is not the address of a Telegram chat")
    return int(address)
