"""`lendline queue`: what waits, what was given up, and another try for it."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

import click
import sqlalchemy as sa

from bot.settings import Settings
from bot.wiring import now
from integrations.database.engine import Database
from integrations.database.queries import jobs, outbox, views
from integrations.database.queries.jobs import FailedJob
from integrations.database.queries.outbox import DeadLetter

SHOWN = 50


@click.group(invoke_without_command=True)
@click.pass_context
def queue(context: click.Context) -> None:
    """Show what waits to be delivered or done, and what was given up."""
    if context.invoked_subcommand is None:
        asyncio.run(_show(Settings()))


@queue.command()
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Everything that was given up.")
def retry(ids: tuple[str, ...], *, everything: bool) -> None:
    """Try what was given up again: message numbers or job keys, as `lendline queue` shows them."""
    if everything == bool(ids):
        raise click.ClickException("name what to try again, or give --all")
    asyncio.run(_retry(Settings(), ids))


async def _show(settings: Settings) -> None:
    database = await Database.open(settings.database_url)
    try:
        backlog = await database.read(views.backlog)
        letters = await database.read(outbox.dead_letters, SHOWN)
        failed = await database.read(jobs.failed, SHOWN)
    finally:
        await database.close()
    at = now()
    click.echo(f"messages  {_counts(backlog.messages)}{_age(backlog.oldest_message, at)}")
    click.echo(f"jobs      {_counts(backlog.jobs)}{_age(backlog.oldest_job, at)}")
    for letter in letters:
        click.echo(_line(letter))
    for job in failed:
        click.echo(_line(job))
    click.echo("Try again: lendline queue retry ID" if letters or failed else "Nothing was given up.")


async def _retry(settings: Settings, ids: tuple[str, ...]) -> None:
    database = await Database.open(settings.database_url)
    try:
        if not ids:
            letters = await database.read(outbox.dead_letters, 10_000)
            ids = (
                *(str(letter.id) for letter in reversed(letters)),
                *(job.key for job in await database.read(jobs.failed, 10_000)),
            )
        missing = [each for each in ids if not await database.run(_again, each, now())]
    finally:
        await database.close()
    click.echo(f"{len(ids) - len(missing)} to be tried again by the workers.")
    if missing:
        raise click.ClickException(f"not given up, or erased since: {', '.join(missing)}")


def _again(connection: sa.Connection, name: str, at: datetime) -> bool:
    if name.isascii() and name.isdecimal():
        return outbox.retry(connection, int(name), at)
    return jobs.retry(connection, name, at)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in counts.items())


def _age(oldest: datetime | None, at: datetime) -> str:
    return "" if oldest is None else f"; the oldest for {(at - oldest).total_seconds():.0f} s"


def _line(what: DeadLetter | FailedJob) -> str:
    if isinstance(what, DeadLetter):
        when = f"{what.created_at:%Y-%m-%d %H:%M}"
        return f"  message {what.id}  {what.channel}  {what.conversation_id}  {when}  {what.error}"
    when = f"{what.finished_at:%Y-%m-%d %H:%M}" if what.finished_at is not None else ""
    return f"  job {what.key}  {what.conversation_id}  {when}  {what.error}"
