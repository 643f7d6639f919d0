"""The OpenAPI document of the lender API, and its rows for the page that shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.routing import BaseRoute

from bot import __version__
from bot.web.problem import ProblemBody
from bot.web.wire import ABOUT, StatusEvent

TEMPLATE = "#/components/schemas/{model}"
Document = dict[str, Any]
_ABOUT = (
    "For lenders: push the status of an application, and read what its owner signed. Amounts are decimal strings with "
    "an ISO 4217 currency, rates are fractions (0.085 is 8.5 %), times are ISO 8601 with their zone. Unknown keys are "
    "ignored. Errors are RFC 9457 problems."
)


@dataclass(frozen=True)
class Row:
    """A line of a table about a body: where the value is, what it is, and whether it must be there."""

    path: str
    kind: str
    required: bool
    about: str


def document(routes: Sequence[BaseRoute], public_url: str | None) -> Document:
    """The document of the routes that are in the schema."""
    found = get_openapi(
        title="Lendline lender API",
        version=__version__,
        description=_ABOUT,
        routes=routes,
        servers=[{"url": public_url}] if public_url else None,
    )
    schemas = found["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for path in found["paths"].values():
        for operation in path.values():
            # FastAPI adds its own 422 for path parameters, which here can be any text.
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]
    _, ours = models_json_schema([(StatusEvent, "validation"), (ProblemBody, "serialization")], ref_template=TEMPLATE)
    schemas |= {name: schema for name, schema in ours["$defs"].items() if name not in schemas}
    for name, members in ABOUT.items():
        for member, text in members.items():
            schemas[name]["properties"][member]["description"] = text
    found["components"]["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    return found


def rows(whole: Document, schema: Document) -> tuple[Row, ...]:
    """The values of a body, depth first; a list is shown as `name[]`, a map as `name.*`."""
    return tuple(_walk(whole, schema, "", ()))


def _walk(whole: Document, schema: Document, path: str, seen: tuple[str, ...]) -> Iterator[Row]:
    name, schema = _resolved(whole, schema)
    if name in seen:
        return
    required = set(schema.get("required", ()))
    for key, inner in schema.get("properties", {}).items():
        _, target = _resolved(whole, inner)
        here = f"{path}{key}"
        about = str(inner.get("description") or ("" if target.get("properties") else target.get("description", "")))
        yield Row(here, _kind(target), key in required, about)
        if target.get("type") == "array":
            yield from _walk(whole, target.get("items", {}), f"{here}[].", (*seen, name))
        elif isinstance(target.get("additionalProperties"), dict):
            yield from _walk(whole, target["additionalProperties"], f"{here}.*.", (*seen, name))
        else:
            yield from _walk(whole, inner, f"{here}.", (*seen, name))


def _resolved(whole: Document, schema: Document) -> tuple[str, Document]:
    """Follow a reference, and take the part of an optional value that is not null."""
    options = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    chosen = next((each for each in options if "$ref" in each or "format" in each), options[0] if options else schema)
    reference = chosen.get("$ref", "")
    if not reference:
        return "", chosen
    name = reference.rpartition("/")[2]
    return name, whole["components"]["schemas"][name]


def _kind(schema: Document) -> str:
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type") or "any JSON value")
