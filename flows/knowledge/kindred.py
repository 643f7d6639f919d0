"""How far articles have the words of a question, or words that are met in their place.

Every word of the question counts by how rare it is in ordinary language, so that a base of twenty articles need not
guess it, and by the nearest word that the article has anywhere: in its title, its questions or its body.
"""

from collections.abc import Container, Iterable, Iterator

from flows.knowledge.ordinary import Ordinary
from flows.knowledge.packed import WeightedRows


class Kindred:
    """The words of a base's articles among those of ordinary language. Built once, never changed."""

    def __init__(self, words: Ordinary, names: Iterable[str], posts: WeightedRows, count: int) -> None:
        """`names` are the terms of the base by number, `posts` the articles that have each, `count` all articles."""
        self._words = words
        self._posts = posts
        self._count = count
        numbered = ((words.number(name), place) for place, name in enumerate(names))
        self._here = {number: place for number, place in numbered if number is not None}

    def compared(self, said: Iterable[str]) -> list[float]:
        """For every article the share of what the terms say that it has, 0 to 1."""
        found = [0.0] * self._count
        whole = 0.0
        for number in self._numbers(said):
            rarity = self._words.rarity[number]
            whole += rarity
            for article, likeness in self._row(number).items():
                found[article] += rarity * likeness
        return [each / whole for each in found] if whole else found

    def shared(self, said: Iterable[str], had: Container[int]) -> float:
        """The same for one article that has these terms."""
        found = whole = 0.0
        for number in self._numbers(said):
            rarity = self._words.rarity[number]
            whole += rarity
            found += rarity * next((likeness for place, likeness in self._near(number) if place in had), 0.0)
        return found / whole if whole else 0.0

    def _numbers(self, said: Iterable[str]) -> Iterator[int]:
        return (number for number in dict.fromkeys(map(self._words.number, said)) if number is not None)

    def _near(self, number: int) -> Iterator[tuple[int, float]]:
        """The terms of the base that are a word or its kin, nearest first, with how like it they are."""
        here = self._here
        if number in here:
            yield here[number], 1.0
        for kin, likeness in zip(self._words.kin(number), self._words.likeness, strict=True):
            if kin in here:
                yield here[kin], likeness

    def _row(self, number: int) -> dict[int, float]:
        """The articles that have a word or its kin, with how like it the nearest is."""
        row: dict[int, float] = {}
        for place, likeness in self._near(number):
            for article, _ in self._posts[place]:
                row.setdefault(article, likeness)
        return row
