"""`lendline merchants`: what the sandbox holds."""

import json

import click
from rich.table import Table

from bot.commands.printing import wide_console
from integrations.merchants import load


@click.command(short_help="List the sandbox merchants and what is dirty about them.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def merchants(*, as_json: bool) -> None:
    """List the sandbox merchants: id, name, language, what is dirty about them. All are invented."""
    found = load()
    if as_json:
        rows = [
            {
                "id": each.id,
                "name": each.names.legal,
                "lang": each.lang,
                "registration_number": each.registration_number,
                "dirt": [dirt.why for dirt in each.dirt],
            }
            for each in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("id", "name", "lang", "registration number", "what is dirty")
    for each in found:
        table.add_row(
            each.id,
            each.names.legal,
            each.lang,
            each.registration_number,
            "\n".join(dirt.why for dirt in each.dirt) or "nothing",
        )
    wide_console().print(table)
