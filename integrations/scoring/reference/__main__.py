"""Serve the reference scoring service alone: `python -m integrations.scoring.reference`."""

import secrets
from pathlib import Path

import click
import uvicorn

from flows.application import products
from flows.errors import WrongDeclaration
from integrations.scoring.reference import card
from integrations.scoring.reference.desk import Desk
from integrations.scoring.reference.journal import read_entries, replay
from integrations.scoring.reference.service import open_service

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8100, show_default=True, type=click.IntRange(0, 65535))
@click.option("--token", default="", help="Bearer token callers must show; one is made up and printed when not given.")
@click.option("--products", "sheets", default=products.PACKAGED, type=FOLDER, help="Folder of product sheets.")
@click.option("--log", default=None, type=FILE, help="Append every decision to this file (JSON lines).")
@click.option("--network", default=None, type=FILE, help="File of links between parties, looked at in every decision.")
@click.option("--replay", "past", default=None, type=FILE, help="Decide every entry of a log again, compare, and exit.")
def main(
    *, host: str, port: int, token: str, sheets: Path, log: Path | None, network: Path | None, past: Path | None
) -> None:
    """Answer POST /v1/decisions. A reference for demonstration and tests: no probability of default."""
    try:
        if past is not None:
            _replay(past, sheets)
            return
        if not token:
            token = secrets.token_urlsafe()
            click.echo(f"bearer token: {token}")
        app = open_service(token, sheets, log, network)
    except (WrongDeclaration, OSError) as error:
        raise click.ClickException(str(error)) from error
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


def _replay(past: Path, sheets: Path) -> None:
    entries = tuple(read_entries(past))
    changed = replay(entries, Desk(card.load(), products.load(sheets)))
    click.echo(f"{len(entries)} decisions, {len(changed)} come out differently")
    if changed:
        raise click.ClickException(f"different: {', '.join(changed[:10])}")


if __name__ == "__main__":
    main()
