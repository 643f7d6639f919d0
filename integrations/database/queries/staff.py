"""Staff: who they are, their one-time links, sessions and failed logins."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from integrations.database.staff_tables import staff, staff_link, staff_passkey, staff_session, staff_try


@dataclass(frozen=True)
class StoredStaff:
    """A member of staff; `sign_in` is sealed and None until it is set up."""

    id: str
    name: str
    first_name: str
    role: str
    lang: str
    sign_in: bytes | None
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True)
class StoredSession:
    """A session and whose it is; `ready` when they can sign in again by themselves."""

    staff: StoredStaff
    created_at: datetime
    seen_at: datetime
    ready: bool


_STAFF = [*staff.c]
_PASSKEY = sa.exists().where(staff_passkey.c.staff_id == staff.c.id)
_READY = sa.or_(staff.c.sign_in.is_not(None), _PASSKEY)


def add(connection: sa.Connection, new: StoredStaff) -> None:
    """Add a member of staff."""
    connection.execute(sa.insert(staff).values(vars(new)))


def by_name(connection: sa.Connection, name: str) -> StoredStaff | None:
    """The member of staff of this name, whatever its capitals."""
    row = connection.execute(sa.select(*_STAFF).where(sa.func.lower(staff.c.name) == name.lower())).one_or_none()
    return None if row is None else StoredStaff(*row)


def by_id(connection: sa.Connection, staff_id: str) -> StoredStaff | None:
    """The member of staff of this id."""
    row = connection.execute(sa.select(*_STAFF).where(staff.c.id == staff_id)).one_or_none()
    return None if row is None else StoredStaff(*row)


def everybody(connection: sa.Connection) -> tuple[StoredStaff, ...]:
    """All staff, by name."""
    return tuple(StoredStaff(*row) for row in connection.execute(sa.select(*_STAFF).order_by(staff.c.name)))


def ready(connection: sa.Connection) -> frozenset[str]:
    """The ids of those who can sign in by themselves: by a passkey, or by password and code."""
    return frozenset(connection.execute(sa.select(staff.c.id).where(_READY)).scalars())


def change(connection: sa.Connection, /, staff_id: str, **values: object) -> None:
    """Change columns of a member of staff."""
    connection.execute(sa.update(staff).where(staff.c.id == staff_id).values(values))


def put_link(connection: sa.Connection, token_hash: str, staff_id: str, expires_at: datetime) -> None:
    """Make a one-time link; older links of the same person end."""
    connection.execute(sa.delete(staff_link).where(staff_link.c.staff_id == staff_id))
    connection.execute(
        sa.insert(staff_link).values(token_hash=token_hash, staff_id=staff_id, expires_at=expires_at, used_at=None)
    )


def use_link(connection: sa.Connection, token_hash: str, now: datetime) -> str | None:
    """Use a link up: whose it is, or None when it is unknown, used or too old. Of two who try, one wins."""
    used: str | None = connection.execute(
        sa.update(staff_link)
        .where(staff_link.c.token_hash == token_hash, staff_link.c.used_at.is_(None), staff_link.c.expires_at > now)
        .values(used_at=now)
        .returning(staff_link.c.staff_id)
    ).scalar_one_or_none()
    return used


def put_session(connection: sa.Connection, token_hash: str, staff_id: str, now: datetime) -> None:
    """Begin a session."""
    connection.execute(
        sa.insert(staff_session).values(token_hash=token_hash, staff_id=staff_id, created_at=now, seen_at=now)
    )


def session(connection: sa.Connection, token_hash: str) -> StoredSession | None:
    """The session of a cookie."""
    query = (
        sa.select(*_STAFF, staff_session.c.created_at.label("began_at"), staff_session.c.seen_at, _READY.label("ready"))
        .join(staff_session, staff_session.c.staff_id == staff.c.id)
        .where(staff_session.c.token_hash == token_hash)
    )
    row = connection.execute(query).one_or_none()
    return (
        None
        if row is None
        else StoredSession(StoredStaff(*row[: len(_STAFF)]), row.began_at, row.seen_at, bool(row.ready))
    )


def touch(connection: sa.Connection, token_hash: str, now: datetime) -> None:
    """Remember that a session is in use."""
    connection.execute(sa.update(staff_session).where(staff_session.c.token_hash == token_hash).values(seen_at=now))


def end_session(connection: sa.Connection, token_hash: str) -> None:
    """End one session."""
    connection.execute(sa.delete(staff_session).where(staff_session.c.token_hash == token_hash))


def end_sessions(connection: sa.Connection, staff_id: str, *, but: str = "") -> None:
    """End all sessions of a person, except that of one cookie."""
    connection.execute(
        sa.delete(staff_session).where(staff_session.c.staff_id == staff_id, staff_session.c.token_hash != but)
    )


def note_try(connection: sa.Connection, who: str, now: datetime, *, forget_before: datetime) -> None:
    """Remember a failed login; old ones of anybody are forgotten."""
    connection.execute(sa.delete(staff_try).where(staff_try.c.at < forget_before))
    connection.execute(sa.insert(staff_try).values(who=who, at=now))


def tries(connection: sa.Connection, who: str, since: datetime) -> int:
    """How many logins failed since a time."""
    query = sa.select(sa.func.count()).where(staff_try.c.who == who, staff_try.c.at >= since)
    return connection.execute(query).scalar_one()
