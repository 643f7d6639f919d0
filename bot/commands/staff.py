"""`lendline staff` and `lendline audit`: who may use the console, and whether its audit log is whole."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import click

from bot.settings import Settings
from bot.web.console.people import People
from bot.web.console.roles import Role
from bot.wiring import open_sealer
from integrations.database.engine import Database
from integrations.database.queries import audit as chain

LOCAL = "http://127.0.0.1:8000"
_ROLES = click.Choice([role.value for role in Role])


@click.group()
def staff() -> None:
    """Let people use the staff console."""


@staff.command()
@click.argument("name")
@click.option("--role", type=_ROLES, required=True, help="viewer reads, agent also helps, supervisor also decides.")
@click.option("--url", help="Where the console is; LENDLINE_PUBLIC_URL, else http://127.0.0.1:8000.")
def add(name: str, role: str, url: str | None) -> None:
    """Add NAME; prints the one-time login link."""
    settings = Settings()
    token = asyncio.run(_add(settings, name, Role(role)))
    click.echo(login_link(url or settings.public_url or LOCAL, token))
    click.echo("The link works once, for 24 hours.", err=True)


@staff.command()
@click.argument("name")
@click.option("--url", help="Where the console is; LENDLINE_PUBLIC_URL, else http://127.0.0.1:8000.")
def link(name: str, url: str | None) -> None:
    """Print a new one-time login link for NAME, who cannot sign in any more."""
    settings = Settings()
    token = asyncio.run(_link(settings, name))
    click.echo(login_link(url or settings.public_url or LOCAL, token))


@staff.command("list")
def show() -> None:
    """List the staff, their roles, and whether they can sign in."""
    for name, role, state in asyncio.run(_everybody(Settings())):
        click.echo(f"{role:<11} {state:<11} {name}")


@click.group()
def audit() -> None:
    """Check the audit log of the console."""


@audit.command()
@click.option("--head", help="The hash printed by an earlier check, which must still be in the chain's past or end.")
def verify(head: str | None) -> None:
    """Work the chain of the audit log out again; exits 1 when a row was changed or taken out."""
    verdict, known = asyncio.run(_verify(Settings(), head))
    if verdict.broken is not None:
        raise click.ClickException(f"the audit log is broken at row {verdict.broken}: {verdict.why}")
    if not known:
        raise click.ClickException("the audit log does not hold the hash that was given: it was rewritten")
    click.echo(f"{verdict.rows} rows, whole; head {verdict.head or '-'}")


def login_link(base: str, token: str) -> str:
    """The address of a one-time link."""
    return f"{base.rstrip('/')}/console/enter/{token}"


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[tuple[Database, People]]:
    settings.home.mkdir(parents=True, exist_ok=True)
    database = await Database.open(settings.database_url)
    try:
        yield database, People(database, open_sealer(settings))
    finally:
        await database.close()


async def _add(settings: Settings, name: str, role: Role) -> str:
    async with _opened(settings) as (_, people):
        return await people.add(name, role, datetime.now(UTC))


async def _link(settings: Settings, name: str) -> str:
    async with _opened(settings) as (_, people):
        return await people.link(name, datetime.now(UTC))


async def _everybody(settings: Settings) -> list[tuple[str, str, str]]:
    async with _opened(settings) as (_, people):
        ready = await people.ready()
        return [
            (each.name, each.role, "locked out" if each.disabled_at else "set up" if each.id in ready else "not set up")
            for each in await people.everybody()
        ]


async def _verify(settings: Settings, head: str | None) -> tuple[chain.Verdict, bool]:
    async with _opened(settings) as (database, _):
        verdict = await database.read(chain.verify)
        return verdict, head is None or await database.read(chain.holds, head)
