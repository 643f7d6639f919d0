"""Moves an installation from one database to another: everything or nothing, compared row by row afterwards."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from flows.errors import LendlineError
from integrations.database import dialect, migrations
from integrations.database.staff_tables import audit_head
from integrations.database.tables import metadata

BATCH = 1_000
MODULUS = 1 << 256
SEEDED = (audit_head,)  # the migrations put a row there that says nothing while all other tables are empty
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Moved:
    """One table: its rows, and a checksum over all of them that does not depend on their order."""

    table: str
    rows: int
    checksum: str


@dataclass
class NotEmpty(LendlineError):
    """The database to move to holds data already."""

    table: str

    def __str__(self) -> str:
        return f"the database to move to is not empty: {self.table} has rows. Give an empty one"


@dataclass
class NotTheSame(LendlineError):
    """What arrived is not what was sent; nothing was kept."""

    table: str

    def __str__(self) -> str:
        return f"{self.table} differs after the move, so nothing was kept; the old database is as it was"


def move(source: str, target: str, tell: Tell = lambda _table, _done, _all: None) -> tuple[Moved, ...]:
    """Copy all tables of `source` to the empty database `target` in one transaction there, and compare them.

    `tell(table, done, all)` hears of the progress. No process may work on either database. Raises TablesBehind when
    `source` is not up to date, NotEmpty, NotTheSame.
    """
    migrations.check(source)
    migrations.upgrade(target)
    reading, writing = dialect.migration_engine(source), dialect.migration_engine(target)
    try:
        with reading.begin() as old, writing.begin() as new:
            for table in metadata.sorted_tables:
                if table not in SEEDED and _has_rows(new, table):
                    raise NotEmpty(table.name)
            for table in SEEDED:
                new.execute(sa.delete(table))
            return tuple(_move(old, new, table, tell) for table in metadata.sorted_tables)
    finally:
        reading.dispose()
        writing.dispose()


def _has_rows(connection: sa.Connection, table: sa.Table) -> bool:
    return connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None


def _move(old: sa.Connection, new: sa.Connection, table: sa.Table, tell: Tell) -> Moved:
    count = old.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    done = 0
    for rows in _batches(old, table):
        new.execute(sa.insert(table), [dict(row._mapping) for row in rows])
        done += len(rows)
        tell(table.name, done, count)
    dialect.count_on(new, table)
    sent, arrived = _summed(old, table), _summed(new, table)
    if sent != arrived:
        raise NotTheSame(table.name)
    return sent


def _summed(connection: sa.Connection, table: sa.Table) -> Moved:
    total = rows = 0
    for batch in _batches(connection, table):
        for row in batch:
            rows += 1
            total = (total + int.from_bytes(hashlib.sha256(_canonical(row)).digest())) % MODULUS
    return Moved(table.name, rows, f"{total:064x}")


def _batches(connection: sa.Connection, table: sa.Table) -> Iterator[Sequence[sa.Row[tuple[object, ...]]]]:
    yield from connection.execute(sa.select(table).execution_options(yield_per=BATCH)).partitions()


def _canonical(row: sa.Row[tuple[object, ...]]) -> bytes:
    """The same bytes for the same values, whatever the database."""
    return b"\x1f".join(_bytes(value) for value in row)


def _bytes(value: object) -> bytes:
    if value is None:
        return b"-"
    if isinstance(value, bytes | memoryview):
        return b"b" + bytes(value)
    if isinstance(value, datetime):
        return b"t" + value.astimezone(UTC).isoformat(timespec="microseconds").encode()
    if isinstance(value, bool):
        return b"1" if value else b"0"
    return f"v{value}".encode()
