"""The log as staff read it: one item for each line worth a look, with what it brought and what became of it.

Everything is masked here: identifying numbers never leave as they are, whoever looks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import RootModel, ValidationError

from flows.application.display import show_value
from flows.application.fields import FIELDS
from flows.application.values import Candidate
from flows.conversation import Conversation
from flows.effects import Briefing
from flows.errors import LendlineError
from flows.events import Event, OwnerSaid
from flows.events.staff import StaffNoted, StaffSaid
from flows.messages import Say
from flows.texts import Texts
from integrations.database.queries.events import Logged
from integrations.database.queries.threads import Message
from integrations.database.sealing import Sealer
from integrations.toolkit.redaction import redact

_SPOKEN = frozenset({"owner_said", "said", "staff_said", "staff_noted", "staff_took", "transferred", "staff_proposed"})
# Lines of the machinery that staff have no use for.
_QUIET = frozenset({"timer_fired", "pull_started"})


class _Body(RootModel[Event]):
    """A stored event."""


@dataclass(frozen=True)
class Said:
    """A message to the owner: what it says, and whether it was delivered."""

    title: str
    text: str
    facts: tuple[tuple[str, str], ...]
    buttons: tuple[str, ...]
    state: str
    error: str


@dataclass(frozen=True)
class Item:
    """One line of the thread. `side` is owner, assistant, staff, note or system."""

    seq: int
    id: int
    at: datetime
    side: str
    who: str
    kind: str
    text: str = ""
    edited: bool = False
    files: tuple[tuple[str, str, int], ...] = ()
    understood: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    error: str = ""
    alarm: bool = False
    replies: bool = field(default=False, kw_only=True)
    document: str = field(default="", kw_only=True)


@dataclass
class Reader:
    """Turns stored lines into items."""

    texts: Texts
    sealer: Sealer
    lang: str
    conversation: Conversation

    def items(self, lines: tuple[Logged, ...], messages: Mapping[int, tuple[Message, ...]]) -> tuple[Item, ...]:
        """The items of some lines, in order."""
        return tuple(self._item(line, messages.get(line.seq, ())) for line in lines if line.kind not in _QUIET)

    def _item(self, line: Logged, messages: tuple[Message, ...]) -> Item:
        said = tuple(self._said(message) for message in messages)
        match line.kind:
            case "owner_said":
                return self._owner(line, said)
            case "said":
                return Item(line.seq, line.id, line.at, "assistant", "", line.kind, line.text, said=said, replies=True)
            case "staff_said" | "staff_took" | "transferred" | "staff_proposed":
                who = messages[0].by if messages else self._first_name(line)
                return Item(line.seq, line.id, line.at, "staff", who, line.kind, self._full(line), said=said)
            case "staff_noted":
                return Item(line.seq, line.id, line.at, "note", self._first_name(line), line.kind, self._full(line))
            case _:
                return Item(
                    line.seq,
                    line.id,
                    line.at,
                    "system",
                    "",
                    line.kind,
                    self._system(line),
                    said=said,
                    error=line.error,
                    document=line.text.partition(":")[0] if line.kind == "paper_read" and line.body else "",
                    alarm=line.kind in {"person_wanted", "message_failed", "chat_blocked", "job_failed"},
                )

    def _owner(self, line: Logged, said: tuple[Said, ...]) -> Item:
        event = self.opened(line)
        if not isinstance(event, OwnerSaid):
            return Item(line.seq, line.id, line.at, "owner", "", line.kind, line.text, said=said, error=line.error)
        heard = event.heard
        return Item(
            line.seq,
            line.id,
            line.at,
            "owner",
            "",
            heard.kind,
            redact(heard.text) if heard.kind in {"text", "edited"} else line.text,
            edited=heard.kind == "edited",
            files=tuple((redact(each.name), each.media_type, each.size) for each in heard.files),
            understood=self._understood(line.at, heard.message_id),
            said=said,
            error=line.error,
        )

    def opened(self, line: Logged) -> Event | None:
        """The event in a line; None when it was erased or cannot be read any more."""
        if not line.body:
            return None
        try:
            return self.sealer.unseal(_Body, line.body).root
        except (LendlineError, ValidationError):
            return None

    def _understood(self, at: datetime, message_id: str) -> tuple[str, ...]:
        """What an owner's message changed, field by field: old value, new value."""
        found: list[str] = []
        for name, value in self.conversation.application.values.items():
            for index, candidate in enumerate(value.candidates):
                said_here = candidate.source == "owner" and candidate.record == message_id != ""
                if said_here and abs((candidate.observed_at - at).total_seconds()) < 60:
                    before = value.candidates[index - 1] if index else None
                    found.append(self._change(name, before, candidate))
        return tuple(found)

    def _change(self, name: str, before: Candidate | None, after: Candidate) -> str:
        label = self.texts.get(self.lang, f"field.{name}.label")
        new = self.value(name, after)
        if before is None:
            return f"{label}: {new}"
        return f"{label}: {self.value(name, before)} → {new}"

    def value(self, name: str, candidate: Candidate) -> str:
        """A value as staff see it: masked when it is sensitive."""
        return shown(self.texts, self.lang, name, candidate)

    def _said(self, message: Message) -> Said:
        state, error = message.state, message.error
        try:
            say = self.sealer.unseal(Say, message.body) if message.body else Say()
        except (LendlineError, ValidationError):
            say = Say()
        facts = tuple((redact(fact.label), redact(f"{fact.value} {fact.note}".strip())) for fact in say.facts)
        text = "\n\n".join(part for part in (say.text, say.note, _enclosed(say)) if part)
        buttons = tuple(choice.label for choice in say.choices)
        return Said(redact(say.title), redact(text), facts, buttons, state, error)

    def _full(self, line: Logged) -> str:
        event = self.opened(line)
        return redact(event.text) if isinstance(event, StaffSaid | StaffNoted) else line.text

    def _first_name(self, line: Logged) -> str:
        event = self.opened(line)
        return getattr(event, "first_name", "") if event is not None else ""

    def _system(self, line: Logged) -> str:
        """A line of the machinery in words, with what the log says behind it."""
        key = f"console.line.{line.kind}"
        known = self.texts.get(self.lang, key) if self.texts.has(self.lang, key) else line.kind
        text = line.text
        if line.kind == "snoozed":
            text = _time(text)
        if line.kind == "marked_wrong":
            text = text.partition(" ")[2]
        if line.kind == "person_wanted":
            reason = text.partition(" ")[0]
            text = "; ".join([self._words(f"console.reason.{reason}", reason), *self._briefing(line)])
        return f"{known}: {text}" if text.strip() else known

    def _briefing(self, line: Logged) -> list[str]:
        """What staff are told with a call: where the owner is, what was wanted, said and not understood."""
        try:
            briefing = self.sealer.unseal(Briefing, line.body) if line.body else None
        except (LendlineError, ValidationError):
            briefing = None
        if briefing is None:  # nobody has come to an earlier call
            return [self.texts.get(self.lang, "console.line.nobody_came")] if " " in line.text else []
        parts = [briefing.detail, self._words(f"console.step.{briefing.step}", briefing.step) if briefing.step else ""]
        parts += [f"{fact.label} {fact.value}" for fact in briefing.wishes]
        parts += [f"“{words}”" for words in briefing.tried or (briefing.last_words,) if words]
        return [redact(part) for part in parts if part]

    def _words(self, key: str, name: str) -> str:
        return self.texts.get(self.lang, key) if self.texts.has(self.lang, key) else name


def _time(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return text


def _enclosed(say: Say) -> str:
    """The name of the file that went with a message."""
    return f"[{say.enclosed.name}]" if say.enclosed is not None else ""


def shown(texts: Texts, lang: str, name: str, candidate: Candidate, *, masked: bool = True) -> str:
    """A candidate's value in words. A sensitive one is masked as a whole: only its last four characters are left."""
    spec = FIELDS[name]
    try:
        value = show_value(texts, lang, spec, candidate.value, masked=masked)
    except (ValidationError, KeyError):
        return str(candidate.value)[:200] if not spec.sensitive else "••••"
    if not masked:
        return value
    if spec.sensitive and "•" not in value:
        return f"•••• {value[-4:]}" if len(value) > 8 else "••••"
    return value
