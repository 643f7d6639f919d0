"""`lendline db`: migrations."""

import click

from bot.settings import Settings
from integrations.database import migrations


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
