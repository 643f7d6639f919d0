"""The outbox: messages on their way, in order per conversation, and the slots that edits hit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from flows.conversation import Speaker
from integrations.database import dialect
from integrations.database.news import Topic, announce
from integrations.database.prepared import Prepared
from integrations.database.queries import conversations, events
from integrations.database.tables import OutboxState, conversation, event, outbox, slot

ASSISTANT = "assistant"
RECENT = 2_000  # rows looked through for what has just left, however long the outbox has grown
OPEN = (OutboxState.WAITING.value, OutboxState.SENDING.value)
_OWN = ("id", "conversation_id", "address", "by", "slot", "replace", "revision", "body", "attempts", "created_at")
_ENDED = tuple(state.value for state in OutboxState if state.value not in OPEN)


@dataclass(frozen=True)
class NewMessage:
    """A message to store; `body` is the sealed `Say`, `event_id` the cause, `seq` its own line in the log."""

    conversation_id: str
    event_id: int
    seq: int
    channel: str
    address: str
    by: str
    slot: str
    replace: bool
    revision: int
    body: bytes
    created_at: datetime


@dataclass(frozen=True)
class Claimed:
    """A message to send now; `previous` is the message its slot lives in, which was card `previous_revision`.

    `cause` is the kind of the event that it answers.
    """

    id: int
    conversation_id: str
    address: str
    by: str
    slot: str
    replace: bool
    revision: int
    body: bytes
    attempts: int
    created_at: datetime
    previous: str | None
    previous_revision: int
    cause: str


class Claim(NamedTuple):
    """What may be sent now, and when the next message that waits for its time is due."""

    messages: tuple[Claimed, ...]
    next_due: datetime | None


@dataclass(frozen=True)
class DeadLetter:
    """A message that was given up, as staff see it."""

    id: int
    conversation_id: str
    channel: str
    error: str
    created_at: datetime


class _Head(NamedTuple):
    message: Claimed
    speaker: str
    blocked_at: datetime | None


_FIXED = {"state": OutboxState.WAITING, "attempts": 0, "message_id": "", "error": ""}
_ADD = Prepared(sa.insert(outbox), [field.name for field in fields(NewMessage)] + [*_FIXED, "due_at"])


def add(connection: sa.Connection, messages: Sequence[NewMessage]) -> None:
    """Store messages in the order in which they are to be sent."""
    if messages:
        _ADD.run_each(connection, [{**vars(each), **_FIXED, "due_at": each.created_at} for each in messages])
        announce(connection, Topic.OUTBOX, messages[0].conversation_id)


def claim(connection: sa.Connection, channel: str, now: datetime, *, resting: Collection[str], limit: int) -> Claim:
    """Take the first message of each conversation that is due and not `resting`, and mark it as being sent.

    On the way, messages that must not be sent any more are dropped: of a blocked chat, of the assistant while a
    person speaks, and an edit that a newer edit of the same slot has overtaken.
    """
    while True:
        heads = _heads(connection, channel, now, resting, limit)
        dropped = [(head.message, reason) for head in heads if (reason := _why_not(connection, head))]
        if not dropped:
            break
        for message, reason in dropped:
            end(connection, message, OutboxState.DROPPED, reason)
    if not heads:
        return Claim((), _next_due(connection, channel, now, resting))
    taken = connection.execute(
        sa.update(outbox)
        .where(outbox.c.id.in_([head.message.id for head in heads]), outbox.c.state == OutboxState.WAITING)
        .values(state=OutboxState.SENDING, attempts=outbox.c.attempts + 1)
        .returning(outbox.c.id)
    )
    ours = set(taken.scalars())  # a leader that has just lost its lock may have been faster
    return Claim(tuple(head.message for head in heads if head.message.id in ours), None)


def sent(connection: sa.Connection, message: Claimed, message_id: str, now: datetime) -> None:
    """Record that the channel took a message, and that its slot lives there now."""
    _set(connection, message, state=OutboxState.SENT, message_id=message_id, sent_at=now, error="")
    if message.slot:
        row = {
            "conversation_id": message.conversation_id,
            "slot": message.slot,
            "message_id": message_id,
            "revision": message.revision,
        }
        dialect.upsert(connection, slot, [row], ("conversation_id", "slot"))


def put_back(connection: sa.Connection, message: Claimed, due_at: datetime, error: str, *, count: bool = True) -> None:
    """Have a message that was not delivered tried again at `due_at`; what follows it waits.

    Without `count` the try is not held against it: the channel only asked for patience.
    """
    attempts = message.attempts + 1 if count else message.attempts
    _set(connection, message, state=OutboxState.WAITING, due_at=due_at, error=error, attempts=attempts)


def end(connection: sa.Connection, message: Claimed, state: OutboxState, error: str) -> None:
    """End a message without delivery: failed, dropped or perhaps."""
    _set(connection, message, state=state, error=error)


def fail(connection: sa.Connection, message: Claimed, error: str, now: datetime) -> None:
    """Put a message to the dead letters and tell staff. What follows it goes on."""
    end(connection, message, OutboxState.FAILED, error)
    _tell_staff(connection, message, "message_failed", error, now)


def block(connection: sa.Connection, message: Claimed, now: datetime) -> None:
    """Record that the owner cannot be reached: drop what waits and tell staff."""
    conversations.block(connection, message.conversation_id, now)
    end(connection, message, OutboxState.DROPPED, "blocked")
    _withdraw(connection, message.conversation_id, "blocked")
    _tell_staff(connection, message, "chat_blocked", "the owner cannot be reached", now)


def silence(connection: sa.Connection, conversation_id: str) -> int:
    """Drop what the assistant still wanted to say, because a person speaks now; how many messages that were."""
    return _withdraw(connection, conversation_id, "person", outbox.c.by == ASSISTANT)


def recover(connection: sa.Connection, channel: str, now: datetime, since: datetime) -> list[tuple[str, datetime]]:
    """After a restart: have what was being sent sent (perhaps again).

    Gives the conversation and time of what has left after `since`, oldest first, so that the pace goes on; what was
    being sent may have left only now.
    """
    newest = sa.select(sa.func.max(outbox.c.id)).scalar_subquery()
    sent = connection.execute(
        sa.select(outbox.c.conversation_id, outbox.c.sent_at).where(
            outbox.c.id > newest - RECENT, outbox.c.channel == channel, outbox.c.sent_at > since
        )
    )
    left = [(row.conversation_id, row.sent_at) for row in sent]
    caught = connection.execute(
        sa.update(outbox)
        .where(outbox.c.state == OutboxState.SENDING, outbox.c.channel == channel)
        .values(state=OutboxState.WAITING)
        .returning(outbox.c.conversation_id)
    )
    return sorted(left, key=lambda each: each[1]) + [(row.conversation_id, now) for row in caught]


def dead_letters(connection: sa.Connection, limit: int) -> tuple[DeadLetter, ...]:
    """Messages that were given up, newest first."""
    query = (
        sa.select(outbox.c.id, outbox.c.conversation_id, outbox.c.channel, outbox.c.error, outbox.c.created_at)
        .where(outbox.c.state == OutboxState.FAILED)
        .order_by(outbox.c.id.desc())
    )
    return tuple(DeadLetter(*row) for row in connection.execute(query.limit(limit)))


def retry(connection: sa.Connection, message_id: int, now: datetime) -> bool:
    """Have a message that was given up sent again; False when there is none, or its content is erased."""
    conversation_id = connection.execute(
        sa.update(outbox)
        .where(outbox.c.id == message_id, outbox.c.state == OutboxState.FAILED, outbox.c.body != b"")
        .values(state=OutboxState.WAITING, attempts=0, due_at=now, error="")
        .returning(outbox.c.conversation_id)
    ).scalar_one_or_none()
    if conversation_id is None:
        return False
    announce(connection, Topic.OUTBOX, conversation_id)
    return True


def throw_away(connection: sa.Connection, before: datetime, failed_before: datetime, limit: int) -> int:
    """Delete some messages that ended before a time, or failed before another; how many."""
    ended = tuple(state for state in _ENDED if state != OutboxState.FAILED)
    old = sa.or_(
        sa.and_(outbox.c.state.in_(ended), outbox.c.created_at < before),
        sa.and_(outbox.c.state == OutboxState.FAILED, outbox.c.created_at < failed_before),
    )
    ids = sa.select(outbox.c.id).where(old).limit(limit)
    return connection.execute(sa.delete(outbox).where(outbox.c.id.in_(ids))).rowcount


def has_open(connection: sa.Connection, conversation_id: str) -> bool:
    """Whether a conversation has messages that are waiting or being sent."""
    query = sa.select(outbox.c.id).where(outbox.c.conversation_id == conversation_id, outbox.c.state.in_(OPEN))
    return connection.execute(query.limit(1)).first() is not None


def erase(connection: sa.Connection, conversation_id: str, first_event: int) -> None:
    """Blank what was said from an event on; messages that are still to be sent are left."""
    connection.execute(
        sa.update(outbox)
        .where(
            outbox.c.conversation_id == conversation_id,
            outbox.c.event_id >= first_event,
            outbox.c.state.in_(_ENDED),
        )
        .values(body=b"")
    )


def _heads(connection: sa.Connection, channel: str, now: datetime, resting: Collection[str], limit: int) -> list[_Head]:
    first = (
        sa.select(sa.func.min(outbox.c.id).label("id"))
        .where(outbox.c.state.in_(OPEN), outbox.c.channel == channel, outbox.c.conversation_id.not_in(list(resting)))
        .group_by(outbox.c.conversation_id)
        .subquery()
    )
    query = (
        sa.select(
            *(outbox.c[name] for name in _OWN),
            slot.c.message_id,
            sa.func.coalesce(slot.c.revision, 0),
            sa.func.coalesce(event.c.kind, ""),
            conversation.c.speaker,
            conversation.c.blocked_at,
        )
        .join(first, first.c.id == outbox.c.id)
        .join(conversation, conversation.c.id == outbox.c.conversation_id)
        .outerjoin(event, event.c.id == outbox.c.event_id)
        .outerjoin(slot, sa.and_(slot.c.conversation_id == outbox.c.conversation_id, slot.c.slot == outbox.c.slot))
        .where(outbox.c.state == OutboxState.WAITING, outbox.c.due_at <= now)
        .order_by(outbox.c.id)
        .limit(limit)
    )
    return [
        _Head(Claimed(*message), speaker, blocked_at) for *message, speaker, blocked_at in connection.execute(query)
    ]


def _why_not(connection: sa.Connection, head: _Head) -> str:
    if head.blocked_at is not None:
        return "blocked"
    if head.speaker == Speaker.PERSON and head.message.by == ASSISTANT:
        return "person"
    if head.message.replace and head.message.slot and _overtaken(connection, head.message):
        return "overtaken"
    return ""


def _overtaken(connection: sa.Connection, message: Claimed) -> bool:
    """Whether the next message of this slot is an edit too. A new card in between ends what edits may skip."""
    query = (
        sa.select(outbox.c.replace)
        .where(
            outbox.c.conversation_id == message.conversation_id,
            outbox.c.slot == message.slot,
            outbox.c.id > message.id,
            outbox.c.state == OutboxState.WAITING,
        )
        .order_by(outbox.c.id)
        .limit(1)
    )
    return bool(connection.execute(query).scalar_one_or_none())


def _next_due(connection: sa.Connection, channel: str, now: datetime, resting: Collection[str]) -> datetime | None:
    query = sa.select(sa.func.min(outbox.c.due_at)).where(
        outbox.c.state == OutboxState.WAITING,
        outbox.c.channel == channel,
        outbox.c.due_at > now,
        outbox.c.conversation_id.not_in(list(resting)),
    )
    due: datetime | None = connection.execute(query).scalar_one()
    return due


def _set(connection: sa.Connection, message: Claimed, **values: object) -> None:
    connection.execute(sa.update(outbox).where(outbox.c.id == message.id).values(values))
    announce(connection, Topic.OUTBOX, message.conversation_id)


def _withdraw(connection: sa.Connection, conversation_id: str, reason: str, *which: sa.ColumnElement[bool]) -> int:
    result = connection.execute(
        sa.update(outbox)
        .where(outbox.c.conversation_id == conversation_id, outbox.c.state == OutboxState.WAITING, *which)
        .values(state=OutboxState.DROPPED, error=reason)
    )
    announce(connection, Topic.OUTBOX, conversation_id)
    return result.rowcount


def _tell_staff(connection: sa.Connection, message: Claimed, kind: str, text: str, now: datetime) -> None:
    external_id = f"outbox:{message.id}:{message.attempts}"
    events.note(connection, message.conversation_id, kind=kind, text=text, external_id=external_id, now=now, alert=kind)
