"""The vault: access that sources gave us, one sealed token per consent."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from integrations.database import dialect
from integrations.database.tables import vault


@dataclass(frozen=True)
class StoredGrant:
    """Access to one source; `token` is sealed."""

    consent_id: str
    source: str
    token: bytes
    expires_at: datetime | None


def put(connection: sa.Connection, grant: StoredGrant) -> None:
    """Keep a token, instead of an older one for the same consent."""
    dialect.upsert(connection, vault, [vars(grant)], ("consent_id",))


def find(connection: sa.Connection, consent_id: str) -> StoredGrant | None:
    """The token of a consent."""
    row = connection.execute(sa.select(*vault.c).where(vault.c.consent_id == consent_id)).one_or_none()
    return None if row is None else StoredGrant(*row)


def destroy(connection: sa.Connection, consent_id: str) -> None:
    """Destroy the token of a consent."""
    connection.execute(sa.delete(vault).where(vault.c.consent_id == consent_id))
