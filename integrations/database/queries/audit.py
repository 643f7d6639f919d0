"""The audit log: who saw or did what, each row chained to the one before by its hash."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from integrations.database import dialect
from integrations.database.staff_tables import audit, audit_head

_HEAD = sa.select(audit_head.c.last, audit_head.c.hash).where(audit_head.c.id == 1)
_AT_ONCE = 5_000


@dataclass(frozen=True)
class Act:
    """What is written: who (`system` for the command line), what, about which conversation, with which detail."""

    staff_id: str
    act: str
    conversation_id: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Entry:
    """A row of the audit log."""

    id: int
    at: datetime
    staff_id: str
    act: str
    conversation_id: str
    detail: str
    previous: str
    hash: str


@dataclass(frozen=True)
class Verdict:
    """What a check of the whole chain found. `broken` is the first row that does not fit, None when all do."""

    rows: int
    head: str
    broken: int | None
    why: str = ""


def append(connection: sa.Connection, act: Act, now: datetime) -> None:
    """Write a row at the end of the chain, in the caller's transaction."""
    last, previous = connection.execute(dialect.locked(connection.dialect.name, _HEAD)).one()
    number = last + 1
    digest = digest_of(number, now, act, previous)
    values = {**vars(act), "id": number, "at": now, "previous": previous, "hash": digest}
    connection.execute(sa.insert(audit).values(values))
    connection.execute(sa.update(audit_head).where(audit_head.c.id == 1).values(last=number, hash=digest))


def digest_of(number: int, at: datetime, act: Act, previous: str) -> str:
    """SHA-256 over a row and the hash of the row before it."""
    parts = [number, at.astimezone(UTC).isoformat(), act.staff_id, act.act, act.conversation_id, act.detail, previous]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def verify(connection: sa.Connection) -> Verdict:
    """Work the chain out again from its beginning."""
    number, previous = 0, ""
    for entry in _all(connection):
        number += 1
        act = Act(entry.staff_id, entry.act, entry.conversation_id, entry.detail)
        if entry.id != number:
            return Verdict(number - 1, previous, number, "a row is missing")
        if entry.previous != previous or entry.hash != digest_of(number, entry.at, act, previous):
            return Verdict(number - 1, previous, number, "the row was changed")
        previous = entry.hash
    last, head = connection.execute(_HEAD).one()
    if (last, head) != (number, previous):
        return Verdict(number, previous, number + 1, "rows are missing at the end")
    return Verdict(number, previous, None)


def latest(
    connection: sa.Connection, *, before: int | None = None, conversation_id: str = "", limit: int = 100
) -> tuple[Entry, ...]:
    """The last rows before an id (of all when None), newest first, of one conversation or of all."""
    query = sa.select(*audit.c).order_by(audit.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(audit.c.id < before)
    if conversation_id:
        query = query.where(audit.c.conversation_id == conversation_id)
    return tuple(Entry(*row) for row in connection.execute(query))


def is_there(connection: sa.Connection, act: Act, since: datetime) -> bool:
    """Whether somebody has done this to a conversation since a time; the detail does not count."""
    query = sa.select(audit.c.id).where(
        audit.c.conversation_id == act.conversation_id,
        audit.c.staff_id == act.staff_id,
        audit.c.act == act.act,
        audit.c.at >= since,
    )
    return connection.execute(query.limit(1)).first() is not None


def _all(connection: sa.Connection) -> Iterator[Entry]:
    after = 0
    while True:
        query = sa.select(*audit.c).where(audit.c.id > after).order_by(audit.c.id).limit(_AT_ONCE)
        rows = [Entry(*row) for row in connection.execute(query)]
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].id


def holds(connection: sa.Connection, digest: str) -> bool:
    """Whether a row has this hash."""
    return connection.execute(sa.select(audit.c.id).where(audit.c.hash == digest).limit(1)).first() is not None
