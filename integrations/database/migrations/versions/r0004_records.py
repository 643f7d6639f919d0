"""The records that consents brought."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; records pulled before are not in it and are assessed with the next pull."""
    op.create_table(
        "records",
        sa.Column("consent_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("consent_id", name="pk_records"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_records_conversation_id"),
    )
    op.create_index("ix_records_conversation_id", "records", ["conversation_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("records")
