"""Words of ordinary language: how much each says, and which others are met in its place.

A base knows few words, and of those not how rare they are anywhere else. `<lang>/words.tsv` has the commoner words of a
language, each with its rarity in hundredths; `<lang>/alike.bin` has for every one of them the KIN nearest others, best
first, as numbers of two bytes. Both come from what people write anywhere (SOURCES.md), not from any business.
"""

import os
import struct
from array import array
from bisect import bisect_left
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
_ROW = struct.Struct(f"<{KIN}H")


class Ordinary:
    """The words of one language by number, commonest first. Built once, never changed.

    The words themselves are not kept, only their hashes of 64 bits: of so few words no two share one.
    """

    def __init__(self, words: Sequence[int], rarity: "array[float]", alike: int) -> None:
        """`words` are hashes; the open file `alike` has a row for every word with the numbers of its KIN nearest."""
        order = sorted(range(len(words)), key=words.__getitem__)
        self.rarity = rarity
        self._hashes = array("q", map(words.__getitem__, order))
        self._numbers = array("H", order)
        self._alike = alike
        step = (NEAREST - FARTHEST) / (KIN - 1)
        self.likeness = tuple(NEAREST - step * place for place in range(KIN))

    def number(self, term: str) -> int | None:
        """The number of a word, or of a single Chinese character, given as a term; None for any other."""
        wanted = hash(term[1:] if term[0] == LETTER else term)
        place = bisect_left(self._hashes, wanted)
        return self._numbers[place] if place < len(self._hashes) and self._hashes[place] == wanted else None

    def kin(self, number: int) -> tuple[int, ...]:
        """The nearest words of a word, best first; their likeness is that of `likeness` at the same place."""
        return _ROW.unpack(os.pread(self._alike, _ROW.size, number * _ROW.size))


@cache
def ordinary(lang: str) -> Ordinary | None:
    """The ordinary words of a language, None when we have none."""
    file = FOLDER / lang / WORDS_FILE
    if not file.is_file():
        return None
    words, rarity = array("q"), array("f")
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            word, _, hundredths = line.partition("\t")
            words.append(hash(word))
            rarity.append(int(hundredths) / 100)
    return Ordinary(
        words, rarity, os.open(FOLDER / lang / ALIKE_FILE, os.O_RDONLY)
    )  # open as long as the process lives
