"""The history of the tables, one for SQLite and PostgreSQL, inside the package so that a wheel can run it."""

import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from flows.errors import LendlineError
from integrations.database import dialect

HEAD = "0013"
APART = 60.0  # seconds
_REVISION = sa.text("SELECT version_num FROM alembic_version")


@dataclass
class TablesBehind(LendlineError):
    """The tables are not those of this program; `found` is their revision, None when there are none."""

    found: str | None

    def __str__(self) -> str:
        return (
            f"the tables are at revision {self.found or 'none'}, this program needs {HEAD}: run `lendline db upgrade`"
        )


def upgrade(url: str, revision: str = HEAD) -> None:
    """Bring the tables of `url` up to `revision`. Does nothing when they are there already."""
    if current(url) != revision:
        _change(url, revision, "upgrade")


def upgrade_apart(url: str) -> None:
    """`upgrade` in a process of its own: one that lives long need not carry the tool, which takes ten megabytes.

    What goes wrong there is not told: opening the database tries again, and tells.
    """
    with suppress(sa.exc.SQLAlchemyError, OSError, subprocess.TimeoutExpired):
        if current(url) != HEAD:
            command = [sys.executable, "-m", __name__]
            subprocess.run(  # noqa: S603 - our own program
                command, input=url, text=True, capture_output=True, check=False, timeout=APART
            )


def check(url: str) -> None:
    """Raise TablesBehind unless the tables of `url` are those of this program."""
    found = current(url)
    if found != HEAD:
        raise TablesBehind(found)


def check_connection(connection: sa.Connection) -> None:
    """Raise TablesBehind unless the tables behind a connection are those of this program."""
    found = connection.execute(_REVISION).scalar()
    if found != HEAD:
        raise TablesBehind(found)


def downgrade(url: str, revision: str = "base") -> None:
    """Take the tables of `url` down to `revision`; what the newer ones held is lost."""
    _change(url, revision, "downgrade")


def current(url: str) -> str | None:
    """The revision of the tables of `url`, None when there are none."""
    engine = dialect.migration_engine(url)
    try:
        with engine.begin() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            revision: str | None = connection.execute(_REVISION).scalar()
            return revision
    finally:
        engine.dispose()


def _change(url: str, revision: str, direction: Literal["upgrade", "downgrade"]) -> None:
    from alembic import command  # noqa: PLC0415 - a start with up-to-date tables does without its import time
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = dialect.migration_engine(url)
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            (command.upgrade if direction == "upgrade" else command.downgrade)(config, revision)
    finally:
        engine.dispose()
