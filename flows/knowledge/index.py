"""A centroid TF-IDF index of articles, standard library only.

An article is the sum of its questions, its title and (lightly) its body as vectors of terms; a
question is compared with that centroid and with the article's nearest single question.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt
from operator import itemgetter, mul
from types import MappingProxyType

from flows.knowledge.articles import Article
from flows.knowledge.passages import plain
from flows.knowledge.vocabulary import Vocabulary
from flows.knowledge.words import ASKING, commonness, idea, terms

BODY_SHARE = 1.0
NEAREST_SHARE = 0.5
CONSIDERED = 8
INDEXED_BODY = 1_000
UNKNOWN_WEIGHT = 0.7
# So many articles of ordinary language are counted besides, so that a small base knows what is common.
ORDINARY = 15
# A question that is one of an article's own, but for words that say nothing.
SAME = 0.999

Vector = Mapping[str, float]
Ranking = list[tuple[int, float]]


@dataclass(frozen=True)
class Match:
    """An article that may answer. `score` is 0 to 1; `question` is its variant nearest to what was asked."""

    article: Article
    score: float
    question: str


@dataclass(frozen=True)
class _Entry:
    """One article as vectors: one per question and one of the title, their sum with the body, its length."""

    article: Article
    vectors: tuple[Vector, ...]
    total: Vector
    norm: float


class Room:
    """The index of one language. Built once, never changed, safe to share between threads."""

    def __init__(self, articles: Sequence[Article]) -> None:
        # Kept in order, not as sets: the same articles must give the same numbers in every process.
        bags = [[dict.fromkeys(terms(text)) for text in (*each.questions, each.title)] for each in articles]
        bodies = [dict.fromkeys(terms(plain(each.body)[:INDEXED_BODY])) for each in articles]
        asked_in = Counter(term for bag in bags for term in dict.fromkeys(chain.from_iterable(bag)))
        self._count = len(articles)
        self._rarity = {term: self._rare(term, found) for term, found in asked_in.items()}
        for body in bodies:
            for term in body:
                if term not in self._rarity:
                    self._rarity[term] = self._rare(term, 1)
        self._vocabulary = Vocabulary(self._rarity)
        self._entries = tuple(map(self._entry, articles, bags, bodies))
        self._with: dict[str, list[int]] = {term: [] for term in self._rarity}
        for number, entry in enumerate(self._entries):
            for term in entry.total:
                self._with[term].append(number)

    def search(self, question: str, k: int = 3) -> tuple[Match, ...]:
        """The `k` articles nearest to a question, best first; fewer when nothing is shared."""
        asked = self._asked(terms(question))
        return tuple(self._match(number, score, asked) for number, score in self._ranked(asked)[:k])

    @property
    def questions(self) -> tuple[tuple[int, int], ...]:
        """The place of every question variant: number of the article, number of the question."""
        return tuple((at, place) for at, each in enumerate(self._entries) for place in range(len(each.vectors) - 1))

    def rehearse(self, number: int, place: int) -> Ranking:
        """How the articles rank for one of the base's own questions as if the base did not have it."""
        return self._ranked(self._entries[number].vectors[place], (number, place))

    def _rare(self, term: str, found: float) -> float:
        """How much a term says: the rarer in the base, and in what people write anyway, the more."""
        weight = log(1 + (self._count + ORDINARY) / (found + ORDINARY * commonness(term)))
        if term in ASKING:
            return 0.4 * weight
        return weight if idea(term) is None else 0.5 * weight

    def _vector(self, bag: Collection[str]) -> dict[str, float]:
        """A unit vector of known terms."""
        weights = list(map(self._rarity.__getitem__, bag))
        norm = sqrt(sum(map(mul, weights, weights))) or 1.0
        return {term: weight / norm for term, weight in zip(bag, weights, strict=True)}

    def _entry(self, article: Article, bags: Sequence[Collection[str]], body: Collection[str]) -> _Entry:
        vectors = tuple(map(self._vector, bags))
        share = BODY_SHARE * sqrt(len(vectors))
        total = {term: share * weight for term, weight in self._vector(body).items()}
        for vector in vectors:
            for term, weight in vector.items():
                total[term] = total.get(term, 0.0) + weight
        norm = sqrt(sum(weight * weight for weight in total.values())) or 1.0
        return _Entry(article, vectors, total, norm)

    def _asked(self, found: Iterable[str]) -> dict[str, float]:
        """A unit vector of a question. A mistyped word counts as the known one it is like, an unknown one against."""
        rarity = self._rarity
        weights: dict[str, float] = {}
        unknown = 0.0
        for term in dict.fromkeys(found):
            weight = rarity.get(term)
            if weight is not None:
                weights[term] = weight
                continue
            near = self._vocabulary.nearest(term)
            if near is None:
                unknown += (UNKNOWN_WEIGHT * self._rare(term, 0.5)) ** 2
            else:
                known, likeness = near
                for each in (known, idea(known)):
                    if each in rarity:
                        weights[each] = max(weights.get(each, 0.0), rarity[each] * likeness)
                unknown += (rarity[known] * (1 - likeness)) ** 2
        norm = sqrt(sum(weight * weight for weight in weights.values()) + unknown) or 1.0
        return {term: weight / norm for term, weight in weights.items()}

    def _ranked(self, asked: Vector, without: tuple[int, int] | None = None) -> Ranking:
        """Articles by score, best first; `without` leaves one question of one article out."""
        entries, dots = self._entries, dict[int, float]()
        for term, weight in asked.items():
            for number in self._with[term]:
                dots[number] = dots.get(number, 0.0) + weight * entries[number].total[term]
        central = {number: dot / entries[number].norm for number, dot in dots.items()}
        if without is not None and without[0] in dots:
            central[without[0]] = self._lessened(dots[without[0]], asked, *without)
        ranking: Ranking = []
        for number, score in sorted(central.items(), key=itemgetter(1), reverse=True)[:CONSIDERED]:
            left_out = without[1] if without is not None and without[0] == number else -1
            nearest, _ = self._nearest(number, asked, left_out)
            share = SAME if nearest >= SAME else NEAREST_SHARE
            ranking.append((number, min(1.0, (1 - share) * score + share * nearest)))
        return sorted(ranking, key=lambda each: (-each[1], each[0]))

    def _lessened(self, dot: float, asked: Vector, number: int, place: int) -> float:
        """Likeness of a question to the centroid of an article without one of the article's questions."""
        entry = self._entries[number]
        left_out = entry.vectors[place]
        dot -= sum(weight * left_out.get(term, 0.0) for term, weight in asked.items())
        square = entry.norm**2 - 2 * sum(weight * entry.total[term] for term, weight in left_out.items()) + 1
        return max(0.0, dot) / sqrt(square) if square > 1e-6 else 0.0

    def _nearest(self, number: int, asked: Vector, left_out: int = -1) -> tuple[float, int]:
        """Likeness to the nearest question of an article, and its place."""
        best, place = 0.0, 0
        for at, vector in enumerate(self._entries[number].vectors):
            if at != left_out:
                likeness = sum(weight * vector[term] for term, weight in asked.items() if term in vector)
                if likeness > best:
                    best, place = likeness, at
        return best, place

    def _match(self, number: int, score: float, asked: Vector) -> Match:
        article = self._entries[number].article
        place = self._nearest(number, asked)[1]
        return Match(article, score, (*article.questions, article.title)[place])


@dataclass(frozen=True)
class Index:
    """The articles of all languages, searchable. `rooms` has one room per language."""

    rooms: Mapping[str, Room]

    @classmethod
    def build(cls, articles: Iterable[Article]) -> "Index":
        """Index articles; the same articles always give the same index."""
        by_lang: dict[str, list[Article]] = {}
        for article in articles:
            by_lang.setdefault(article.lang, []).append(article)
        return cls(MappingProxyType({lang: Room(each) for lang, each in by_lang.items()}))

    def search(self, question: str, lang: str, k: int = 3) -> tuple[Match, ...]:
        """The `k` nearest articles of a language, best first; none when the language has no article."""
        room = self.rooms.get(lang)
        return () if room is None else room.search(question, k)
