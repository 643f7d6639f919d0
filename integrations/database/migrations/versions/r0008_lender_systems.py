"""How lenders' systems speak, and where those that cannot push are asked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "lender_system",
        sa.Column("lender_id", sa.String(), nullable=False),
        sa.Column("dialect", sa.String(), nullable=False),
        sa.Column("poll_url", sa.String(), nullable=True),
        sa.Column("poll_token", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["lender_id"], ["lender.id"], name="fk_lender_system_lender_id"),
        sa.PrimaryKeyConstraint("lender_id", name="pk_lender_system"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("lender_system")
