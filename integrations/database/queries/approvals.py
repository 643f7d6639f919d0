"""Owners who were sent to a source's own page: what was asked there, and what they came back with, both sealed."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from integrations.database import dialect
from integrations.database.tables import approval


@dataclass(frozen=True)
class StoredApproval:
    """One consent's. `body` is what was asked, `answer` the address the owner came back to, None before that."""

    consent_id: str
    conversation_id: str
    body: bytes
    answer: bytes | None
    asked_at: datetime


def put(connection: sa.Connection, stored: StoredApproval) -> None:
    """Keep what was asked, instead of what was asked earlier for the same consent."""
    dialect.upsert(connection, approval, [vars(stored)], ("consent_id",))


def find(connection: sa.Connection, consent_id: str) -> StoredApproval | None:
    """What was asked for a consent."""
    query = sa.select(*(approval.c[name] for name in _COLUMNS)).where(approval.c.consent_id == consent_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else StoredApproval(*row)


def answered(connection: sa.Connection, consent_id: str, answer: bytes) -> bool:
    """Keep what the owner came back with; false when nothing is asked or there is an answer already."""
    waiting = (approval.c.consent_id == consent_id, approval.c.answer.is_(None))
    return connection.execute(sa.update(approval).where(*waiting).values(answer=answer)).rowcount == 1


def destroy(connection: sa.Connection, consent_id: str) -> None:
    """Destroy what is kept for a consent."""
    connection.execute(sa.delete(approval).where(approval.c.consent_id == consent_id))


def destroy_all(connection: sa.Connection, conversation_id: str) -> None:
    """Destroy all that is kept for a conversation."""
    connection.execute(sa.delete(approval).where(approval.c.conversation_id == conversation_id))


def throw_away(connection: sa.Connection, before: datetime) -> int:
    """Destroy what was asked before a time and came to nothing; how many that were."""
    return int(connection.execute(sa.delete(approval).where(approval.c.asked_at < before)).rowcount)


_COLUMNS = ("consent_id", "conversation_id", "body", "answer", "asked_at")
