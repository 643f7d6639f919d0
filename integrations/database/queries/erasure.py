"""What is stored of one owner, counted, so that an erasure can show what it took away."""

from dataclasses import dataclass

import sqlalchemy as sa

from integrations.database.tables import blob, event, outbox, records


@dataclass(frozen=True)
class Holdings:
    """How much is stored: lines of the log with content, messages with content, sets of records, and files."""

    lines: int
    messages: int
    records: int
    files: int


def holdings(connection: sa.Connection, conversation_id: str) -> Holdings:
    """Count what is stored of a conversation's owner."""
    told = (event.c.conversation_id == conversation_id, event.c.body.is_not(None), sa.func.length(event.c.body) > 0)
    said = (outbox.c.conversation_id == conversation_id, sa.func.length(outbox.c.body) > 0)
    return Holdings(
        lines=_count(connection, event, *told),
        messages=_count(connection, outbox, *said),
        records=_count(connection, records, records.c.conversation_id == conversation_id),
        files=_count(connection, blob, blob.c.conversation_id == conversation_id),
    )


def _count(connection: sa.Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar_one()
