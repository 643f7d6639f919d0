"""`lendline lender connect`: in which words a lender's system speaks, and where it is asked when it cannot push."""

import asyncio
from urllib.parse import urlsplit

import click
import sqlalchemy as sa

from bot.commands.opening import Open
from bot.web.access import NoSuchLender
from integrations.database.queries import lenders
from integrations.database.queries.lenders import StoredSystem
from integrations.lenders.dialects import DIALECTS, OWN


@click.command()
@click.argument("lender_id", metavar="ID")
@click.option("--statuses", type=click.Choice(list(DIALECTS)), help="Names of statuses in its events.")
@click.option("--ask", "url", metavar="URL", help="Ask there for events, as the lender cannot push.")
@click.option("--token", help="Bearer token that is shown when asking.")
@click.option("--push", "pushes", is_flag=True, help="Ask no more: the lender pushes.")
@click.pass_obj
def connect(
    opening: Open, lender_id: str, *, statuses: str | None, url: str | None, token: str | None, pushes: bool
) -> None:
    """Say how the system of the lender ID speaks; without options print how it does."""
    if pushes and url:
        raise click.UsageError("--ask and --push exclude one another")
    if url is not None and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        raise click.UsageError("--ask takes an address that begins with https:// or http://")
    change: dict[str, str | None] = {}
    if statuses is not None:
        change["dialect"] = statuses
    if url is not None or pushes:
        change["poll_url"] = url
    stored = asyncio.run(_connect(opening, lender_id, change, token))
    click.echo(f"statuses  {stored.dialect}")
    click.echo(f"events    {'pushed by the lender' if stored.poll_url is None else f'asked for at {stored.poll_url}'}")


async def _connect(opening: Open, lender_id: str, change: dict[str, str | None], token: str | None) -> StoredSystem:
    async with opening() as opened:
        sealed = None if token is None else opened.sealer.seal_text(token)

        def put(connection: sa.Connection) -> StoredSystem:
            if lenders.find(connection, lender_id) is None:
                raise NoSuchLender(lender_id)
            known = lenders.system_of(connection, lender_id) or StoredSystem(lender_id, OWN)
            url = change.get("poll_url", known.poll_url)
            shown = None if url is None else sealed or known.poll_token
            fresh = StoredSystem(lender_id, change.get("dialect") or known.dialect, url, shown)
            lenders.put_system(connection, fresh)
            return fresh

        return await opened.database.run(put)
