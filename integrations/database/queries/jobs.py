"""Jobs: background work that a turn has asked for, by its key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from integrations.database.news import Topic, announce
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


_ADD = sa.insert(job)


def add(connection: sa.Connection, jobs: Sequence[NewJob]) -> None:
    """Store work."""
    if jobs:
        connection.execute(
            _ADD, [{**vars(each), "state": JobState.WAITING, "attempts": 0, "error": ""} for each in jobs]
        )
        announce(connection, Topic.JOB, jobs[0].conversation_id)


def take(connection: sa.Connection, limit: int) -> tuple[str, ...]:
    """Keys of work that nobody has yet, oldest first, marked as handed over. No two processes get the same."""
    query = sa.select(job.c.key).where(job.c.state == JobState.WAITING).order_by(job.c.created_at, job.c.key)
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


def has_open(connection: sa.Connection, conversation_id: str) -> bool:
    """Whether a conversation has work that has not ended."""
    query = sa.select(job.c.key).where(job.c.conversation_id == conversation_id, job.c.state.in_(OPEN))
    return connection.execute(query.limit(1)).first() is not None
