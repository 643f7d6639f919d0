"""Finds the known word that a mistyped or differently ended English word stands for."""

from array import array
from collections import Counter
from collections.abc import Iterable

SHORTEST = 4
LONG = 7
LEAST_LIKENESS = 0.6
_LOOKED_AT = 12


class Vocabulary:
    """The words an index knows, by their first letter and the pairs and triples of their letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(word for word in words if _is_word(word))
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            first = word[0]
            for piece in _pieces(word):
                found.setdefault(first + piece, []).append(number)
        self._with = {piece: array("H" if len(self._words) < 0x10000 else "I", each) for piece, each in found.items()}

    def nearest(self, word: str) -> tuple[str, float] | None:
        """The known word most like `word` and how alike they are (0 to 1), None when none is.

        Alike words begin with the same letter and have most letter pieces in common, or are one slip
        apart (two when long): a letter too many, missing, wrong or swapped.
        """
        if not _is_word(word):
            return None
        pieces = _pieces(word)
        shared: Counter[int] = Counter()
        for piece in pieces:
            shared.update(self._with.get(word[0] + piece, ()))
        best, most = None, LEAST_LIKENESS
        allowed = 2 if len(word) >= LONG else 1
        for number, count in shared.most_common(_LOOKED_AT):
            known = self._words[number]
            likeness = 2 * count / (len(pieces) + len(_pieces(known)))
            near = abs(len(word) - len(known)) <= allowed
            if near and likeness < LEAST_LIKENESS + 0.2 and (apart := slips(word, known)) <= allowed:
                likeness = max(likeness, 1 - apart / len(word))
            if likeness > most:
                best, most = known, likeness
        return None if best is None else (best, most)


def slips(one: str, other: str) -> int:
    """How many slips of the finger lie between two words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, before, row = before, row, [at]
        for place, wanted in enumerate(other, 1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != wanted))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == wanted:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
    return row[-1]


def _is_word(text: str) -> bool:
    return len(text) >= SHORTEST and text.isascii() and text.isalpha()


def _pieces(word: str) -> set[str]:
    """Pairs forgive a swapped letter, triples keep the order."""
    edged = f"^{word}$"
    return {edged[at : at + size] for size in (2, 3) for at in range(len(edged) - size + 1)}
