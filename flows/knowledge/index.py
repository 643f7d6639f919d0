"""A centroid TF-IDF index of articles, standard library only.

An article is the sum of its questions, its title and (lightly) its body as vectors of terms; a
question is compared with that centroid and with the article's nearest single question.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from flows.knowledge.articles import Article
from flows.knowledge.passages import plain
from flows.knowledge.vocabulary import Vocabulary
from flows.knowledge.words import has_idea, is_chinese, terms

BODY_WEIGHT = 0.6
NEAREST_SHARE = 0.5
CONSIDERED = 12

# Question words say little about the subject, a character less than a pair, a word less than its idea.
_ASKING = frozenset("why how what when who where which not no long many much".split())  # noqa: SIM905 - as prose

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Match:
    """An article that may answer. `score` is 0 to 1; `question` is its variant nearest to what was asked."""

    article: Article
    score: float
    question: str


@dataclass(frozen=True)
class _Entry:
    article: Article
    variants: tuple[str, ...]
    vectors: tuple[Vector, ...]
    total: Vector
    norm: float


class Room:
    """The index of one language. Built once, never changed, safe to share between threads."""

    def __init__(self, articles: Sequence[Article]) -> None:
        bags = [[Counter(terms(text)) for text in (*each.questions, each.title)] for each in articles]
        bodies = [Counter(terms(plain(each.body))) for each in articles]
        frequency: Counter[str] = Counter()
        for bag, body in zip(bags, bodies, strict=True):
            frequency.update(set().union(*bag))
            frequency.update(dict.fromkeys(body.keys() - set().union(*bag), 0))
        self._count = len(articles)
        self._idf = {term: self._rarity(term, found or 1) for term, found in frequency.items()}
        self._vocabulary = Vocabulary(self._idf)
        self._entries = tuple(
            self._entry(each, bag, body) for each, bag, body in zip(articles, bags, bodies, strict=True)
        )
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        for number, entry in enumerate(self._entries):
            for term, weight in entry.total.items():
                numbers, weights = self._postings.setdefault(term, (array("H"), array("f")))
                numbers.append(number)
                weights.append(weight)

    def search(self, question: str, k: int = 3) -> tuple[Match, ...]:
        """The `k` articles nearest to a question, best first; fewer when nothing is shared."""
        asked = self._asked(terms(question))
        scored = sorted(self._scores(asked), key=lambda each: (-each[1], each[0]))[:k]
        return tuple(self._match(number, score, asked) for number, score in scored)

    def _rarity(self, term: str, found: float) -> float:
        weight = log(1 + self._count / found)
        if term in _ASKING:
            return 0.4 * weight
        if is_chinese(term):
            return (0.3 if len(term) == 1 else 0.6) * weight
        return 0.5 * weight if has_idea(term) else weight

    def _weights(self, bag: Mapping[str, int]) -> dict[str, float]:
        """A unit vector of the known terms of a bag."""
        idf = self._idf
        weights = {term: idf[term] * (1 + log(count)) if count > 1 else idf[term] for term, count in bag.items()}
        norm = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / norm for term, weight in weights.items()}

    def _entry(self, article: Article, bags: Sequence[Mapping[str, int]], body: Mapping[str, int]) -> _Entry:
        vectors = tuple(self._weights(bag) for bag in bags)
        total: dict[str, float] = {}
        for vector in vectors:
            for term, weight in vector.items():
                total[term] = total.get(term, 0.0) + weight
        scale = BODY_WEIGHT * sqrt(len(vectors))
        for term, weight in self._weights(body).items():
            total[term] = total.get(term, 0.0) + scale * weight
        norm = sqrt(sum(weight * weight for weight in total.values()))
        return _Entry(article, (*article.questions, article.title), vectors, total, norm or 1.0)

    def _asked(self, found: Iterable[str]) -> dict[str, float]:
        """A unit vector of a question; a word the base lacks is replaced by a known one like it or kept as unknown."""
        weights: dict[str, float] = {}
        unknown = 0.0
        for term in dict.fromkeys(found):
            if term in self._idf:
                weights[term] = max(weights.get(term, 0.0), self._idf[term])
            elif (near := self._vocabulary.nearest(term)) is not None:
                known, likeness = near
                weights[known] = max(weights.get(known, 0.0), self._idf[known] * likeness)
                unknown += (self._idf[known] * (1 - likeness)) ** 2
            else:
                unknown += (0.7 * self._rarity(term, 0.5)) ** 2
        norm = sqrt(sum(weight * weight for weight in weights.values()) + unknown) or 1.0
        return {term: weight / norm for term, weight in weights.items()}

    def _scores(self, asked: Vector, without: tuple[int, int] | None = None) -> list[tuple[int, float]]:
        """Scores of the articles that may be nearest; `without` leaves one question of one article out."""
        raw: dict[int, float] = {}
        for term, weight in asked.items():
            posting = self._postings.get(term)
            if posting is not None:
                for number, strength in zip(*posting, strict=True):
                    raw[number] = raw.get(number, 0.0) + weight * strength
        entries = self._entries
        central = {number: dot / entries[number].norm for number, dot in raw.items()}
        if without is not None and without[0] in central:
            central[without[0]] = self._lessened(raw[without[0]], asked, *without)
        best = sorted(central, key=lambda number: -central[number])[:CONSIDERED]
        return [
            (
                number,
                (1 - NEAREST_SHARE) * central[number]
                + NEAREST_SHARE * self._nearest(number, asked, without[1] if without and without[0] == number else -1)[0],
            )
            for number in best
        ]

    def _lessened(self, dot: float, asked: Vector, number: int, place: int) -> float:
        """Likeness to the centroid of an article without one of its questions."""
        entry = self._entries[number]
        left_out = entry.vectors[place]
        dot -= sum(weight * left_out.get(term, 0.0) for term, weight in asked.items())
        square = entry.norm**2 - 2 * sum(weight * entry.total[term] for term, weight in left_out.items()) + 1
        return max(0.0, dot) / sqrt(square) if square > 1e-6 else 0.0

    def _nearest(self, number: int, asked: Vector, without: int = -1) -> tuple[float, int]:
        """Likeness to the nearest question of an article, and its place."""
        best, place = 0.0, 0
        for at, vector in enumerate(self._entries[number].vectors):
            if at != without:
                likeness = sum(weight * vector[term] for term, weight in asked.items() if term in vector)
                if likeness > best:
                    best, place = likeness, at
        return best, place

    def rehearse(self, number: int, place: int) -> list[tuple[int, float]]:
        """Ranking for one of the base's own questions when the base does not have it."""
        asked = self._entries[number].vectors[place]
        return sorted(self._scores(asked, (number, place)), key=lambda each: (-each[1], each[0]))

    def _match(self, number: int, score: float, asked: Vector) -> Match:
        entry = self._entries[number]
        return Match(entry.article, min(1.0, score), entry.variants[self._nearest(number, asked)[1]])
