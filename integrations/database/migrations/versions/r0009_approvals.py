"""Owners who are away at a source's own page, to approve an access there."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "approval",
        sa.Column("consent_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_approval_conversation_id"),
        sa.PrimaryKeyConstraint("consent_id", name="pk_approval"),
    )
    op.create_index("ix_approval_conversation_id", "approval", ["conversation_id"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_index("ix_approval_conversation_id", table_name="approval")
    op.drop_table("approval")
