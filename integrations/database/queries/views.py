"""What pages and operators look at: read without locks, by any process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from integrations.database.tables import JobState, OutboxState, conversation, job, outbox, timer

STALLED = timedelta(minutes=5)
ALWAYS_SERVED = ("telegram", "web")  # a terminal is there only while somebody types


@dataclass(frozen=True)
class Backlog:
    """How full the queues are: rows by state, and since when the oldest open row has waited."""

    messages: Mapping[str, int]
    jobs: Mapping[str, int]
    oldest_message: datetime | None
    oldest_job: datetime | None


def state_of(connection: sa.Connection, conversation_id: str) -> bytes | None:
    """The sealed state of a conversation; None when there is none."""
    query = sa.select(conversation.c.state).where(conversation.c.id == conversation_id)
    state: bytes | None = connection.execute(query).scalar_one_or_none()
    return state


def backlog(connection: sa.Connection) -> Backlog:
    """Count what waits, is under way or has failed. What is done is left out: there will be much of it."""
    message_states = (OutboxState.WAITING.value, OutboxState.SENDING.value, OutboxState.FAILED.value)
    job_states = (JobState.WAITING.value, JobState.HANDED.value, JobState.FAILED.value)
    return Backlog(
        messages=_counts(connection, outbox.c.state, message_states),
        jobs=_counts(connection, job.c.state, job_states),
        oldest_message=_oldest(connection, outbox, message_states[:2]),
        oldest_job=_oldest(connection, job, job_states[:2]),
    )


def stalled(connection: sa.Connection, now: datetime) -> tuple[str, ...]:
    """Which queues stand still: something in them has been due for longer than any outage should last."""
    late = now - STALLED
    abandoned = sa.select(conversation.c.id).where(conversation.c.blocked_at.is_not(None))
    looks = {
        "outbox": sa.select(outbox.c.id).where(
            outbox.c.state.in_((OutboxState.WAITING.value, OutboxState.SENDING.value)),
            outbox.c.channel.in_(ALWAYS_SERVED),
            outbox.c.due_at < late,
            outbox.c.conversation_id.not_in(abandoned),
        ),
        "jobs": sa.select(job.c.key).where(
            job.c.state.in_((JobState.WAITING.value, JobState.HANDED.value)), job.c.created_at < late
        ),
        "timers": sa.select(timer.c.name).where(timer.c.due_at < late),
    }
    return tuple(name for name, query in looks.items() if connection.execute(query.limit(1)).first() is not None)


def _counts(connection: sa.Connection, state: sa.Column[str], wanted: tuple[str, ...]) -> Mapping[str, int]:
    query = sa.select(state, sa.func.count()).where(state.in_(wanted)).group_by(state)
    return dict.fromkeys(wanted, 0) | {name: count for name, count in connection.execute(query)}  # noqa: C416 - rows


def _oldest(connection: sa.Connection, table: sa.Table, open_states: tuple[str, ...]) -> datetime | None:
    query = sa.select(sa.func.min(table.c.created_at)).where(table.c.state.in_(open_states))
    oldest: datetime | None = connection.execute(query).scalar_one()
    return oldest
