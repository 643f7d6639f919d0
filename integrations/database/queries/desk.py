"""The desk of staff: which conversations a list shows, in which order, and how many there are of each kind.

Lists go on from a key, never from a count of rows, and read the filters from an index that holds them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from integrations.database import dialect
from integrations.database.staff_tables import seen
from integrations.database.tables import Place, conversation, event

SPOKEN = ("owner_said", "said", "staff_said")
_WAITED = (Place.NEEDS, Place.PERSON, Place.SNOOZED)  # nobody waits for a person in the other places
MOST_FOUND, MOST_SHOWN, MOST_COUNTED, MOST_LABELS = 500, 100, 999, 1_000
LINES_SEARCHED = 20_000  # the newest of the log: words of long ago are found by the names of who said them


class Key(NamedTuple):
    """Where a page of a list ended: among those who wait, or among the others by their last change."""

    waiting: bool
    at: datetime
    id: str


@dataclass(frozen=True)
class Wanted:
    """What a list is to show. Empty members do not filter; `quiet_since` wants no progress since then."""

    places: tuple[Place, ...]
    assignee: str = ""
    step: str = ""
    reason: str = ""
    product: str = ""
    lang: str = ""
    stuck: str = ""
    label: str = ""
    quiet_since: datetime | None = None
    find: str = ""


@dataclass(frozen=True)
class Row:
    """A conversation as a list shows it. `seen` is how far the reader has read, `last` the last spoken line."""

    id: str
    channel: str
    lang: str
    shop: str
    owner: str
    place: str
    person: str
    assignee: str
    person_wanted: str
    alert: str
    step: str
    status: str
    product: str
    stuck: str
    labels: str
    waiting_since: datetime | None
    snoozed_until: datetime | None
    updated_at: datetime
    heard_seq: int
    seen: int
    last: str
    last_actor: str

    @property
    def labelled(self) -> tuple[str, ...]:
        """The labels that staff gave it."""
        return tuple(label for label in self.labels.split("|") if label)


_OWN = [conversation.c[field.name] for field in fields(Row) if field.name not in {"seen", "last", "last_actor"}]
_ID = conversation.c.id
_SPOKEN = event.alias()
_LAST = (
    sa.select(_SPOKEN.c.id)
    .where(_SPOKEN.c.conversation_id == _ID, _SPOKEN.c.kind.in_(SPOKEN))
    .order_by(_SPOKEN.c.seq.desc())
    .limit(1)
    .correlate(conversation)
    .scalar_subquery()
)


def page(
    connection: sa.Connection, wanted: Wanted, staff_id: str, *, after: Key | None = None, limit: int = 50
) -> tuple[tuple[Row, ...], Key | None]:
    """A page of a list, longest-waiting first, then by the last change; and where it ended, None at the end."""
    if wanted.find:
        return _rows(connection, _found(connection, wanted), staff_id), None
    keys: list[Key] = []
    if after is None or after.waiting:
        keys = _keys(connection, wanted, after, limit + 1, waiting=True)
    if len(keys) <= limit:
        rest = None if after is None or after.waiting else after
        keys += _keys(connection, wanted, rest, limit + 1 - len(keys), waiting=False)
    shown = keys[:limit]
    return _rows(connection, [key.id for key in shown], staff_id), shown[-1] if len(keys) > limit else None


@dataclass(frozen=True)
class Look:
    """All that an inbox shows, of one moment: rows and where they end, counts, the last call, labels in use."""

    rows: tuple[Row, ...]
    ended: Key | None
    counts: Mapping[str, int]
    called: datetime | None
    labels: tuple[str, ...]


def look(connection: sa.Connection, wanted: Wanted, staff_id: str, *, after: Key | None = None) -> Look:
    """Read an inbox at once: on a database across a network each reading costs a few journeys there and back."""
    rows, ended = page(connection, wanted, staff_id, after=after)
    return Look(rows, ended, counts(connection, staff_id), last_call(connection), labels(connection))


def counts(connection: sa.Connection, staff_id: str) -> Mapping[str, int]:
    """How many conversations are in each place, and under `mine` how many this member of staff has.

    More than MOST_COUNTED are not counted, so that a count takes as long after years as on the first day.
    """
    kinds = {place.value: conversation.c.place == place for place in Place}
    kinds["mine"] = conversation.c.assignee == staff_id
    counted = [
        sa.select(sa.func.count())
        .select_from(sa.select(sa.literal(1)).select_from(conversation).where(kind).limit(MOST_COUNTED + 1).subquery())
        .scalar_subquery()
        .label(name)
        for name, kind in kinds.items()
    ]
    row = connection.execute(sa.select(*counted)).one()
    return dict(zip(kinds, row, strict=True))


def last_call(connection: sa.Connection) -> datetime | None:
    """When the last of those who need a person began to wait; None when nobody does."""
    query = sa.select(sa.func.max(conversation.c.waiting_since)).where(
        conversation.c.place == Place.NEEDS, conversation.c.waiting_since.is_not(None)
    )
    at: datetime | None = connection.execute(query).scalar_one()
    return at


def labels(connection: sa.Connection) -> tuple[str, ...]:
    """Every label that some conversation has, in order. Goes from one value of the index to the next, not by rows."""
    first, later = conversation.alias(), conversation.alias()
    lowest = sa.select(sa.func.min(first.c.labels).label("value")).where(first.c.labels != "")
    steps = lowest.cte("steps", recursive=True)
    higher = sa.select(sa.func.min(later.c.labels)).where(later.c.labels != "", later.c.labels > steps.c.value)
    steps = steps.union_all(sa.select(higher.scalar_subquery()).where(steps.c.value.is_not(None)))
    found = connection.execute(sa.select(steps.c.value).where(steps.c.value.is_not(None)).limit(MOST_LABELS))
    return tuple(sorted({label for value in found.scalars() for label in value.split("|") if label}))


def find(connection: sa.Connection, conversation_id: str, staff_id: str) -> Row | None:
    """One conversation as a list shows it; None when there is none."""
    rows = _rows(connection, [conversation_id], staff_id)
    return rows[0] if rows else None


def remember(connection: sa.Connection, staff_id: str, conversation_id: str, seq: int) -> None:
    """Remember how far a member of staff has read."""
    row = {"staff_id": staff_id, "conversation_id": conversation_id, "seq": seq}
    dialect.upsert(connection, seen, [row], ("staff_id", "conversation_id"))


def _keys(connection: sa.Connection, wanted: Wanted, after: Key | None, limit: int, *, waiting: bool) -> list[Key]:
    """The next keys of one kind, from every place that is wanted: each place has them in order in its index."""
    by = conversation.c.waiting_since if waiting else conversation.c.updated_at
    found: list[Key] = []
    for place in _WAITED if waiting else wanted.places:
        if place not in wanted.places:
            continue
        query = sa.select(by, _ID).where(conversation.c.place == place, *_filters(wanted))
        if waiting:
            query = query.where(by.is_not(None)).order_by(by, _ID)
        else:
            query = query.where(conversation.c.waiting_since.is_(None)).order_by(by.desc(), _ID.desc())
        if after is not None:
            here, there = sa.tuple_(by, _ID), sa.tuple_(after.at, after.id)
            query = query.where(here > there if waiting else here < there)
        found += [Key(waiting, at, row_id) for at, row_id in connection.execute(query.limit(limit))]
    found.sort(key=lambda key: (key.at, key.id), reverse=not waiting)
    return found[:limit]


def _filters(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    names = ("assignee", "step", "product", "lang", "stuck")
    filters = [conversation.c[name] == value for name in names if (value := getattr(wanted, name))]
    if wanted.reason:
        filters.append(sa.or_(conversation.c.person_wanted == wanted.reason, conversation.c.alert == wanted.reason))
    if wanted.label:
        filters.append(conversation.c.labels.contains(f"|{wanted.label}|", autoescape=True))
    if wanted.quiet_since is not None:
        filters.append(conversation.c.progress_at < wanted.quiet_since)
    return filters


def _found(connection: sa.Connection, wanted: Wanted) -> list[str]:
    """What a search finds, the last changed first: by names and numbers anywhere, by words in the newest lines.

    It looks in every list, whoever has the conversation, and keeps to the filters.
    """
    text, filters = wanted.find.lower(), _filters(replace(wanted, assignee=""))
    # First from the index that holds nothing but names, so that no row is read which is not found.
    named = sa.select(_ID).where(conversation.c.find.contains(text, autoescape=True))
    if not filters:
        named = named.limit(MOST_FOUND)
    by_name = sa.select(_ID, conversation.c.updated_at).where(_ID.in_(named), *filters).limit(MOST_FOUND)
    found = {row.id: row.updated_at for row in connection.execute(by_name)}
    newest = connection.execute(sa.select(sa.func.max(event.c.id))).scalar_one() or 0
    said = (
        sa.select(event.c.conversation_id)
        .where(
            event.c.id > newest - LINES_SEARCHED,
            event.c.kind.in_(SPOKEN),
            event.c.text.icontains(wanted.find, autoescape=True),
        )
        .order_by(event.c.id.desc())  # by its key: asked for distinct ones, SQLite would go through the whole log
        .limit(MOST_FOUND)
    )
    by_words = sa.select(_ID, conversation.c.updated_at).where(_ID.in_(said), *filters)
    found |= {row.id: row.updated_at for row in connection.execute(by_words)}
    return sorted(found, key=lambda row_id: (found[row_id], row_id), reverse=True)[:MOST_SHOWN]


def _rows(connection: sa.Connection, ids: list[str], staff_id: str) -> tuple[Row, ...]:
    if not ids:
        return ()
    query = (
        sa.select(
            *_OWN,
            sa.func.coalesce(seen.c.seq, 0),
            sa.func.coalesce(event.c.text, ""),
            sa.func.coalesce(event.c.actor, ""),
        )
        .select_from(conversation)
        .outerjoin(seen, sa.and_(seen.c.conversation_id == _ID, seen.c.staff_id == staff_id))
        .outerjoin(event, event.c.id == _LAST)
        .where(_ID.in_(ids))
    )
    rows = {str(row[0]): Row(*tuple(row)) for row in connection.execute(query)}
    return tuple(rows[row_id] for row_id in ids if row_id in rows)
