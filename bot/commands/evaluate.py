"""`lendline evaluate`: how well messages are understood and questions answered, on the project's labelled data."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.evaluation import questions, transcripts, utterances
from bot.evaluation.kit import LANGUAGES, OWN_FOLDER, outside_kits, question_kits
from bot.evaluation.kit import questions as asked_in
from bot.evaluation.kit import utterances as said_in
from bot.evaluation.tally import Tally
from bot.settings import Settings
from bot.wiring import open_library
from flows.errors import WrongDeclaration

SHOWN = 30


@click.command(short_help="Measure understanding and answers on labelled data.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=OWN_FOLDER)
@click.option("--faults", is_flag=True, help="Show every case that was not right.")
def evaluate(folder: Path, *, faults: bool) -> None:
    """Play the transcripts and read the utterances of FOLDER and print the accuracy of each kind."""
    if not (folder / "utterances").is_dir():
        raise WrongDeclaration(str(folder), "there is no labelled data", "Give a folder like tests/language")
    started = time.perf_counter()
    today = datetime.now(UTC).date()
    groups = [group for kit in said_in(folder).values() for group in kit]
    said = utterances.measure(groups, today)
    library = open_library(Settings())
    player = transcripts.Player(library, transcripts.stages(folder))
    played: dict[str, Tally] = {}
    told = transcripts.load(folder)
    for transcript in told:
        for lang in transcript.langs:
            player.play(transcript, lang, played.setdefault(transcript.kind, Tally()))
    _table(f"utterances ({said['all'].total})", said, faults=faults)
    count = sum(len(transcript.langs) for transcript in told)
    _table(f"transcripts ({count}), by turn", played, faults=faults)
    base = library.knowledge
    click.echo(f"\n{'questions':<28}{'asked':>7}{'first':>8}{'in 3':>8}{'sure':>8}{'wrong sure':>12}")
    for kit in question_kits(folder):
        for lang in LANGUAGES:
            found = questions.measure(base, lang, asked_in(folder, kit, lang))
            shares = f"{found.first:>8.1%}{found.among_three:>8.1%}{found.sure:>8.1%}{found.wrong_sure:>12.1%}"
            click.echo(f"{f'{kit} ({lang})':<28}{found.asked:>7}{shares}")
            _list(found.faults, faults=faults)
    click.echo(f"\n{'outside the base':<28}{'asked':>7}{'answered':>11}")
    for lang in LANGUAGES:
        outside = [q for kit in outside_kits(folder) for _, q in asked_in(folder, kit, lang)]
        share, answered = questions.answered(base, lang, outside)
        click.echo(f"{lang:<28}{len(outside):>7}{share:>11.1%}")
        _list(answered, faults=faults)
    click.echo(f"\nmeasured in {time.perf_counter() - started:.1f} s")


def _table(title: str, tallies: dict[str, Tally], *, faults: bool) -> None:
    click.echo(f"\n{title:<28}{'said':>7}{'right':>8}{'wrong accepted':>16}{'asked again':>13}{'handed over':>13}")
    for kind, tally in tallies.items():
        rest = (tally.share(count) for count in (tally.wrong_accepted, tally.asked_again, tally.handed_over))
        wrong, again, over = rest
        click.echo(f"{kind:<28}{tally.total:>7}{tally.accuracy:>8.1%}{wrong:>16.1%}{again:>13.1%}{over:>13.1%}")
        if kind != "all":
            _list(tally.faults, faults=faults)


def _list(cases: Iterable[str], *, faults: bool) -> None:
    if faults:
        for case in list(cases)[:SHOWN]:
            click.echo(f"    {case}")
