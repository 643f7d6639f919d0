"""An index of articles that ranks them by a question, standard library only.

An article is the sum of its questions and its title as vectors of terms, damped so that a word which all its
questions share does not drown the rest, and (lightly) its body; a question is compared with that sum and with the
article's nearest single question. Where articles know few ways of asking, the subjects that a question and an article
hint at are compared besides. Beside the articles stand groups of questions that the base does not answer, to be
recognised as such.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from math import sqrt
from types import MappingProxyType
from typing import NamedTuple

from flows.knowledge.articles import Article
from flows.knowledge.kindred import Kindred
from flows.knowledge.ordinary import Ordinary, ordinary
from flows.knowledge.packed import WeightedRows
from flows.knowledge.passages import plain
from flows.knowledge.subjects import Subjects, known_subjects
from flows.knowledge.terms import Asked, Terms
from flows.knowledge.words import features, turns

BODY_SHARE = 0.4
# The sum of a term over the questions is taken to this power.
DAMPING = 0.3
NEAREST_SHARE = 0.2
CONSIDERED = 8
INDEXED_BODY = 1_000
# A question that is one of an article's own, but for words that say nothing.
SAME = 0.999
# How much the subjects count for an article with hardly a question, with how many questions that becomes a quarter,
# and below which share they are left out.
SUBJECT_SHARE = 0.55
# How much the words of ordinary language count for an article with hardly a question; less with more of them.
KIN_SHARE = 0.5
SUBJECT_VARIANTS = 10
LEAST_SUBJECT_SHARE = 0.2
SUBJECTS_OF_BODY = 0.7
TURN_WEIGHT = 0.5


class Near(NamedTuple):
    """An article by its number, how like it a question is, how much of the question its words cover (0 to 1).

    `place` is that of the article's nearest question.
    """

    number: int
    score: float
    covered: float
    place: int


@dataclass(frozen=True)
class Match:
    """An article that may answer, or None for what the base does not answer. `score` and `covered` are 0 to 1.

    `question` is the variant of the article nearest to what was asked.
    """

    article: Article | None
    score: float
    covered: float
    question: str


class Room:
    """The index of one language. Built once, never changed, safe to share between threads."""

    def __init__(
        self,
        articles: Sequence[Article],
        outside: Sequence[Sequence[str]] = (),
        subjects: Callable[[], Subjects] | None = None,
        words: Ordinary | None = None,
    ) -> None:
        """`subjects` gives those of the language, and is asked only where articles know few ways of asking.

        `words` are those of the language as it is ordinarily written.
        """
        self._articles = tuple(articles)
        self._texts = [*((*each.questions, each.title) for each in articles), *map(tuple, outside)]
        self._count = len(self._texts)
        bodies = [*(plain(each.body)[:INDEXED_BODY] for each in articles), *("" for _ in outside)]
        self._terms = terms = Terms(
            (map(features, each) for each in self._texts),
            (features(body, letters=False) for body in bodies),
        )
        self._scales = array("f", map(terms.scale, terms.words))
        posts: list[tuple[list[int], list[float]]] = [([], []) for _ in range(len(terms))]
        for number in range(self._count):
            for term, weight in self._summed(number).items():
                numbers, weights = posts[term]
                numbers.append(number)
                weights.append(weight)
        self._posts = WeightedRows(posts)
        few = SUBJECT_VARIANTS / (SUBJECT_VARIANTS + self.variants)
        share = SUBJECT_SHARE * few * few
        known = subjects() if subjects is not None and share >= LEAST_SUBJECT_SHARE else None
        self._subjects = known if known is not None and known.count else None
        self._share = share if self._subjects is not None else 0.0
        self._hinted = self._hinted_at()
        self._kindred = Kindred(words, terms.names, self._posts, self._count) if words is not None else None
        self._kin_share = KIN_SHARE * few if words is not None else 0.0

    def search(self, question: str, k: int = 3) -> tuple[Match, ...]:
        """The `k` nearest articles, best first, and those groups the base does not answer that are nearer."""
        found: list[Near] = []
        articles = 0
        for near in self._near(question):
            if articles < k:
                found.append(near)
                articles += self.answers(near.number)
        return tuple(map(self._match, found))

    def groups(self, question: str) -> list[tuple[int, float]]:
        """The groups the base does not answer that are nearest to a question, best first, with how near they are."""
        answered = len(self._articles)
        return [(near.number - answered, near.score) for near in self._near(question) if near.number >= answered]

    @property
    def questions(self) -> tuple[tuple[int, int], ...]:
        """The place of every question variant: number of the article, number of the question."""
        return tuple((at, place) for at, each in enumerate(self._articles) for place in range(len(each.questions)))

    @property
    def variants(self) -> float:
        """How many questions an article has on average."""
        return max(1.0, sum(len(each.questions) for each in self._articles) / max(1, len(self._articles)))

    def answers(self, number: int) -> bool:
        """Whether a number is that of an article."""
        return number < len(self._articles)

    def rehearse(self, number: int, place: int) -> list[Near]:
        """How the articles rank for one of the base's own questions as if the base did not have it."""
        words = self._terms.words[self._terms.first[number] + place]
        return self._ranked(self._terms.again(words), (number, place))

    def _near(self, question: str) -> list[Near]:
        asked = self._terms.asked(features(question))
        hinted = {**asked.said, **dict.fromkeys(turns(question), TURN_WEIGHT)} if self._subjects else asked.said
        return self._ranked(Asked(asked.weights, hinted))

    def _summed(self, number: int, without: int = -1) -> dict[int, float]:
        """The unit vector of an article: its damped questions and its body; `without` leaves one question out."""
        rarity = self._terms.rarity
        asked: dict[int, float] = {}
        for text in range(self._terms.first[number], self._terms.first[number + 1]):
            if text != without:
                scale = self._scales[text]
                for term in self._terms.words[text]:
                    asked[term] = asked.get(term, 0.0) + scale
        summed = {term: (rarity[term] * scales) ** DAMPING for term, scales in asked.items()}
        whole = sqrt(sum([weight * weight for weight in summed.values()])) or 1.0
        body = self._terms.bodies[number]
        share = BODY_SHARE * whole * self._terms.scale(body)
        for term in body:
            summed[term] = summed.get(term, 0.0) + share * rarity[term]
        whole = sqrt(sum([weight * weight for weight in summed.values()])) or 1.0
        return {term: weight / whole for term, weight in summed.items()}

    def _hinted_at(self) -> WeightedRows:
        """For every subject the articles that hint at it."""
        if self._subjects is None:
            return WeightedRows(())
        hints = list(map(self._subjects.hints, self._terms.names))
        rows: list[tuple[list[int], list[float]]] = [([], []) for _ in range(self._subjects.count)]
        for number in range(self._count):
            texts = range(self._terms.first[number], self._terms.first[number + 1])
            said = Counter(chain.from_iterable(map(self._terms.words.__getitem__, texts)))
            terms = chain(
                ((hints[term], count) for term, count in said.items() if hints[term]),
                ((hints[term], SUBJECTS_OF_BODY) for term in self._terms.bodies[number] if hints[term]),
            )
            for subject, weight in self._subjects.sum(terms).items():
                rows[subject][0].append(number)
                rows[subject][1].append(weight)
        return WeightedRows(rows)

    def _ranked(self, asked: Asked, without: tuple[int, int] | None = None) -> list[Near]:
        """Articles by score, best first; `without` leaves one question of one article out."""
        central, covered = self._compared(asked.weights)
        left_out = -1
        rest: Mapping[int, float] = {}
        if without is not None:
            number, place = without
            left_out = self._terms.first[number] + place
            rest = self._summed(number, left_out)
            central[number], covered[number] = self._compared_with(asked.weights, rest)
        share = self._share
        likeness = [(1 - share) * (1 - NEAREST_SHARE) * each for each in central]
        if self._subjects is not None:
            hints = ((self._subjects.hints(term), weight) for term, weight in asked.said.items())
            for subject, weight in self._subjects.sum(hints).items():
                for number, hinted in self._hinted[subject]:
                    likeness[number] += share * weight * hinted
        kin = [0.0] * self._count
        if self._kindred is not None:
            kin = self._kindred.compared(asked.said)
            if without is not None:
                kin[number] = self._kindred.shared(asked.said, rest)
            likeness = [each + self._kin_share * near for each, near in zip(likeness, kin, strict=True)]
        said = {term: weight * self._terms.rarity[term] for term, weight in asked.weights.items()}
        ranking: list[Near] = []
        for number in sorted(range(self._count), key=likeness.__getitem__, reverse=True)[:CONSIDERED]:
            if likeness[number] > 0:
                nearest, place = self._nearest(number, said, left_out)
                score = likeness[number] + (1 - share) * NEAREST_SHARE * nearest
                score = score / (1 + self._kin_share) if nearest < SAME else nearest
                ranking.append(Near(number, min(1.0, score), covered[number], place))
        return sorted(ranking, key=lambda near: (-near.score, near.number))

    def _compared(self, weights: Mapping[int, float]) -> tuple[list[float], list[float]]:
        """For every article how like it a question is, and the share of what it says in words that the article has."""
        central = [0.0] * self._count
        covered = [0.0] * self._count
        for term, weight in weights.items():
            if self._terms.hint[term]:
                for number, likeness in self._posts[term]:
                    central[number] += weight * likeness
            else:
                said = weight * weight
                for number, likeness in self._posts[term]:
                    central[number] += weight * likeness
                    covered[number] += said
        return central, covered

    def _compared_with(self, weights: Mapping[int, float], rest: Mapping[int, float]) -> tuple[float, float]:
        """The same for one article given as a vector."""
        known = {term: weight for term, weight in weights.items() if term in rest}
        covered = sum(weight * weight for term, weight in known.items() if not self._terms.hint[term])
        return sum(weight * rest[term] for term, weight in known.items()), covered

    def _nearest(self, number: int, said: Mapping[int, float], left_out: int = -1) -> tuple[float, int]:
        """Likeness to the nearest question of an article, and its place; `said` weighs every term twice."""
        best, place = 0.0, 0
        first = self._terms.first[number]
        for text in range(first, self._terms.first[number + 1]):
            if text != left_out:
                likeness = sum(map(said.get, self._terms.words[text], repeat(0.0))) * self._scales[text]
                if likeness > best:
                    best, place = likeness, text - first
        return best, place

    def _match(self, near: Near) -> Match:
        article = self._articles[near.number] if self.answers(near.number) else None
        return Match(article, near.score, near.covered, self._texts[near.number][near.place])


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
        rooms = {
            lang: Room(each, (outside or {}).get(lang, ()), partial(known_subjects, lang), ordinary(lang))
            for lang, each in by_lang.items()
        }
        return cls(MappingProxyType(rooms))

    def search(self, question: str, lang: str, k: int = 3) -> tuple[Match, ...]:
        """The `k` nearest articles of a language, best first; none when the language has no article."""
        room = self.rooms.get(lang)
        return () if room is None else room.search(question, k)
