"""The records that consents brought: kept sealed while the consent lasts, one row for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from integrations.database import dialect
from integrations.database.queries.jobs import OPEN
from integrations.database.tables import job, records


@dataclass(frozen=True)
class KeptRecords:
    """What one pull brought; `body` is sealed."""

    consent_id: str
    conversation_id: str
    source: str
    read_at: datetime
    count: int
    body: bytes


def keep(connection: sa.Connection, kept: KeptRecords, job_key: str) -> bool:
    """Keep records in place of those of an earlier pull; False when the job was called off meanwhile."""
    query = sa.select(job.c.key).where(job.c.key == job_key, job.c.state.in_(OPEN))
    if connection.execute(dialect.locked(connection.dialect.name, query)).first() is None:
        return False
    dialect.upsert(connection, records, [vars(kept)], ("consent_id",))
    return True


def of_consents(connection: sa.Connection, consent_ids: Sequence[str]) -> tuple[KeptRecords, ...]:
    """What these consents brought."""
    query = sa.select(*(records.c[name] for name in KeptRecords.__dataclass_fields__))
    query = query.where(records.c.consent_id.in_(list(consent_ids))).order_by(records.c.source)
    return tuple(KeptRecords(*row) for row in connection.execute(query))


def erase(connection: sa.Connection, consent_id: str) -> None:
    """Destroy what a consent brought."""
    connection.execute(sa.delete(records).where(records.c.consent_id == consent_id))


def erase_all(connection: sa.Connection, conversation_id: str) -> None:
    """Destroy what all consents of a conversation brought."""
    connection.execute(sa.delete(records).where(records.c.conversation_id == conversation_id))
