"""Answers from the knowledge base in three zones: the passage, "did you mean", or not known.

Nothing is composed: an answer is an article's own words with its title as the source.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from flows.knowledge import articles as files
from flows.knowledge.articles import Article
from flows.knowledge.calibration import UNTESTED, Limits, calibrate, certainty
from flows.knowledge.elsewhere import Elsewhere, elsewhere
from flows.knowledge.index import Index, Match
from flows.knowledge.passages import plain
from flows.knowledge.words import is_chinese, latin_words

CANDIDATES = 3
AS_NEAR = 0.95
"""An article so much as near as what the base says it does not answer is worth a button."""
AS_NEAR_AS_ANYTHING = 0.65
"""The same of what anybody may ask anybody: a base knows its own trade better than a list of everyday questions."""
_SENTENCE = 3


class Zone(StrEnum):
    """How well the base knows the answer: say it, ask back with buttons, or say that it is not known."""

    SURE = "sure"
    UNSURE = "unsure"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """What the base says to a question.

    `article` is set only when sure. `candidates` are the ids of the nearest articles, best first,
    in every zone; `matched` is the question of the base nearest to the one asked, to be shown so
    that a wrong match is seen. `text` is the passage and its source when sure, the titles of the
    candidates one per line when unsure, and empty when unknown. `lang` is the language of all this.
    """

    zone: Zone
    article: Article | None
    candidates: tuple[str, ...]
    text: str
    matched: str
    lang: str


@dataclass(frozen=True)
class Known:
    """One language of a base: its index and limits, what anybody may ask, and which of that the base speaks of."""

    index: Index
    limits: Limits
    anything: Elsewhere
    own: frozenset[int]

    def zone(self, question: str, matches: Sequence[Match]) -> Zone:
        """The zone of what was found: not known when what the base does not answer is nearer than an article."""
        if not matches or (best := _best(matches)) < max(self.limits.unsure, AS_NEAR * matches[0].score):
            return Zone.UNKNOWN
        anything = self.anything.nearest(question, self.own)
        if matches[0].article is not None and best >= anything and certainty(matches) >= self.limits.sure:
            return Zone.SURE
        return Zone.UNSURE if best >= AS_NEAR_AS_ANYTHING * anything else Zone.UNKNOWN


class KnowledgeBase:
    """All articles and the questions they do not answer, never changed.

    A language is indexed and its limits worked out when it is first asked in.

    Both take a few tenths of a second, so a program that runs for long calls `warm` after it is up.
    """

    def __init__(
        self, articles: Iterable[Article], outside: Mapping[str, Sequence[Sequence[str]]] | None = None
    ) -> None:
        self.articles: Mapping[tuple[str, str], Article] = MappingProxyType(
            {(each.lang, each.id): each for each in articles}
        )
        self._outside = outside or {}
        self.languages = frozenset(lang for lang, _ in self.articles)
        self._known: dict[str, Known] = {}

    def warm(self) -> None:
        """Index every language now."""
        for lang in self.languages:
            self.known(lang)

    def known(self, lang: str) -> Known:
        """What is known of a language; two threads that ask at once may both build the same."""
        if lang not in self._known:
            index = Index.build((each for each in self.articles.values() if each.lang == lang), self._outside)
            limits = calibrate(index.rooms[lang]) if lang in index.rooms else UNTESTED
            anything = elsewhere(lang)
            own = anything.spoken_of(lambda question: _best(index.search(question, lang, 1)), limits.unsure)
            self._known[lang] = Known(index, limits, anything, own)
        return self._known[lang]

    def article(self, lang: str, article_id: str) -> Article | None:
        """An article by its id, for example when a person picks a candidate."""
        return self.articles.get((lang, article_id))

    def about(
        self, lang: str, *, field: str | None = None, status: str | None = None, reason: str | None = None
    ) -> Article | None:
        """The article that explains a field, a status or a denial code, looked up and not searched."""
        wanted = (field, status, reason)
        return next(
            (
                each
                for each in self.articles.values()
                if each.lang == lang
                and any(wanted)
                and all(want in {None, has} for want, has in zip(wanted, _belongs(each), strict=True))
            ),
            None,
        )

    def answer(self, question: str, lang: str) -> Answer:
        """Answer a question asked in a conversation in `lang`. Never raises, whatever the text."""
        lang = self._spoken(question, lang)
        known = self.known(lang)
        matches = known.index.search(question, lang, CANDIDATES)
        near = [(match.article, match) for match in matches if match.article is not None]
        zone = known.zone(question, matches)
        article = near[0][0] if zone is Zone.SURE else None
        if article is not None:
            text = cited(article)
        else:
            text = "\n".join(article.title for article, _ in near) if zone is Zone.UNSURE else ""
        return Answer(
            zone=zone,
            article=article,
            candidates=tuple(article.id for article, _ in near),
            text=text,
            matched=near[0][1].question if near else "",
            lang=lang,
        )

    def asks_anything(self, message: str, lang: str) -> bool:
        """Whether a message that the base does not know is what anybody may ask anybody: a joke, the weather."""
        lang = self._spoken(message, lang)
        known = self.known(lang)
        return known.anything.asked_by(message, known.own)

    def _spoken(self, question: str, lang: str) -> str:
        """The language to answer in: that of the question when its script shows it and the base has it."""
        if lang not in self.languages and len(self.languages) == 1:
            return next(iter(self.languages))
        if is_chinese(question):
            return "zh" if "zh" in self.languages else lang
        if lang == "zh" and "en" in self.languages and latin_words(question) >= _SENTENCE:
            return "en"
        return lang


def _best(matches: Sequence[Match]) -> float:
    """The score of the nearest article."""
    return next((match.score for match in matches if match.article is not None), 0.0)


def cited(article: Article) -> str:
    """The passage of an article as plain text, followed by its title as the source."""
    return f"{plain(article.body)}\n\n— {article.title}"


def load(folder: Path = files.OWN_FOLDER, more: Iterable[Article] = ()) -> KnowledgeBase:
    """Read a folder of articles; `more` are added, such as those of the product sheets. Raises WrongDeclaration."""
    return KnowledgeBase([*files.load(folder), *more], files.outside(folder))


def _belongs(article: Article) -> tuple[str | None, str | None, str | None]:
    return article.field, article.status, article.reason
