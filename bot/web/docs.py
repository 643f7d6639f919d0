"""`/docs` and `/openapi.json`: the lender API, on a page of our own that needs no script and nothing from elsewhere."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, Response
from markupsafe import Markup, escape

from bot.web import openapi
from bot.web.openapi import Document, Row
from bot.web.pages import Pages

_CODE = re.compile("`([^`]+)`")


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it."""

    method: str
    path: str
    summary: str
    about: Markup
    parameters: tuple[tuple[str, Markup], ...]
    body: tuple[Row, ...]
    example: str
    answers: tuple[tuple[str, Markup], ...]
    answer_body: tuple[Row, ...]


def router(build: Callable[[], Document], pages: Pages) -> APIRouter:
    """The routes of the documentation; the document is built when it is first asked for, and once."""
    routes = APIRouter(include_in_schema=False)
    document = cache(build)

    @cache
    def page() -> str:
        found = document()
        info = found["info"]
        return pages.render(
            "docs.html",
            lang="en",
            title=info["title"],
            version=info["version"],
            about=info["description"],
            marked=marked,
            operations=operations(found),
        )

    @routes.get("/openapi.json")
    async def as_json() -> Response:
        return JSONResponse(document())

    @routes.get("/docs")
    async def as_page() -> Response:
        return HTMLResponse(page())

    return routes


def operations(document: Document) -> tuple[Operation, ...]:
    """All operations of a document in its order."""
    return tuple(
        _operation(document, path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    )


def marked(text: str) -> Markup:
    """A text with its `code` marked as such, and everything else escaped."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped first


def _operation(document: Document, path: str, method: str, operation: dict[str, Any]) -> Operation:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    answers = operation["responses"]
    good = next(answer for code, answer in answers.items() if code.startswith("2"))
    told = good.get("content", {}).get("application/json", {})
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=marked(operation["description"]),
        parameters=tuple(
            (each["name"], marked(each.get("description", f"in the {each['in']}")))
            for each in operation.get("parameters", ())
        ),
        body=openapi.rows(document, body["schema"]) if body else (),
        example=json.dumps(body["example"], indent=2, ensure_ascii=False) if body else "",
        answers=tuple((code, marked(answer["description"])) for code, answer in sorted(answers.items())),
        answer_body=openapi.rows(document, told["schema"]) if told else (),  # a file has no members
    )
