"""Jobs: background work that a turn has asked for, by its key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from integrations.database.news import Topic, announce
from integrations.database.prepared import Prepared
from integrations.database.tables import JobState, job

OPEN = (JobState.WAITING.value, JobState.HANDED.value)


@dataclass(frozen=True)
class NewJob:
    """Work to be stored; `consent_id` names the consent whose records it will fetch."""

    key: str
    kind: str
    conversation_id: str
    body: bytes
    created_at: datetime
    consent_id: str | None = None


@dataclass(frozen=True)
class StoredJob:
    """Work that is still to be done; `body` is sealed."""

    key: str
    kind: str
    conversation_id: str
    body: bytes
    created_at: datetime
    attempts: int


@dataclass(frozen=True)
class FailedJob:
    """Work that was given up, as staff see it."""

    key: str
    kind: str
    conversation_id: str
    error: str
    finished_at: datetime | None


_FIXED = {"state": JobState.WAITING, "attempts": 0, "error": ""}
_ADD = Prepared(sa.insert(job), [field.name for field in fields(NewJob)] + [*_FIXED])


def add(connection: sa.Connection, jobs: Sequence[NewJob]) -> None:
    """Store work."""
    if jobs:
        _ADD.run_each(connection, [{**vars(each), **_FIXED} for each in jobs])
        announce(connection, Topic.JOB, jobs[0].conversation_id)


def take(
    connection: sa.Connection, limit: int, *, only: Collection[str] = (), but: Collection[str] = ()
) -> tuple[str, ...]:
    """Keys of work that nobody has yet, oldest first, marked as handed over. No two processes get the same.

    `only` and `but` are kinds of work that alone, or that not, are wanted.
    """
    query = sa.select(job.c.key).where(job.c.state == JobState.WAITING).order_by(job.c.created_at, job.c.key)
    if only:
        query = query.where(job.c.kind.in_(only))
    if but:
        query = query.where(job.c.kind.not_in(but))
    keys = tuple(connection.execute(query.limit(limit).with_for_update(skip_locked=True)).scalars())
    if keys:
        connection.execute(sa.update(job).where(job.c.key.in_(keys)).values(state=JobState.HANDED))
    return keys


def handed(connection: sa.Connection, before: datetime) -> tuple[str, ...]:
    """Keys of work that was wanted by a time, was handed over and has not ended, oldest first."""
    query = sa.select(job.c.key).where(job.c.state == JobState.HANDED, job.c.created_at <= before)
    return tuple(connection.execute(query.order_by(job.c.created_at, job.c.key)).scalars())


def begin(connection: sa.Connection, key: str) -> StoredJob | None:
    """Count a try and give the work; None when it is done, failed, cancelled or unknown."""
    row = connection.execute(
        sa.update(job)
        .where(job.c.key == key, job.c.state.in_(OPEN))
        .values(attempts=job.c.attempts + 1)
        .returning(job.c.key, job.c.kind, job.c.conversation_id, job.c.body, job.c.created_at, job.c.attempts)
    ).one_or_none()
    return None if row is None else StoredJob(*row)


def finish(
    connection: sa.Connection, key: str, now: datetime, *, state: JobState = JobState.DONE, error: str = ""
) -> bool:
    """End work; False when it had ended before, for example cancelled. What is done is blanked, what failed is kept."""
    values: dict[str, object] = {"state": state, "finished_at": now, "error": error}
    if state is not JobState.FAILED:
        values["body"] = b""
    conversation_id = connection.execute(
        sa.update(job).where(job.c.key == key, job.c.state.in_(OPEN)).values(values).returning(job.c.conversation_id)
    ).scalar_one_or_none()
    if conversation_id is None:
        return False
    announce(connection, Topic.JOB, conversation_id)
    return True


def cancel(connection: sa.Connection, consent_id: str, now: datetime) -> None:
    """Cancel and blank the work that would fetch, or has failed to fetch, what a consent covers."""
    ended = connection.execute(
        sa.update(job)
        .where(job.c.consent_id == consent_id, job.c.state.in_((*OPEN, JobState.FAILED.value)))
        .values(state=JobState.CANCELLED, finished_at=now, body=b"")
        .returning(job.c.conversation_id)
    ).scalars()
    for conversation_id in set(ended):
        announce(connection, Topic.JOB, conversation_id)


def failed(connection: sa.Connection, limit: int) -> tuple[FailedJob, ...]:
    """Work that was given up, newest first."""
    query = (
        sa.select(job.c.key, job.c.kind, job.c.conversation_id, job.c.error, job.c.finished_at)
        .where(job.c.state == JobState.FAILED)
        .order_by(job.c.created_at.desc())
    )
    return tuple(FailedJob(*row) for row in connection.execute(query.limit(limit)))


def retry(connection: sa.Connection, key: str, now: datetime) -> bool:
    """Have work that was given up tried again; False when there is no such work, or its content is erased.

    It runs as new work: the workflow engine remembers the old key as done.
    """
    row = connection.execute(
        sa.select(job.c.kind, job.c.conversation_id, job.c.consent_id, job.c.body)
        .where(job.c.key == key, job.c.state == JobState.FAILED, job.c.body != b"")
        .with_for_update()
    ).one_or_none()
    if row is None:
        return False
    connection.execute(sa.delete(job).where(job.c.key == key))
    name, _, tries = key.partition("~")
    again = f"{name}~{int(tries or 0) + 1}"
    add(connection, [NewJob(again, row.kind, row.conversation_id, row.body, now, row.consent_id)])
    return True


def throw_away(connection: sa.Connection, before: datetime, failed_before: datetime, limit: int) -> int:
    """Delete some work that ended before a time, or failed before another; how much."""
    old = sa.or_(
        sa.and_(job.c.state.in_((JobState.DONE, JobState.CANCELLED)), job.c.created_at < before),
        sa.and_(job.c.state == JobState.FAILED, job.c.created_at < failed_before),
    )
    keys = sa.select(job.c.key).where(old).limit(limit)
    return connection.execute(sa.delete(job).where(job.c.key.in_(keys))).rowcount


def has_open(connection: sa.Connection, conversation_id: str) -> bool:
    """Whether a conversation has work that has not ended."""
    query = sa.select(job.c.key).where(job.c.conversation_id == conversation_id, job.c.state.in_(OPEN))
    return connection.execute(query.limit(1)).first() is not None
