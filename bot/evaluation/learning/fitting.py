"""Logistic regression on marks, in plain Python: stochastic gradient descent with a step of its own for each mark.

The steps are those of AdaGrad (Duchi, Hazan and Singer 2011). Each time a sentence is seen some of its marks are
left out, so that none is relied on alone (van der Maaten et al. 2013, "Learning with marginalized corrupted features").
The marks that matter most are kept and fitted again.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

_ROUNDS = 8
_LEFT_OUT = 0.3
_STEP = 0.3
_DECAY = 1e-5
_CERTAIN = 30.0
_LEARNT = 1e-3
"""An error below this teaches nothing any more."""


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of the marks of one sentence, whether it does the act, and how much it counts."""

    marks: Sequence[int]
    does: bool
    counts: float = 1.0


def fit(rows: Sequence[Row], marks: int, keep: int) -> dict[int, float]:
    """The weights of at most `keep` of so many `marks`. Mark 0 is in every sentence and always kept."""
    first, often = _descend(rows, marks), [0] * marks
    for row in rows:
        for mark in row.marks:
            often[mark] += 1
    order = sorted(range(1, marks), key=lambda mark: -abs(first[mark]) * math.sqrt(often[mark]))
    kept = {0, *order[:keep]}
    again = [Row([mark for mark in row.marks if mark in kept], row.does, row.counts) for row in rows]
    weights = _descend(again, marks)
    return {mark: weights[mark] for mark in kept}


def _descend(rows: Sequence[Row], marks: int) -> list[float]:
    weights, squares = [0.0] * marks, [1e-8] * marks
    order, drawn = list(rows), random.Random(1)  # noqa: S311 - a fair order, nothing secret
    chance = drawn.random
    for _ in range(_ROUNDS):
        drawn.shuffle(order)
        for row in order:
            seen = [mark for mark in row.marks if chance() >= _LEFT_OUT]
            total = sum([weights[mark] for mark in seen])
            error = 1 / (1 + math.exp(-max(-_CERTAIN, min(_CERTAIN, total)))) - row.does
            if abs(error) < _LEARNT:
                continue
            slope = error * row.counts
            for mark in seen:
                step = slope + _DECAY * weights[mark]
                squares[mark] += step * step
                weights[mark] -= _STEP * step / math.sqrt(squares[mark])
    return weights
