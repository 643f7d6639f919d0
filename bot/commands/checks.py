"""`lendline knowledge check` and `lendline products check`: the quality checks of what people write."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.settings import Settings
from flows import texts
from flows.application import products as sheets
from flows.knowledge import articles as files
from flows.knowledge.checking import check
from flows.knowledge.offered import sheet_articles


@click.group()
def knowledge() -> None:
    """Look after the answers the assistant may give."""


@knowledge.command("check")
@click.option("--knowledge", "folder", type=click.Path(path_type=Path, exists=True), help="Another folder of articles.")
def check_knowledge(folder: Path | None) -> None:
    """Find gaps, stale reviews, missing languages, promises and what contradicts a product sheet in the articles."""
    place = folder or files.OWN_FOLDER
    articles = files.load(place)
    written = sheet_articles(sheets.load(Settings().products or sheets.PACKAGED), texts.load())
    problems = check(articles, datetime.now(UTC).date(), files.outside(place), tuple(written))
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise click.ClickException(f"{len(problems)} problems in {len(articles)} articles")
    click.echo(f"{len(articles)} articles, no problem found")


@click.group()
def products() -> None:
    """Look after the product sheets."""


@products.command("check")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
def check_products(folder: Path | None) -> None:
    """Load the sheets of FOLDER (default: the shipped examples) and run the cases inside them."""
    for sheet in sheets.load(folder or sheets.PACKAGED):
        click.echo(f"{sheet.key}: {sheet.name['en']}, {len(sheet.rules)} rules, {len(sheet.cases)} cases hold")
