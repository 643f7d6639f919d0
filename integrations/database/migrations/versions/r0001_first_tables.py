"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("person_wanted", sa.String(), nullable=False),
        sa.Column("alert", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("shop", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint("channel", "address", name="uq_conversation_channel_address"),
    )
    op.create_index("ix_conversation_updated_at", "conversation", ["updated_at"], unique=False)
    op.create_table(
        "lender",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secrets", sa.LargeBinary(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lender"),
    )
    op.create_table(
        "vault",
        sa.Column("consent_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("consent_id", name="pk_vault"),
    )
    op.create_table(
        "application",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("lender", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("packet", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_application_conversation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_application"),
    )
    op.create_index("ix_application_conversation_id", "application", ["conversation_id"], unique=False)
    op.create_index("ix_application_lender", "application", ["lender"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("consent_id", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_event_conversation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_event_conversation_id_seq"),
        sa.UniqueConstraint("origin", "external_id", name="uq_event_origin_external_id"),
    )
    op.create_index("ix_event_consent_id", "event", ["consent_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("consent_id", sa.String(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_job_conversation_id"),
        sa.PrimaryKeyConstraint("key", name="pk_job"),
    )
    op.create_index("ix_job_consent_id", "job", ["consent_id"], unique=False)
    op.create_index("ix_job_conversation_id", "job", ["conversation_id", "state"], unique=False)
    op.create_index("ix_job_state", "job", ["state", "created_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", BIG, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("event_id", BIG, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("replace", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_outbox_conversation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_conversation_id", "outbox", ["conversation_id", "id"], unique=False)
    op.create_index("ix_outbox_state_channel", "outbox", ["state", "channel", "conversation_id", "id"], unique=False)
    op.create_table(
        "slot",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_slot_conversation_id"),
        sa.PrimaryKeyConstraint("conversation_id", "slot", name="pk_slot"),
    )
    op.create_table(
        "timer",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("arg", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_timer_conversation_id"),
        sa.PrimaryKeyConstraint("conversation_id", "name", "arg", name="pk_timer"),
    )
    op.create_index("ix_timer_due_at", "timer", ["due_at"], unique=False)


def downgrade() -> None:
    """Drop all tables."""
    op.drop_index("ix_timer_due_at", table_name="timer")
    op.drop_table("timer")
    op.drop_table("slot")
    op.drop_index("ix_outbox_state_channel", table_name="outbox")
    op.drop_index("ix_outbox_conversation_id", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index("ix_job_state", table_name="job")
    op.drop_index("ix_job_conversation_id", table_name="job")
    op.drop_index("ix_job_consent_id", table_name="job")
    op.drop_table("job")
    op.drop_index("ix_event_consent_id", table_name="event")
    op.drop_table("event")
    op.drop_index("ix_application_lender", table_name="application")
    op.drop_index("ix_application_conversation_id", table_name="application")
    op.drop_table("application")
    op.drop_table("vault")
    op.drop_table("lender")
    op.drop_index("ix_conversation_updated_at", table_name="conversation")
    op.drop_table("conversation")
