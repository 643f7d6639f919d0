"""Reads Telegram's updates as what an owner did. Pure: whatever comes is read, left out, or `unsupported`.

Only private chats are conversations; groups, channels and other bots are not heard.
"""

import re
import unicodedata
from datetime import datetime
from typing import Protocol

import phonenumbers
from telegram import Contact, Message, Update, User
from telegram.constants import ChatType

from bot.telegram.passport import shared
from flows.events import Arrival, OwnerSaid
from flows.messages import Attachment, Heard, SharedIdentity

CHANNEL = "telegram"
WANTED = ("message", "edited_message", "callback_query")  # what is asked of getUpdates and the webhook
LONGEST_TEXT = 8192  # a message has at most 4,096 characters; the reader refuses long ones in words
LONGEST_NAME = 128
_START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<payload>[A-Za-z0-9_-]{1,64}))?(?:\s.*)?\Z", re.DOTALL)

# What Telegram itself writes into a chat; the owner said nothing by it.
_NOTICES = (
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "chat_background_set",
)


class _File(Protocol):
    """What all kinds of files share."""

    @property
    def file_id(self) -> str: ...
    @property
    def file_size(self) -> int | None: ...


def heard(update: Update) -> Heard | None:
    """What the owner did; None when it is nobody's word to us (a group, a notice, another bot).

    The library does not check types, so a server that sends wrong ones is not heard either.
    """
    try:
        return _heard_in(update)
    except (TypeError, ValueError, AttributeError):
        return None


def _heard_in(update: Update) -> Heard | None:
    if update.callback_query is not None:
        pressed = update.callback_query
        if chat_of(update) is None:
            return None
        return _heard("choice" if pressed.data else "unsupported", pressed.from_user, choice=_text(pressed.data, 256))
    message = update.message or update.edited_message
    if message is None or chat_of(update) is None or message.from_user is None:
        return None
    if update.edited_message is not None:
        return _edited(message, message.from_user)
    return _said(message, message.from_user)


def chat_of(update: Update) -> int | None:
    """The private chat an update belongs to."""
    message = update.message or update.edited_message
    if update.callback_query is not None:
        message_or_gone = update.callback_query.message
        chat = message_or_gone.chat if message_or_gone is not None else None
        sender: User | None = update.callback_query.from_user
    else:
        chat, sender = (message.chat, message.from_user) if message is not None else (None, None)
    if chat is None or sender is None or sender.is_bot or chat.type != ChatType.PRIVATE:
        return None
    return chat.id


def arrival(update: Update, at: datetime) -> Arrival | None:
    """The update as an event at the door, received `at`; its id makes a repeat harmless."""
    said, chat = heard(update), chat_of(update)
    if said is None or chat is None:
        return None
    return Arrival(
        origin=CHANNEL,
        external_id=str(update.update_id),
        event=OwnerSaid(heard=said),
        at=at,
        channel=CHANNEL,
        address=str(chat),
        number=update.update_id,
    )


def _said(message: Message, sender: User) -> Heard | None:
    number = str(message.message_id)
    if message.text is not None:
        start = _START.match(message.text)
        if start is not None:
            return _heard("start", sender, text=start["payload"] or "", message_id=number)
        return _heard("text", sender, text=_text(message.text, LONGEST_TEXT), message_id=number)
    if message.contact is not None:
        own = message.contact.user_id is not None and message.contact.user_id == sender.id
        return _heard("contact", sender, phone=_phone(message.contact), phone_is_own=own, message_id=number)
    if message.passport_data is not None:
        identity = shared(message.passport_data)
        return _heard("unsupported" if identity is None else "identity", sender, identity=identity, message_id=number)
    if message.location is not None:
        return _heard("location", sender, message_id=number)
    file = _file(message)
    if file is not None:
        caption = _text(message.caption, LONGEST_TEXT)
        return _heard("file", sender, text=caption, files=(file,), message_id=number)
    if any(getattr(message, name) is not None for name in _NOTICES):
        return None
    return _heard("unsupported", sender, message_id=number)


def _edited(message: Message, sender: User) -> Heard | None:
    """An edit that changed words; a live location that moves is edited every few seconds and says nothing."""
    text = message.text if message.text is not None else message.caption
    if text is None:
        return None
    return _heard("edited", sender, text=_text(text, LONGEST_TEXT), message_id=str(message.message_id))


def _heard(
    kind: str,
    sender: User,
    *,
    text: str = "",
    choice: str = "",
    phone: str = "",
    phone_is_own: bool = False,
    files: tuple[Attachment, ...] = (),
    identity: SharedIdentity | None = None,
    message_id: str = "",
) -> Heard:
    return Heard.model_validate(
        {
            "kind": kind,
            "text": text,
            "choice": choice,
            "phone": phone,
            "phone_is_own": phone_is_own,
            "files": files,
            "identity": identity,
            "message_id": message_id,
            "sender_name": _line(sender.full_name, LONGEST_NAME),
            "language_hint": _line(sender.language_code, 35),
        }
    )


def _file(message: Message) -> Attachment | None:
    """The file of a message. Telegram names media types; photos are always JPEG, voice notes Ogg."""
    if message.photo:
        return _attachment(message.photo[-1], "", "image/jpeg")  # sizes ascend, the last is the largest
    if message.document is not None:
        return _attachment(message.document, message.document.file_name, message.document.mime_type)
    if message.voice is not None:
        return _attachment(message.voice, "", message.voice.mime_type or "audio/ogg")
    if message.audio is not None:
        return _attachment(message.audio, message.audio.file_name, message.audio.mime_type)
    if message.video is not None:
        return _attachment(message.video, message.video.file_name, message.video.mime_type)
    if message.video_note is not None:
        return _attachment(message.video_note, "", "video/mp4")
    return None


def _attachment(file: _File, name: str | None, media_type: str | None) -> Attachment:
    return Attachment(
        file_id=_line(file.file_id, 256),
        name=_line(name, 255),
        media_type=_line(media_type, 127),
        size=max(0, file.file_size or 0),
    )


def _phone(contact: Contact) -> str:
    """The number as +E.164, empty when it cannot be one. Telegram leaves the plus out at times."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", contact.phone_number[:40]))
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _text(text: str | None, longest: int) -> str:
    """At most `longest` characters that every database can hold: no NUL, no half of a surrogate pair."""
    cut = (text or "")[:longest].replace("\x00", "")
    return cut.encode("utf-8", "ignore").decode()


def _line(text: str | None, longest: int) -> str:
    return " ".join(_text(text, longest).split())
