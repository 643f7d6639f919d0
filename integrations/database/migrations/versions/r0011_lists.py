"""Lists of the desk that stay fast over 100,000 conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LISTED = ("step", "person_wanted", "alert", "lang", "product", "stuck", "progress_at", "assignee")
WAITING, RESTING = sa.text("waiting_since IS NOT NULL"), sa.text("waiting_since IS NULL")
BEFORE = ("step", "person_wanted", "alert", "lang", "product", "stuck", "progress_at")


def upgrade() -> None:
    """One index of those who wait and one of the others: with a single one, SQLite sorts the whole list each time."""
    for name in ("place", "waiting"):
        op.drop_index(f"ix_conversation_{name}", table_name="conversation")
    op.create_index(
        "ix_conversation_waiting",
        "conversation",
        ["place", "waiting_since", "id", *LISTED],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index(
        "ix_conversation_resting",
        "conversation",
        ["place", "updated_at", "id", *LISTED],
        sqlite_where=RESTING,
        postgresql_where=RESTING,
    )
    op.create_index("ix_conversation_place", "conversation", ["place"])


def downgrade() -> None:
    """Go back to the indexes of before."""
    for name in ("place", "resting", "waiting"):
        op.drop_index(f"ix_conversation_{name}", table_name="conversation")
    op.create_index("ix_conversation_waiting", "conversation", ["place", "waiting_since", "id"])
    op.create_index("ix_conversation_place", "conversation", ["place", "updated_at", "id", "waiting_since", *BEFORE])
