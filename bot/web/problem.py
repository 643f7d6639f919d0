"""Errors over HTTP: every one is RFC 9457 `application/problem+json` and says no more than its reader needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from flows.errors import LendlineError
from integrations.database.queries.conversations import ConversationMoved

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 20
TRY_AGAIN = {"Retry-After": "2"}
log = structlog.get_logger(__name__)


class FieldError(BaseModel):
    """One thing that is wrong. `field` is its path in the body, such as `data.offers.0.amount`."""

    field: str
    detail: str


class ProblemBody(BaseModel):
    """RFC 9457. `type` is always about:blank: the status says what kind of problem it is, `detail` which."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldError] = Field(default=[], description="with 422: what is wrong, field by field")


@dataclass
class Problem(LendlineError):
    """A request that is answered with a problem."""

    status: int
    detail: str
    errors: tuple[FieldError, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.status}: {self.detail}"


def respond(problem: Problem) -> Response:
    """The problem as a response."""
    body = ProblemBody(
        title=HTTPStatus(problem.status).phrase,
        status=problem.status,
        detail=problem.detail,
        errors=list(problem.errors[:MOST_ERRORS]),
    )
    content = body.model_dump_json(exclude=None if body.errors else {"errors"})
    return Response(content, problem.status, media_type=MEDIA_TYPE, headers=problem.headers)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How a route documents the problems it answers with."""
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    return {
        status: {"description": _MEANING[status], "content": {MEDIA_TYPE: {"schema": schema}}} for status in statuses
    }


def register(app: FastAPI) -> None:
    """Have every error of an application answered as a problem. Unexpected ones are the shield's."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ConversationMoved, _busy)
    app.add_exception_handler(SQLAlchemyError, _busy)


_MEANING = {
    401: "The signature, its timestamp or the bearer token is missing or wrong.",
    404: "There is no such lender, or no such application at this lender.",
    408: "The body did not arrive in time.",
    413: "The body is larger than 256 KiB.",
    422: "The body is not what is documented; `errors` names the fields.",
    503: "We cannot do this at the moment. Nothing was stored; send the same again after `Retry-After`.",
}
_DETAILS = {404: "There is nothing at this address.", 405: "This address does not know this method."}


async def _problem(_request: Request, error: Exception) -> Response:
    return respond(error) if isinstance(error, Problem) else await _busy(_request, error)


async def _http(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return await _busy(_request, error)
    detail = _DETAILS.get(error.status_code, str(error.detail))
    return respond(Problem(error.status_code, detail, headers=error.headers or {}))


async def _invalid(_request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    errors = tuple(FieldError(field=".".join(map(str, each["loc"])), detail=each["msg"]) for each in found)
    return respond(Problem(422, "The request is not what is documented.", errors))


async def _busy(_request: Request, error: Exception) -> Response:
    log.warning("request_not_done", error=type(error).__name__)
    return respond(Problem(503, "This cannot be done at the moment; nothing was stored.", headers=TRY_AGAIN))
