"""The body reader, for any bytes in any pieces."""

import asyncio
import json
import math
from collections.abc import Callable
from contextlib import suppress

import pytest
from fastapi import Request
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue
from starlette.types import Message

from bot.web.body import DEEPEST, read_body, read_json
from bot.web.problem import Problem
from bot.web.wire import read_event
from tests.bot.web.site import OFFER, event

LIMIT = 64
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(-1e9, 1e9).map(lambda each: round(each, 6))
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def request(chunks: list[bytes], headers: dict[str, str] | None = None) -> Request:
    waiting = [*chunks]

    async def receive() -> Message:
        body = waiting.pop(0) if waiting else b""
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": raw}, receive)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.binary(max_size=40), max_size=6))
def test_the_pieces_do_not_matter_only_their_sum(chunks: list[bytes]) -> None:
    whole = b"".join(chunks)
    if len(whole) <= LIMIT:
        assert asyncio.run(read_body(request(chunks), LIMIT)) == whole
    else:
        with pytest.raises(Problem, match="413"):
            asyncio.run(read_body(request(chunks), LIMIT))


async def test_a_body_that_never_ends_is_given_up() -> None:
    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    slow = Request({"type": "http", "method": "POST", "path": "/", "headers": []}, receive)
    with pytest.raises(Problem) as caught:
        await read_body(slow, LIMIT, seconds=0.01)
    assert caught.value.status == 408


async def test_a_sender_who_leaves_is_not_our_error() -> None:
    async def receive() -> Message:
        return {"type": "http.disconnect"}

    left = Request({"type": "http", "method": "POST", "path": "/", "headers": []}, receive)
    with pytest.raises(Problem) as caught:
        await read_body(left, LIMIT)
    assert caught.value.status == 400


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda each: each.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_json_or_a_problem(body: bytes) -> None:
    _read_or_refuse(body, read_json)


@settings(deadline=None, max_examples=100)
@given(JSON)
def test_ordinary_json_is_read_as_it_is(value: JsonValue) -> None:
    assert read_json(json.dumps(value).encode()) == value


@settings(deadline=None, max_examples=50)
@given(JSON, st.sampled_from(["NaN", "Infinity", "-Infinity"]))
def test_a_number_that_is_none_is_never_read(value: JsonValue, number: str) -> None:
    body = json.dumps([value, math.nan]).replace("NaN", number)
    with pytest.raises(Problem):
        read_json(body.encode())


@pytest.mark.parametrize("levels", [DEEPEST - 1, DEEPEST + 1])
def test_depth_has_one_limit(levels: int) -> None:
    body = b"[" * levels + b"0" + b"]" * levels
    if levels < DEEPEST:
        read_json(body)
    else:
        with pytest.raises(Problem, match="422"):
            read_json(body)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["type", "timestamp", "data", "corrects"]), JSON)
def test_an_event_with_any_member_replaced_is_read_or_refused_with_a_field(member: str, value: JsonValue) -> None:
    sent = event("offered", offers=[OFFER])
    assert isinstance(sent, dict)
    _read_or_refuse(json.dumps({**sent, member: value}).encode())


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["application_id", "sequence", "status", "occurred_at", "actions", "reasons", "offers"]), JSON)
def test_a_status_with_any_member_replaced_is_read_or_refused_with_a_field(member: str, value: JsonValue) -> None:
    _read_or_refuse(json.dumps(event(**{member: value})).encode())  # type: ignore[arg-type]


def _read_or_refuse(body: bytes, read: Callable[[bytes], object] = read_event) -> None:
    """Nothing but a Problem 422 that names fields may be raised."""
    with suppress(Problem):
        read(body)
        return
    with pytest.raises(Problem) as caught:
        read(body)
    problem = caught.value
    assert problem.status == 422
    assert problem.errors
    assert all(each.field for each in problem.errors)
