"""The number of the last event of a conversation's messenger."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column; the next event of each conversation fills it."""
    with op.batch_alter_table("conversation") as table:
        table.add_column(sa.Column("last_number", BIG, nullable=True))


def downgrade() -> None:
    """Take the column away."""
    with op.batch_alter_table("conversation") as table:
        table.drop_column("last_number")
