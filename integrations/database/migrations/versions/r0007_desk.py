"""What staff sign in with, who looks at a conversation, and the ready replies that supervisors write."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "staff_passkey",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("counter", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_passkey_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_passkey"),
    )
    op.create_index("ix_staff_passkey_staff_id", "staff_passkey", ["staff_id"])
    op.create_table(
        "staff_challenge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_challenge"),
    )
    op.create_index("ix_staff_challenge_expires_at", "staff_challenge", ["expires_at"])
    op.create_table(
        "reply",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", "lang", name="pk_reply"),
    )
    op.create_table(
        "presence",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.Column("typing_until", TIME, nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", "staff_id", name="pk_presence"),
    )
    op.create_index("ix_presence_until", "presence", ["until"])


def downgrade() -> None:
    """Take them away again."""
    for name in ("presence", "reply", "staff_challenge", "staff_passkey"):
        op.drop_table(name)
