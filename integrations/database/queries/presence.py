"""Who of the staff has a conversation open at the moment, and who is typing there. A hint, never a lock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from integrations.database import dialect
from integrations.database.staff_tables import presence, staff

FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Looking:
    """Somebody who has the conversation open."""

    first_name: str
    typing: bool


def look(connection: sa.Connection, conversation_id: str, staff_id: str, *, now: datetime, until: datetime) -> None:
    """Remember that somebody has a conversation open; who has left long ago is forgotten."""
    connection.execute(sa.delete(presence).where(presence.c.until < now - FORGOTTEN_AFTER))
    new = {"conversation_id": conversation_id, "staff_id": staff_id, "until": until, "typing_until": None}
    if dialect.insert_new(connection, presence, new, ("conversation_id", "staff_id"), "staff_id") is None:
        connection.execute(sa.update(presence).where(*_who(conversation_id, staff_id)).values(until=until))


def type_until(connection: sa.Connection, conversation_id: str, staff_id: str, until: datetime) -> None:
    """Remember that somebody who looks is typing."""
    connection.execute(sa.update(presence).where(*_who(conversation_id, staff_id)).values(typing_until=until))


def leave(connection: sa.Connection, conversation_id: str, staff_id: str) -> None:
    """Forget that somebody looked."""
    connection.execute(sa.delete(presence).where(*_who(conversation_id, staff_id)))


def others(connection: sa.Connection, conversation_id: str, staff_id: str, now: datetime) -> tuple[Looking, ...]:
    """Everybody else who looks, by name."""
    query = (
        sa.select(staff.c.first_name, presence.c.typing_until)
        .join(presence, presence.c.staff_id == staff.c.id)
        .where(presence.c.conversation_id == conversation_id, presence.c.staff_id != staff_id, presence.c.until > now)
        .order_by(staff.c.first_name)
    )
    return tuple(
        Looking(name, typing_until is not None and typing_until > now)
        for name, typing_until in connection.execute(query)
    )


def _who(conversation_id: str, staff_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (presence.c.conversation_id == conversation_id, presence.c.staff_id == staff_id)
