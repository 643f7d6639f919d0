"""`lendline merchants` and `lendline sources`: what the sandbox holds and what can be linked."""

import json

import click
from rich.table import Table

from bot.commands.printing import wide_console
from flows.ports import Manifest
from integrations.merchants import load
from integrations.sources.declared import manifests

PROOF = {
    "real": "proved against the real thing",
    "specification": "proved against its public specification",
    "sandbox": "not proved here: own sandbox only",
}


@click.command()
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


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def sources(*, as_json: bool) -> None:
    """List the sources: data kinds, access, fields they fill, tier, and how far each is proved."""
    found: tuple[Manifest, ...] = manifests()
    if as_json:
        click.echo(json.dumps([each.model_dump(mode="json") for each in found], ensure_ascii=False))
        return
    table = Table("source", "title", "data kinds", "access", "fills", "tier", "proof")
    for each in found:
        table.add_row(
            each.name,
            each.title["en"],
            ", ".join(each.kinds),
            each.auth,
            ", ".join(each.fields),
            each.tier,
            PROOF[each.proof],
        )
    wide_console().print(table)
