"""`lendline papers evaluate`: how well papers of a folder with a truth file are read."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from bot.commands.printing import wide_console
from bot.evaluation import truth
from bot.evaluation.papers import Count, Measured, TruePaper, compare, median
from integrations.documents import recognise
from integrations.documents.document import MOST_BYTES, Document, PaperReading, Unreadable
from integrations.documents.papers.extra import ocr_is_here
from integrations.documents.reading import Readers

if TYPE_CHECKING:
    from integrations.documents.papers.ocr import Eyes

AFRESH = 25  # pictures after which the engine is loaded anew: its memory grows with every shape it sees
Found = Document | PaperReading | str


@click.group()
def papers() -> None:
    """Look after the reading of papers."""


@papers.command("evaluate")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print only the numbers, as JSON.")
@click.option("--faults", is_flag=True, help="Show every value that was not right.")
@click.option(
    "--isolated", is_flag=True, help="Read each file in a process of its own within limits, as a server does."
)
def evaluate(folder: Path, *, as_json: bool, faults: bool, isolated: bool) -> None:
    """Read the papers of FOLDER, compare them with its truth file and print the accuracy of each kind and field.

    \b
    The truth file is truth.json:
      [{"file": "a.jpg", "kind": "business_licence",
        "fields": {"registration_number": "91...", "name": "...", "established": "2019-03-05"}}]
    or truth.csv with the columns file, kind and one for each field, or file, kind, field, value.

    Kinds and fields have the names of docs/papers.md; usual other names are understood too. Days and amounts may be
    written in any usual way; width, blanks and punctuation do not count. "Wrong accepted" are wrong values that would
    have been used without asking the owner.
    """  # noqa: D301 - the mark of click for lines that stay as they are
    known = truth.load(folder)
    console = wide_console(stderr=as_json)
    if not ocr_is_here():
        console.print("Photos cannot be read here: install the extra `ocr` (pip install 'lendline[ocr]').")
    measured = Measured()
    with console.status("") as status, _isolated() if isolated else nullcontext(WarmReader().read) as reader:
        for number, paper in enumerate(known, 1):
            status.update(f"{number} of {len(known)}: {paper.file}")
            began = time.perf_counter()
            found = _taken(folder, paper, reader)
            compare(measured, paper, found, time.perf_counter() - began)
    if as_json:
        click.echo(json.dumps(_numbers(measured), ensure_ascii=False, indent=1))
    else:
        _print(measured, faults=faults)


def _taken(folder: Path, paper: TruePaper, reader: Callable[[bytes], Found]) -> Found:
    path = folder / paper.file
    if path.stat().st_size > MOST_BYTES:
        return "too_large"
    try:
        return reader(path.read_bytes())
    except Unreadable as error:
        return error.fact


@contextmanager
def _isolated() -> Iterator[Callable[[bytes], Found]]:
    with asyncio.Runner() as runner:
        readers = Readers()
        try:
            yield lambda content: runner.run(readers.look(content))
        finally:
            runner.run(readers.close())


class WarmReader:
    """Reads in this process, with an engine that is loaded once for many pictures."""

    def __init__(self) -> None:
        self._eyes: Eyes | None = None
        self._seen = 0

    def read(self, content: bytes) -> Found:
        """What a file is. Raises Unreadable."""
        found = recognise.look(content)
        if isinstance(found, Document) or found.problem != "no_ocr" or not ocr_is_here():
            return found
        from integrations.documents.papers.looking import look  # noqa: PLC0415 - an extra
        from integrations.documents.papers.ocr import Eyes  # noqa: PLC0415

        if self._eyes is None or self._seen % AFRESH == 0:
            self._eyes = Eyes()
        self._seen += 1
        return look(content, self._eyes)


def _print(measured: Measured, *, faults: bool) -> None:
    console = wide_console()
    table = Table("kind", "field", "asked", "right", "missed", "wrong, asked about", "wrong accepted", box=None)
    for kind in sorted(measured.by_kind):
        papers_, right = measured.papers_by_kind[kind]
        _row(table, f"[bold]{kind}[/] ({right} of {papers_} recognised)", "all", measured.by_kind[kind])
        for (of, name), count in sorted(measured.by_field.items()):
            if of == kind:
                _row(table, "", name, count)
    console.print(table)
    readers = Table("read by", "", "asked", "right", "missed", "wrong, asked about", "wrong accepted", box=None)
    for how, count in sorted(measured.by_reader.items()):
        _row(readers, how, "", count)
    _row(readers, "[bold]all[/]", "", measured.all)
    console.print(readers)
    console.print(
        f"{measured.papers} papers, {measured.kinds_right} recognised; field accuracy {measured.all.accuracy:.2%}, "
        f"wrong accepted {measured.all.wrong_share:.2%} ({measured.all.wrong_accepted}); "
        f"median {median(measured.seconds):.2f} s a paper"
    )
    if measured.problems:
        console.print("problems: " + ", ".join(f"{code} {count}" for code, count in sorted(measured.problems.items())))
    for fault in measured.faults if faults else ():
        click.echo(fault)


def _row(table: Table, kind: str, name: str, count: Count) -> None:
    table.add_row(
        kind, name, str(count.asked), f"{count.accuracy:.1%}", str(count.missed), str(count.unsure_wrong),
        str(count.wrong_accepted),
    )  # fmt: skip


def _numbers(measured: Measured) -> dict[str, object]:
    return {
        "papers": measured.papers,
        "recognised": measured.kinds_right,
        "all": _count(measured.all),
        "kinds": {
            kind: {
                "papers": measured.papers_by_kind[kind][0],
                "recognised": measured.papers_by_kind[kind][1],
                **_count(count),
                "fields": {name: _count(each) for (of, name), each in measured.by_field.items() if of == kind},
            }
            for kind, count in sorted(measured.by_kind.items())
        },
        "read_by": {how: _count(count) for how, count in sorted(measured.by_reader.items())},
        "problems": measured.problems,
        "median_seconds": round(median(measured.seconds), 3),
        "faults": measured.faults,
    }


def _count(count: Count) -> dict[str, object]:
    return {
        "asked": count.asked,
        "right": count.right,
        "missed": count.missed,
        "wrong_unsure": count.unsure_wrong,
        "wrong_accepted": count.wrong_accepted,
        "accuracy": round(count.accuracy, 4),
        "wrong_accepted_share": round(count.wrong_share, 4),
    }
