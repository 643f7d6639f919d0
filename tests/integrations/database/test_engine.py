"""The engine: one writer, group commit, a failing function spoils nothing but itself."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, IntegrityError

from flows.errors import WrongDeclaration
from integrations.database import dialect
from integrations.database.engine import Database
from integrations.database.news import News, Topic, announce
from integrations.database.queries import conversations
from tests import databases

TABLE = "create table thing (name text primary key)"

one_writer = pytest.mark.skipif(databases.is_postgresql(), reason="PostgreSQL has no one writer that orders calls")


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Database]:
    db = await Database.open(databases.url_for(folder), upgrade=False)
    try:
        await db.run(lambda connection: connection.execute(sa.text(TABLE)))
        yield db
    finally:
        await db.close()


def put(connection: sa.Connection, name: str) -> str:
    connection.execute(sa.text("insert into thing values (:name)"), {"name": name})
    announce(connection, Topic.EVENT, name)
    return name


def put_and_fail(connection: sa.Connection, name: str) -> None:
    put(connection, name)
    raise ZeroDivisionError(name)


def names(connection: sa.Connection) -> list[str]:
    return list(connection.execute(sa.text("select name from thing order by name")).scalars())


async def test_what_is_run_is_durable_and_readable_when_it_returns(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        assert await db.run(put, "a") == "a"
        assert await db.read(names) == ["a"]
    async with opened_again(tmp_path) as db:
        assert await db.read(names) == ["a"]


@asynccontextmanager
async def opened_again(folder: Path) -> AsyncIterator[Database]:
    db = await Database.open(databases.url_for(folder), upgrade=False)
    yield db
    await db.close()


@one_writer
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 15), st.booleans()), min_size=1, max_size=90))
async def test_neighbours_in_a_group_do_not_spoil_each_other(
    tmp_path_factory: pytest.TempPathFactory, calls: list[tuple[int, bool]]
) -> None:
    """Some functions fail after writing, some break a constraint: the rest is there, in the order of the calls."""
    async with opened(tmp_path_factory.mktemp("db")) as db:
        work = [db.run(put_and_fail if fails else put, str(number)) for number, fails in calls]
        results = await asyncio.gather(*work, return_exceptions=True)
        there: list[str] = []
        for (number, fails), result in zip(calls, results, strict=True):
            if fails and str(number) not in there:
                assert isinstance(result, ZeroDivisionError)
            elif str(number) in there:
                assert isinstance(result, IntegrityError)
            else:
                assert result == str(number)
                there.append(str(number))
        assert await db.read(names) == sorted(there)


@one_writer
async def test_when_the_commit_fails_everybody_in_the_group_hears_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        await db.run(lambda connection: connection.execute(sa.text("create table parent (id integer primary key)")))
        child = "create table child (p integer references parent(id) deferrable initially deferred)"
        await db.run(lambda connection: connection.execute(sa.text(child)))

        def orphan(connection: sa.Connection) -> None:
            connection.execute(sa.text("insert into child values (7)"))

        entered, leave = threading.Event(), threading.Event()

        def wait(_connection: sa.Connection) -> bool:
            entered.set()
            return leave.wait(5)

        busy = asyncio.create_task(db.run(wait))
        await asyncio.to_thread(entered.wait, 5)  # the writer is busy now: what follows waits together
        group = [asyncio.create_task(work) for work in (db.run(put, "a"), db.run(orphan), db.run(put, "b"))]
        await asyncio.sleep(0)
        leave.set()
        assert await busy
        results = await asyncio.gather(*group, return_exceptions=True)
        assert [type(result) for result in results] == [IntegrityError] * 3
        assert await db.read(names) == []
        assert await db.run(put, "c") == "c"


@pytest.mark.skipif(not databases.is_postgresql(), reason="a file has no connection that could be cut")
async def test_a_connection_that_is_cut_is_told_and_not_used_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        others = sa.create_engine(dialect.synchronous_url(db.url), poolclass=sa.NullPool)

        def cut_off(connection: sa.Connection) -> str | None:
            mine = connection.execute(sa.text("select pg_backend_pid()")).scalar_one()
            with others.connect() as other:
                other.execute(sa.text("select pg_terminate_backend(:mine)"), {"mine": mine})
            return conversations.resolve(connection, channel="web", address="ann", application_id=None)

        with pytest.raises(DBAPIError) as told:
            await db.run(cut_off)
        assert told.value.connection_invalidated
        assert await db.run(put, "a") == "a"


@one_writer
async def test_a_full_disk_is_told_and_when_there_is_room_again_the_work_goes_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        pages = int(await db.run(lambda connection: connection.execute(sa.text("pragma page_count")).scalar_one()))
        limit = sa.text(f"pragma max_page_count = {pages + 4}")
        await db.run(lambda connection: connection.execute(limit).all())
        with pytest.raises(DBAPIError, match="full"):
            await db.run(put, "long" * 20_000)
        await db.run(lambda connection: connection.execute(sa.text("pragma max_page_count = 100000")).all())
        assert await db.run(put, "a") == "a"
        assert await db.read(names) == ["a"]


async def test_news_come_after_the_commit_and_only_of_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        heard: list[str] = []

        def listen(news: tuple[News, ...]) -> None:
            heard.extend(each.conversation_id for each in news)

        def fail(_news: tuple[News, ...]) -> None:
            raise ZeroDivisionError

        stop_failing, stop = db.on_commit(fail), db.on_commit(listen)
        await db.run(put, "a")
        with pytest.raises(ZeroDivisionError):
            await db.run(put_and_fail, "b")
        await db.run(put, "c")
        stop()
        stop_failing()
        await db.run(put, "d")
        assert heard == ["a", "c"]


async def test_a_reader_cannot_write(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        with pytest.raises(DBAPIError, match=r"read-?only"):
            await db.read(put, "a")


@one_writer
async def test_readers_do_not_wait_for_the_writer(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        await db.run(put, "a")
        entered, leave = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def slow(connection: sa.Connection) -> None:
            put(connection, "b")
            loop.call_soon_threadsafe(entered.set)
            asyncio.run_coroutine_threadsafe(leave.wait(), loop).result(5)

        writing = asyncio.create_task(db.run(slow))
        await entered.wait()
        assert await db.read(names) == ["a"]
        leave.set()
        await writing
        assert await db.read(names) == ["a", "b"]


async def test_a_caller_who_gives_up_hurts_nobody(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        tasks = [asyncio.create_task(db.run(put, str(number))) for number in range(10)]
        await asyncio.sleep(0)
        tasks[3].cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [result for result in results if isinstance(result, str)] == [str(n) for n in range(10) if n != 3]


async def test_closing_finishes_what_is_queued(tmp_path: Path) -> None:
    db = await Database.open(databases.url_for(tmp_path), upgrade=False)
    await db.run(lambda connection: connection.execute(sa.text(TABLE)))
    tasks = [asyncio.create_task(db.run(put, str(number))) for number in range(100)]
    await asyncio.sleep(0)
    await db.close()
    assert await asyncio.gather(*tasks) == [str(number) for number in range(100)]


async def test_two_processes_can_write_to_one_file(tmp_path: Path) -> None:
    """As `lendline lender add` does beside a running server."""
    async with opened(tmp_path) as db, opened_again(tmp_path) as other:
        await asyncio.gather(*((db if number % 2 else other).run(put, str(number)) for number in range(100)))
        assert sorted(await db.read(names), key=int) == [str(number) for number in range(100)]


@pytest.mark.parametrize("url", ["mysql://root@localhost/x", "lendline.sqlite", ""])
async def test_another_database_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(WrongDeclaration, match="neither SQLite nor PostgreSQL"):
        await Database.open(url)
