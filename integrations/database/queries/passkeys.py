"""Passkeys of staff, and the challenges that have been answered."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from integrations.database import dialect
from integrations.database.staff_tables import staff_challenge, staff_passkey


@dataclass(frozen=True)
class StoredPasskey:
    """A passkey. `id` is its credential id in base64url, `counter` the highest count of signatures seen."""

    id: str
    staff_id: str
    name: str
    credential: bytes
    counter: int
    created_at: datetime
    used_at: datetime | None


_OF = [*staff_passkey.c]


def add(connection: sa.Connection, new: StoredPasskey) -> bool:
    """Keep a passkey; False when it is known already."""
    return dialect.insert_new(connection, staff_passkey, vars(new), ("id",), "id") is not None


def by_id(connection: sa.Connection, passkey_id: str) -> StoredPasskey | None:
    """The passkey of this credential id."""
    row = connection.execute(sa.select(*_OF).where(staff_passkey.c.id == passkey_id)).one_or_none()
    return None if row is None else StoredPasskey(*row)


def of_staff(connection: sa.Connection, staff_id: str) -> tuple[StoredPasskey, ...]:
    """The passkeys of a member of staff, the oldest first."""
    query = sa.select(*_OF).where(staff_passkey.c.staff_id == staff_id)
    return tuple(StoredPasskey(*row) for row in connection.execute(query.order_by(staff_passkey.c.created_at)))


def use(connection: sa.Connection, passkey_id: str, counter: int, now: datetime) -> bool:
    """Note a signature; False when its count is not above the last one, which tells of a copied passkey."""
    grown = sa.or_(staff_passkey.c.counter < counter, sa.and_(staff_passkey.c.counter == 0, sa.literal(counter) == 0))
    used = connection.execute(
        sa.update(staff_passkey).where(staff_passkey.c.id == passkey_id, grown).values(counter=counter, used_at=now)
    )
    return used.rowcount == 1


def remove(connection: sa.Connection, passkey_id: str, staff_id: str) -> bool:
    """Forget a passkey of a member of staff; False when there is none."""
    gone = connection.execute(
        sa.delete(staff_passkey).where(staff_passkey.c.id == passkey_id, staff_passkey.c.staff_id == staff_id)
    )
    return gone.rowcount == 1


def answered(connection: sa.Connection, digest: str, expires_at: datetime, now: datetime) -> bool:
    """Use a challenge up; False when it was answered before. Challenges that have expired are forgotten."""
    connection.execute(sa.delete(staff_challenge).where(staff_challenge.c.expires_at < now))
    values = {"id": digest, "expires_at": expires_at}
    return dialect.insert_new(connection, staff_challenge, values, ("id",), "id") is not None
