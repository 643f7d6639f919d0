"""Ready replies that supervisors wrote."""

from dataclasses import dataclass

import sqlalchemy as sa

from integrations.database.staff_tables import reply


@dataclass(frozen=True)
class Written:
    """A reply in one language; an empty text takes a built-in one away."""

    key: str
    lang: str
    title: str
    text: str
    next_act: str = ""


def everything(connection: sa.Connection) -> tuple[Written, ...]:
    """All that was written, by key and language."""
    return tuple(Written(*row) for row in connection.execute(sa.select(*reply.c).order_by(reply.c.key, reply.c.lang)))


def put(connection: sa.Connection, key: str, rows: tuple[Written, ...]) -> None:
    """Put `rows` in the place of all that was written under a key."""
    connection.execute(sa.delete(reply).where(reply.c.key == key))
    if rows:
        connection.execute(sa.insert(reply), [vars(row) for row in rows])
