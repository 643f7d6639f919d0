"""The thread of one conversation: a window of its log, and what has become of the messages in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from integrations.database.queries.events import Logged
from integrations.database.tables import event, outbox

_LOGGED = [event.c[name] for name in ("id", "conversation_id", "seq", "kind", "actor", "at", "text", "error", "body")]
_SENT = [outbox.c[name] for name in ("seq", "by", "body", "state", "error", "created_at", "sent_at")]


@dataclass(frozen=True)
class Message:
    """What was said to the owner at line `seq`: the sealed `Say` (empty when erased) and how far it is."""

    seq: int
    by: str
    body: bytes
    state: str
    error: str
    created_at: datetime
    sent_at: datetime | None


def before(connection: sa.Connection, conversation_id: str, seq: int | None, limit: int) -> tuple[Logged, ...]:
    """The last lines before `seq` (of all when None), oldest first."""
    query = sa.select(*_LOGGED).where(event.c.conversation_id == conversation_id)
    if seq is not None:
        query = query.where(event.c.seq < seq)
    rows = connection.execute(query.order_by(event.c.seq.desc()).limit(limit)).all()
    return tuple(Logged(*row) for row in reversed(rows))


def after(connection: sa.Connection, conversation_id: str, seq: int, limit: int) -> tuple[Logged, ...]:
    """The lines after `seq`, oldest first."""
    query = sa.select(*_LOGGED).where(event.c.conversation_id == conversation_id, event.c.seq > seq)
    return tuple(Logged(*row) for row in connection.execute(query.order_by(event.c.seq).limit(limit)))


def line_and_before(connection: sa.Connection, conversation_id: str, seq: int) -> tuple[Logged, ...]:
    """A line and the few before it, oldest first; nothing when there is no such line."""
    lines = before(connection, conversation_id, seq + 1, 6)
    return lines if lines and lines[-1].seq == seq else ()


def messages(
    connection: sa.Connection, conversation_id: str, first: int, last: int
) -> Mapping[int, tuple[Message, ...]]:
    """What was said at the lines from `first` to `last`, by line."""
    query = sa.select(*_SENT).where(outbox.c.conversation_id == conversation_id, outbox.c.seq.between(first, last))
    found: dict[int, tuple[Message, ...]] = {}
    for row in connection.execute(query.order_by(outbox.c.id)):
        message = Message(*row)
        found[message.seq] = (*found.get(message.seq, ()), message)
    return found


def oldest_open(connection: sa.Connection, conversation_id: str) -> int | None:
    """The first line whose message is still on its way; None when all have ended."""
    query = sa.select(sa.func.min(outbox.c.seq)).where(
        outbox.c.conversation_id == conversation_id, outbox.c.state.in_(("waiting", "sending"))
    )
    seq: int | None = connection.execute(query).scalar_one()
    return seq


def newest(connection: sa.Connection, conversation_id: str) -> int:
    """The number of the last line; 0 when there is none."""
    query = sa.select(sa.func.max(event.c.seq)).where(event.c.conversation_id == conversation_id)
    return connection.execute(query).scalar_one() or 0


def newest_of_all(connection: sa.Connection) -> int:
    """The id of the last line of any conversation; 0 when there is none."""
    return connection.execute(sa.select(sa.func.max(event.c.id))).scalar_one() or 0


def notes(connection: sa.Connection, conversation_id: str, limit: int) -> tuple[Logged, ...]:
    """The last private notes, newest first."""
    query = sa.select(*_LOGGED).where(event.c.conversation_id == conversation_id, event.c.kind == "staff_noted")
    return tuple(Logged(*row) for row in connection.execute(query.order_by(event.c.seq.desc()).limit(limit)))


def marked(connection: sa.Connection, limit: int) -> tuple[Logged, ...]:
    """The lines that staff marked as wrong, newest first."""
    query = sa.select(*_LOGGED).where(sa.text("kind = 'marked_wrong'")).order_by(event.c.id.desc())
    return tuple(Logged(*row) for row in connection.execute(query.limit(limit)))
