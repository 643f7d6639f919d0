"""The labelled data of an evaluation: utterances, questions and transcripts, as the folder's YAML files hold them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from flows.errors import WrongDeclaration
from flows.understanding import Act, Route

OWN_FOLDER = Path("tests/language")
LANGUAGES = ("en", "zh")
T = TypeVar("T")
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Group(BaseModel):
    """Utterances that mean the same. `reads` is all that may be read; money is [value, currency]."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal["en", "zh"]
    asked: str | None = None
    reads: dict[str, JsonValue] | None = None
    old: dict[str, JsonValue] = Field(default_factory=dict)
    acts: tuple[Act, ...] = ()
    absent: tuple[Act, ...] = Field(default=(), alias="not")
    route: Route | None = None
    say: tuple[str, ...]


_GROUPS = TypeAdapter(list[Group])
_QUESTIONS = TypeAdapter(dict[str, list[str]])


def utterances(folder: Path) -> Mapping[str, list[Group]]:
    """The groups of every file of utterances, by the file's name. Raises WrongDeclaration."""
    return {path.stem: groups(path) for path in sorted((folder / "utterances").glob("*.yaml"))}


def groups(path: Path) -> list[Group]:
    """The groups of one file. Raises WrongDeclaration."""
    return checked(_GROUPS, path)


def questions(folder: Path, kit: str, lang: str) -> list[tuple[str, str]]:
    """Article id and question. In the kits of outside questions the id is only a heading."""
    found = checked(_QUESTIONS, folder / "questions" / f"{kit}.{lang}.yaml")
    return [(article, question) for article, asked in found.items() for question in asked]


def question_kits(folder: Path) -> list[str]:
    """The names of the kits of questions that have an article."""
    return sorted(name for name in _kits(folder) if not name.startswith(("outside", "foreign")))


def outside_kits(folder: Path) -> list[str]:
    """The names of the kits of questions that have none."""
    return sorted(name for name in _kits(folder) if name.startswith("outside"))


def _kits(folder: Path) -> set[str]:
    return {path.name.split(".")[0] for path in (folder / "questions").glob("*.en.yaml")}


def checked(form: TypeAdapter[T], path: Path) -> T:
    """The content of a file in its form. Raises WrongDeclaration with the place of the fault."""
    try:
        return form.validate_python(yaml.load(path.read_text(encoding="utf-8"), Loader=_YAML))  # noqa: S506 - safe ones
    except OSError as error:
        raise WrongDeclaration(str(path), "it cannot be read", "Give the folder of the labelled data") from error
    except yaml.YAMLError as error:
        raise WrongDeclaration(str(path), "it is not YAML", "Quote what has a colon, a hash or a quote") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise WrongDeclaration(str(path), f"{place}: {first['msg']}", "Correct this entry") from error
