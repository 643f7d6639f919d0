"""The staff console: where each conversation is on the desk, staff and their sessions, the audit log."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MARKED = sa.text("kind = 'marked_wrong'")
TIME = sa.DateTime(timezone=True)
DESK = (
    "place",
    "updated_at",
    "id",
    "waiting_since",
    "step",
    "person_wanted",
    "alert",
    "lang",
    "product",
    "stuck",
    "progress_at",
)


def _new() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("owner", sa.String(), nullable=False, server_default=""),
        sa.Column("product", sa.String(), nullable=False, server_default=""),
        sa.Column("application_id", sa.String(), nullable=False, server_default=""),
        sa.Column("find", sa.String(), nullable=False, server_default=""),
        sa.Column("place", sa.String(), nullable=False, server_default="assistant"),
        sa.Column("assignee", sa.String(), nullable=False, server_default=""),
        sa.Column("person", sa.String(), nullable=False, server_default=""),
        sa.Column("snoozed_until", TIME, nullable=True),
        sa.Column("stuck", sa.String(), nullable=False, server_default=""),
        sa.Column("progress_at", TIME, nullable=True),
        sa.Column("heard_seq", sa.Integer(), nullable=False, server_default="0"),
    )


def upgrade() -> None:
    """Add the columns of the desk, and the tables of staff and of the audit log."""
    for column in _new():
        op.add_column("conversation", column)
    op.execute("UPDATE conversation SET find = lower(shop), progress_at = updated_at")
    op.execute("UPDATE conversation SET place = 'needs' WHERE person_wanted <> '' OR alert <> ''")
    op.execute("UPDATE conversation SET place = 'person' WHERE speaker = 'person'")
    op.create_index("ix_conversation_place", "conversation", list(DESK))
    op.create_index("ix_conversation_waiting", "conversation", ["place", "waiting_since", "id"])
    op.create_index("ix_conversation_assignee", "conversation", ["assignee", "updated_at", "id"])
    op.create_index("ix_conversation_find", "conversation", ["find", "updated_at", "id"])
    op.create_index("ix_event_marked", "event", ["id"], sqlite_where=MARKED, postgresql_where=MARKED)
    op.create_table(
        "staff",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("sign_in", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("disabled_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
    )
    op.create_table(
        "staff_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_link_staff_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_link"),
    )
    op.create_index("ix_staff_link_staff_id", "staff_link", ["staff_id"])
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_session_staff_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_session"),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])
    op.create_table(
        "staff_try",
        sa.Column("id", BIG, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_try"),
    )
    op.create_index("ix_staff_try_who", "staff_try", ["who", "at"])
    op.create_table(
        "seen",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_seen_conversation_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_seen_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", "conversation_id", name="pk_seen"),
    )
    op.create_table(
        "audit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_conversation_id", "audit", ["conversation_id"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last", BIG, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.execute("INSERT INTO audit_head (id, last, hash) VALUES (1, 0, '')")


def downgrade() -> None:
    """Take all of it away again."""
    for name in ("audit_head", "audit", "seen", "staff_try", "staff_session", "staff_link", "staff"):
        op.drop_table(name)
    op.drop_index("ix_event_marked", table_name="event")
    for name in ("place", "waiting", "assignee", "find"):
        op.drop_index(f"ix_conversation_{name}", table_name="conversation")
    for column in reversed(_new()):
        op.drop_column("conversation", column.name)
