"""A conversation as its owner's own page shows it: what the owner did, and what was sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from integrations.database.tables import OutboxState, conversation, event, outbox

_SHOWN = (OutboxState.SENT.value, OutboxState.PERHAPS.value)
_SENT = [outbox.c[name] for name in ("id", "seq", "by", "message_id", "slot", "replace", "revision", "body", "sent_at")]
_DONE = [event.c[name] for name in ("id", "seq", "at", "text", "error", "body")]


@dataclass(frozen=True)
class Sent:
    """A message that was sent; `body` is the sealed `Say`, empty when it was erased."""

    id: int
    seq: int
    by: str
    message_id: str
    slot: str
    replace: bool
    revision: int
    body: bytes
    sent_at: datetime | None


@dataclass(frozen=True)
class Done:
    """Something the owner did; `body` is the sealed event, `text` its masked line."""

    id: int
    seq: int
    at: datetime
    text: str
    error: str
    body: bytes | None


@dataclass(frozen=True)
class Talk:
    """A stretch of a conversation, each list in its order, and the language it is held in."""

    lang: str
    sent: tuple[Sent, ...]
    done: tuple[Done, ...]


def newest(connection: sa.Connection, conversation_id: str, limit: int, before: int | None = None) -> Talk:
    """The last `limit` messages sent (before a place in the log), with all that the owner did among them."""
    sent = _sent(conversation_id).order_by(outbox.c.seq.desc(), outbox.c.id.desc()).limit(limit)
    done = _done(conversation_id).order_by(event.c.seq.desc()).limit(2 * limit)
    if before is not None:
        sent, done = sent.where(outbox.c.seq < before), done.where(event.c.seq < before)
    messages = tuple(reversed([Sent(*row) for row in connection.execute(sent)]))
    if len(messages) == limit:  # older ones are on another page, together with what led to them
        done = done.where(event.c.seq >= messages[0].seq)
    acts = tuple(reversed([Done(*row) for row in connection.execute(done)]))
    return Talk(_lang(connection, conversation_id), messages, acts)


def since(connection: sa.Connection, conversation_id: str, seq: int, message: int, limit: int) -> Talk:
    """What came after the owner's act number `seq` and the message with the id `message`."""
    sent = _sent(conversation_id).where(outbox.c.id > message).order_by(outbox.c.id).limit(limit)
    done = _done(conversation_id).where(event.c.seq > seq).order_by(event.c.seq).limit(limit)
    messages = tuple(Sent(*row) for row in connection.execute(sent))
    acts = tuple(Done(*row) for row in connection.execute(done))
    return Talk(_lang(connection, conversation_id), messages, acts)


def message(connection: sa.Connection, conversation_id: str, message_id: str) -> Sent | None:
    """A message that was sent, as it was said last."""
    query = _sent(conversation_id).where(outbox.c.message_id == message_id).order_by(outbox.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else Sent(*row)


def _sent(conversation_id: str) -> sa.Select[Any]:
    return sa.select(*_SENT).where(outbox.c.conversation_id == conversation_id, outbox.c.state.in_(_SHOWN))


def _done(conversation_id: str) -> sa.Select[Any]:
    return sa.select(*_DONE).where(event.c.conversation_id == conversation_id, event.c.kind == "owner_said")


def _lang(connection: sa.Connection, conversation_id: str) -> str:
    lang: str = connection.execute(
        sa.select(conversation.c.lang).where(conversation.c.id == conversation_id)
    ).scalar_one()
    return lang
