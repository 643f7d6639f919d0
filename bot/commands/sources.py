"""`lendline sources`: what can be linked, how far each is proved, sandbox or real; and the sketch of a new one."""

import json
from pathlib import Path

import click
import httpx
from rich.table import Column, Table

from bot.commands.printing import wide_console
from bot.settings import Settings
from bot.workers.endpoints import endpoints
from flows.ports import Manifest
from integrations.sources.declared import manifests
from integrations.toolkit.oauth import Endpoint
from integrations.toolkit.scaffold import scaffold

PROOF = {
    "real": "proved against the real thing",
    "specification": "proved against its public specification",
    "documentation": "not proved against the live service: shape from its public documentation as we know it",
    "sandbox": "not proved here: own sandbox only",
}
FILES = "upload"


@click.group(invoke_without_command=True, short_help="List the sources, what they fill, how far each is proved.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def sources(context: click.Context, *, as_json: bool) -> None:
    """List the sources: data kinds, access, fields they fill, tier, proof, and sandbox or real.

    A source is real once its address is set, see LENDLINE_SOURCE_<NAME>_URL in the README.
    """
    if context.invoked_subcommand is not None:
        return
    real = endpoints(Settings())
    found = [each.speaking(real[each.name].profile if each.name in real else "") for each in manifests()]
    if as_json:
        rows = [
            {**each.model_dump(mode="json"), "proved": PROOF[each.proof], "connects_to": connects_to(each, real)}
            for each in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    longest = max(len(field) for each in found for field in each.fields) + 1
    fills = Column("fills", min_width=longest)
    access = Column("access", min_width=max(len(each.auth) for each in found))
    table = Table("source", "data kinds", access, fills, "tier", "proof", "connects to", show_lines=True)
    for each in found:
        table.add_row(
            "\n".join((each.name, *(f"({other})" for other in each.also), each.title["en"])),
            ", ".join(each.kinds),
            each.auth,
            ", ".join(each.fields),
            each.tier,
            "\n".join(proved(each, real)),
            connects_to(each, real),
        )
    wide_console().print(table)


@sources.command()
@click.argument("name")
@click.option("--title", default="", help="What owners read, in English.")
@click.option("--title-zh", default="", help="What owners read, in Chinese.")
@click.option(
    "--project", default=".", type=click.Path(path_type=Path, file_okay=False), help="The clone to write into."
)
def new(name: str, title: str, title_zh: str, project: Path) -> None:
    """Write the sketch of a new source NAME, which passes the contract tests; see docs/add-a-source.md."""
    plain = name.replace("_", " ").capitalize()
    for path in scaffold(project, name, {"en": title or plain, "zh": title_zh or plain}):
        click.echo(f"  {path}")
    click.echo(f"Next: uv run pytest tests/integrations/sources -k {name}")


def proved(manifest: Manifest, real: dict[str, Endpoint]) -> list[str]:
    """How far a source is proved, and each of its profiles that differs, unless the settings name one."""
    at = real.get(manifest.name)
    others = {} if at is not None and at.profile else manifest.only
    return [PROOF[manifest.proof], *(f"{profile}: {PROOF[only.proof]}" for profile, only in others.items())]


def connects_to(manifest: Manifest, real: dict[str, Endpoint]) -> str:
    """Where the records come from, as the settings have it: files, the host of a real system, or a sandbox."""
    if manifest.auth == FILES:
        return "files the owner sends"
    at = real.get(manifest.name)
    if at is None:
        return "sandbox"
    profile = at.profile or next(iter(manifest.profiles), "")
    return f"real: {httpx.URL(at.url).host}" + (f" ({profile})" if profile else "")
