"""Words of ordinary language: how much each says, and which others are met in its place.

A base knows few words, and of those not how rare they are anywhere else. `<lang>/words.tsv` has the commoner words of a
language, each with its rarity in hundredths; `<lang>/alike.bin` has for every one of them the KIN nearest others, best
first, as numbers of two bytes. Both come from what people write anywhere (SOURCES.md), not from any business.
"""

import sys
from array import array
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from flows.knowledge.words import LETTER

FOLDER = Path(__file__).parent
WORDS_FILE = "words.tsv"
ALIKE_FILE = "alike.bin"
KIN = 24
NEAREST, FARTHEST = 0.55, 0.2
"""How like a word its nearest and its farthest kin are."""


class Ordinary:
    """The words of one language by number, commonest first. Built once, never changed."""

    def __init__(self, words: Sequence[str], rarity: Sequence[float], alike: "array[int]") -> None:
        """`alike`: the numbers of the KIN nearest words of every word, one after another."""
        self.rarity = array("f", rarity)
        self._numbers = {word: number for number, word in enumerate(words)}
        self._alike = alike
        step = (NEAREST - FARTHEST) / (KIN - 1)
        self.likeness = tuple(NEAREST - step * place for place in range(KIN))

    def number(self, term: str) -> int | None:
        """The number of a word, or of a single Chinese character, given as a term; None for any other."""
        return self._numbers.get(term[1:] if term[0] == LETTER else term)

    def kin(self, number: int) -> "array[int]":
        """The nearest words of a word, best first; their likeness is that of `likeness` at the same place."""
        return self._alike[number * KIN : (number + 1) * KIN]


@cache
def ordinary(lang: str) -> Ordinary | None:
    """The ordinary words of a language, None when we have none."""
    file = FOLDER / lang / WORDS_FILE
    if not file.is_file():
        return None
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    alike = array("H")
    alike.frombytes((FOLDER / lang / ALIKE_FILE).read_bytes())
    if sys.byteorder == "big":
        alike.byteswap()
    return Ordinary([word for word, _ in rows], [int(rarity) / 100 for _, rarity in rows], alike)
