"""Reading a YAML declaration into a model, so that a mistake is told with its file, line and fix.

Scalars reach the model as text: `no` stays a language, `1.10` stays exact and 08 is no octal.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, JsonValue, ValidationError

from flows.errors import WrongDeclaration

LARGEST_FILE = 128_000
DEEPEST = 20
_NULL = "tag:yaml.org,2002:null"
_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Place: TypeAlias = tuple[str | int, ...]
Declared = TypeVar("Declared", bound=BaseModel)


class DeclaredWrongly(ValueError):
    """A validator's finding: what is wrong, at which place below its model, and how to mend it."""

    def __init__(self, what: str, *, fix: str, path: Place = ()) -> None:
        super().__init__(what)
        self.what, self.fix, self.path = what, fix, path


def read_declared(file: Path, model: type[Declared], check: Callable[[Declared], None] = lambda _: None) -> Declared:
    """The model that a YAML file declares, after `check`, which may raise DeclaredWrongly.

    Raises WrongDeclaration naming `file:line`, what is wrong and the fix.
    """
    tree = _Tree(file)
    try:
        declared = model.model_validate(tree.value)
        check(declared)
    except ValidationError as error:
        place, what, fix = _first(error)
    except DeclaredWrongly as error:
        place, what, fix = error.path, error.what, error.fix
    else:
        return declared
    name = ".".join(str(step) for step in place) or "the file"
    raise WrongDeclaration(f"{file}:{tree.line(place)}", f"{name}: {what}", fix)


class _Tree:
    """A YAML document as plain values, and the line of every place in it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines: dict[Place, int] = {(): 1}
        self.value = self._plain(self._composed(), ())

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it."""
        while place not in self._lines:
            place = place[:-1]
        return self._lines[place]

    def _composed(self) -> yaml.Node:
        try:
            text = self._file.read_bytes().decode()
            if len(text) > LARGEST_FILE:
                raise self._wrong(1, f"the file is longer than {LARGEST_FILE} characters", "Split it")
            self._guard(text)
            node = yaml.compose(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise self._wrong(line, str(error.problem or error.context), "Correct the YAML") from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise self._wrong(1, "the file is not plain UTF-8 text", "Save it as UTF-8") from error
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(1, "the file is not a list of `name: value`", "Start from a shipped file")
        return node

    def _guard(self, text: str) -> None:
        """Refuse what would exhaust the composer: deep nesting overflows its stack, aliases its memory."""
        depth = 0
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 1
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise self._wrong(line, "the file is nested too deeply", "Write it like the shipped files")
            if isinstance(event, yaml.AliasEvent):
                raise self._wrong(line, "an alias stands for another place", "Write the value out")

    def _plain(self, node: yaml.Node, place: Place) -> JsonValue:
        self._lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*place, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        return None if node.tag == _NULL else str(node.value)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, JsonValue]:
        values: dict[str, JsonValue] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise self._wrong(line, "a name is not a plain word", "Write `name: value`")
            name = str(key.value)
            if name in values:
                raise self._wrong(line, f"`{name}` is written twice", "Remove one of the two")
            self._lines[*place, name] = line
            values[name] = self._plain(value, (*place, name))
        return values

    def _wrong(self, line: int, what: str, fix: str) -> WrongDeclaration:
        return WrongDeclaration(f"{self._file}:{line}", what, fix)


def _first(error: ValidationError) -> tuple[Place, str, str]:
    """Place, finding and fix of the first mistake: one sentence is enough to act on."""
    first = error.errors(include_url=False)[0]
    place, found = first["loc"], first.get("ctx", {}).get("error")
    if isinstance(found, DeclaredWrongly):
        return (*place, *found.path), found.what, found.fix
    if first["type"] == "missing":
        return place, "is missing", f"Add `{place[-1]}`"
    if first["type"] == "extra_forbidden":
        return place, "is not a known name", "Remove it or correct its spelling"
    return place, first["msg"], "Correct this value"
