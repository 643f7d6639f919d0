"""What a channel must offer to be spoken through, and the facts it may report instead."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from flows.errors import LendlineError
from flows.messages import Say


@dataclass(frozen=True)
class Can:
    """What a channel can show. Lengths are characters, `data_bytes` is UTF-8 bytes of a button's data."""

    text: int
    button: int
    buttons: int
    per_row: int
    data_bytes: int
    edit: bool
    bold: bool
    contact: bool
    url: bool


@dataclass(frozen=True)
class Pace:
    """How fast a channel takes messages: seconds between two in one chat, and messages a second in all."""

    per_chat: float
    overall: float


@dataclass
class ChatBlocked(LendlineError):
    """The owner has blocked the bot or the chat is gone. Stop sending there; tell staff."""

    reason: str


@dataclass
class TooFast(LendlineError):
    """The channel asks us to wait `seconds`. Nothing was delivered."""

    seconds: float


@dataclass
class PerhapsDelivered(LendlineError):
    """No answer came; the message may have arrived. Not repeated blindly."""

    reason: str


class UnreadableUpdate(LendlineError):
    """What a messenger has sent is no update."""

    def __str__(self) -> str:
        return "the body is no update"


@dataclass
class Undeliverable(LendlineError):
    """The channel will never take this message. Goes to the dead letters."""

    reason: str


@dataclass
class FileGone(LendlineError):
    """The channel does not have a file any more, or it is larger than asked for. Not tried again."""

    reason: str


class Channel(Protocol):
    """A way to reach owners.

    `deliver` sends `say`, or rewrites `previous` (a message id of its slot) when `say.replace` and the
    channel can edit; it returns the message id. `retire` takes the buttons off an old card.
    Raises ChatBlocked, TooFast, PerhapsDelivered or Undeliverable.
    """

    name: str
    can: Can
    pace: Pace

    async def deliver(self, address: str, say: Say, previous: str | None) -> str:
        """Send or rewrite one message."""
        ...

    async def retire(self, address: str, message_id: str) -> None:
        """Take the buttons off a message."""
        ...


@runtime_checkable
class FetchesFiles(Protocol):
    """A channel that can hand over a file an owner sent."""

    async def fetch(self, file_id: str, most: int) -> bytes:
        """The content of a file of at most `most` bytes. Raises FileGone; what else it raises may pass."""
        ...


@runtime_checkable
class AsksForBetter(Protocol):
    """A channel that shares identity documents, and can ask their owner for a better scan."""

    async def ask_for_better(self, address: str, file_id: str, why: str) -> None:
        """Tell the owner there what is wrong with a scan. What it raises may pass."""
        ...
