"""The HTTP side of the reference service: POST /v1/decisions of the outside contract, section 6."""

import hmac
import re
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flows.application import products
from integrations.scoring.reference import card, relations
from integrations.scoring.reference.desk import Desk
from integrations.scoring.reference.journal import Entry, Journal
from integrations.scoring.reference.wire import Question

LARGEST_QUESTION = 1_000_000
_KEY_FORM = re.compile(r"[!-~]{1,255}", re.ASCII)


class Problem(BaseModel):
    """RFC 9457 problem; `detail` names fields, never values."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def open_service(
    token: str, sheets: Path = products.PACKAGED, log: Path | None = None, network: Path | None = None
) -> Starlette:
    """The service with its card, the sheets of a folder and, when given, a decision log (JSON lines) and links.

    Raises flows.errors.WrongDeclaration when card, sheets or log are wrong, ValueError without a token.
    """
    links = None if network is None else relations.load(network)
    return service(Desk(card.load(), products.load(sheets), links), Journal(log), token)


def service(desk: Desk, journal: Journal, token: str) -> Starlette:
    """The ASGI application around a desk. `token` is the bearer token every caller must show."""
    if not token:
        raise ValueError("the service needs a bearer token")
    counter = _Counter(desk, journal, token)
    return Starlette(
        routes=[
            Route("/v1/decisions", counter.decide, methods=["POST"]),
            Route("/healthz", _healthy, methods=["GET"]),
        ],
        exception_handlers={HTTPException: _refused, Exception: _failed},
    )


class _Counter:
    """Takes questions over HTTP to the desk."""

    def __init__(self, desk: Desk, journal: Journal, token: str) -> None:
        self._desk = desk
        self._journal = journal
        self._authorization = f"Bearer {token}".encode()

    async def decide(self, request: Request) -> Response:
        """Answer a question; the same key and body get the same bytes again."""
        shown = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(shown, self._authorization):
            return _problem(401, "show the bearer token of this service", {"WWW-Authenticate": "Bearer"})
        key = request.headers.get("idempotency-key", "")
        if not _KEY_FORM.fullmatch(key):
            return _problem(400, "send an Idempotency-Key of 1 to 255 visible characters")
        body = await _body(request)
        digest = sha256(body).hexdigest()
        before = self._journal.find(key)
        if before is not None:
            if before.body_sha256 != digest:
                return _problem(422, "this Idempotency-Key was used with another body")
            return _answer(before.answer)
        try:
            question = Question.model_validate_json(body)
        except ValidationError as error:
            return _unreadable(error)
        inputs = self._desk.inputs(question)
        decided = self._desk.decide(inputs)
        answer = decided.answer.model_dump_json()
        entry = Entry(
            key=key,
            body_sha256=digest,
            inputs=inputs,
            answer=answer,
            points=decided.scored.value,
            fits={fit.product: fit.result.value for fit in decided.fits},
        )
        self._journal.append(entry)
        return _answer(answer)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_QUESTION:
            raise HTTPException(413, f"send at most {LARGEST_QUESTION} bytes")
    return bytes(body)


def _answer(answer: str) -> Response:
    return Response(answer, media_type="application/json")


def _unreadable(error: ValidationError) -> Response:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if first["type"] == "json_invalid":
        return _problem(400, "the body is not JSON")
    return _problem(422, f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}")


def _problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail[:300])
    return JSONResponse(problem.model_dump(), status, headers, media_type="application/problem+json")


def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return _failed(_, error)
    return _problem(error.status_code, error.detail)


def _failed(_: Request, __: Exception) -> Response:
    return _problem(500, "the service failed; try again with the same key")


async def _healthy(_: Request) -> Response:
    return JSONResponse({"status": "ok"})
