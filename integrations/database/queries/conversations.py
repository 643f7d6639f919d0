"""Conversations: finding, creating and writing the one row of each."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from flows.conversation import Speaker
from flows.errors import LendlineError
from integrations.database import dialect
from integrations.database.prepared import Prepared
from integrations.database.tables import Place, application, conversation


@dataclass
class ConversationMoved(LendlineError):
    """The row was changed by another process since it was read. Nothing was written; take the event again."""

    conversation_id: str

    def __str__(self) -> str:
        return f"conversation {self.conversation_id} was changed meanwhile"


@dataclass(frozen=True)
class Columns:
    """What lists and workers read without opening the state."""

    lang: str
    speaker: str
    person_wanted: str
    alert: str
    step: str
    shop: str
    status: str
    waiting_since: datetime | None
    blocked_at: datetime | None
    owner: str = ""
    product: str = ""
    application_id: str = ""
    find: str = ""
    place: str = Place.ASSISTANT
    assignee: str = ""
    person: str = ""
    snoozed_until: datetime | None = None
    stuck: str = ""
    progress_at: datetime | None = None
    heard_seq: int = 0
    labels: str = ""


@dataclass(frozen=True)
class Stored:
    """A conversation as it is stored; `state` is the sealed `flows.conversation.Conversation`."""

    id: str
    channel: str
    address: str
    state: bytes
    version: int
    seq: int
    last_number: int | None
    columns: Columns


_OWN = [conversation.c[name] for name in ("id", "channel", "address", "state", "version", "seq", "last_number")]
_NAMES = [field.name for field in fields(Columns)]
_BY_APPLICATION = Prepared(
    sa.select(application.c.conversation_id).where(application.c.id == sa.bindparam("application_id"))
)
_BY_ADDRESS = Prepared(
    sa.select(conversation.c.id).where(
        conversation.c.channel == sa.bindparam("channel"), conversation.c.address == sa.bindparam("address")
    )
)
_BY_ID = sa.select(*_OWN, *(conversation.c[name] for name in _NAMES)).where(conversation.c.id == sa.bindparam("id"))
_LOCK = Prepared(lambda name: dialect.locked(name, _BY_ID))
_ALWAYS = ("state", "seq", "last_number", "version", "updated_at")


def resolve(
    connection: sa.Connection, *, channel: str | None = None, address: str | None = None, application_id: str | None
) -> str | None:
    """The id of the conversation with this address, or of the submitted application; None when there is none."""
    if application_id is not None:
        row = _BY_APPLICATION.one(connection, {"application_id": application_id})
    else:
        row = _BY_ADDRESS.one(connection, {"channel": channel, "address": address})
    return None if row is None else row[0]


def lock(connection: sa.Connection, conversation_id: str) -> Stored | None:
    """Read a conversation and keep others from writing it until the transaction ends; None when there is none."""
    row = _LOCK.one(connection, {"id": conversation_id})
    if row is None:
        return None
    found_id, channel, address, state, version, seq, last_number, *columns = row
    return Stored(found_id, channel, address, state, version, seq, last_number, Columns(*columns))


def create(
    connection: sa.Connection,
    *,
    conversation_id: str,
    channel: str,
    address: str,
    state: bytes,
    columns: Columns,
    now: datetime,
) -> Stored:
    """Create a conversation; when another process was faster, its row is given back locked."""
    values = {
        "id": conversation_id,
        "channel": channel,
        "address": address,
        "state": state,
        "version": 0,
        "seq": 0,
        "last_number": None,
        "created_at": now,
        "updated_at": now,
        **vars(columns),
    }
    new = dialect.insert_new(connection, conversation, values, ("channel", "address"), "id")
    found_id = resolve(connection, channel=channel, address=address, application_id=None) if new is None else new
    found = lock(connection, str(found_id))
    if found is None:
        raise ConversationMoved(conversation_id)
    return found


def write(
    connection: sa.Connection,
    before: Stored,
    *,
    state: bytes,
    seq: int,
    columns: Columns,
    now: datetime,
    number: int | None = None,
) -> None:
    """Write the state after a turn, and the number of its event.

    Raises ConversationMoved when `before` is no longer what is stored.
    """
    keys = {"the_id": before.id, "the_version": before.version}
    numbers = [each for each in (before.last_number, number) if each is not None]
    new = {
        "state": state,
        "seq": seq,
        "last_number": max(numbers, default=None),
        "version": before.version + 1,
        "updated_at": now,
    }
    was, now_is = vars(before.columns), vars(columns)
    changed = {name: value for name, value in now_is.items() if was[name] != value}
    if _writing(tuple(changed)).run(connection, {**keys, **new, **changed}) != 1:
        raise ConversationMoved(before.id)


@lru_cache(256)
def _writing(changed: tuple[str, ...]) -> Prepared:
    """What writes a turn that changes these columns. SQLite writes every index of a column that is set."""
    return Prepared(
        sa.update(conversation)
        .where(conversation.c.id == sa.bindparam("the_id"), conversation.c.version == sa.bindparam("the_version"))
        .values({name: sa.bindparam(name) for name in (*_ALWAYS, *changed)})
    )


def next_seq(connection: sa.Connection, conversation_id: str, *, alert: str = "", now: datetime) -> int:
    """Number a log line that is written outside a turn, and raise an alert for staff when one is given."""
    values: dict[str, object] = {"seq": conversation.c.seq + 1, "version": conversation.c.version + 1}
    if alert:
        taken = conversation.c.speaker == Speaker.PERSON
        place = sa.case((taken, sa.literal(Place.PERSON)), else_=sa.literal(Place.NEEDS))
        values |= {"alert": alert, "updated_at": now, "place": place}
    seq: int = connection.execute(
        sa.update(conversation).where(conversation.c.id == conversation_id).values(values).returning(conversation.c.seq)
    ).scalar_one()
    return seq


def block(connection: sa.Connection, conversation_id: str, now: datetime) -> None:
    """Remember that the owner cannot be reached."""
    connection.execute(sa.update(conversation).where(conversation.c.id == conversation_id).values(blocked_at=now))


def assign(connection: sa.Connection, conversation_id: str, staff_id: str, *, held_by: Collection[str]) -> bool:
    """Give a conversation to a member of staff, unless somebody not in `held_by` has it; whether it was given."""
    result = connection.execute(
        sa.update(conversation)
        .where(conversation.c.id == conversation_id, conversation.c.assignee.in_(["", *held_by]))
        .values(assignee=staff_id)
    )
    return result.rowcount == 1
