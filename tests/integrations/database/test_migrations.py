"""Migrations: from empty to the tables of the code, and back."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from integrations.database import dialect, migrations, tables
from integrations.database.engine import Database
from tests import databases


@pytest.fixture
def url(tmp_path: Path) -> str:
    return databases.without_tables(tmp_path)


def names(url: str) -> set[str]:
    engine = sa.create_engine(dialect.synchronous_url(url), poolclass=sa.NullPool)
    with closing(engine.connect()) as connection:
        return set(sa.inspect(connection).get_table_names()) - {"alembic_version"}


def test_up_from_empty_down_and_up_again(url: str) -> None:
    assert migrations.current(url) is None
    for _ in range(2):
        migrations.upgrade(url)
        assert migrations.current(url) == migrations.HEAD
        assert names(url) == set(tables.metadata.tables)
        migrations.downgrade(url)
        assert migrations.current(url) is None
        assert names(url) == set()


def test_the_migrations_make_exactly_the_tables_of_the_code(url: str) -> None:
    migrations.upgrade(url)
    engine = sa.create_engine(dialect.synchronous_url(url), poolclass=sa.NullPool)
    with closing(engine.connect()) as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": tables.metadata})
        assert compare_metadata(context, tables.metadata) == []


def test_what_an_earlier_release_has_stored_survives_going_up_and_down(url: str) -> None:
    """Every revision, with a row of the first release in the table that each conversation needs."""
    history = list(reversed(list(scripts().walk_revisions())))
    migrations.upgrade(url, history[0].revision)
    engine = sa.create_engine(dialect.synchronous_url(url), poolclass=sa.NullPool)
    at = datetime(2026, 11, 23, tzinfo=UTC)
    row = {
        **dict.fromkeys(("id", "channel", "address", "lang", "speaker", "person_wanted", "alert", "step", "shop"), "x"),
        "status": "draft",
        "state": b"sealed",
        "version": 3,
        "seq": 7,
        "created_at": at,
        "updated_at": at,
    }
    with engine.begin() as connection:
        old = sa.Table("conversation", sa.MetaData(), autoload_with=connection)
        connection.execute(sa.insert(old), row)
    for script in history[1:]:
        migrations.upgrade(url, script.revision)
    migrations.downgrade(url, history[0].revision)
    migrations.upgrade(url)
    with engine.begin() as connection:
        kept = connection.execute(sa.select(tables.conversation)).one()
    assert (kept.id, kept.state, kept.seq, kept.updated_at) == ("x", b"sealed", 7, at)


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def test_there_is_one_history_and_its_end_is_known() -> None:
    assert scripts().get_heads() == [migrations.HEAD]


def test_tables_of_others_are_left_alone(url: str) -> None:
    engine = sa.create_engine(dialect.synchronous_url(url), poolclass=sa.NullPool)
    with closing(engine.connect()) as connection:
        connection.execute(sa.text("create table workflow_status (id text)"))
        connection.commit()
    migrations.upgrade(url)
    migrations.downgrade(url)
    assert names(url) == {"workflow_status"}


async def test_opening_brings_a_file_up_to_date_and_asks_for_it_on_a_server(url: str) -> None:
    if not dialect.is_sqlite(url):
        with pytest.raises(migrations.TablesBehind, match="run `lendline db upgrade`"):
            await Database.open(url)
        migrations.upgrade(url)
    db = await Database.open(url)
    await db.close()
    assert migrations.current(url) == migrations.HEAD
