"""Which acts a message does by the weights: a short one as a whole, a long one part by part."""

from collections.abc import Collection, Iterator

from flows.understanding.clauses import SPLIT
from flows.understanding.learned.weights import SURE, UNLIKELY, scores
from flows.understanding.reading import Act

_LONG = 160
"""Characters that are judged together; in more, what is asked for drowns in what is told beside it."""


def told(text: str, seen: Collection[Act] = ()) -> set[Act]:
    """The learned acts of a folded text. Of those that a pattern has `seen` only what is most unlikely is left out."""
    return {
        act
        for part in _parts(text)
        for act, score in scores(part).items()
        if score > (UNLIKELY.get(act, SURE[act]) if act in seen else SURE[act])
    }


def _parts(text: str) -> Iterator[str]:
    start = end = 0
    for match in SPLIT.finditer(text):
        if match.end() - start > _LONG and end > start:
            yield text[start:end]
            start = end
        end = match.end()
    yield text[start:]
