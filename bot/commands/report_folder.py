"""The reports of a folder of firms: one line of a summary for each, and a report for each when there is a place."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from bot.commands.printing import wide_console
from integrations.reports.folder import COLUMNS, Line, NamedFirm, Order, firms_in, work_through

SUMMARY = "summary.csv"
SHOWN = 10
# What a spreadsheet would take for a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def run_folder(folders: Sequence[Path], order: Order, out: Path) -> None:
    """Work through the firms of the folders, with a bar, and write the summary."""
    if not all(each.is_dir() for each in folders):
        raise click.ClickException("give either folders of firms or files of one firm")
    firms = [firm for each in folders for firm in firms_in(each)]
    if not firms:
        raise click.ClickException(f"{folders[0]}: there is no file that can be read in it")
    summary = _place(out)
    if summary.parent != out.parent:
        out.mkdir(parents=True, exist_ok=True)
        order = replace(order, into=out)
    lines = sorted(_worked(firms, order), key=lambda each: each.firm)
    _write(summary, lines)
    failed = [each for each in lines if each.problem]
    click.echo(f"{summary}: {len(lines) - len(failed)} of {len(lines)} firms")
    for each in failed[:SHOWN]:
        click.echo(f"  {each.firm}: {each.problem}", err=True)
    if len(failed) > SHOWN:
        click.echo(f"  and {len(failed) - SHOWN} more; the column `problem` says why", err=True)
    if len(failed) == len(lines):
        raise click.ClickException("no firm could be read")


def _place(out: Path) -> Path:
    """Where the summary goes: the file that was named, or into the folder that was."""
    if out.suffix.casefold() == ".csv":
        return out
    if out.suffix and not out.is_dir():
        raise click.ClickException(
            f"{out}: for many firms name a file that ends in .csv, or a folder for their reports"
        )
    return out / SUMMARY


def _worked(firms: Sequence[NamedFirm], order: Order) -> list[Line]:
    console = wide_console(stderr=True)
    columns = (
        *(TextColumn("firms"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn()),
        TextColumn("{task.fields[name]}"),
    )
    found: list[Line] = []
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("firms", total=len(firms), name="")
        for lines in work_through(firms, order):
            found += lines
            progress.update(task, advance=len(lines), name=lines[-1].firm)
    return found


def _write(file: Path, lines: Sequence[Line]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as text:  # the mark makes Excel read Chinese
        table = csv.DictWriter(text, COLUMNS, restval="")
        table.writeheader()
        table.writerows({name: _plain(cell) for name, cell in line.cells.items()} for line in lines)


def _plain(cell: str) -> str:
    """A cell that a spreadsheet shows and never runs; numbers stay numbers."""
    if not cell.startswith(FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
