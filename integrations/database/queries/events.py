"""The event log: appending, reading on from a point, blanking what an erasure takes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from integrations.database import dialect
from integrations.database.news import Topic, announce
from integrations.database.prepared import Prepared
from integrations.database.queries import conversations
from integrations.database.tables import event

TURN = "turn"


@dataclass(frozen=True)
class Line:
    """A line to append. `actor` is owner, assistant, staff, lender, source, clock or system."""

    conversation_id: str
    seq: int
    origin: str
    external_id: str
    kind: str
    actor: str
    at: datetime
    text: str = ""
    consent_id: str | None = None
    error: str = ""
    body: bytes | None = None


@dataclass(frozen=True)
class Logged:
    """A line of the log as views read it."""

    id: int
    conversation_id: str
    seq: int
    kind: str
    actor: str
    at: datetime
    text: str
    error: str
    body: bytes | None


_LOGGED = [event.c[name] for name in ("id", "conversation_id", "seq", "kind", "actor", "at", "text", "error", "body")]
_LINE = [field.name for field in fields(Line)]
_APPEND = Prepared(sa.insert(event), _LINE)
_INSERT_ONCE = Prepared(lambda name: dialect.inserting_new(name, event, ("origin", "external_id"), "id"), _LINE)


def insert_once(connection: sa.Connection, line: Line) -> int | None:
    """Append an event that comes from outside; its id, or None when this origin and external id are known."""
    row = _INSERT_ONCE.one(connection, vars(line))
    if row is None:
        return None
    event_id: int = row[0]
    announce(connection, Topic.EVENT, line.conversation_id, event_id)
    return event_id


def append(connection: sa.Connection, lines: list[Line]) -> None:
    """Append lines that a turn writes after its event; who hears of the event reads on to them."""
    if lines:
        _APPEND.run_each(connection, [vars(line) for line in lines])


def note(
    connection: sa.Connection,
    conversation_id: str,
    *,
    kind: str,
    text: str,
    external_id: str,
    now: datetime,
    alert: str = "",
) -> None:
    """Append a line of the machinery for staff, outside a turn, and raise an alert when one is given."""
    seq = conversations.next_seq(connection, conversation_id, alert=alert, now=now)
    insert_once(connection, Line(conversation_id, seq, "system", external_id, kind, "system", now, text))


def known(connection: sa.Connection, origin: str, external_id: str) -> bool:
    """Whether an event has come in before."""
    query = sa.select(event.c.id).where(event.c.origin == origin, event.c.external_id == external_id)
    return connection.execute(query).first() is not None


def since(
    connection: sa.Connection, after: int, *, conversation_id: str | None = None, limit: int = 200
) -> tuple[Logged, ...]:
    """Lines with an id above `after`, oldest first, of one conversation or of all."""
    query = sa.select(*_LOGGED).where(event.c.id > after).order_by(event.c.id).limit(limit)
    if conversation_id is not None:
        query = query.where(event.c.conversation_id == conversation_id)
    return tuple(Logged(*row) for row in connection.execute(query))


def erase(connection: sa.Connection, consent_id: str) -> int | None:
    """Blank the bodies that hold what a consent brought; the id of the first such event, None when there is none."""
    first: int | None = connection.execute(
        sa.select(sa.func.min(event.c.id)).where(event.c.consent_id == consent_id)
    ).scalar_one()
    connection.execute(sa.update(event).where(event.c.consent_id == consent_id).values(body=None))
    return first


def belong(connection: sa.Connection, conversation_id: str, documents: Sequence[str], consent_id: str) -> None:
    """Put what was read of papers under the consent that allows them, so that it ends with it."""
    for document in documents:
        connection.execute(sa.update(event).where(*_of_paper(conversation_id, document)).values(consent_id=consent_id))


def forget_paper(connection: sa.Connection, conversation_id: str, document: str) -> None:
    """Blank what was read of a paper that is not wanted."""
    connection.execute(sa.update(event).where(*_of_paper(conversation_id, document)).values(body=None))


def _of_paper(conversation_id: str, document: str) -> tuple[sa.ColumnElement[bool], ...]:
    """The line in which a paper was read; its text begins with the id of the document."""
    begins = event.c.text.startswith(f"{document}:", autoescape=True)
    return event.c.conversation_id == conversation_id, event.c.kind == "paper_read", begins


def blank_said(connection: sa.Connection, conversation_id: str, first_event: int) -> None:
    """Blank what was said from an event on: a button or a sentence may repeat what a record said."""
    said = (event.c.conversation_id == conversation_id, event.c.id >= first_event, event.c.kind == "said")
    connection.execute(sa.update(event).where(*said).values(text=""))


def blank(connection: sa.Connection, conversation_id: str) -> int:
    """Blank all that the log of a conversation says, and keep that something happened; how many lines."""
    result = connection.execute(
        sa.update(event)
        .where(event.c.conversation_id == conversation_id, sa.or_(event.c.text != "", event.c.body.is_not(None)))
        .values(text="", body=None)
    )
    return result.rowcount
