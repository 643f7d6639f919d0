"""Finds the known word a mistyped or differently ended English word stands for, by shared letter triples."""

from collections import Counter
from collections.abc import Iterable

LEAST_LIKENESS = 0.6
_SHORTEST = 4


class Vocabulary:
    """The words an index knows, by their letter triples."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [
            word for word in words if word[0] != "=" and word.isascii() and len(word) >= _SHORTEST and word.isalpha()
        ]
        self._with: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            for triple in _triples(word):
                self._with.setdefault(triple, []).append(number)

    def nearest(self, word: str) -> tuple[str, float] | None:
        """The known word most like `word` and how alike they are (0 to 1), None when none is."""
        if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
            return None
        triples = _triples(word)
        shared: Counter[int] = Counter()
        for triple in triples:
            shared.update(self._with.get(triple, ()))
        best, least = None, LEAST_LIKENESS
        for number, count in shared.items():
            known = self._words[number]
            likeness = 2 * count / (len(triples) + len(_triples(known)))
            if likeness > least:
                best, least = known, likeness
        return None if best is None else (best, least)


def _triples(word: str) -> set[str]:
    """Letter pairs and triples: pairs forgive a swapped letter, triples keep the order."""
    edged = f"^{word}$"
    return {edged[at : at + 2] for at in range(len(edged) - 1)} | {edged[at : at + 3] for at in range(len(edged) - 2)}
