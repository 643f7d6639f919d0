"""Timers: when a conversation wants to be woken."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from integrations.database import dialect
from integrations.database.news import Topic, announce
from integrations.database.prepared import Prepared
from integrations.database.tables import timer


@dataclass(frozen=True)
class StoredTimer:
    """A timer; name and arg are unique in a conversation."""

    conversation_id: str
    name: str
    arg: str
    due_at: datetime


_KEY = ("conversation_id", "name", "arg")
_PUT = Prepared(lambda name: dialect.upserting(name, timer, _KEY), [field.name for field in fields(StoredTimer)])
_CANCEL = Prepared(sa.delete(timer).where(*(timer.c[name] == sa.bindparam(name) for name in _KEY)))


def put(connection: sa.Connection, timers: Sequence[StoredTimer]) -> None:
    """Set timers, moving those of the same name and arg."""
    if timers:
        _PUT.run_each(connection, [vars(each) for each in timers])
        announce(connection, Topic.TIMER, timers[0].conversation_id)


def cancel(connection: sa.Connection, conversation_id: str, name: str, arg: str) -> None:
    """Forget a timer."""
    _CANCEL.run(connection, {"conversation_id": conversation_id, "name": name, "arg": arg})


def claim(connection: sa.Connection, due: StoredTimer) -> bool:
    """Take a timer off the list; False when it was cancelled or moved since it was read."""
    result = connection.execute(
        sa.delete(timer).where(
            timer.c.conversation_id == due.conversation_id,
            timer.c.name == due.name,
            timer.c.arg == due.arg,
            timer.c.due_at == due.due_at,
        )
    )
    return result.rowcount == 1


def upcoming(connection: sa.Connection, limit: int) -> tuple[StoredTimer, ...]:
    """The timers that are due first."""
    query = sa.select(timer.c.conversation_id, timer.c.name, timer.c.arg, timer.c.due_at)
    return tuple(StoredTimer(*row) for row in connection.execute(query.order_by(timer.c.due_at).limit(limit)))
