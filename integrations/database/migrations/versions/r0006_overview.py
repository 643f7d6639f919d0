"""The numbers of supervisors, one row for each application and one for each of its fetches."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
OVERVIEW = (
    *("started_at", "reached", "step", "seen_at", "asked", "prefilled", "lender", "status", "expected_by"),
    *("submit_seconds", "decide_seconds", "person_reason", "reply_seconds"),
)


def upgrade() -> None:
    """Make the tables; the tally fills them from what is stored."""
    op.create_table(
        "journey",
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("lender", sa.String(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("submit_seconds", sa.Integer(), nullable=True),
        sa.Column("decide_seconds", sa.Integer(), nullable=True),
        sa.Column("expected_by", TIME, nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("prefilled", sa.Integer(), nullable=False),
        sa.Column("person_reason", sa.String(), nullable=False),
        sa.Column("reply_seconds", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("application_id", name="pk_journey"),
    )
    op.create_index("ix_journey_seen_at", "journey", ["seen_at"])
    op.create_index("ix_journey_overview", "journey", list(OVERVIEW))
    op.create_table(
        "journey_fetch",
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("application_id", "source", name="pk_journey_fetch"),
    )
    op.create_index("ix_journey_fetch_overview", "journey_fetch", ["started_at", "source", "state", "seconds"])


def downgrade() -> None:
    """Take them away; they can be counted again."""
    op.drop_table("journey_fetch")
    op.drop_table("journey")
