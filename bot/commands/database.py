"""`lendline db`: migrations, a copy for safe keeping, the move to a server."""

import asyncio
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.commands.printing import wide_console
from bot.settings import Settings
from integrations.database import dialect, migrations, moving
from integrations.database.locks import FileLocks
from integrations.database.tables import metadata

AT_WORK = ("executor-0", "telegram-poll", "outbox:telegram", "outbox:web", "outbox:terminal")


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the tables up to date (done by itself at every start on SQLite)."""
    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    migrations.upgrade(settings.database_url)
    click.echo("The tables are up to date.")


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE while Lendline goes on working. Keep the secret key elsewhere."""
    url = Settings().database_url
    if not dialect.is_sqlite(url):
        raise click.ClickException("this is PostgreSQL: use pg_dump, see docs/operations.md")
    if not dialect.file_of(url).exists():
        raise click.ClickException("there is no database yet")
    if file.exists():
        raise click.ClickException(f"{file} exists; name a new file")
    dialect.back_up(url, file)
    click.echo(f"Copied to {file}. To go back: stop Lendline, put the file in the database's place, start again.")


@db.command()
@click.argument("target")
def move(target: str) -> None:
    """Move the SQLite installation to the empty PostgreSQL database TARGET (postgresql://...).

    Stop Lendline first. The old file is left as it is; set LENDLINE_DATABASE_URL to TARGET afterwards, and keep the
    secret keys: what is sealed stays sealed with them.
    """
    source = Settings().database_url
    if not dialect.is_sqlite(source) or dialect.is_sqlite(target):
        raise click.ClickException("a move goes from SQLite to PostgreSQL; check LENDLINE_DATABASE_URL and TARGET")
    if not dialect.file_of(source).exists():
        raise click.ClickException("there is no database to move yet")
    dialect.synchronous_url(target)
    asyncio.run(_nobody_works(source))
    console = wide_console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bars = {name: progress.add_task(name, total=None) for name in metadata.tables}
        moved = moving.move(
            source, target, lambda table, done, count: progress.update(bars[table], completed=done, total=count)
        )
    for each in moved:
        click.echo(f"{each.table:<14} {each.rows:>9} rows  {each.checksum[:16]}")
    click.echo("Everything has arrived and is the same. Now set LENDLINE_DATABASE_URL to the new address.")


async def _nobody_works(url: str) -> None:
    locks = FileLocks(dialect.file_of(url))
    for name in AT_WORK:
        hold = await locks.try_lock(name)
        if hold is None:
            raise click.ClickException("Lendline is running on this database: stop it first, then move")
        hold.release()
