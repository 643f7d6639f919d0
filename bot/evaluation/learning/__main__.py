"""`python -m bot.evaluation.learning`: writes the weights; `--folds 4` shows how well they tell what they never saw."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import click

from bot.evaluation.kit import LANGUAGES, OWN_FOLDER
from bot.evaluation.learning import fitting, material
from bot.evaluation.learning.material import Sentence
from flows.understanding.folding import folded
from flows.understanding.learned import LEARNED, features, weights
from flows.understanding.reading import Act

KEPT = {Act.HUMAN: 14_000, Act.COMPLAINT: 8_000, Act.DISTRESS: 8_000}
"""Marks kept for an act; the others have `_KEPT`."""
_KEPT = 4_500
_RARE = 2.0
"""How much more a sentence counts that does an act few sentences do."""
_OFTEN = 2
"""Lines of examples, utterances or questions a mark must be in to be looked at: one line stands for many sentences."""


@click.command()
@click.option("--kit", type=click.Path(path_type=Path, exists=True, file_okay=False), default=OWN_FOLDER)
@click.option("--folds", type=click.IntRange(2, 20), help="Instead of writing, leave each part of KIT out in turn.")
@click.option("--act", "acts", type=click.Choice([str(act) for act in LEARNED]), multiple=True, help="Only this act.")
@click.option("--check", is_flag=True, help="Instead of writing, fail when the weights are not those of the examples.")
def learn(kit: Path, folds: int | None, acts: tuple[str, ...], *, check: bool) -> None:
    """Learn the acts from the written examples and the utterances of KIT."""
    started = time.perf_counter()
    examples, utterances = [*material.written(), *material.asked(kit)], list(material.said(kit))
    click.echo(f"{len(examples)} written examples and questions, {len(utterances)} utterances of the kit")
    if folds:
        for line in _left_out(examples, utterances, folds, [Act(act) for act in acts] or LEARNED):
            click.echo(line)
    else:
        text = "\n".join(weights.lines(_learned([*examples, *utterances]))) + "\n"
        if check and text != weights.FILE.read_text(encoding="utf-8"):
            raise click.ClickException(f"{weights.FILE} is not what the examples give: learn again without --check")
        if not check:
            weights.FILE.write_text(text, encoding="utf-8")
        click.echo(f"{len(text.splitlines())} marks, {len(text.encode()) / 1000:.0f} kB")
    click.echo(f"{time.perf_counter() - started:.0f} s")


def _learned(sentences: Sequence[Sentence], acts: Iterable[Act] = LEARNED) -> weights.Weights:
    sentences = [*sentences, *material.varied(sentences)]
    marks = [features.of(folded(each.text)) for each in sentences]
    of_a_line = defaultdict[str, dict[str, None]](dict)  # in the order they are met: the same weights every time
    for each, seen in zip(sentences, marks, strict=True):
        of_a_line[each.line].update(dict.fromkeys(seen))
    often = Counter(chain.from_iterable(of_a_line.values()))
    known = {mark: number for number, mark in enumerate(mark for mark in often if often[mark] >= _OFTEN)}
    numbers = [[known[mark] for mark in seen if mark in known] for seen in marks]
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    names = list(known)
    for act in acts:
        rows = [
            fitting.Row(
                seen, act in each.does, each.counts * (_RARE if act in each.does and act is not Act.HUMAN else 1)
            )
            for seen, each in zip(numbers, sentences, strict=True)
            if act in each.does or act in each.does_not
        ]
        for number, weight in fitting.fit(rows, len(known), KEPT.get(act, _KEPT)).items():
            if round(weight * 100):
                found[names[number]].append((LEARNED.index(act), weight))
    return {mark: tuple(pairs) for mark, pairs in found.items()}


def _left_out(
    examples: Sequence[Sentence], utterances: Sequence[Sentence], folds: int, acts: Sequence[Act]
) -> Iterator[str]:
    """For each act and language the share that is told of utterances whose whole group was not learned from."""
    origins = sorted({each.origin for each in utterances})
    random.Random(0).shuffle(origins)  # noqa: S311 - a fair split, nothing secret
    part = {origin: place % folds for place, origin in enumerate(origins)}
    told: defaultdict[tuple[Act, str, bool], list[bool]] = defaultdict(list)
    for fold in range(folds):
        learned = _learned([*examples, *(each for each in utterances if part[each.origin] != fold)], acts)
        for each in (each for each in utterances if part[each.origin] == fold):
            scores = weights.scores(folded(each.text), learned)
            for act, score in ((act, scores[act]) for act in acts):
                told[act, each.lang, act in each.does].append(score > weights.SURE[act])
    yield f"{'':<16}{'said':>8}{'told':>8}{'not said':>10}{'told':>8}"
    for act, lang in ((act, lang) for act in acts for lang in LANGUAGES):
        does, does_not = told[act, lang, True], told[act, lang, False]
        shares = (f"{sum(each) / max(1, len(each)):.1%}" for each in (does, does_not))
        yield f"{f'{act.value} ({lang})':<16}" + "".join(
            f"{len(each):>{width}}{share:>8}"
            for each, share, width in zip((does, does_not), shares, (8, 10), strict=True)
        )


if __name__ == "__main__":
    learn()
