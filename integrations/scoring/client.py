"""The scoring port over HTTP. One try a call: the caller repeats it, with the same key."""

import asyncio
import secrets
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.application.products import PACKAGED
from flows.errors import ScoringRejected, ScoringUnavailable
from flows.ports import DecisionRequest, ScoringDecision
from integrations.scoring.reference.service import open_service

LARGEST_ANSWER = 256_000
TIMEOUT = httpx.Timeout(10, connect=3)
LONGEST_CALL = 15.0


class _Problem(BaseModel):
    """What we read of an RFC 9457 problem; everything in it is untrusted text for staff."""

    model_config = ConfigDict(extra="ignore")

    title: str = Field(default="", max_length=2000)
    detail: str = Field(default="", max_length=2000)


class ScoringClient:
    """Adapter of `flows.ports.Scoring`. Close it with `aclose` or use it as an async context."""

    def __init__(self, http: httpx.AsyncClient, longest_call: float = LONGEST_CALL) -> None:
        self._http = http
        self._longest_call = longest_call

    async def decide(self, request: DecisionRequest, idempotency_key: str) -> ScoringDecision | None:
        """Ask for a decision; None when it was accepted (202) and events will follow.

        Raises ScoringRejected for 3xx and 4xx (never retry), ScoringUnavailable for 5xx, time-outs
        and answers that cannot be read (retry with the same key).
        """
        status, body = await self._post(request.model_dump_json().encode(), idempotency_key)
        if status == 202:
            return None
        if 300 <= status < 500:
            raise ScoringRejected(status, _detail(body))
        if status != 200:
            raise ScoringUnavailable(f"it answered {status}")
        try:
            return ScoringDecision.model_validate_json(body)
        except ValidationError as error:
            where = ", ".join(".".join(map(str, each["loc"])) for each in error.errors()[:3])
            raise ScoringUnavailable(f"its answer cannot be read: {where or 'not JSON'}") from None

    async def _post(self, content: bytes, idempotency_key: str) -> tuple[int, bytes]:
        headers = {"Idempotency-Key": idempotency_key, "Content-Type": "application/json"}
        try:
            # httpx limits each read; the outer limit also ends an answer that only drips.
            async with (
                asyncio.timeout(self._longest_call),
                self._http.stream("POST", "v1/decisions", content=content, headers=headers) as response,
            ):
                return response.status_code, await _capped(response)
        except TimeoutError:
            raise ScoringUnavailable(f"no answer within {self._longest_call:g} s") from None
        except httpx.HTTPError as error:
            raise ScoringUnavailable(type(error).__name__) from error

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def open_scoring(url: str | None, token: str, products: Path | None = None) -> ScoringClient:
    """The scoring service at `url`, or the reference service in this process when there is no URL.

    `products` is the folder of sheets for the reference service (None: the packaged ones). Raises
    flows.errors.WrongDeclaration when its sheets or its card are wrong.
    """
    if url is not None:
        return ScoringClient(_http(url, token))
    # In process nobody else can call it; a token still is asked for, as everywhere.
    token = token or secrets.token_urlsafe()
    transport = httpx.ASGITransport(open_service(token, products or PACKAGED), raise_app_exceptions=False)
    return ScoringClient(_http("http://scoring.internal", token, transport))


def _http(url: str, token: str, transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json, application/problem+json"}
    limits = httpx.Limits(max_connections=16, max_keepalive_connections=4)
    # The base must end in a slash, or the last part of its path would be replaced.
    return httpx.AsyncClient(
        base_url=url.rstrip("/") + "/",
        headers=headers,
        timeout=TIMEOUT,
        limits=limits,
        transport=transport,
        follow_redirects=False,
        trust_env=False,
    )


async def _capped(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise ScoringUnavailable(f"its answer is longer than {LARGEST_ANSWER} bytes")
    return bytes(body)


def _detail(body: bytes) -> str:
    try:
        problem = _Problem.model_validate_json(body)
    except ValidationError:
        return "no reason given"
    return (problem.detail or problem.title or "no reason given")[:300]
