"""Articles of the knowledge base: `<folder>/<lang>/<id>.md`, YAML front matter and a Markdown body.

`id`, `title` and `questions` are required; our own articles also say what they belong to and when
they were last reviewed. A file that is wrong stops the program with its name and the fix.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from flows.errors import WrongDeclaration

OWN_FOLDER = Path(__file__).parent
MAX_FILE_BYTES = 64_000
MAX_ARTICLES = 5_000
OUTSIDE_FILE = "outside.yaml"
SUBJECTS_FILE = "subjects.yaml"
ELSEWHERE_FILE = "elsewhere.yaml"

_FRONT = re.compile(r"\A---[ \t]*\n(?P<front>.*?)\n---[ \t]*(?:\n(?P<body>.*))?\Z", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?")
# Reads every scalar as text: an id of 007, a question that is "yes" or a date stay what was written. The loader written
# in C is about eight times faster and is missing from some builds of PyYAML.
_YAML = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS = frozenset({"", "~", "null"})

_LISTED = TypeAdapter(dict[str, tuple[str, ...]])


class Article(BaseModel):
    """One answer the assistant may give, in one language.

    `questions` are ways people ask for it, as they write; without any, only its title and body are
    searched. `steps` are conversation steps, `field` an application field, `status` a life-cycle status,
    `reason` a denial code and `product` a product sheet it explains. `source` says where its rules come
    from; `reviewed` is when a person last checked it. Unknown keys of the front matter are ignored.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(pattern=r"^\w[\w.-]{0,79}$")
    lang: str
    title: str = Field(min_length=1, max_length=200)
    questions: tuple[str, ...] = Field(default=(), max_length=200)
    body: str = Field(min_length=1)
    steps: tuple[str, ...] = ()
    field: str | None = None
    status: str | None = None
    reason: str | None = None
    product: str | None = None
    source: str | None = None
    reviewed: date | None = None


def load(folder: Path = OWN_FOLDER) -> tuple[Article, ...]:
    """Read all articles of a folder, ordered by language and id.

    Raises WrongDeclaration naming the file and the fix when a file cannot be read as an article,
    when there are too many, or when there is none.
    """
    files = [(lang.name, file) for lang in _languages(folder) for file in sorted(lang.glob("*.md"))]
    if not files:
        raise WrongDeclaration(str(folder), "there is no article", "Put articles into <folder>/<lang>/<id>.md")
    if len(files) > MAX_ARTICLES:
        raise WrongDeclaration(str(folder), f"more than {MAX_ARTICLES} articles", "Split the knowledge base")
    return tuple(_read(file, lang) for lang, file in files)


def outside(folder: Path = OWN_FOLDER) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """What people ask that a folder does not answer, from `<folder>/<lang>/outside.yaml`: groups of questions.

    A folder need not have it. Raises WrongDeclaration when it cannot be read.
    """
    files = {lang.name: lang / OUTSIDE_FILE for lang in _languages(folder)}
    return {lang: tuple(_listed(file).values()) for lang, file in files.items() if file.is_file()}


def subjects(lang: str) -> tuple[tuple[str, ...], ...]:
    """How people speak of common subjects, from `<lang>/subjects.yaml` of our own folder: the name and the ways."""
    file = OWN_FOLDER / lang / SUBJECTS_FILE
    return tuple((name, *ways) for name, ways in _listed(file).items()) if file.is_file() else ()


def elsewhere(lang: str) -> tuple[tuple[str, ...], ...]:
    """What people ask anybody, whatever the business: groups of questions from `<lang>/elsewhere.yaml` of our own."""
    file = OWN_FOLDER / lang / ELSEWHERE_FILE
    return tuple(_listed(file).values()) if file.is_file() else ()


def parse(text: str, lang: str, where: str) -> Article:
    """Read the text of one article; `where` names it in errors. Raises WrongDeclaration."""
    parts = _FRONT.match(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    if parts is None:
        raise WrongDeclaration(where, "there is no front matter", "Begin with --- then id, title, questions, then ---")
    try:
        front = yaml.load(parts["front"], Loader=_YAML)  # noqa: S506 - makes nothing but text, lists and keys
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise WrongDeclaration(where, f"the front matter is not YAML ({reason})", "Quote values with : or #") from error
    if not isinstance(front, dict):
        raise WrongDeclaration(where, "the front matter is not a list of keys", "Write id:, title: and questions:")
    body = (parts["body"] or "").strip()
    try:
        given = {key: value for key, value in front.items() if not (isinstance(value, str) and value in _NULLS)}
        return Article.model_validate({**given, "lang": lang, "body": body})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        fix = f"Correct `{key}`; a text with : or # needs quotes"
        raise WrongDeclaration(where, f"{key}: {first['msg']}", fix) from error


def _languages(folder: Path) -> list[Path]:
    return [each for each in sorted(folder.glob("*")) if each.is_dir() and _LANGUAGE.fullmatch(each.name)]


def _listed(file: Path) -> dict[str, tuple[str, ...]]:
    """Texts by their subject. Raises WrongDeclaration when the file holds anything else."""
    try:
        return _LISTED.validate_python(yaml.load(_text(file), Loader=_YAML) or {})  # noqa: S506 - as above
    except (yaml.YAMLError, ValidationError) as error:
        fix = "Write one subject per line: name: [question, question]"
        raise WrongDeclaration(str(file), "it is no list of questions by subject", fix) from error


def _text(file: Path) -> str:
    if file.stat().st_size > MAX_FILE_BYTES:
        raise WrongDeclaration(str(file), f"larger than {MAX_FILE_BYTES} bytes", "Split it into several files")
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise WrongDeclaration(str(file), "it is not UTF-8", "Save it as UTF-8") from error


def _read(file: Path, lang: str) -> Article:
    article = parse(_text(file), lang, str(file))
    if article.id != file.stem:
        raise WrongDeclaration(str(file), f"its id is {article.id}", "Give the file the name of its id")
    return article
