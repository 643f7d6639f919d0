"""`/docs` and `/openapi.json`: the lender API, on a page of our own that needs no script and nothing from elsewhere."""

import json
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, Response

from bot.web import openapi
from bot.web.openapi import Document, Row
from bot.web.pages import Pages


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it."""

    method: str
    path: str
    summary: str
    about: str
    parameters: tuple[tuple[str, str, str], ...]
    body: tuple[Row, ...]
    example: str
    answers: tuple[tuple[str, str], ...]
    answer_body: tuple[Row, ...]


def router(document: Document, pages: Pages) -> APIRouter:
    """The routes of the documentation; both answers are made once."""
    routes = APIRouter(include_in_schema=False)
    page = pages.render(
        "docs.html",
        lang="en",
        title=document["info"]["title"],
        version=document["info"]["version"],
        about=document["info"]["description"],
        operations=operations(document),
    )

    @routes.get("/openapi.json")
    async def as_json() -> Response:
        return JSONResponse(document)

    @routes.get("/docs")
    async def as_page() -> Response:
        return HTMLResponse(page)

    return routes


def operations(document: Document) -> tuple[Operation, ...]:
    """All operations of a document in its order."""
    return tuple(
        _operation(document, path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    )


def _operation(document: Document, path: str, method: str, operation: dict[str, Any]) -> Operation:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    answers = operation["responses"]
    good = next(answer for code, answer in answers.items() if code.startswith("2"))
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=operation["description"],
        parameters=tuple(
            (each["name"], each["in"], each.get("description", "")) for each in operation.get("parameters", ())
        ),
        body=openapi.rows(document, body["schema"]) if body else (),
        example=json.dumps(body["example"], indent=2, ensure_ascii=False) if body else "",
        answers=tuple((code, answer["description"]) for code, answer in sorted(answers.items())),
        answer_body=openapi.rows(document, good["content"]["application/json"]["schema"]),
    )
