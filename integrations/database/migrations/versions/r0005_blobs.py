"""Files that owners sent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "blob",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("consent_id", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_blob_conversation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_blob"),
    )
    op.create_index("ix_blob_conversation_id", "blob", ["conversation_id"], unique=False)
    op.create_index("ix_blob_consent_id", "blob", ["consent_id"], unique=False)
    op.create_index("ix_blob_expires_at", "blob", ["expires_at"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_index("ix_blob_expires_at", table_name="blob")
    op.drop_index("ix_blob_consent_id", table_name="blob")
    op.drop_index("ix_blob_conversation_id", table_name="blob")
    op.drop_table("blob")
