"""What a page of the chat shows: messages put together from what was sent and what the owner did.

The newest version of a rewritten message stands where the first one stood.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from pydantic import ValidationError

from bot.rendering import clean, data_of, line
from flows.events import OwnerSaid
from flows.messages import Chart, Choice, Paper, Say, Tone
from integrations.database.queries.talk import Done, Sent, Talk
from integrations.database.sealing import SealBroken, Sealer
from integrations.toolkit.redaction import redact

ASSISTANT = "assistant"
Resolve = Callable[[Say, str], Say]
_CURSOR = re.compile(r"([0-9]{1,12})-([0-9]{1,18})")


@dataclass(frozen=True)
class Button:
    """A button of a message: it sends `data`, or opens `url`."""

    label: str
    data: str = ""
    url: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Line:
    """A line of a card."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a message: its file name, and in words what a picture shows."""

    name: str
    picture: bool
    words: str


@dataclass(frozen=True)
class Message:
    """One message as a page shows it. `by` is a first name when a person of the staff wrote it."""

    key: str
    who: Literal["owner", "assistant", "person"]
    at: datetime | None
    by: str = ""
    title: str = ""
    toast: str = ""
    text: str = ""
    note: str = ""
    facts: tuple[Line, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    files: tuple[str, ...] = ()
    enclosed: Enclosed | None = None
    slot: str = ""
    revision: int = 0
    erased: bool = False


@dataclass(frozen=True)
class Cursor:
    """How far a page has read: the number of the owner's last act and the id of the last message."""

    seq: int = 0
    message: int = 0

    def __str__(self) -> str:
        return f"{self.seq}-{self.message}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """What a browser gives back; None when it is not ours."""
        found = _CURSOR.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    def after(self, talk: Talk) -> "Cursor":
        """The place behind a stretch."""
        return Cursor(
            max((each.seq for each in talk.done), default=self.seq),
            max((each.id for each in talk.sent), default=self.message),
        )


class Reader:
    """Reads stretches of a conversation. `resolve` puts real addresses where flows name our pages."""

    def __init__(self, sealer: Sealer, resolve: Resolve) -> None:
        self._sealer = sealer
        self._resolve = resolve

    def messages(self, talk: Talk, conversation_id: str) -> tuple[Message, ...]:
        """The messages of a stretch, oldest first."""
        acts = ((act.seq, self._owner(act)) for act in talk.done)
        placed = [(seq, 0, message) for seq, message in acts if message is not None]
        placed.extend((sent.seq, sent.id, self._sent(sent, conversation_id)) for sent in talk.sent)
        shown: dict[str, Message] = {}
        for _, _, message in sorted(placed, key=lambda each: each[:2]):
            _take_buttons_off(shown, message)
            shown[message.key] = message
        return tuple(shown.values())

    def said(self, sent: Sent) -> Say | None:
        """What a message says; None when it was erased or cannot be read any more."""
        try:
            return self._sealer.unseal(Say, sent.body) if sent.body else None
        except (SealBroken, ValidationError):
            return None

    def _sent(self, sent: Sent, conversation_id: str) -> Message:
        person = sent.by != ASSISTANT
        message = Message(
            key=sent.message_id or f"n{sent.id}",
            who="person" if person else "assistant",
            by=line(sent.by) if person else "",
            at=sent.sent_at,
            slot=sent.slot,
            revision=sent.revision,
        )
        say = self.said(sent)
        return replace(message, erased=True) if say is None else _drawn(message, self._resolve(say, conversation_id))

    def _owner(self, act: Done) -> Message | None:
        """What the owner wrote or sent; None for a start, and for a button: its card shows what came of it."""
        try:
            event = self._sealer.unseal(OwnerSaid, act.body) if act.body is not None else None
        except (SealBroken, ValidationError):
            event = None
        if event is None:
            return Message(key=f"o-{act.seq}", who="owner", at=act.at, text=act.text) if act.text else None
        heard = event.heard
        message = Message(key=f"o-{heard.message_id or act.seq}", who="owner", at=act.at)
        match heard.kind:
            case "text" | "edited":
                return replace(message, text=redact(clean(heard.text)).strip())
            case "file":
                names = tuple(line(each.name) or line(each.media_type) for each in heard.files)
                return replace(message, files=names, text=redact(clean(heard.text)).strip())
            case _:
                return None


def _take_buttons_off(shown: dict[str, Message], new: Message) -> None:
    """A card loses its buttons when another takes its place (see `bot.workers.outbox`)."""
    if not new.slot or new.revision == 0:
        return
    for key, old in shown.items():
        if old.slot == new.slot and old.revision != 0 and key != new.key and old.rows:
            shown[key] = replace(old, rows=())


def _drawn(message: Message, say: Say) -> Message:
    return replace(
        message,
        title=line(say.title),
        toast=line(say.toast),
        text=clean(say.text).strip(),
        note=clean(say.note).strip(),
        facts=tuple(Line(line(each.label), line(each.value), line(each.note)) for each in say.facts),
        rows=tuple(row for each in say.rows if (row := _row(each, say.revision))),
        enclosed=_enclosed(say),
    )


def _enclosed(say: Say) -> Enclosed | None:
    match say.enclosed:
        case Chart() as chart:
            return Enclosed(f"{chart.name}.png", picture=True, words=line(chart.words))
        case Paper() as paper:
            return Enclosed(f"{paper.name}.pdf", picture=False, words=line(paper.title))
        case _:
            return None


def _row(choices: tuple[Choice, ...], revision: int) -> tuple[Button, ...]:
    """A row of buttons. Sharing a number is not a browser's to do: there it is typed."""
    return tuple(
        Button(line(each.label) or "…", data="" if each.url else data_of(each, revision), url=each.url, tone=each.tone)
        for each in choices
        if each.kind != "contact"
    )
