"""The labelled questions of `tests/language`, as the tests of answering ask them."""

from pathlib import Path

import yaml
from pydantic import BaseModel

from bot.evaluation.kit import LANGUAGES, OWN_FOLDER, questions
from flows.knowledge.articles import Article

FOLDER = Path(__file__).parents[3] / OWN_FOLDER
__all__ = ["LANGUAGES", "foreign", "outside", "paraphrases"]


class ForeignArticle(BaseModel):
    """An article of another base with questions that are not among its variants."""

    id: str
    title: str
    questions: list[str]
    body: str
    paraphrases: list[str]

    def as_article(self, lang: str) -> Article:
        """The article as the loader would give it."""
        return Article(id=self.id, lang=lang, title=self.title, questions=tuple(self.questions), body=self.body)


class ForeignBase(BaseModel):
    """A small base of somebody else and questions it cannot answer."""

    articles: list[ForeignArticle]
    outside: list[str]


def paraphrases(lang: str, kit: str = "paraphrases") -> list[tuple[str, str]]:
    """Article id and question, none of them a variant of the base; kit "colloquial" is blurted out."""
    return questions(FOLDER, kit, lang)


def outside(lang: str, kit: str = "outside") -> list[str]:
    """Questions the base has no article for."""
    return [question for _, question in questions(FOLDER, kit, lang)]


def foreign(lang: str, kit: str = "foreign") -> ForeignBase:
    """A small base of somebody else."""
    return ForeignBase.model_validate(yaml.safe_load((FOLDER / "questions" / f"{kit}.{lang}.yaml").read_text("utf-8")))
