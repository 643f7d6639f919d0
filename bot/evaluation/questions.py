"""Judges answers: whether the right article comes first, is shown as sure, and outside questions are left alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.knowledge.answering import KnowledgeBase, Zone


@dataclass(frozen=True)
class Measured:
    """Shares of the questions asked. `faults` are those whose article did not come first."""

    asked: int
    first: float
    among_three: float
    sure: float
    wrong_sure: float
    faults: tuple[str, ...] = ()


def measure(base: KnowledgeBase, lang: str, asked: Iterable[tuple[str, str]]) -> Measured:
    """How questions fare whose article is known."""
    answers = [(wanted, question, base.answer(question, lang)) for wanted, question in asked]
    sure = [(wanted, answer.article.id) for wanted, _, answer in answers if answer.article is not None]
    return Measured(
        asked=len(answers),
        first=sum(answer.candidates[:1] == (wanted,) for wanted, _, answer in answers) / len(answers),
        among_three=sum(wanted in answer.candidates for wanted, _, answer in answers) / len(answers),
        sure=len(sure) / len(answers),
        wrong_sure=sum(wanted != got for wanted, got in sure) / len(answers),
        faults=tuple(
            f"{question!r} ({lang}): wanted {wanted}, {answer.zone} {', '.join(answer.candidates)}"
            for wanted, question, answer in answers
            if answer.candidates[:1] != (wanted,)
        ),
    )


def answered(base: KnowledgeBase, lang: str, asked: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """The share of questions from outside the base that are answered as sure, and which they are."""
    found = [(question, base.answer(question, lang)) for question in asked]
    sure = [(question, answer) for question, answer in found if answer.zone is Zone.SURE]
    faults = tuple(f"{question!r} ({lang}): answered with {answer.candidates[0]}" for question, answer in sure)
    return len(sure) / len(asked), faults
