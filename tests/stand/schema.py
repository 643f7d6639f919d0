"""Checks calls against the published machine-readable description of the Bot API, where it is at hand."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

PLACE = Path(__file__).parents[2].parent / "shared" / "specs" / "telegram" / "api.json"
_LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)")
_PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
    "InputFile": (str, dict),
}


@dataclass(frozen=True)
class Schema:
    """Methods and types of the Bot API."""

    methods: dict[str, Any]
    types: dict[str, Any]

    @classmethod
    def load(cls, place: Path = PLACE) -> "Schema | None":
        return _load(place) if place.exists() else None

    def problems(self, method: str, params: dict[str, str]) -> list[str]:
        """What is wrong with a call; the parameters are as in the request, complex ones as JSON."""
        known = self.methods.get(method)
        if known is None:
            return [f"unknown method {method}"]
        fields = {field["name"]: field for field in known.get("fields", ())}
        found = [f"{method}: {name} is missing" for name, f in fields.items() if f["required"] and name not in params]
        for name, raw in params.items():
            if name not in fields:
                found.append(f"{method}: unknown parameter {name}")
                continue
            types = fields[name]["types"]
            value: object = raw
            if types != ["String"]:
                try:
                    value = json.loads(raw)
                except ValueError:
                    value = raw
            found += self._field(f"{method}.{name}", value, fields[name])
        return found

    def _field(self, where: str, value: object, field: dict[str, Any]) -> list[str]:
        if not any(not self._value(where, value, each) for each in field["types"]):
            found: list[str] = []
            for each in field["types"]:
                found += self._value(where, value, each)
            return found
        # Lengths "after entities parsing" are the stand's to count.
        limit = _LENGTH.search(field.get("description", ""))
        if limit and isinstance(value, str) and "after entities" not in field["description"]:
            size = len(value.encode()) if limit[3] == "bytes" else len(value)
            if not int(limit[1]) <= size <= int(limit[2]):
                return [f"{where}: {size} {limit[3]}, {limit[1]}-{limit[2]} allowed"]
        return []

    def _value(self, where: str, value: object, kind: str) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: not an array"]
            inner = kind.removeprefix("Array of ")
            return [problem for at, each in enumerate(value) for problem in self._value(f"{where}[{at}]", each, inner)]
        if kind in _PLAIN:
            wrong = not isinstance(value, _PLAIN[kind]) or (isinstance(value, bool) and kind != "Boolean")
            return [f"{where}: not of type {kind}"] if wrong else []
        return self._object(where, value, kind)

    def _object(self, where: str, value: object, kind: str) -> list[str]:
        spec = self.types.get(kind, {})
        if spec.get("subtypes"):
            tries = [self._object(where, value, each) for each in spec["subtypes"]]
            return min(tries, key=len)
        if not isinstance(value, dict):
            return [f"{where}: not a {kind}"]
        fields = {field["name"]: field for field in spec.get("fields", ())}
        found = [f"{where}: {n} is missing" for n, field in fields.items() if field["required"] and n not in value]
        for name, each in value.items():
            if name in fields:
                found += self._field(f"{where}.{name}", each, fields[name])
            else:
                found.append(f"{where}: unknown field {name}")
        return found


@lru_cache
def _load(place: Path) -> Schema:
    data = json.loads(place.read_text(encoding="utf-8"))
    return Schema(methods=data["methods"], types=data["types"])
