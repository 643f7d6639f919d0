"""How SQLite goes about what staff look at all day: by an index in its order, never by sorting what it has found."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from integrations.database.queries import desk
from integrations.database.queries.desk import Wanted
from integrations.database.tables import Place, conversation
from tests import databases

AT = datetime(2026, 11, 23, tzinfo=UTC)
OPEN = (Place.NEEDS, Place.PERSON, Place.ASSISTANT, Place.SNOOZED)


@pytest.fixture(params=[False, True], ids=["as it grows", "with statistics"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Connection]:
    """Two thousand conversations, of which nobody waits in most: what statistics mistake for a rare value."""
    if databases.is_postgresql():
        pytest.skip("plans of PostgreSQL depend on its size; benchmarks/console.py measures them")
    engine = sa.create_engine(databases.url_for(tmp_path), poolclass=sa.NullPool)
    with engine.begin() as found:
        found.execute(sa.insert(conversation), [_row(number) for number in range(2_000)])
        if request.param:
            found.execute(sa.text("ANALYZE"))
    with engine.connect() as found:
        yield found


def _row(number: int) -> dict[str, Any]:
    place = Place.NEEDS if number % 50 == 0 else Place.ASSISTANT if number % 2 else Place.CLOSED
    return {
        "id": f"c-{number}",
        "channel": "telegram",
        "address": str(number),
        "lang": "en",
        "state": b"",
        "speaker": "assistant",
        "step": "need.loan" if number % 7 else "offers.decline",
        "status": "draft",
        "place": place,
        "waiting_since": AT - timedelta(minutes=number) if place is Place.NEEDS else None,
        "created_at": AT,
        "updated_at": AT + timedelta(minutes=number),
    }


def test_a_list_comes_out_of_its_index_in_order(connection: sa.Connection) -> None:
    lists = [Wanted(places=(place,)) for place in Place]
    lists += [Wanted(places=OPEN), Wanted(places=OPEN, step="offers.decline"), Wanted(places=OPEN, reason="asked")]
    lists += [Wanted(places=OPEN, label="vip")]
    for wanted in lists:
        shown, after = desk.page(connection, wanted, "s-1", limit=5)
        assert all(row.place in wanted.places for row in shown)
        plans = explained(connection, lambda: desk.page(connection, wanted, "s-1", after=after, limit=5))  # noqa: B023
        assert plans
        assert not [step for step in plans if "TEMP B-TREE" in step or step == "SCAN conversation"], wanted


def test_counting_stops_where_nobody_reads_on(connection: sa.Connection) -> None:
    counts = desk.counts(connection, "s-1")
    assert counts["needs"] == 40
    assert counts["assistant"] == desk.MOST_COUNTED + 1
    plans = explained(connection, lambda: desk.counts(connection, "s-1"))
    assert [step for step in plans if "conversation" in step and "COVERING INDEX" not in step] == []


def test_words_are_searched_from_the_end_of_the_log(connection: sa.Connection) -> None:
    plans = explained(connection, lambda: desk.page(connection, Wanted(places=OPEN, find="opening hours"), "s-1"))
    assert [step for step in plans if "event" in step and "INTEGER PRIMARY KEY" not in step] == ["SEARCH event"]


def explained(connection: sa.Connection, look: Any) -> list[str]:
    """The steps of the plans of all that a call asks."""
    asked: list[tuple[str, Any]] = []
    record = lambda *given: asked.append((given[2], given[3]))  # noqa: E731
    sa.event.listen(connection, "before_cursor_execute", record)
    look()
    sa.event.remove(connection, "before_cursor_execute", record)
    return [
        str(row[3])
        for query, values in asked
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values)
    ]
