"""`lendline knowledge` and `lendline products`: the quality checks of what people write, and what is missing there."""

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from bot.commands.script import written_in
from bot.settings import Settings
from bot.wiring import open_library
from flows import texts
from flows.application import products as sheets
from flows.knowledge import articles as files
from flows.knowledge.checking import check
from flows.knowledge.offered import sheet_articles
from flows.texts import LANGUAGES
from integrations.database.engine import Database
from integrations.database.queries.unanswered import Asked, since


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


@knowledge.command()
@click.option("--days", type=click.IntRange(1, 3_650), default=30, show_default=True, help="How far back.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Only questions written in this language.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line per question.")
def unanswered(days: int, lang: str | None, *, as_json: bool) -> None:
    """Show what owners asked and no article answered, the most frequent first, with the articles nearest to it now."""
    base = open_library(Settings()).knowledge
    counted: Counter[tuple[str, str]] = Counter()
    latest: dict[tuple[str, str], datetime] = {}
    for each in asyncio.run(_asked(days)):
        question = " ".join(each.question.split())
        same = (written_in(question), question.casefold())
        if lang in {None, same[0]}:
            counted[same] += 1
            latest[same] = max(each.at, latest.get(same, each.at))
    for (spoken, question), count in counted.most_common():
        near = base.answer(question, spoken)
        if as_json:
            line = {
                "question": question,
                "lang": spoken,
                "count": count,
                "last": latest[spoken, question].isoformat(),
                "zone_now": near.zone,
                "nearest": list(near.candidates),
            }
            click.echo(json.dumps(line, ensure_ascii=False))
        else:
            nearest = ", ".join(near.candidates) or "no article is near"
            click.echo(f"{count:>4}  {spoken}  {question}\n          now {near.zone}: {nearest}")
    if not counted and not as_json:
        click.echo(f"Every question of the last {days} days was answered.")


async def _asked(days: int) -> tuple[Asked, ...]:
    database = await Database.open(Settings().database_url)
    try:
        return await database.read(since, datetime.now(UTC) - timedelta(days=days))
    finally:
        await database.close()


@click.group()
def products() -> None:
    """Look after the product sheets."""


@products.command("check")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
def check_products(folder: Path | None) -> None:
    """Load the sheets of FOLDER (default: the shipped examples) and run the cases inside them."""
    for sheet in sheets.load(folder or sheets.PACKAGED):
        click.echo(f"{sheet.key}: {sheet.name['en']}, {len(sheet.rules)} rules, {len(sheet.cases)} cases hold")
