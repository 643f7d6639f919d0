"""Acts learned from sentences: what is drawn from a line, what is learned of it, and what the packaged weights hold."""

from pathlib import Path

import pytest

from bot.evaluation.kit import OWN_FOLDER
from bot.evaluation.learning import fitting, material
from flows.errors import WrongDeclaration
from flows.understanding import Act
from flows.understanding.folding import folded
from flows.understanding.learned import LEARNED, scores, told, weights

ROOT = Path(__file__).parents[3]


def written(folder: Path, text: str) -> list[material.Sentence]:
    (folder / "some.en.txt").write_text(text, encoding="utf-8")
    return list(material.written(folder))


def test_a_line_stands_for_each_choice_in_turn() -> None:
    assert set(material.sentences("(call|ring) me( back|)")) == {"call me", "call me back", "ring me", "ring me back"}
    line = "(a|b|c|d|e|f) (a|b|c|d|e|f) (a|b|c|d|e|f)"
    assert len(material.sentences(line)) == material.MOST
    assert material.sentences(line) == material.sentences(line)


def test_a_heading_says_what_is_known_of_its_lines(tmp_path: Path) -> None:
    asks, other, nothing = written(tmp_path, "[human]\ncall me\n[-human]\nmy boss\n[]\n20k")
    person = frozenset({Act.HUMAN})
    assert (asks.does, asks.does_not) == (person, frozenset(LEARNED) - person)
    assert (other.does, other.does_not) == (frozenset(), person)
    assert (nothing.does, nothing.does_not) == (frozenset(), frozenset(LEARNED))
    with pytest.raises(WrongDeclaration, match="greeting"):
        written(tmp_path, "[greeting]\nhello")


def test_what_separates_the_rows_is_learned_and_the_least_is_left_out() -> None:
    rows = [fitting.Row((0, 1), does=True), fitting.Row((0, 2), does=False), fitting.Row((0, 3), does=False)] * 40
    found = fitting.fit(rows, 4, keep=1)
    assert len(found) == 2
    assert found[0] + found.get(1, 0) > 0 > found[0]


def test_weights_are_written_as_they_are_read() -> None:
    some = {"": ((0, -1.5),), "call me": ((0, 2.25), (3, -0.5))}
    assert weights.load(weights.lines(some)) == some


@pytest.mark.parametrize("act", LEARNED)
def test_the_packaged_weights_hold_the_kit_and_the_written_examples(act: Act) -> None:
    """They were learned from both: `python -m bot.evaluation.learning --folds 4` tells how others fare."""
    both = [*material.written(ROOT / material.FOLDER), *material.said(ROOT / OWN_FOLDER)][::5]
    does = [act in told(folded(each.text)) for each in both if act in each.does]
    does_not = [act in told(folded(each.text)) for each in both if act in each.does_not]
    assert sum(does) >= 0.8 * len(does)
    assert sum(does_not) <= 0.005 * len(does_not)


def test_a_request_at_the_end_of_a_long_message_is_heard() -> None:
    long = "We have been baking bread in this street since 2014 and the oven is getting old. " * 8
    assert Act.HUMAN not in told(folded(long))
    assert Act.HUMAN in told(folded(long + "Could somebody from your team ring me about it?"))
    assert (
        scores(folded("can someone call me"))[Act.HUMAN] > 0 > scores(folded("my manager keeps the books"))[Act.HUMAN]
    )
