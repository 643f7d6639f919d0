"""Asking a lender that cannot push: its events of one application, in the format that it would push.

`GET {address}/applications/{application_id}/events?after={sequence}` with a bearer token answers
`{"events": [{"id": "...", "type": ..., "timestamp": ..., "data": {...}}]}`, the oldest first. One try a call.
"""

import asyncio
from typing import Literal
from urllib.parse import quote

import httpx
from pydantic import AwareDatetime, Field, ValidationError

from flows.errors import LendlineError
from flows.events import StatusData
from flows.ports import Received

LARGEST = 1_000_000  # bytes of one answer
SECONDS = 15.0
MOST = 100


class LenderSilent(LendlineError):
    """A lender's system did not answer, or with something that cannot be read. Asked again at the next round."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"the lender's system did not answer: {self.reason}"


class AskedEvent(Received):
    """An event as a lender would have pushed it; `id` stands for the `webhook-id`."""

    id: str = Field(min_length=1, max_length=128, pattern=r"^[!-\-/-~]+$")
    type: Literal["loan_application.status_changed"]
    timestamp: AwareDatetime
    data: StatusData
    corrects: str | None = Field(default=None, max_length=128)


class _Answer(Received):
    events: tuple[AskedEvent, ...] = Field(max_length=MOST)


async def events_after(
    http: httpx.AsyncClient, address: str, token: str, application_id: str, sequence: int
) -> tuple[AskedEvent, ...]:
    """What a lender has to say of one application since an event. Raises LenderSilent."""
    url = f"{address.rstrip('/')}/applications/{quote(application_id, safe='')}/events"
    try:
        async with asyncio.timeout(SECONDS):
            status, body = await _get(http, url, token, sequence)
    except TimeoutError:
        raise LenderSilent("no answer in time") from None
    except httpx.HTTPError as error:
        raise LenderSilent(type(error).__name__) from error
    if status == 404:  # it does not know the application yet
        return ()
    if status != 200:
        raise LenderSilent(f"it answered {status}")
    try:
        events = _Answer.model_validate_json(body).events
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise LenderSilent(f"its answer cannot be read: {where or 'not JSON'}") from None
    return tuple(each for each in events if each.data.application_id == application_id)


async def _get(http: httpx.AsyncClient, url: str, token: str, sequence: int) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    async with http.stream("GET", url, params={"after": str(sequence)}, headers=headers) as response:
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > LARGEST:
                raise LenderSilent(f"its answer is longer than {LARGEST} bytes")
        return response.status_code, bytes(body)
