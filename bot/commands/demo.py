"""`lendline demo`: sandbox merchants through the whole real stack, one conversation in full, and what it measured."""

import asyncio
import logging
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import monotonic

import click
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bot.commands.printing import wide_console
from bot.demo.measure import COUNTS, Journey, Report, summarise
from bot.demo.screen import Screen
from bot.demo.stage import open_stage
from bot.demo.transcript import print_chat
from bot.logs import configure
from bot.settings import Settings
from integrations.merchants import Merchant, load

AT_ONCE = 4


@click.command(short_help="Play sandbox merchants through the whole stack and measure it.")
@click.option("--merchant", "wanted", help="Play one merchant only; `lendline merchants` lists them.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Play the merchants of one language only.")
@click.option("--papers", is_flag=True, help="Send a photo of the licence instead of typing, and link two sources.")
@click.option("--json", "as_json", is_flag=True, help="Print only the JSON of the measurement.")
@click.option("--database", help="An empty, migrated database to play on; by default a file that is removed.")
def demo(wanted: str | None, lang: str | None, database: str | None, *, papers: bool, as_json: bool) -> None:
    """Play sandbox merchants from /start to a relayed lender decision and measure it.

    Nothing is mocked: messages go through the door and the database, records are fetched over HTTP from the
    sandbox sources, the reference scoring service decides, and a lender pushes signed statuses. An installation on
    this machine is not touched.
    """
    merchants = tuple(
        each for each in load() if (wanted is None or each.id == wanted) and (lang is None or each.lang == lang)
    )
    if not merchants:
        raise click.ClickException("no such merchant; `lendline merchants` lists them")
    configure(Settings().log, logging.ERROR)  # sources fail on purpose; what the owner is told about it is shown
    console = wide_console(stderr=as_json)
    report = asyncio.run(_play(merchants, console, database, papers=papers, quiet=as_json))
    if as_json:
        click.echo(report.model_dump_json(indent=2))
    else:
        _print(report, console)
    if report.summary.completed < report.summary.journeys:
        failed = [each for each in report.journeys if not each.completed]
        raise click.ClickException("; ".join(_failure(each) for each in failed))


async def _play(
    merchants: Sequence[Merchant], console: Console, database: str | None, *, papers: bool, quiet: bool
) -> Report:
    began = monotonic()
    for merchant in merchants:  # what happened to them is made before anybody waits for it
        merchant.truth(datetime.now(UTC).date())
    with tempfile.TemporaryDirectory(prefix="lendline-demo-") as folder:
        settings = Settings.of_its_own(Path(folder), database)
        screen = Screen()
        async with open_stage(settings, screen) as stage:
            first, *rest = merchants
            person = stage.person(first, papers=papers)
            journeys = [await stage.play(person)]
            if not quiet:
                print_chat(person.chat, first, console)
            places = asyncio.Semaphore(AT_ONCE)
            columns = (TextColumn("playing"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
            with Progress(*columns, console=console, disable=quiet or not rest, transient=True) as progress:
                task = progress.add_task("merchants", total=len(merchants), completed=1, name=first.id)

                async def one(merchant: Merchant) -> Journey:
                    async with places:
                        journey = await stage.play(stage.person(merchant, papers=papers))
                    progress.update(task, advance=1, name=merchant.id)
                    return journey

                journeys.extend(await asyncio.gather(*(one(each) for each in rest)))
    return summarise(tuple(journeys), monotonic() - began)


def _print(report: Report, console: Console) -> None:
    table = Table(title="What was measured", box=box.SIMPLE_HEAD)
    for name in ("merchant", "outcome"):
        table.add_column(name)
    for name in ("sources", "from records", "from papers", "asked", "typed", "taps", "wrong", "decision s", "relay s"):
        table.add_column(name, justify="right")
    for each in report.journeys:
        table.add_row(
            each.merchant,
            each.outcome if each.completed else f"FAILED ({each.outcome})",
            str(each.sources_linked),
            f"{each.prefilled}/{each.required}",
            str(each.from_documents),
            str(each.asked),
            str(each.typed_answers),
            str(each.taps),
            str(each.wrong_values),
            f"{each.seconds_to_decision:.2f}",
            ", ".join(f"{seconds:.2f}" for seconds in each.status_relay_seconds) or "-",
        )
    console.print(table)
    console.print(_by_sources(report))
    summary = report.summary
    console.print(
        f"{summary.completed} of {summary.journeys} journeys complete in {summary.seconds} s. "
        f"Median: {summary.median_answers:g} required fields asked, {summary.median_typed_answers:g} answers typed. "
        f"{summary.prefilled_share:.0%} of the required fields came from records and papers, "
        f"{summary.identified_share:.0%} where the representative's identity is known from one; "
        f"{summary.wrong_values} wrong values.",
    )
    console.print("Merchants, records, lenders and the scoring service are invented; every number was measured now.")


def _by_sources(report: Report) -> Table:
    """What the owner would be asked with fewer sources linked, from the records that each source brought."""
    required = median(each.required for each in report.journeys)
    table = Table(title="Required fields by sources linked", box=box.SIMPLE_HEAD)
    for name in ("sources linked", "filled", f"to ask, of {required:g}"):
        table.add_column(name, justify="right")
    for count, share in zip(COUNTS, report.summary.prefilled_share_by_sources, strict=True):
        table.add_row(str(count), f"{share:.1%}", f"{required * (1 - share):.1f}")
    return table


def _failure(journey: Journey) -> str:
    if journey.error:
        return f"{journey.merchant}: {journey.error}"
    if journey.wrong_fields:
        return f"{journey.merchant}: wrong values in {', '.join(journey.wrong_fields)}"
    return f"{journey.merchant}: came to {journey.outcome}, not {journey.expected}"
