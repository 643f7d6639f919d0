"""The labelled questions of this folder, read from `kit/`."""

from pathlib import Path

import yaml
from pydantic import BaseModel, TypeAdapter

from flows.knowledge.articles import Article

KIT = Path(__file__).parent / "kit"
LANGUAGES = ("en", "zh")

_PARAPHRASES = TypeAdapter(dict[str, list[str]])


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
    read = _PARAPHRASES.validate_python(yaml.safe_load((KIT / f"{kit}.{lang}.yaml").read_text("utf-8")))
    return [(article, question) for article, questions in read.items() for question in questions]


def outside(lang: str) -> list[str]:
    """Questions the base has no article for."""
    kit = _PARAPHRASES.validate_python(yaml.safe_load((KIT / f"outside.{lang}.yaml").read_text("utf-8")))
    return [question for questions in kit.values() for question in questions]


def foreign(lang: str) -> ForeignBase:
    """The small base of somebody else."""
    return ForeignBase.model_validate(yaml.safe_load((KIT / f"foreign.{lang}.yaml").read_text("utf-8")))
