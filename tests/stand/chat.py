"""A private chat as Telegram keeps it: messages in order, the keyboards, and whether the bot is blocked."""

from dataclasses import dataclass, field
from typing import Any

STARTED = 1_790_000_000  # the date of the first message, in seconds since 1970; every message is a second later


@dataclass
class Message:
    """One message. `keyboard` is the inline keyboard below it; `reply` the reply keyboard it brought."""

    number: int
    from_bot: bool
    text: str
    bold: tuple[str, ...] = ()
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    reply: bool = False
    protected: bool = False
    silent: bool = False
    deleted: bool = False
    edits: int = 0
    previewed: bool = True
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def labels(self) -> list[str]:
        """Labels of the buttons below it."""
        return [button["text"] for row in self.keyboard for button in row]


@dataclass
class Chat:
    """A person and what was said between them and the bot."""

    number: int
    first_name: str
    last_name: str = ""
    language: str = "en"
    blocked: bool = False
    messages: list[Message] = field(default_factory=list)
    reply_keyboard: list[list[dict[str, Any]]] = field(default_factory=list)

    def user(self) -> dict[str, Any]:
        """The person as a User."""
        user = {"id": self.number, "is_bot": False, "first_name": self.first_name, "language_code": self.language}
        return user | ({"last_name": self.last_name} if self.last_name else {})

    def find(self, number: int) -> Message | None:
        """A message that is still there."""
        return next((each for each in self.messages if each.number == number and not each.deleted), None)

    def as_json(self, message: Message, bot: dict[str, Any]) -> dict[str, Any]:
        """A message as the Bot API shows it."""
        body: dict[str, Any] = {
            "message_id": message.number,
            "date": STARTED + message.number,
            "chat": {"id": self.number, "type": "private", "first_name": self.first_name},
            "from": bot if message.from_bot else self.user(),
            **message.content,
        }
        if message.from_bot and message.text:
            body["caption" if message.content else "text"] = message.text
        if message.edits:
            body["edit_date"] = STARTED + message.number + message.edits
        if message.keyboard:
            body["reply_markup"] = {"inline_keyboard": message.keyboard}
        return body
