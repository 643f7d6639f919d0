"""What a transaction changed, told after its COMMIT to those who wait for it."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa


class Topic(StrEnum):
    """What a worker or a view waits for."""

    EVENT = "event"
    OUTBOX = "outbox"
    JOB = "job"
    TIMER = "timer"


class News(NamedTuple):
    """Something changed for a conversation; `row` is the event's id for EVENT, else 0."""

    topic: Topic
    conversation_id: str
    row: int = 0


Listener = Callable[[tuple[News, ...]], None]
_KEY = "lendline_news"


def announce(connection: sa.Connection, topic: Topic, conversation_id: str, row: int = 0) -> None:
    """Have the listeners told when this transaction is committed.

    After a rolled-back savepoint the news may be told although nothing changed: listeners look, they do not trust.
    """
    connection.info.setdefault(_KEY, []).append(News(topic, conversation_id, row))


def collect(connection: sa.Connection) -> tuple[News, ...]:
    """Take the news off the connection."""
    return tuple(dict.fromkeys(connection.info.pop(_KEY, ())))
