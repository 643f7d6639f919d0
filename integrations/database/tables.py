"""The tables, one class each. Columns that hold content of an owner are sealed bytes (see `sealing`).

The classes are the schema and its validation; statements are written against the Core tables below.
"""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from pydantic import AwareDatetime
from sqlmodel import Field

from integrations.database import staff_tables  # noqa: F401 - its tables are part of the metadata
from integrations.database.base import BIG, SEALED, Base


class OutboxState(StrEnum):
    """How far a message is. `perhaps`: it may have arrived and is not repeated; `failed`: a dead letter."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    PERHAPS = "perhaps"


class JobState(StrEnum):
    """How far a job is. `handed`: the workflow engine has it."""

    WAITING = "waiting"
    HANDED = "handed"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Place(StrEnum):
    """Where a conversation is on the desk of staff: each is in exactly one place."""

    NEEDS = "needs"
    PERSON = "person"
    ASSISTANT = "assistant"
    SNOOZED = "snoozed"
    CLOSED = "closed"


_LISTED = ("step", "person_wanted", "alert", "lang", "product", "stuck", "progress_at", "assignee", "labels")
_LABELLED = sa.text("labels <> ''")


def _where(waiting: str) -> dict[str, Any]:
    """The condition of an index over those who wait, or over the others."""
    condition = sa.text(f"waiting_since IS {waiting}")
    return {"sqlite_where": condition, "postgresql_where": condition}


class Conversation(Base, table=True):
    """One owner on one channel: the sealed state, and the columns that lists and workers need.

    `alert` is what the machinery (not a flow) wants staff to know: `turn_failed`, `job_failed`, `chat_blocked`.
    `waiting_since` is since when the owner waits for a person, empty when nobody waits. `last_number` is the highest
    number of its messenger's events that took effect, so that an overtaken one is noticed.
    `assignee` is the id and `person` the first name of the member of staff who has it. `find` is what a search by
    name or number looks through, in small letters. `stuck` is `trouble` or `source` when the owner does not get on,
    `progress_at` is when the owner last did. `heard_seq` numbers the owner's last line in the log. `labels` are those
    that staff gave it, each between bars: `|vip|fraud|`.
    """

    __table_args__ = (
        sa.UniqueConstraint("channel", "address"),
        # One index of those who wait for a person and one of the others, each in the order in which it is listed. Both
        # hold all that lists filter by, so that a filter with few hits never reads the rows themselves.
        sa.Index("ix_conversation_waiting", "place", "waiting_since", "id", *_LISTED, **_where("NOT NULL")),
        sa.Index("ix_conversation_resting", "place", "updated_at", "id", *_LISTED, **_where("NULL")),
        sa.Index("ix_conversation_place", "place"),
        sa.Index("ix_conversation_labels", "labels", sqlite_where=_LABELLED, postgresql_where=_LABELLED),
        # The time of the last change is in no more indexes than must be: each costs every turn a page.
        sa.Index("ix_conversation_assignee", "assignee"),
        sa.Index("ix_conversation_find", "find", "id"),
    )

    id: str = Field(primary_key=True)
    channel: str
    address: str
    lang: str
    state: bytes = Field(sa_type=SEALED)
    version: int = 0
    seq: int = 0
    last_number: int | None = Field(default=None, sa_type=BIG)
    speaker: str
    person_wanted: str = ""
    alert: str = ""
    step: str = ""
    shop: str = ""
    status: str
    waiting_since: AwareDatetime | None = None
    blocked_at: AwareDatetime | None = None
    owner: str = ""
    product: str = ""
    application_id: str = ""
    find: str = ""
    place: str = Place.ASSISTANT
    assignee: str = ""
    person: str = ""
    snoozed_until: AwareDatetime | None = None
    stuck: str = ""
    progress_at: AwareDatetime | None = None
    heard_seq: int = 0
    labels: str = ""
    created_at: AwareDatetime
    updated_at: AwareDatetime = Field(index=True)


_CONSENTED = sa.text("consent_id IS NOT NULL")

# The few lines that staff marked for the evaluation kit, found among millions.
_MARKED = sa.Index(
    "ix_event_marked",
    "id",
    sqlite_where=sa.text("kind = 'marked_wrong'"),
    postgresql_where=sa.text("kind = 'marked_wrong'"),
)


class Event(Base, table=True):
    """The log: what happened, who did it, and one masked line to read. Never changed, only blanked by an erasure.

    `origin` and `external_id` make an event unique. `seq` counts within the conversation. `consent_id` names the
    consent whose records are in `body`. `error` is the class of what went wrong when the event had no effect.
    """

    __table_args__ = (
        sa.UniqueConstraint("origin", "external_id"),
        sa.UniqueConstraint("conversation_id", "seq"),
        sa.Index("ix_event_consent_id", "consent_id", sqlite_where=_CONSENTED, postgresql_where=_CONSENTED),
        _MARKED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG)
    conversation_id: str = Field(foreign_key="conversation.id")
    seq: int
    origin: str
    external_id: str
    kind: str
    actor: str
    at: AwareDatetime
    text: str = ""
    consent_id: str | None = None
    error: str = ""
    body: bytes | None = Field(default=None, sa_type=SEALED)


class Outbox(Base, table=True):
    """A message on its way to an owner. `by` is `assistant` or the first name of a member of staff.

    `event_id` is the event that caused it, `seq` the number of its line in the conversation's log.
    """

    __table_args__ = (
        sa.Index("ix_outbox_state_channel", "state", "channel", "conversation_id", "id"),
        sa.Index("ix_outbox_conversation_id", "conversation_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG)
    conversation_id: str = Field(foreign_key="conversation.id")
    event_id: int = Field(sa_type=BIG)
    seq: int
    channel: str
    address: str
    by: str
    slot: str = ""
    replace: bool = False
    revision: int = 0
    body: bytes = Field(sa_type=SEALED)
    state: str = OutboxState.WAITING
    attempts: int = 0
    due_at: AwareDatetime
    message_id: str = ""
    error: str = ""
    created_at: AwareDatetime
    sent_at: AwareDatetime | None = None


class Slot(Base, table=True):
    """The message that a slot of a conversation lives in now, so that an edit hits the last one."""

    conversation_id: str = Field(primary_key=True, foreign_key="conversation.id")
    slot: str = Field(primary_key=True)
    message_id: str
    revision: int


class Job(Base, table=True):
    """Work for the background, committed with the turn that wants it. The key is its identity everywhere."""

    __table_args__ = (
        sa.Index("ix_job_state", "state", "created_at"),
        sa.Index("ix_job_conversation_id", "conversation_id", "state"),
    )

    key: str = Field(primary_key=True)
    kind: str
    conversation_id: str = Field(foreign_key="conversation.id")
    consent_id: str | None = Field(default=None, index=True)
    body: bytes = Field(sa_type=SEALED)
    state: str = JobState.WAITING
    attempts: int = 0
    error: str = ""
    created_at: AwareDatetime
    finished_at: AwareDatetime | None = None


class Kept(Base, table=True):
    """The records that one consent brought, sealed, until that consent ends; attributes are computed over them."""

    __tablename__ = "records"

    consent_id: str = Field(primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", index=True)
    source: str
    read_at: AwareDatetime
    count: int
    body: bytes = Field(sa_type=SEALED)


class Timer(Base, table=True):
    """A wake-up call of a conversation."""

    conversation_id: str = Field(primary_key=True, foreign_key="conversation.id")
    name: str = Field(primary_key=True)
    arg: str = Field(primary_key=True)
    due_at: AwareDatetime = Field(index=True)


class Application(Base, table=True):
    """A submitted application and the sealed packet exactly as it was signed."""

    id: str = Field(primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", index=True)
    lender: str = Field(index=True)
    status: str
    submitted_at: AwareDatetime
    packet: bytes = Field(sa_type=SEALED)


class Lender(Base, table=True):
    """A lender that may call us. `secrets` are its webhook secrets (two while one is rotated)."""

    id: str = Field(primary_key=True)
    name: str
    secrets: bytes = Field(sa_type=SEALED)
    token_hash: str
    created_at: AwareDatetime


class LenderSystem(Base, table=True):
    """How a lender's own system speaks, and where it is asked when it cannot push (`poll_url` is None: it pushes)."""

    __tablename__ = "lender_system"

    lender_id: str = Field(primary_key=True, foreign_key="lender.id")
    dialect: str
    poll_url: str | None = None
    poll_token: bytes | None = Field(default=None, sa_type=SEALED)


class Vault(Base, table=True):
    """The access a source gave us for one consent."""

    consent_id: str = Field(primary_key=True)
    source: str
    token: bytes = Field(sa_type=SEALED)
    expires_at: AwareDatetime | None = None


class Approval(Base, table=True):
    """An owner who is away at a source's own page: what was asked there, and what came back, both sealed."""

    consent_id: str = Field(primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", index=True)
    body: bytes = Field(sa_type=SEALED)
    answer: bytes | None = Field(default=None, sa_type=SEALED)
    asked_at: AwareDatetime


class Blob(Base, table=True):
    """A file that an owner sent, sealed, until `expires_at`. `id` is the document's, `sha256` that of its content.

    `consent_id` names the consent under which it is used; None while the owner has not allowed it.
    """

    __table_args__ = (sa.Index("ix_blob_conversation_id", "conversation_id"),)

    id: str = Field(primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id")
    consent_id: str | None = Field(default=None, index=True)
    sha256: str
    size: int
    body: bytes = Field(sa_type=SEALED)
    preview: bytes | None = Field(default=None, sa_type=SEALED)
    created_at: AwareDatetime
    expires_at: AwareDatetime = Field(index=True)


class Journey(Base, table=True):
    """One application in the numbers of supervisors; what the columns mean is in `bot.workers.summary`."""

    __table_args__ = (
        # Holds all that the overview groups by, so that it never reads the rows themselves.
        sa.Index(
            "ix_journey_overview",
            *("started_at", "reached", "step", "seen_at", "asked", "prefilled", "lender", "status", "expected_by"),
            *("submit_seconds", "decide_seconds", "person_reason", "reply_seconds"),
        ),
    )

    application_id: str = Field(primary_key=True)
    channel: str
    lang: str
    lender: str
    started_at: AwareDatetime
    seen_at: AwareDatetime = Field(index=True)
    reached: int
    step: str
    status: str
    submit_seconds: int | None = None
    decide_seconds: int | None = None
    expected_by: AwareDatetime | None = None
    asked: int
    prefilled: int
    person_reason: str
    reply_seconds: int | None = None


class JourneyFetch(Base, table=True):
    """The last fetch from one source for one application, in the numbers of supervisors."""

    __tablename__ = "journey_fetch"
    __table_args__ = (sa.Index("ix_journey_fetch_overview", "started_at", "source", "state", "seconds"),)

    application_id: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    started_at: AwareDatetime
    state: str
    seconds: int | None = None


metadata = Base.metadata
conversation = metadata.tables["conversation"]
event = metadata.tables["event"]
outbox = metadata.tables["outbox"]
slot = metadata.tables["slot"]
job = metadata.tables["job"]
records = metadata.tables["records"]
timer = metadata.tables["timer"]
application = metadata.tables["application"]
lender = metadata.tables["lender"]
lender_system = metadata.tables["lender_system"]
vault = metadata.tables["vault"]
approval = metadata.tables["approval"]
blob = metadata.tables["blob"]


journey = metadata.tables["journey"]
journey_fetch = metadata.tables["journey_fetch"]
