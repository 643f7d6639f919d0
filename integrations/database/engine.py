"""The database as the rest sees it: `run` a function in a write transaction, `read` with one, hear of commits."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import sqlalchemy as sa
import structlog

from flows.errors import LendlineError
from integrations.database import dialect, migrations
from integrations.database.locks import FileLocks, Hold
from integrations.database.news import Listener, News, collect
from integrations.database.writer import Writer

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from integrations.database.session import Session

P = ParamSpec("P")
T = TypeVar("T")
Statements = Callable[Concatenate[sa.Connection, P], T]
log = structlog.get_logger(__name__)


@dataclass
class DatabaseUnreachable(LendlineError):
    """The database of the settings cannot be opened. `where` is its URL without the password."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"the database {self.where} cannot be opened: {self.reason}. Correct LENDLINE_DATABASE_URL or start it"


def _reason(error: Exception) -> str:
    """The first line of what the driver said."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0].rstrip(".") if said else type(error).__name__


class Database(ABC):
    """One open database. Open it inside the event loop that uses it, and close it there."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._listeners: list[Listener] = []

    @staticmethod
    async def open(url: str, *, upgrade: bool = True) -> "Database":
        """Open `sqlite:///FILE` or `postgresql://...`; without `upgrade`, the caller knows that its tables are there.

        A file's tables are brought up to date. On PostgreSQL, where other processes may be at work with the tables
        as they are, that is a step of its own. Raises TablesBehind there, WrongDeclaration for another kind of URL, and
        DatabaseUnreachable when it cannot be opened.
        """
        dialect.synchronous_url(url)
        try:
            return await Database._open(url, upgrade=upgrade)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            raise DatabaseUnreachable(sa.make_url(url).render_as_string(hide_password=True), _reason(error)) from error

    @staticmethod
    async def _open(url: str, *, upgrade: bool) -> "Database":
        if dialect.is_sqlite(url):
            if upgrade:
                await asyncio.to_thread(migrations.upgrade, url)
            return _Sqlite(url)
        if upgrade:
            await asyncio.to_thread(migrations.check, url)
        from integrations.database.session import Session  # noqa: PLC0415 - a file needs no driver of PostgreSQL

        database = _Postgres(url, Session)
        await database.session.open()
        return database

    @abstractmethod
    async def run(self, statements: Statements[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `statements(connection, ...)` in one write transaction and return its result after the COMMIT.

        On SQLite, calls take effect in the order they are made. An exception rolls this call back and is raised here.
        """

    @abstractmethod
    async def read(self, statements: Statements[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `statements(connection, ...)` in a transaction that only reads; it never waits for a writer."""

    @abstractmethod
    async def try_lock(self, name: str) -> Hold | None:
        """Take a lock that at most one process holds; None when somebody has it. It ends with its process."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what is queued and close all connections."""

    def on_commit(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called in the event loop after each commit that announced news; returns how to end it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, news: tuple[News, ...]) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(news)
            except Exception as error:
                log.warning("listener_failed", error=type(error).__name__)


class _Sqlite(Database):
    """A file: one writing thread, and a few readers that see the last commit."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._loop = asyncio.get_running_loop()
        self._writing = dialect.writer_engine(url)
        self._reading = dialect.reader_engine(url)
        self._writer = Writer(self._writing, self._loop, self._tell)
        self._locks = FileLocks(dialect.file_of(url))
        self._readers = ThreadPoolExecutor(dialect.READERS, thread_name_prefix="database-reader")
        self._commits = 0
        self._checkpoint: asyncio.Future[None] | None = None

    async def run(self, statements: Statements[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        result = await self._writer.submit(lambda connection: statements(connection, *args, **kwargs))
        self._commits += 1
        if self._commits >= dialect.CHECKPOINT_EVERY and (self._checkpoint is None or self._checkpoint.done()):
            self._commits = 0
            self._checkpoint = self._loop.run_in_executor(self._readers, dialect.checkpoint, self.url)
        return cast(T, result)

    async def read(self, statements: Statements[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._loop.run_in_executor(
            self._readers, partial(self._read, lambda connection: statements(connection, *args, **kwargs))
        )

    async def try_lock(self, name: str) -> Hold | None:
        return await self._locks.try_lock(name)

    async def close(self) -> None:
        await asyncio.to_thread(self._writer.close)
        await asyncio.to_thread(self._readers.shutdown)
        self._reading.dispose()
        self._writing.dispose()

    def _read(self, statements: Callable[[sa.Connection], T]) -> T:
        with self._reading.begin() as connection:
            return statements(connection)


class _Postgres(Database):
    """A pool of connections; turns of one conversation are kept apart by its row lock."""

    def __init__(self, url: str, session: "Callable[[AsyncEngine, Listener], Session]") -> None:
        super().__init__(url)
        self._pool = dialect.postgres_engine(url)
        self._reading = self._pool.execution_options(postgresql_readonly=True)
        self.session = session(self._pool, self._tell)
        self._working: set[asyncio.Task[Any]] = set()

    async def run(self, statements: Statements[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        def work(connection: sa.Connection) -> tuple[T, tuple[News, ...]]:
            collect(connection)  # left over from a transaction of this connection that was rolled back
            result = statements(connection, *args, **kwargs)
            news = collect(connection)
            if news:
                self.session.notify(connection, news)
            return result, news

        async def write() -> T:
            async with self._pool.begin() as connection:
                result, news = await connection.run_sync(work)
            if news:
                self._tell(news)
            return result

        return await self._to_its_end(write())

    async def read(self, statements: Statements[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        async def look() -> T:
            async with self._reading.connect() as connection:
                return await connection.run_sync(lambda sync: statements(sync, *args, **kwargs))

        return await self._to_its_end(look())

    async def _to_its_end(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for work that goes on when the caller gives up: a broken-off query costs its connection."""
        task = asyncio.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._working.discard(task)
        if not task.cancelled():
            task.exception()  # seen, also when nobody waits for it any more

    async def try_lock(self, name: str) -> Hold | None:
        return await self.session.try_lock(name)

    async def close(self) -> None:
        await asyncio.gather(*self._working, return_exceptions=True)
        await self.session.close()
        await self._pool.dispose()
