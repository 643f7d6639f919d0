"""A turn writes fewer pages: the time of the last change leaves two indexes, and most events a third."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

CONSENTED = sa.text("consent_id IS NOT NULL")


def upgrade() -> None:
    """Whose a conversation is and what it is found by change seldom; most events belong to no consent."""
    _rebuild("conversation", "ix_conversation_assignee", "assignee")
    _rebuild("conversation", "ix_conversation_find", "find", "id")
    op.drop_index("ix_event_consent_id", table_name="event")
    op.create_index("ix_event_consent_id", "event", ["consent_id"], sqlite_where=CONSENTED, postgresql_where=CONSENTED)


def downgrade() -> None:
    """Go back to the indexes of before."""
    _rebuild("conversation", "ix_conversation_assignee", "assignee", "updated_at", "id")
    _rebuild("conversation", "ix_conversation_find", "find", "updated_at", "id")
    _rebuild("event", "ix_event_consent_id", "consent_id")


def _rebuild(table: str, name: str, *columns: str) -> None:
    op.drop_index(name, table_name=table)
    op.create_index(name, table, list(columns))
