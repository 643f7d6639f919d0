"""The only file with SQL or settings of one database: connections, locking, insert-or-skip, upsert."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from flows.errors import WrongDeclaration
from integrations.database.prepared import Cursor

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.ext.asyncio import AsyncEngine

READERS = 4
CHECKPOINT_EVERY = 200  # commits; copying the log back takes milliseconds that no turn should wait for
BUSY_MS = 5_000
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_MS}", "foreign_keys=ON", "cache_size=-16000")


def is_sqlite(url: str) -> bool:
    """Whether a database URL names an SQLite file."""
    return url.startswith("sqlite")


def synchronous_url(url: str) -> str:
    """The URL for a synchronous driver, for migrations. Raises WrongDeclaration for other databases."""
    if is_sqlite(url) or url.startswith("postgresql+psycopg"):
        return url
    if url.startswith(("postgresql://", "postgresql+asyncpg://")):
        return "postgresql+psycopg://" + url.partition("://")[2]
    raise WrongDeclaration(
        "LENDLINE_DATABASE_URL", "the database is neither SQLite nor PostgreSQL", "Use sqlite:///FILE or postgresql://"
    )


def file_of(url: str) -> Path:
    """The file of an SQLite URL."""
    return Path(str(sa.make_url(url).database))


def writer_engine(url: str) -> sa.Engine:
    """The one writing connection of an SQLite file: WAL, synchronous=FULL. Its transactions are begun by `writing`."""
    # The log is copied back in the background (`checkpoint`); by itself only when it has grown to 64 MB.
    return _sqlite_engine(url, begin="", pool_size=1, more=("wal_autocheckpoint=16000",))


@contextmanager
def writing(connection: sa.Connection) -> Iterator[None]:
    """A transaction of the writer's connection, undone by an exception.

    It is IMMEDIATE: a deferred one that turns into a write fails with "database is locked". The driver is told itself,
    since each turn pays for it.
    """
    _tell(connection, "BEGIN IMMEDIATE")
    try:
        yield
        _tell(connection, "COMMIT")
    except BaseException:
        driver: Any = connection.connection.driver_connection
        if driver.in_transaction:  # a full disk has undone it already
            _tell(connection, "ROLLBACK")
        raise


def reader_engine(url: str) -> sa.Engine:
    """Reading connections of an SQLite file; each transaction sees one moment and cannot write."""
    return _sqlite_engine(url, begin="BEGIN", pool_size=READERS, more=("query_only=ON",))


def _sqlite_engine(url: str, begin: str, pool_size: int, more: tuple[str, ...] = ()) -> sa.Engine:
    engine = sa.create_engine(
        url,
        connect_args={"check_same_thread": False},
        poolclass=sa.QueuePool,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - sqlite3.Connection behind SQLAlchemy
        connection.isolation_level = None  # the driver must not begin transactions by itself
        for pragma in _PRAGMAS + more:
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        if begin:
            _tell(connection, begin)

    return engine


def _tell(connection: sa.Connection, sql: str) -> None:
    with Cursor(connection, sql) as cursor:
        cursor.execute(sql)


def checkpoint(url: str) -> None:
    """Copy what is in the write-ahead log of an SQLite file into the file, beside readers and the writer.

    When another process is at it already, there is nothing to do.
    """
    with closing(sqlite3.connect(file_of(url))) as connection, suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def postgres_engine(url: str) -> "AsyncEngine":
    """The pool of PostgreSQL connections for turns."""
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - a file has no use for it

    return create_async_engine(
        "postgresql+asyncpg://" + url.partition("://")[2],
        pool_size=12,
        max_overflow=4,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def locked(name: str, statement: sa.Select[Any]) -> sa.Select[Any]:
    """The rows of `statement`, locked until the end of the transaction. SQLite has one writer and needs no lock."""
    return statement.with_for_update() if name == "postgresql" else statement


def insert_new(
    connection: sa.Connection, table: sa.Table, values: Mapping[str, object], unique: tuple[str, ...], returning: str
) -> Any | None:  # noqa: ANN401 - the type of the returned column
    """Insert a row unless one with the same `unique` columns exists; the `returning` column, None when it exists."""
    statement = inserting_new(connection.dialect.name, table, unique, returning)
    return connection.execute(statement, dict(values)).scalar_one_or_none()


def upsert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, object]], unique: tuple[str, ...]
) -> None:
    """Insert rows; a row with the same `unique` columns is overwritten."""
    connection.execute(upserting(connection.dialect.name, table, unique), [dict(row) for row in rows])


# Building a statement costs more than running it, so each is built once.


@cache
def inserting_new(
    name: str, table: sa.Table, unique: tuple[str, ...], returning: str
) -> sa.sql.dml.ReturningInsert[Any]:
    """What `insert_new` runs on a kind of database."""
    insert = _insert(name, table).on_conflict_do_nothing(index_elements=list(unique))
    return insert.returning(table.c[returning])


@cache
def upserting(name: str, table: sa.Table, unique: tuple[str, ...]) -> sa.Insert:
    """What `upsert` runs on a kind of database."""
    insert = _insert(name, table)
    changed = {column.name: insert.excluded[column.name] for column in table.c if column.name not in unique}
    return insert.on_conflict_do_update(index_elements=list(unique), set_=changed)


def _insert(name: str, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    if name != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - a file has no use for it

    return postgresql.insert(table)


def count_on(connection: sa.Connection, table: sa.Table) -> None:
    """Have the next row that gets its number from the database get one after those that are there."""
    key = table.autoincrement_column
    if connection.dialect.name == "postgresql" and key is not None:
        highest = sa.select(sa.func.max(key)).scalar_subquery()
        sequence = sa.func.pg_get_serial_sequence(table.name, key.name)
        connection.execute(sa.select(sa.func.setval(sequence, highest)).where(highest.is_not(None)))


def back_up(url: str, file: Path) -> None:
    """Write a copy of an SQLite database, as it was at one moment, to a new file; others may go on working."""
    with closing(sqlite3.connect(file_of(url))) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)


def migration_engine(url: str) -> sa.Engine:
    """A synchronous engine without a pool, for migrations."""
    if is_sqlite(url):
        # Batch operations rebuild tables, which foreign keys would forbid half-way.
        return _sqlite_engine(url, begin="BEGIN IMMEDIATE", pool_size=1, more=("foreign_keys=OFF",))
    return sa.create_engine(synchronous_url(url), poolclass=sa.NullPool, hide_parameters=True)


def workflow_engine(url: str, seconds: Callable[[], float]) -> sa.Engine:
    """The connections of the workflow engine to its own SQLite file, with a clock of milliseconds.

    DBOS asks SQL for the time and gets whole seconds (Python < 3.12) or NULL (SQLite < 3.42), so order, limits and
    even its start fail; both functions are replaced on its connections.
    """
    engine = sa.create_engine(
        url, connect_args={"check_same_thread": False}, pool_size=8, max_overflow=24, hide_parameters=True
    )

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - sqlite3.Connection behind SQLAlchemy
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("strftime", -1, lambda *_arguments: seconds())
        connection.create_function("unixepoch", -1, lambda *_arguments: seconds())

    return engine
