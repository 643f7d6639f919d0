"""A TF-IDF index of articles, standard library only.

An article is the sum of its questions and its title as vectors of terms, damped so that a word which all its
questions share does not drown the rest, and (lightly) its body; a question is compared with that sum and with the
article's nearest single question. Beside the articles stand groups of questions that the base does not answer, to be
recognised as such.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt
from operator import itemgetter, mul
from types import MappingProxyType
from typing import NamedTuple

from flows.knowledge.articles import Article
from flows.knowledge.lexicon import idea, topics
from flows.knowledge.passages import plain
from flows.knowledge.vocabulary import Vocabulary
from flows.knowledge.words import ASKING, HINTS, LETTER, TOPIC, commonness, features

BODY_SHARE = 0.4
# The sum of a term over the questions is taken to this power.
DAMPING = 0.3
NEAREST_SHARE = 0.2
TOPIC_SHARE = 0.7
LETTER_SHARE = 0.7
CONSIDERED = 8
INDEXED_BODY = 1_000
UNKNOWN_WEIGHT = 0.7
# So many articles of ordinary language are counted besides, so that a small base knows what is common.
ORDINARY = 15
NOTHING = 1e-9
# A question that is one of an article's own, but for words that say nothing.
SAME = 0.999

Vector = Mapping[str, float]


class Near(NamedTuple):
    """An article by its number, how like it a question is, and how much of the question its words cover (0 to 1)."""

    number: int
    score: float
    covered: float


@dataclass(frozen=True)
class Match:
    """An article that may answer, or None for what the base does not answer. `score` and `covered` are 0 to 1.

    `question` is the variant of the article nearest to what was asked.
    """

    article: Article | None
    score: float
    covered: float
    question: str


@dataclass(frozen=True)
class _Entry:
    """One article: a unit vector per question and of the title, their sum, the body's unit vector.

    `square` is the square of the length of the damped sum, `shared` its product with the body.
    """

    article: Article | None
    texts: tuple[str, ...]
    vectors: tuple[Vector, ...]
    asked: Vector
    body: Vector
    square: float
    shared: float


def _entered(
    article: Article | None, texts: tuple[str, ...], vectors: tuple[Vector, ...], body: Vector
) -> tuple[_Entry, Vector]:
    """The entry of an article and its unit vector: its damped questions and its body. `vectors` are of its texts."""
    asked: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            asked[term] = asked.get(term, 0.0) + weight
    damped = {term: weight**DAMPING for term, weight in asked.items()}
    square = sum([weight * weight for weight in damped.values()])
    shared = sum([weight * damped[term] for term, weight in body.items() if term in damped])
    length = sqrt(square) or 1.0
    whole = _length(shared / length)
    scale, share = 1 / length / whole, BODY_SHARE / whole
    summed = {term: weight * scale for term, weight in damped.items()}
    for term, weight in body.items():
        summed[term] = summed.get(term, 0.0) + share * weight
    return _Entry(article, texts, vectors, asked, body, square, shared), summed


class Room:
    """The index of one language. Built once, never changed, safe to share between threads."""

    def __init__(self, articles: Sequence[Article], outside: Sequence[Sequence[str]] = ()) -> None:
        subjects: list[Article | None] = [*articles, *(None for _ in outside)]
        texts = [*((*each.questions, each.title) for each in articles), *map(tuple, outside)]
        # Kept in order, not as sets: the same articles must give the same numbers in every process.
        bags = [[dict.fromkeys(features(text)) for text in each] for each in texts]
        bodies = [
            dict.fromkeys(term for term in features(plain(each.body)[:INDEXED_BODY]) if term[0] != LETTER)
            for each in articles
        ]
        asked_in = Counter(term for bag in bags for term in dict.fromkeys(chain.from_iterable(bag)))
        self._answered = len(articles)
        self._count = len(texts)
        self._rarity = {term: self._rare(term, found) for term, found in asked_in.items()}
        for body in bodies:
            for term in body:
                if term not in self._rarity:
                    self._rarity[term] = self._rare(term, 1)
        self._vocabulary = Vocabulary(self._rarity)
        vectors = [tuple(map(self._vector, bag)) for bag in bags]
        nothing: list[dict[str, None]] = [{} for _ in outside]
        entries: list[_Entry] = []
        self._with: dict[str, list[tuple[int, float]]] = {term: [] for term in self._rarity}
        for number, said in enumerate(
            zip(subjects, texts, vectors, map(self._vector, [*bodies, *nothing]), strict=True)
        ):
            entry, summed = _entered(*said)
            entries.append(entry)
            for term, weight in summed.items():
                self._with[term].append((number, weight))
        self._entries = tuple(entries)

    def search(self, question: str, k: int = 3) -> tuple[Match, ...]:
        """The `k` nearest articles, best first, and those groups the base does not answer that are nearer."""
        asked = self._asked(features(question))
        found: list[Near] = []
        articles = 0
        for near in self._ranked(asked):
            if articles < k:
                found.append(near)
                articles += near.number < self._answered
        return tuple(self._match(near, asked) for near in found)

    @property
    def questions(self) -> tuple[tuple[int, int], ...]:
        """The place of every question variant: number of the article, number of the question."""
        return tuple(
            (at, place)
            for at, each in enumerate(self._entries[: self._answered])
            for place in range(len(each.vectors) - 1)
        )

    @property
    def variants(self) -> float:
        """How many questions an article has on average."""
        return max(1.0, len(self.questions) / max(1, self._answered))

    def answers(self, number: int) -> bool:
        """Whether a number is that of an article."""
        return number < self._answered

    def rehearse(self, number: int, place: int) -> list[Near]:
        """How the articles rank for one of the base's own questions as if the base did not have it."""
        return self._ranked(self._entries[number].vectors[place], (number, place))

    def _rare(self, term: str, found: float) -> float:
        """How much a term says: the rarer in the base, and in what people write anyway, the more."""
        weight = log(1 + (self._count + ORDINARY) / (found + ORDINARY * commonness(term)))
        if term[0] == TOPIC:
            return TOPIC_SHARE * weight
        if term[0] == LETTER:
            return LETTER_SHARE * weight
        if term in ASKING:
            return 0.4 * weight
        return weight if idea(term) is None else 0.5 * weight

    def _vector(self, bag: Collection[str]) -> dict[str, float]:
        """A unit vector of known terms."""
        weights = list(map(self._rarity.__getitem__, bag))
        norm = sqrt(sum(map(mul, weights, weights))) or 1.0
        return {term: weight / norm for term, weight in zip(bag, weights, strict=True)}

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
                for each in (known, idea(known), *topics().get(known, ())):
                    if each in rarity:
                        weights[each] = max(weights.get(each, 0.0), rarity[each] * likeness)
                unknown += (rarity[known] * (1 - likeness)) ** 2
        norm = sqrt(sum(weight * weight for weight in weights.values()) + unknown) or 1.0
        return {term: weight / norm for term, weight in weights.items()}

    def _ranked(self, asked: Vector, without: tuple[int, int] | None = None) -> list[Near]:
        """Articles by score, best first; `without` leaves one question of one article out."""
        central: dict[int, float] = {}
        for term, weight in asked.items():
            for number, likeness in self._with[term]:
                central[number] = central.get(number, 0.0) + weight * likeness
        if without is not None and without[0] in central:
            central[without[0]] = self._lessened(*without)
        ranking: list[Near] = []
        for number, score in sorted(central.items(), key=itemgetter(1), reverse=True)[:CONSIDERED]:
            left_out = without[1] if without is not None and without[0] == number else -1
            nearest, _ = self._nearest(number, asked, left_out)
            share = SAME if nearest >= SAME else NEAREST_SHARE
            likeness = min(1.0, (1 - share) * score + share * nearest)
            ranking.append(Near(number, likeness, self._covered(number, asked, left_out)))
        return sorted(ranking, key=lambda near: (-near.score, near.number))

    def _covered(self, number: int, asked: Vector, left_out: int) -> float:
        """The share of what a question says in words, not in hints, that an article says as well."""
        entry = self._entries[number]
        less: Vector = entry.vectors[left_out] if left_out >= 0 else {}
        return sum(
            weight * weight
            for term, weight in asked.items()
            if term[0] not in HINTS
            and (term in entry.body or entry.asked.get(term, 0.0) - less.get(term, 0.0) > NOTHING)
        )

    def _lessened(self, number: int, place: int) -> float:
        """Likeness of one of an article's questions to the article without it."""
        entry = self._entries[number]
        left_out = entry.vectors[place]
        square, shared, likeness, spoken = entry.square, entry.shared, 0.0, 0.0
        for term, weight in left_out.items():
            before, rest = entry.asked[term], entry.asked[term] - weight
            damped = rest**DAMPING if rest > NOTHING else 0.0
            square += damped * damped - before ** (2 * DAMPING)
            said = entry.body.get(term, 0.0)
            shared += (damped - before**DAMPING) * said
            likeness += weight * damped
            spoken += weight * said
        length = sqrt(square) if square > NOTHING else 1.0
        return (likeness / length + BODY_SHARE * spoken) / _length(shared / length)

    def _nearest(self, number: int, asked: Vector, left_out: int = -1) -> tuple[float, int]:
        """Likeness to the nearest question of an article, and its place."""
        best, place = 0.0, 0
        for at, vector in enumerate(self._entries[number].vectors):
            if at != left_out:
                likeness = sum(weight * vector[term] for term, weight in asked.items() if term in vector)
                if likeness > best:
                    best, place = likeness, at
        return best, place

    def _match(self, near: Near, asked: Vector) -> Match:
        entry = self._entries[near.number]
        return Match(entry.article, near.score, near.covered, entry.texts[self._nearest(near.number, asked)[1]])


def _length(shared: float) -> float:
    """The length of the sum of two unit vectors, of the second only its share."""
    return sqrt(1 + 2 * BODY_SHARE * shared + BODY_SHARE**2)


@dataclass(frozen=True)
class Index:
    """The articles of all languages, searchable. `rooms` has one room per language."""

    rooms: Mapping[str, Room]

    @classmethod
    def build(
        cls, articles: Iterable[Article], outside: Mapping[str, Sequence[Sequence[str]]] | None = None
    ) -> "Index":
        """Index articles; the same articles always give the same index. `outside` has a language's other questions."""
        by_lang: dict[str, list[Article]] = {}
        for article in articles:
            by_lang.setdefault(article.lang, []).append(article)
        rooms = {lang: Room(each, (outside or {}).get(lang, ())) for lang, each in by_lang.items()}
        return cls(MappingProxyType(rooms))

    def search(self, question: str, lang: str, k: int = 3) -> tuple[Match, ...]:
        """The `k` nearest articles of a language, best first; none when the language has no article."""
        room = self.rooms.get(lang)
        return () if room is None else room.search(question, k)
