"""One bounded JSON client for every outside system: time, size, calls in flight, retries, pages.

What goes wrong leaves here as a fact of flows.errors. No answer's content, and no token, gets into an
error text or a log line.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

from flows.errors import SourceRefused, SourceUnavailable, SourceUnreadable, SubjectUnknown
from integrations.toolkit.breaker import Breaker

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]
Answer = TypeVar("Answer", bound=BaseModel)
Result = TypeVar("Result")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """Bounds of one client. `seconds` is for one attempt from sending to the last byte.

    A Retry-After above `patience` seconds is not waited for: the caller is told and decides.
    """

    seconds: float = 8.0
    attempts: int = 3
    body_bytes: int = 8 * 1024 * 1024
    in_flight: int = 16
    pages: int = 200
    first_wait: float = 0.2
    longest_wait: float = 2.0
    patience: float = 5.0


class Empty(BaseModel):
    """An answer whose body does not matter, for example of 204."""


class _Again(Exception):
    """A failure that is worth another attempt; `fact` is raised when there is none left."""

    def __init__(self, fact: SourceUnavailable | SourceUnreadable, retry_after: float | None = None) -> None:
        super().__init__(str(fact))
        self.fact, self.retry_after = fact, retry_after


@dataclass(frozen=True)
class Call:
    """One request. `subject` names the business asked for: a 404 then means that it is unknown.

    `url` is a path below the base address, or a full address on the same origin (a next-page link). A status of
    `refused` is a refusal here, beside 401 and 403.
    """

    method: str
    url: str
    headers: Mapping[str, str] | None = None
    params: Mapping[str, str] | None = None
    form: Mapping[str, str] | None = None
    body: BaseModel | None = None
    subject: str | None = None
    accept: tuple[int, ...] = (200, 201, 202, 204)
    refused: tuple[int, ...] = ()


class JsonClient:
    """JSON over HTTP to one outside system, called `source` in the facts it raises.

    `transport` and `sleep` are given by tests and sandboxes; `clock` serves dates in Retry-After.
    """

    def __init__(
        self,
        source: str,
        base_url: str,
        *,
        clock: Clock,
        limits: Limits | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.source = source
        self.limits = limits or Limits()
        self._clock, self._sleep = clock, sleep
        self._base = httpx.URL(base_url.rstrip("/") + "/")
        self._breaker = Breaker()
        self._slots = asyncio.Semaphore(self.limits.in_flight)
        self._http = httpx.AsyncClient(
            transport=transport, timeout=httpx.Timeout(self.limits.seconds), follow_redirects=False, trust_env=False
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def send(self, call: Call, answer: type[Answer]) -> Answer:
        """Send `call`, with retries, and read its body as `answer`.

        Raises SourceRefused, SubjectUnknown, SourceUnavailable or SourceUnreadable.
        """
        resting = self._breaker.wait(self._clock())
        if resting is not None:
            raise SourceUnavailable(self.source, "left alone after failing several times", resting)
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self.limits.attempts),
            retry=retry_if_exception_type(_Again),
            wait=self._wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            async for attempt in retrying:
                with attempt:
                    status, body = await self._once(call)
        except _Again as error:
            _log.warning("%s: %s", self.source, error.fact)
            self._breaker.failing(self._clock())
            raise error.fact from None
        self._breaker.answered()
        self._judge(call, status, body)
        return self._read(answer, body)

    async def pages(
        self, first: Call, answer: type[Answer], following: Callable[[Answer], str | None]
    ) -> AsyncIterator[Answer]:
        """Yield page after page; `following` finds the address of the next one in a page.

        Raises SourceUnreadable when a page repeats or there are more than `limits.pages`.
        """
        call: Call | None = first
        seen: set[str] = set()
        while call is not None:
            if len(seen) >= self.limits.pages:
                raise SourceUnreadable(self.source, f"more than {self.limits.pages} pages")
            page = await self.send(call, answer)
            yield page
            seen.add(call.url)
            link = following(page)
            if link in seen:
                raise SourceUnreadable(self.source, "the next page is one already read")
            call = Call(first.method, link, first.headers, subject=first.subject) if link else None

    async def turns(
        self, first: Call, answer: type[Answer], following: Callable[[Answer], Call | None]
    ) -> AsyncIterator[Answer]:
        """Yield page after page where the next one is another request, not a link.

        Raises SourceUnreadable when a request would be repeated or there are more than `limits.pages`.
        """
        call: Call | None = first
        count = 0
        while call is not None:
            if count >= self.limits.pages:
                raise SourceUnreadable(self.source, f"more than {self.limits.pages} pages")
            page = await self.send(call, answer)
            yield page
            count += 1
            before, call = call, following(page)
            if call == before:
                raise SourceUnreadable(self.source, "the next page is the one already read")

    def address(self, path: str) -> str:
        """The full address of a path, for a page that the owner opens."""
        return str(self._address(path))

    async def _once(self, call: Call) -> tuple[int, bytes]:
        """One attempt. Raises _Again for what may pass, SourceUnreadable for a body that is too large."""
        url = self._address(call.url)
        content = None if call.body is None else call.body.model_dump_json(by_alias=True, exclude_none=True)
        headers = {"Accept": "application/json", **(call.headers or {})}
        if content is not None:
            headers["Content-Type"] = "application/json"
        request = self._http.build_request(
            call.method, url, headers=headers, params=call.params, data=call.form, content=content
        )
        try:
            async with self._slots, asyncio.timeout(self.limits.seconds):
                response = await self._http.send(request, stream=True)
                async with aclosing(response):
                    body = await self._bounded(response)
        except (TimeoutError, httpx.TimeoutException):
            raise _Again(SourceUnavailable(self.source, "no answer in time")) from None
        except (httpx.RemoteProtocolError, httpx.DecodingError):
            raise _Again(SourceUnreadable(self.source, "the answer broke off or is not HTTP")) from None
        except httpx.TransportError as error:
            raise _Again(SourceUnavailable(self.source, type(error).__name__)) from None
        if response.status_code == 429 or response.status_code >= 500:
            wait = self._retry_after(response.headers.get("Retry-After", ""))
            fact = SourceUnavailable(self.source, f"status {response.status_code}", wait)
            if wait is not None and wait > self.limits.patience:
                raise fact
            raise _Again(fact, wait)
        return response.status_code, body

    async def _bounded(self, response: httpx.Response) -> bytes:
        parts: list[bytes] = []
        size = 0
        async for part in response.aiter_bytes():
            size += len(part)
            if size > self.limits.body_bytes:
                raise SourceUnreadable(self.source, f"an answer of more than {self.limits.body_bytes} bytes")
            parts.append(part)
        return b"".join(parts)

    def _judge(self, call: Call, status: int, body: bytes) -> None:
        """Translate a status that is final into its fact."""
        if status in call.accept:
            return
        if status in {401, 403, *call.refused}:
            raise SourceRefused(self.source, _reason(status, body))
        if status == 404 and call.subject is not None:
            raise SubjectUnknown(self.source, call.subject)
        if status in {404, 410}:
            raise SourceRefused(self.source, f"status {status}")
        raise SourceUnreadable(self.source, f"status {status}")

    def _read(self, answer: type[Answer], body: bytes) -> Answer:
        if answer is Empty:
            return answer()
        try:
            return answer.model_validate_json(body)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            place = ".".join(str(part) for part in first["loc"]) or "body"
            raise SourceUnreadable(self.source, f"{answer.__name__}.{place}: {first['type']}") from None

    def _address(self, url: str) -> httpx.URL:
        """The full address; a link that leaves the source's origin is refused, whoever sent it."""
        address = self._base.join(url.lstrip("/")) if "://" not in url else httpx.URL(url)
        if (address.scheme, address.host, address.port) != (self._base.scheme, self._base.host, self._base.port):
            raise SourceUnreadable(self.source, "a link that leads elsewhere")
        return address

    def _wait(self, state: RetryCallState) -> float:
        """Seconds until the next attempt: what the source asked for, else exponential with full jitter."""
        error = state.outcome.exception() if state.outcome is not None else None
        if isinstance(error, _Again) and error.retry_after is not None:
            return error.retry_after
        bound = min(self.limits.longest_wait, self.limits.first_wait * 2**state.attempt_number)
        return random.uniform(self.limits.first_wait / 2, bound)  # noqa: S311 - jitter, not a secret

    def _retry_after(self, header: str) -> float | None:
        """Seconds of a Retry-After header: a number, or an HTTP date (RFC 9110, 10.2.3)."""
        if header.isascii() and header.isdigit() and len(header) < 10:
            return float(header)
        try:
            moment = parsedate_to_datetime(header)
        except ValueError:
            return None
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - self._clock()).total_seconds())


class _Refusal(BaseModel):
    """The parts of an OAuth, problem+json or OBIE error that are safe to tell staff: codes only."""

    error: str | None = None
    type: str | None = None
    Code: str | None = None


def _reason(status: int, body: bytes) -> str:
    try:
        refusal = _Refusal.model_validate_json(body)
    except ValidationError:
        return f"status {status}"
    code = (refusal.error or refusal.Code or refusal.type or "").removeprefix(str(status)).strip()
    return f"status {status} {code[:60]}" if code.isascii() and code.isprintable() and code else f"status {status}"


async def together(*calls: Coroutine[None, None, Result]) -> list[Result]:
    """Run calls side by side; the first failure ends the others and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(call) for call in calls]
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]
