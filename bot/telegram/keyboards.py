"""Draws buttons as Telegram's keyboards.

Only a reply keyboard can share a phone number, and a message has one keyboard: next to a contact button
the other buttons send their label as text, which the conversation understands as well.
"""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from bot.rendering import Button, Rendered
from flows.messages import Tone

_STYLES = {Tone.PRIMARY: KeyboardButtonStyle.PRIMARY, Tone.DANGER: KeyboardButtonStyle.DANGER}


def has_contact(part: Rendered) -> bool:
    """Whether the message needs a reply keyboard."""
    return any(button.contact for button in part.buttons)


def reply_keyboard(part: Rendered) -> ReplyKeyboardMarkup:
    """The buttons below the input field. It folds away after one use; `retire` removes it for good."""
    rows = [
        [KeyboardButton(each.label, request_contact=each.contact or None, style=_STYLES.get(each.tone)) for each in row]
        for row in part.rows
    ]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


def inline_keyboard(part: Rendered) -> InlineKeyboardMarkup | None:
    """The buttons below the message; None when it has none, which also takes old ones off in an edit."""
    return InlineKeyboardMarkup([[_inline(each) for each in row] for row in part.rows]) if part.rows else None


def _inline(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        button.label,
        url=button.url or None,
        callback_data=button.data or None,
        style=_STYLES.get(button.tone),
    )
