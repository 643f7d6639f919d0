"""Labels that staff put on conversations, and what a ready reply does once it is sent."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LISTED = ("step", "person_wanted", "alert", "lang", "product", "stuck", "progress_at", "assignee")
BY = {
    "waiting": ("waiting_since", sa.text("waiting_since IS NOT NULL")),
    "resting": ("updated_at", sa.text("waiting_since IS NULL")),
}
LABELLED = sa.text("labels <> ''")


def upgrade() -> None:
    """Add the columns; lists are filtered by labels as by all else, from the index that they are in order in."""
    op.add_column("conversation", sa.Column("labels", sa.String(), nullable=False, server_default=""))
    op.add_column("reply", sa.Column("next_act", sa.String(), nullable=False, server_default=""))
    _lists(*LISTED, "labels")
    op.create_index(
        "ix_conversation_labels", "conversation", ["labels"], sqlite_where=LABELLED, postgresql_where=LABELLED
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_conversation_labels", table_name="conversation")
    _lists(*LISTED)
    op.drop_column("reply", "next_act")
    op.drop_column("conversation", "labels")


def _lists(*listed: str) -> None:
    for name, (at, which) in BY.items():
        op.drop_index(f"ix_conversation_{name}", table_name="conversation")
        op.create_index(
            f"ix_conversation_{name}",
            "conversation",
            ["place", at, "id", *listed],
            sqlite_where=which,
            postgresql_where=which,
        )
