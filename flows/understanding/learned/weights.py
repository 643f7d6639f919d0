"""How strongly a text does each learned act: the sum of the weights of its marks, a log-odds (0 is even)."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from flows.errors import WrongDeclaration
from flows.understanding.learned import features
from flows.understanding.reading import Act

FILE = Path(__file__).parent / "weights.tsv"
LEARNED = (
    Act.HUMAN,
    Act.COMPLAINT,
    Act.DISTRESS,
    Act.STATUS,
    Act.WHY,
    Act.DONT_KNOW,
    Act.SKIP,
    Act.BACK,
    Act.REPEAT,
    Act.CANCEL,
    Act.LANGUAGE,
)
"""The acts in the order of the columns of the file."""

SURE = {
    Act.HUMAN: -0.4,
    Act.COMPLAINT: -0.4,
    Act.DISTRESS: -0.3,
    Act.STATUS: -0.4,
    Act.WHY: -0.1,
    Act.DONT_KNOW: -0.6,
    Act.SKIP: -0.8,
    Act.BACK: -0.8,
    Act.REPEAT: -0.5,
    Act.CANCEL: -0.4,
    Act.LANGUAGE: -1.5,
}
"""The score above which a text is taken to do an act: below even, as few of the sentences learned from do it."""

UNLIKELY = {
    **dict.fromkeys(LEARNED, -1.8),
    Act.COMPLAINT: -1.2,
    Act.STATUS: -0.9,
    Act.DONT_KNOW: -1.5,
}
"""The score up to which even a pattern that sees the act is not believed: customers complain, ovens die."""

Weights = Mapping[str, tuple[tuple[int, float], ...]]
"""For each mark the acts it speaks for or against, by their place in `LEARNED`."""


def scores(text: str, weights: Weights | None = None) -> dict[Act, float]:
    """The score of each act for a folded text, by the packaged weights or by others."""
    weights, sums = weights or _packaged(), [0.0] * len(LEARNED)
    for mark in features.of(text):
        for place, weight in weights.get(mark, ()):
            sums[place] += weight
    return dict(zip(LEARNED, sums, strict=True))


def load(lines: Iterable[str]) -> Weights:
    """Weights from lines of a mark and `place:hundredths` for each act it tells of. Raises ValueError."""
    found = {}
    for line in lines:
        mark, *parts = line.rstrip("\n").split("\t")
        pairs = (part.split(":") for part in parts)
        found[mark] = tuple((int(place), int(hundredths) / 100) for place, hundredths in pairs)
    return found


def lines(weights: Weights) -> list[str]:
    """The lines of a file of weights, by mark."""
    return [
        "\t".join((mark, *(f"{place}:{round(weight * 100)}" for place, weight in weights[mark])))
        for mark in sorted(weights)
    ]


@lru_cache(maxsize=1)
def _packaged() -> Weights:
    try:
        return load(FILE.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as error:
        raise WrongDeclaration(str(FILE), str(error), "Run python -m bot.evaluation.learning") from error
