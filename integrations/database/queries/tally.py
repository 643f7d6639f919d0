"""What the tally reads and writes: conversations that changed, and the numbers of their applications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from integrations.database import dialect
from integrations.database.tables import conversation, event, journey, journey_fetch

HAND_OVERS = ("person_wanted", "staff_took", "staff_said")


class Place(NamedTuple):
    """How far a reader has come, in the order of changes."""

    updated_at: datetime
    id: str


@dataclass(frozen=True)
class Changed:
    """A conversation that changed; `lines` are (kind, time, text) of its hand-overs, in order."""

    id: str
    updated_at: datetime
    step: str
    state: bytes
    lines: tuple[tuple[str, datetime, str], ...]


def newest(connection: sa.Connection) -> datetime | None:
    """The last change that was counted."""
    found: datetime | None = connection.execute(sa.select(sa.func.max(journey.c.seen_at))).scalar_one()
    return found


def changed(connection: sa.Connection, after: Place | None, limit: int) -> tuple[Changed, ...]:
    """Conversations that changed after a place, in that order."""
    query = sa.select(conversation.c.id, conversation.c.updated_at, conversation.c.step, conversation.c.state)
    if after is not None:
        later = conversation.c.updated_at > after.updated_at
        same = sa.and_(conversation.c.updated_at == after.updated_at, conversation.c.id > after.id)
        query = query.where(conversation.c.updated_at >= after.updated_at, sa.or_(later, same))
    rows = connection.execute(query.order_by(conversation.c.updated_at, conversation.c.id).limit(limit)).all()
    lines: dict[str, list[tuple[str, datetime, str]]] = {row.id: [] for row in rows}
    found = connection.execute(
        sa.select(event.c.conversation_id, event.c.kind, event.c.at, event.c.text)
        .where(event.c.conversation_id.in_(list(lines)), event.c.kind.in_(HAND_OVERS))
        .order_by(event.c.conversation_id, event.c.seq)
    )
    for conversation_id, kind, at, text in found:
        lines[conversation_id].append((kind, at, text))
    return tuple(Changed(row.id, row.updated_at, row.step, row.state, tuple(lines[row.id])) for row in rows)


def write(
    connection: sa.Connection, journeys: Sequence[Mapping[str, object]], fetches: Sequence[Mapping[str, object]]
) -> None:
    """Store the numbers of applications in place of older ones."""
    if journeys:
        dialect.upsert(connection, journey, journeys, ("application_id",))
    if fetches:
        dialect.upsert(connection, journey_fetch, fetches, ("application_id", "source"))
