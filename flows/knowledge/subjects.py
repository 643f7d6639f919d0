"""What words hint at: the subjects that lenders, shops and help desks are asked about.

A subject is a list of ways people speak of it. A word hints at the subjects that use it, the more the fewer do. Two
texts that hint at the same subjects are about the same thing although they may share no word.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from math import log, sqrt

from flows.knowledge.articles import subjects
from flows.knowledge.words import LETTER, features, turns

MOST = 6
"""A word hints at so many subjects at most."""
LEAST = 0.1
LETTER_SHARE = 0.6


Hints = tuple[tuple[int, float], ...]


class Subjects:
    """The subjects of one language. Built once, never changed."""

    def __init__(self, ways: Sequence[Sequence[str]]) -> None:
        """`ways`: for every subject how people speak of it."""
        self.count = len(ways)
        shares: dict[str, list[tuple[float, int]]] = {}
        for number, texts in enumerate(ways):
            for term, found in Counter(chain.from_iterable({*features(text), *turns(text)} for text in texts)).items():
                shares.setdefault(term, []).append((sqrt(found / len(texts)), number))
        self._hints = {term: self._hinted(term, each) for term, each in shares.items()}

    def hints(self, term: str) -> Hints:
        """The subjects a term hints at, with how much."""
        return self._hints.get(term, ())

    def sum(self, hints: Iterable[tuple[Hints, float]]) -> dict[int, float]:
        """What several terms hint at, each with its weight: a unit vector of subjects."""
        found = [0.0] * self.count
        for each, weight in hints:
            for number, share in each:
                found[number] += weight * share
        length = sqrt(sum([weight * weight for weight in found])) or 1.0
        return {number: weight / length for number, weight in enumerate(found) if weight}

    def _hinted(self, term: str, shares: list[tuple[float, int]]) -> Hints:
        rarity = log((self.count + 1) / len(shares)) / sum(share for share, _ in shares)
        if term[0] == LETTER:
            rarity *= LETTER_SHARE
        best = [(number, share * rarity) for share, number in sorted(shares, reverse=True)[:MOST]]
        return tuple((number, weight) for number, weight in best if weight > LEAST)


@cache
def known_subjects(lang: str) -> Subjects:
    """The subjects we know in a language; none when we have no list of them."""
    return Subjects(subjects(lang))
