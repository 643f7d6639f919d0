"""A messenger's screen in memory: the channel that the demo's people look at and tap on.

It draws with the limits of a real messenger, edits messages in place and keeps what was shown.
"""

import asyncio
from dataclasses import dataclass, field, replace
from time import monotonic

from bot.channels import Can, FileGone, Pace
from bot.rendering import Button, Rendered, render
from flows.messages import Attachment, Say

NAME = "demo"
CAN = Can(
    text=4096,
    button=60,
    buttons=100,
    per_row=8,
    data_bytes=64,
    edit=True,
    bold=True,
    contact=True,
    url=True,
)


@dataclass(frozen=True)
class Shown:
    """A message on the screen: who it is from, its text and buttons, when it came."""

    author: str
    text: str
    at: float
    rows: tuple[tuple[Button, ...], ...] = ()
    title: str = ""
    message_id: str = ""
    edited: bool = False

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order."""
        return tuple(button for row in self.rows for button in row)


@dataclass
class Chat:
    """One chat: `messages` as they stand on the screen now, `history` as they came, rewritten ones again."""

    messages: list[Shown] = field(default_factory=list)
    history: list[Shown] = field(default_factory=list)

    def card(self) -> Shown | None:
        """The newest message that has buttons."""
        return next((message for message in reversed(self.messages) if message.buttons), None)


class Screen:
    """The channel. `chat` gives what one address sees."""

    name = NAME
    can = CAN
    pace = Pace(per_chat=0, overall=1000)

    def __init__(self) -> None:
        self._chats: dict[str, Chat] = {}
        self._files: dict[str, bytes] = {}
        self._changed = asyncio.Condition()

    def chat(self, address: str) -> Chat:
        """The chat of an address; an empty one when nothing was said yet."""
        return self._chats.setdefault(address, Chat())

    def typed(self, address: str, text: str) -> str:
        """Show what the owner wrote or tapped; returns its message id."""
        chat = self.chat(address)
        message_id = str(len(chat.messages) + 1)
        chat.messages.append(Shown("owner", text, monotonic(), message_id=message_id))
        chat.history.append(chat.messages[-1])
        return message_id

    def hand_in(self, name: str, content: bytes) -> Attachment:
        """Put a file where the assistant can fetch it."""
        self._files[name] = content
        return Attachment(file_id=name, name=name, size=len(content))

    def has(self, name: str) -> bool:
        """Whether a file of this name was handed in."""
        return name in self._files

    async def fetch(self, file_id: str, most: int) -> bytes:
        """The content of a file that an owner sent."""
        content = self._files.get(file_id)
        if content is None or len(content) > most:
            raise FileGone("too large" if content is not None else "never sent")
        return content

    async def deliver(self, address: str, say: Say, previous: str | None) -> str:
        """Show a message, or rewrite the one it replaces."""
        chat = self.chat(address)
        parts = render(say, self.can)
        shown = [_shown(part, say) for part in parts]
        if say.replace and previous is not None and len(shown) == 1:
            for place, message in enumerate(chat.messages):
                if message.message_id == previous:
                    chat.messages[place] = replace(shown[0], message_id=previous, edited=True)
                    chat.history.append(chat.messages[place])
                    await self._tell()
                    return previous
        message_id = previous or ""
        for message in shown:
            message_id = str(len(chat.messages) + 1)
            chat.messages.append(replace(message, message_id=message_id))
            chat.history.append(chat.messages[-1])
        await self._tell()
        return message_id

    async def retire(self, address: str, message_id: str) -> None:
        """Take the buttons off an old card."""
        chat = self.chat(address)
        for place, message in enumerate(chat.messages):
            if message.message_id == message_id:
                chat.messages[place] = replace(message, rows=())

    async def wait(self, seconds: float) -> None:
        """Wait until something new is on the screen, at most `seconds`."""
        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait()
        except TimeoutError:
            return

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _shown(part: Rendered, say: Say) -> Shown:
    return Shown("assistant", part.text, monotonic(), part.rows, say.title)
