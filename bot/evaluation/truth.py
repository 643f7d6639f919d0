"""Truth files of papers: JSON or CSV, wide or long, with the names of the table or the ones people use for them."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError

from bot.evaluation import truth_names
from bot.evaluation.papers import TruePaper
from flows.application.papers.table import KINDS, OPEN_KINDS, kind_named
from flows.errors import WrongDeclaration

NAMES = ("truth.json", "truth.csv")
_FILE, _KIND = (
    ("file", "filename", "path", "name_of_file", "image"),
    ("kind", "type", "document", "document_kind", "class"),
)


def _text(value: object) -> object:
    return "" if value is None else str(value) if isinstance(value, int | float) else value


Text = Annotated[str, BeforeValidator(_text)]


class _Entry(BaseModel):
    """One paper of a truth file in JSON."""

    file: str
    kind: str
    fields: dict[str, Text] = Field(default_factory=dict)


_ENTRIES = TypeAdapter(list[_Entry])


def load(folder: Path) -> list[TruePaper]:
    """The papers of a folder with what stands on them. Raises WrongDeclaration naming the file and the fix."""
    path = next((folder / name for name in NAMES if (folder / name).is_file()), None)
    if path is None:
        raise WrongDeclaration(str(folder), "it has no truth file", "Put truth.json or truth.csv beside the papers")
    try:
        text = path.read_text(encoding="utf-8-sig")
        entries = _json(text) if path.suffix == ".json" else list(_csv(text))
    except (ValidationError, ValueError) as error:
        raise WrongDeclaration(
            str(path), _first(error), "See `lendline papers evaluate --help` for its form"
        ) from error
    papers = [_named(entry) for entry in entries]
    for paper in papers:
        if not (folder / paper.file).resolve().is_relative_to(folder.resolve()) or not (folder / paper.file).is_file():
            raise WrongDeclaration(str(path), f"there is no file {paper.file!r}", "Name files beside the truth file")
        if paper.kind not in KINDS and paper.kind not in OPEN_KINDS:
            raise WrongDeclaration(str(path), f"{paper.kind!r} is no kind of paper", f"Use one of {', '.join(KINDS)}")
    return papers


def _json(text: str) -> list[_Entry]:
    """A list of papers, `{"papers": [...]}`, or an object by file name."""
    found = json.loads(text)
    if isinstance(found, dict):
        listed = next(
            (found[key] for key in ("papers", "documents", "files") if isinstance(found.get(key), list)), None
        )
        found = listed if listed is not None else [{"file": file, **entry} for file, entry in found.items()]
    return _ENTRIES.validate_python([_shaped(each) for each in found])


def _shaped(entry: object) -> object:
    """An entry whose fields may stand beside its file and kind instead of under `fields`."""
    if not isinstance(entry, dict):
        return entry
    file = next((entry[key] for key in _FILE if key in entry), None)
    kind = next((entry[key] for key in _KIND if key in entry), None)
    fields = entry.get("fields", entry.get("values"))
    if fields is None:
        fields = {
            key: value
            for key, value in entry.items()
            if key not in {*_FILE, *_KIND} and not isinstance(value, list | dict)
        }
    return {"file": file, "kind": kind, "fields": fields}


def _csv(text: str) -> Iterator[_Entry]:
    """A row for each paper with a column for each field, or a row for each field: file, kind, field, value."""
    long: dict[tuple[str, str], dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        cells = {(key or "").strip(): (value or "").strip() for key, value in row.items()}
        file = next((cells[key] for key in _FILE if cells.get(key)), "")
        kind = next((cells[key] for key in _KIND if cells.get(key)), "")
        if "field" in cells and "value" in cells:
            long.setdefault((file, kind), {})[cells["field"]] = cells["value"]
        else:
            rest = {key: value for key, value in cells.items() if key not in {*_FILE, *_KIND} and value}
            yield _Entry(file=file, kind=kind, fields=rest)
    for (file, kind), fields in long.items():
        yield _Entry(file=file, kind=kind, fields=fields)


def _named(entry: _Entry) -> TruePaper:
    """The entry in the names of the table. A name that the table does not know is kept: it counts as missed."""
    given = entry.kind.strip().casefold().replace("-", "_").replace(" ", "_")
    kind = truth_names.KINDS.get(given, given)
    own = truth_names.FIELDS_OF.get("invoice" if kind.startswith("invoice") else kind, {})
    known = {each.name for each in kind_named(kind).fields}
    fields = {}
    for name, value in entry.fields.items():
        plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
        if value.strip():
            fields[plain if plain in known else own.get(plain, truth_names.FIELDS.get(plain, plain))] = value.strip()
    return TruePaper(entry.file, kind, fields)


def _first(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
