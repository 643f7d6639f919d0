"""Files that owners sent: kept sealed for a short time, longer under a consent, gone with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from flows.consent import Consent
from integrations.database import dialect
from integrations.database.tables import blob


@dataclass(frozen=True)
class StoredBlob:
    """A sealed file; `sha256` and `size` are of its content."""

    id: str
    conversation_id: str
    sha256: str
    size: int
    body: bytes
    created_at: datetime
    expires_at: datetime
    consent_id: str | None = None


def put(connection: sa.Connection, stored: StoredBlob) -> None:
    """Keep a file, instead of an earlier one of the same id."""
    dialect.upsert(connection, blob, [vars(stored)], ("id",))


def find(connection: sa.Connection, conversation_id: str, blob_id: str) -> StoredBlob | None:
    """A file of a conversation."""
    query = _SELECT.where(blob.c.id == blob_id, blob.c.conversation_id == conversation_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else StoredBlob(*row)


def of_consent(connection: sa.Connection, consent_id: str) -> Sequence[StoredBlob]:
    """The files used under a consent, oldest first."""
    rows = connection.execute(_SELECT.where(blob.c.consent_id == consent_id).order_by(blob.c.created_at, blob.c.id))
    return tuple(StoredBlob(*row) for row in rows)


def facts(connection: sa.Connection, conversation_id: str, blob_ids: Sequence[str]) -> Sequence[tuple[str, str, int]]:
    """Id, SHA-256 and size of those files of a conversation that are still here, by id."""
    query = sa.select(blob.c.id, blob.c.sha256, blob.c.size).order_by(blob.c.id)
    rows = connection.execute(query.where(blob.c.id.in_(blob_ids), blob.c.conversation_id == conversation_id))
    return tuple((row.id, row.sha256, row.size) for row in rows)


def belong(connection: sa.Connection, conversation_id: str, consent: Consent, now: datetime) -> None:
    """Put the files that a consent names under it, to be kept as long as it says."""
    if consent.documents:
        connection.execute(
            sa.update(blob)
            .where(blob.c.id.in_(consent.documents), blob.c.conversation_id == conversation_id)
            .values(consent_id=consent.id, expires_at=now + timedelta(days=consent.keep_days))
        )


def preview(connection: sa.Connection, conversation_id: str, blob_id: str) -> bytes | None:
    """The sealed picture of a file that was drawn before."""
    query = sa.select(blob.c.preview).where(blob.c.id == blob_id, blob.c.conversation_id == conversation_id)
    found: bytes | None = connection.execute(query).scalar()
    return found


def put_preview(connection: sa.Connection, conversation_id: str, blob_id: str, sealed: bytes) -> None:
    """Keep the picture of a file as long as the file; one that is gone meanwhile keeps none."""
    which = (blob.c.id == blob_id, blob.c.conversation_id == conversation_id)
    connection.execute(sa.update(blob).where(*which).values(preview=sealed))


def drop(connection: sa.Connection, conversation_id: str, blob_id: str) -> None:
    """Destroy a file."""
    connection.execute(sa.delete(blob).where(blob.c.id == blob_id, blob.c.conversation_id == conversation_id))


def erase(connection: sa.Connection, consent_id: str) -> None:
    """Destroy the files used under a consent."""
    connection.execute(sa.delete(blob).where(blob.c.consent_id == consent_id))


def erase_all(connection: sa.Connection, conversation_id: str) -> None:
    """Destroy every file of a conversation."""
    connection.execute(sa.delete(blob).where(blob.c.conversation_id == conversation_id))


def throw_away(connection: sa.Connection, now: datetime) -> int:
    """Destroy the files whose time is over; how many they were."""
    return int(connection.execute(sa.delete(blob).where(blob.c.expires_at <= now)).rowcount)


_COLUMNS = ("id", "conversation_id", "sha256", "size", "body", "created_at", "expires_at", "consent_id")
_SELECT = sa.select(*(blob.c[name] for name in _COLUMNS))
