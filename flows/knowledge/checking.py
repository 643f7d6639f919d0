"""Finds what is wrong with a knowledge base before a customer does: gaps, doubles, promises, stale reviews."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from flows.application.codes import CFPB_DENIAL_REASONS
from flows.application.fields import APPLICANT_FACING, FIELDS
from flows.application.lifecycle import Status
from flows.knowledge.articles import Article
from flows.knowledge.passages import plain

REVIEW_EVERY = timedelta(days=365)
MAX_WORDS = 120
MAX_CHARACTERS = 240
NOT_APPLICABLE = "999"
LEAST_QUESTIONS = 5

# What no article may say: the decision is the lender's alone. A sentence that denies a promise is
# written without these words ("this does not promise a higher amount").
PROMISES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"\b(?:you will (?:be approved|get the (?:loan|money))|guaranteed (?:approval|loan)|we guarantee|we promise"
            r"|certain(?:ly)? (?:be )?approved|approval is (?:certain|sure)|always approved|no risk|risk[- ]free"
            r"|raises? your chances|improves? your chances|better chances?)\b",
            re.IGNORECASE,
        ),
        "zh": re.compile(
            r"包过|必过|必批|秒批|百分之百|100%通过|(?<!不)保证(?:通过|批|能贷|下款)|(?<!不代表)一定(?:能|会)批|肯定能(?:批|过|贷)|提高通过率|无风险"
        ),
    }
)
_RATE = re.compile(r"\d\s*[%％‰]")
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_EXAMPLE = re.compile(r"not an offer|不是报价")
_MEANINGLESS = re.compile(r"[\W_]+")


class Kind(StrEnum):
    """What is wrong."""

    MISSING_LANGUAGE = "missing language"
    DOUBLE_ID = "id used twice"
    DOUBLE_QUESTION = "question of two articles"
    TOO_LONG = "body too long"
    PROMISE = "promise"
    RATE = "rate outside an example"
    STALE = "review due"
    UNKNOWN_SUBJECT = "explains what does not exist"
    NOT_EXPLAINED = "not explained"
    FEW_QUESTIONS = "too few ways of asking"
    OUTSIDE = "question also listed as not answered"
    CONTRADICTION = "contradicts the product sheet"


@dataclass(frozen=True)
class Problem:
    """One thing to put right; `article` is empty when the fault is that there is none."""

    kind: Kind
    lang: str
    article: str
    detail: str

    def __str__(self) -> str:
        return f"{self.lang}/{self.article or '-'}: {self.kind.value}: {self.detail}"


def check(
    articles: Iterable[Article],
    today: date,
    outside: Mapping[str, Sequence[Sequence[str]]] = MappingProxyType({}),
    sheets: Iterable[Article] = (),
) -> tuple[Problem, ...]:
    """All problems of a knowledge base on a day, ordered by language and article.

    `outside` are the questions it does not answer, `sheets` the articles that are written from product sheets.
    """
    all_ = tuple(articles)
    languages = sorted({each.lang for each in all_})
    problems = [
        *_missing_languages(all_, languages),
        *_doubles(all_),
        *(problem for each in all_ for problem in _own(each, today)),
        *(problem for lang in languages for problem in _not_explained(all_, lang)),
        *_answered_outside(all_, outside),
        *_contradictions(all_, tuple(sheets)),
    ]
    return tuple(sorted(problems, key=lambda each: (each.lang, each.article, each.kind, each.detail)))


def _missing_languages(articles: Collection[Article], languages: Collection[str]) -> Iterator[Problem]:
    there = {(each.lang, each.id) for each in articles}
    for name in {each.id for each in articles}:
        for lang in languages:
            if (lang, name) not in there:
                yield Problem(Kind.MISSING_LANGUAGE, lang, name, "write it, or remove the other language")


def _doubles(articles: Iterable[Article]) -> Iterator[Problem]:
    ids: set[tuple[str, str]] = set()
    asked: dict[tuple[str, str], str] = {}
    for each in articles:
        if (each.lang, each.id) in ids:
            yield Problem(Kind.DOUBLE_ID, each.lang, each.id, "rename one of them")
        ids.add((each.lang, each.id))
        for question in each.questions:
            key = (each.lang, _bare(question))
            first = asked.setdefault(key, each.id)
            if first != each.id:
                yield Problem(Kind.DOUBLE_QUESTION, each.lang, each.id, f"{question!r} is also of {first}")


def _answered_outside(articles: Iterable[Article], outside: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[Problem]:
    others = {(lang, _bare(question)) for lang, groups in outside.items() for group in groups for question in group}
    for each in articles:
        for question in each.questions:
            if (each.lang, _bare(question)) in others:
                yield Problem(Kind.OUTSIDE, each.lang, each.id, f"{question!r}: keep one of the two")


def _contradictions(articles: Iterable[Article], sheets: Collection[Article]) -> Iterator[Problem]:
    """Articles about a product may name no figure that its sheet does not have."""
    figures = {(each.product, each.lang): set(_FIGURE.findall(each.body)) for each in sheets}
    for each in articles:
        if each.product is None or not sheets:
            continue
        known = figures.get((each.product, each.lang))
        if known is None:
            yield Problem(Kind.UNKNOWN_SUBJECT, each.lang, each.id, f"there is no product {each.product}")
        else:
            for figure in dict.fromkeys(_FIGURE.findall(plain(each.body))):
                if figure not in known:
                    yield Problem(Kind.CONTRADICTION, each.lang, each.id, f"{figure} is not in the sheet")


def _bare(question: str) -> str:
    return _MEANINGLESS.sub("", unicodedata.normalize("NFKC", question).lower())


def _own(article: Article, today: date) -> Iterator[Problem]:
    body = plain(article.body)
    size, limit, unit = (
        (len(body), MAX_CHARACTERS, "characters") if article.lang == "zh" else (len(body.split()), MAX_WORDS, "words")
    )
    if size > limit:
        yield Problem(Kind.TOO_LONG, article.lang, article.id, f"{size} {unit}, at most {limit}")
    if len(article.questions) < LEAST_QUESTIONS:
        yield Problem(Kind.FEW_QUESTIONS, article.lang, article.id, f"{len(article.questions)}, add how people ask")
    promise = PROMISES[article.lang].search(body) if article.lang in PROMISES else None
    if promise is not None:
        yield Problem(Kind.PROMISE, article.lang, article.id, f"{promise[0]!r}: only the lender decides")
    if _RATE.search(body) and not _EXAMPLE.search(body):
        yield Problem(Kind.RATE, article.lang, article.id, "rates belong into product sheets")
    if article.reviewed is None or today - article.reviewed > REVIEW_EVERY:
        yield Problem(Kind.STALE, article.lang, article.id, f"last reviewed: {article.reviewed or 'never'}")
    for what, name, known in (
        ("field", article.field, FIELDS.keys()),
        ("status", article.status, set(Status)),
        ("reason", article.reason, CFPB_DENIAL_REASONS),
    ):
        if name is not None and name not in known:
            yield Problem(Kind.UNKNOWN_SUBJECT, article.lang, article.id, f"there is no {what} {name}")


def _not_explained(articles: Iterable[Article], lang: str) -> Iterator[Problem]:
    own = [each for each in articles if each.lang == lang]
    for what, names, explained in (
        ("field", APPLICANT_FACING, {each.field for each in own}),
        ("status", tuple(Status), {each.status for each in own}),
        ("reason", CFPB_DENIAL_REASONS, {each.reason for each in own}),
    ):
        for name in names:
            if name not in explained and name != NOT_APPLICABLE:
                yield Problem(Kind.NOT_EXPLAINED, lang, "", f"{what} {name}")
