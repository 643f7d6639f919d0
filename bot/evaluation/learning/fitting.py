"""Logistic regression on marks, in plain Python: stochastic gradient descent with a step of its own for each mark.

The steps are those of AdaGrad (Duchi, Hazan and Singer 2011). Weights are held back by their squares, so that no mark
is relied on alone. The marks that matter most are kept and fitted again.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

TRUST = 1.0
"""How far a sentence may pull the weights: less holds them back more."""
_FIRST_ROUNDS, _ROUNDS = 6, 10
_STEP = 0.1
_CERTAIN = 30.0
_LEARNT, _SEEN_AGAIN = 5e-3, 0.2
"""An error below this teaches little: only a share of such sentences is learned from in a round."""
_COMMON = 0.3
"""How much a mark that is in many sentences is preferred among those that are kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of the marks of one sentence, whether it does the act, and how much it counts."""

    marks: Sequence[int]
    does: bool
    counts: float = 1.0


def fit(rows: Sequence[Row], marks: int, keep: int) -> dict[int, float]:
    """The weights of at most `keep` of so many `marks`. Mark 0 is in every sentence and always kept."""
    often = _often(rows, marks)
    first = _descend(rows, often, _FIRST_ROUNDS)
    order = sorted(range(1, marks), key=lambda mark: -abs(first[mark]) * often[mark] ** _COMMON)
    kept = {0, *order[:keep]}
    again = [Row([mark for mark in row.marks if mark in kept], row.does, row.counts) for row in rows]
    weights = _descend(again, often, _ROUNDS)
    return {mark: weights[mark] for mark in kept}


def _often(rows: Sequence[Row], marks: int) -> list[int]:
    often = [0] * marks
    for row in rows:
        for mark in row.marks:
            often[mark] += 1
    return often


def _descend(rows: Sequence[Row], often: Sequence[int], rounds: int) -> list[float]:
    """The weights after so many rounds. What holds a mark back is shared among the sentences it is in."""
    weights, squares = [0.0] * len(often), [1e-8] * len(often)
    held = [1 / (TRUST * times) if times else 0.0 for times in often]
    order, drawn = list(rows), random.Random(1)  # noqa: S311 - a fair order, nothing secret
    chance = drawn.random
    for _ in range(rounds):
        drawn.shuffle(order)
        for row in order:
            seen = row.marks
            total = sum([weights[mark] for mark in seen])
            error = 1 / (1 + math.exp(-max(-_CERTAIN, min(_CERTAIN, total)))) - row.does
            if abs(error) < _LEARNT and chance() > _SEEN_AGAIN:
                continue
            slope = error * row.counts
            for mark in seen:
                step = slope + held[mark] * weights[mark]
                squares[mark] += step * step
                weights[mark] -= _STEP * step / math.sqrt(squares[mark])
    return weights
