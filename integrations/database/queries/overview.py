"""The numbers of supervisors over a stretch of time, from the rows that the tally keeps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from integrations.database.tables import journey, journey_fetch

# Upper ends of the classes of a duration, in seconds; the last class has none.
CLASSES = (60, 300, 600, 1800, 3600, 86_400)
_PLACES = range(len(CLASSES) + 1)
_NO_MORE = ("disbursed", "rejected", "offer_declined", "withdrawn", "expired", "cancelled")


@dataclass(frozen=True)
class Durations:
    """How long something took: counts by class of CLASSES, the median and the 90th percentile in seconds."""

    counts: tuple[int, ...]
    median: int | None
    slow: int | None

    @property
    def total(self) -> int:
        """How many there were."""
        return sum(self.counts)


@dataclass(frozen=True)
class SourceLine:
    """How one source did: fetches by outcome, and the mean seconds of those that brought something."""

    source: str
    done: int
    failed: int
    skipped: int
    mean_seconds: float | None


@dataclass(frozen=True)
class LenderLine:
    """How one lender did: applications it has, decided ones, mean seconds to decide, and those past its own date."""

    lender: str
    applications: int
    decided: int
    mean_seconds: float | None
    overdue: int


@dataclass(frozen=True)
class Overview:
    """Everything on the page. `reached` counts applications by stage, `stopped` unsent ones by flow.

    `asked` and `prefilled` are the fields of signed applications by who gave them, `signed` is their number.
    """

    reached: dict[int, int]
    stopped: dict[str, int]
    submit: Durations
    decide: Durations
    reply: Durations
    signed: int
    asked: int
    prefilled: int
    reasons: dict[str, int]
    sources: tuple[SourceLine, ...]
    lenders: tuple[LenderLine, ...]


def overview(
    connection: sa.Connection, since: datetime, now: datetime, *, quiet_since: datetime, signed_stage: int
) -> Overview:
    """The numbers of applications begun since a time. One that is unsent and quiet since `quiet_since` has stopped."""
    begun = journey.c.started_at >= since
    signed = journey.c.reached >= signed_stage
    count = sa.func.count()
    stopped = sa.and_(begun, ~signed, journey.c.seen_at < quiet_since)
    signed_count, asked, prefilled = connection.execute(
        sa.select(
            count,
            sa.func.coalesce(sa.func.sum(journey.c.asked), 0),
            sa.func.coalesce(sa.func.sum(journey.c.prefilled), 0),
        ).where(begun, signed)
    ).one()
    submit, decide, reply = _durations(connection, begun)
    return Overview(
        reached=_pairs(connection, sa.select(journey.c.reached, count).where(begun).group_by(journey.c.reached)),
        stopped=_pairs(connection, sa.select(journey.c.step, count).where(stopped).group_by(journey.c.step)),
        submit=submit,
        decide=decide,
        reply=reply,
        signed=signed_count,
        asked=int(asked),
        prefilled=int(prefilled),
        reasons=_pairs(
            connection,
            sa.select(journey.c.person_reason, count)
            .where(begun, journey.c.person_reason != "")
            .group_by(journey.c.person_reason),
        ),
        sources=_sources(connection, since),
        lenders=_lenders(connection, begun, now),
    )


def _pairs(connection: sa.Connection, query: sa.Select[Any]) -> dict[Any, int]:
    return {row[0]: row[1] for row in connection.execute(query)}


def _durations(connection: sa.Connection, begun: sa.ColumnElement[bool]) -> tuple[Durations, ...]:
    """How long it took to submit, to decide and to reply: all classes in one pass."""
    columns = (journey.c.submit_seconds, journey.c.decide_seconds, journey.c.reply_seconds)
    counts = [sa.func.count(sa.case((_within(column, place), 1))) for column in columns for place in _PLACES]
    found = tuple(connection.execute(sa.select(*counts).where(begun)).one())
    size = len(_PLACES)
    classes = [found[start : start + size] for start in range(0, len(found), size)]
    return tuple(
        Durations(each, *(_percentile(connection, column, begun, each, percent) for percent in (50, 90)))
        for column, each in zip(columns, classes, strict=True)
    )


def _within(seconds: sa.Column[int], place: int) -> sa.ColumnElement[bool]:
    """Whether a duration is in the class at a place."""
    low = CLASSES[place - 1] if place else 0
    return seconds >= low if place == len(CLASSES) else sa.and_(seconds >= low, seconds < CLASSES[place])


def _percentile(
    connection: sa.Connection, seconds: sa.Column[int], begun: sa.ColumnElement[bool], counts: tuple[int, ...], of: int
) -> int | None:
    """The value below which so many percent lie; only the class that holds it is sorted."""
    wanted = sum(counts) * of // 100
    for place, count in enumerate(counts):
        if wanted < count:
            query = sa.select(seconds).where(begun, _within(seconds, place)).order_by(seconds).offset(wanted).limit(1)
            value: int = connection.execute(query).scalar_one()
            return value
        wanted -= count
    return None


def _sources(connection: sa.Connection, since: datetime) -> tuple[SourceLine, ...]:
    table = journey_fetch.c
    states = [sa.func.count(sa.case((table.state == state, 1))) for state in ("done", "failed", "skipped")]
    mean = sa.func.avg(sa.case((table.state == "done", table.seconds)))
    query = sa.select(table.source, *states, mean).where(table.started_at >= since).group_by(table.source)
    return tuple(
        SourceLine(row[0], row[1], row[2], row[3], None if row[4] is None else float(row[4]))
        for row in connection.execute(query.order_by(table.source))
    )


def _lenders(connection: sa.Connection, begun: sa.ColumnElement[bool], now: datetime) -> tuple[LenderLine, ...]:
    late = sa.and_(journey.c.expected_by < now, journey.c.status.not_in(_NO_MORE))
    query = (
        sa.select(
            journey.c.lender,
            sa.func.count(),
            sa.func.count(journey.c.decide_seconds),
            sa.func.avg(journey.c.decide_seconds),
            sa.func.count(sa.case((late, 1))),
        )
        .where(begun, journey.c.lender != "")
        .group_by(journey.c.lender)
        .order_by(journey.c.lender)
    )
    return tuple(
        LenderLine(lender, held, decided, None if mean is None else float(mean), overdue)
        for lender, held, decided, mean, overdue in connection.execute(query)
    )
