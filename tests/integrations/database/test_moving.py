"""Moving an installation from a file to a server: everything, the same, or nothing."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from integrations.database import dialect, migrations, moving
from integrations.database.moving import NotEmpty, NotTheSame
from integrations.database.tables import metadata
from tests import databases
from tests.bot.parts import Flow, arrival, consent, echo, parts, pull

pytestmark = pytest.mark.skipif(not databases.is_postgresql(), reason="a move goes to PostgreSQL")


@pytest.fixture
async def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file with some of everything that turns write."""
    file = f"sqlite:///{tmp_path / 'old.sqlite'}"
    migrations.upgrade(file)
    monkeypatch.setattr(databases, "url_for", lambda _folder: file)
    async with parts(tmp_path, Flow({"say": echo, "pull": lambda *_: (pull(),)})) as its:
        for number in range(30):
            await its.door.take(arrival(f"say 你好 {number}", address=f"a{number % 7}"))
        await its.door.take(arrival("pull"))
    monkeypatch.undo()
    assert consent()
    return file


def counts(url: str) -> dict[str, int]:
    engine = dialect.migration_engine(url)
    with engine.begin() as connection:
        found = {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


async def test_everything_arrives_and_the_conversation_goes_on(source: str, tmp_path: Path) -> None:
    target = databases.without_tables(tmp_path)
    heard: list[str] = []
    moved = moving.move(source, target, lambda table, _done, _all: heard.append(table))
    assert {each.table: each.rows for each in moved} == counts(source) == counts(target)
    assert {"conversation", "event", "outbox", "job"} <= set(heard)
    with pytest.raises(NotEmpty):
        moving.move(source, target)


async def test_what_comes_after_a_move_gets_new_numbers(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = databases.without_tables(tmp_path)
    moving.move(source, target)
    monkeypatch.setattr(databases, "url_for", lambda _folder: target)
    async with parts(tmp_path, Flow({"say": echo})) as its:
        taken = await its.door.take(arrival("say again", address="a1"))
        assert not taken.duplicate
        (highest,) = (await its.rows("select max(id) from event"))[0]
        assert taken.event_id is not None
        assert taken.event_id <= int(str(highest))
        assert (await its.state("a1")).trail[-1] == "say again"


async def test_when_something_changes_on_the_way_nothing_is_kept(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = databases.without_tables(tmp_path)
    honest = dialect.count_on

    def meddle(connection: sa.Connection, table: sa.Table) -> None:
        honest(connection, table)
        if table.name == "event":
            connection.execute(sa.update(table).values(text="changed").where(table.c.seq == 1))

    monkeypatch.setattr(dialect, "count_on", meddle)
    with pytest.raises(NotTheSame, match="event differs"):
        moving.move(source, target)
    kept = {table for table, rows in counts(target).items() if rows}
    assert kept == {table.name for table in moving.SEEDED}
