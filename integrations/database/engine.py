"""The database as the rest sees it: `run` a function in a write transaction, `read` with one, hear of commits."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar, cast

import sqlalchemy as sa
import structlog

from integrations.database import dialect, migrations
from integrations.database.news import Listener, News, collect
from integrations.database.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")
Statements = Callable[Concatenate[sa.Connection, P], T]
log = structlog.get_logger(__name__)


class Database(ABC):
    """One open database. Open it inside the event loop that uses it, and close it there."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._listeners: list[Listener] = []

    @staticmethod
    async def open(url: str, *, upgrade: bool = True) -> "Database":
        """Open `sqlite:///FILE` or `postgresql://...`, by default after bringing its tables up to date.

        Raises WrongDeclaration for another kind of URL.
        """
        dialect.synchronous_url(url)
        if upgrade:
            await asyncio.to_thread(migrations.upgrade, url)
        return _Sqlite(url) if dialect.is_sqlite(url) else _Postgres(url)

    @abstractmethod
    async def run(self, statements: Statements[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `statements(connection, ...)` in one write transaction and return its result after the COMMIT.

        On SQLite, calls take effect in the order they are made. An exception rolls this call back and is raised here.
        """

    @abstractmethod
    async def read(self, statements: Statements[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `statements(connection, ...)` in a transaction that only reads; it never waits for a writer."""

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

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._pool = dialect.postgres_engine(url)

    async def run(self, statements: Statements[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        def work(connection: sa.Connection) -> tuple[T, tuple[News, ...]]:
            collect(connection)  # left over from a transaction of this connection that was rolled back
            return statements(connection, *args, **kwargs), collect(connection)

        async with self._pool.begin() as connection:
            result, news = await connection.run_sync(work)
        if news:
            self._tell(news)
        return result

    async def read(self, statements: Statements[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        async with self._pool.connect() as connection:
            return await connection.run_sync(lambda sync: statements(sync, *args, **kwargs))

    async def close(self) -> None:
        await self._pool.dispose()
