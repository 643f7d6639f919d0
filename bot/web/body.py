"""Reading bodies from outside: bounded in size and time, and JSON that means one thing only."""

import asyncio
import json
import re
from decimal import Decimal
from typing import NoReturn

from fastapi import Request
from pydantic import JsonValue
from starlette.requests import ClientDisconnect

from bot.web.problem import FieldError, Problem

SECONDS = 10.0
DEEPEST = 32
MOST_DIGITS = 18
WHOLE = "body"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


async def read_body(request: Request, limit: int, seconds: float = SECONDS) -> bytes:
    """The raw body. Raises Problem 413 as soon as it is longer than `limit` bytes, 408 when it is slow."""
    too_large = Problem(413, f"The body is larger than {limit} bytes.", headers={"Connection": "close"})
    declared = request.headers.get("content-length", "0")
    if not (declared.isascii() and declared.isdecimal() and len(declared) < 10 and int(declared) <= limit):
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise too_large
    except TimeoutError:
        raise Problem(408, "The body did not arrive in time.", headers={"Connection": "close"}) from None
    except ClientDisconnect:
        raise Problem(400, "The body did not arrive in full.") from None
    return bytes(body)


def read_json(body: bytes) -> JsonValue:
    """The JSON in a body, read strictly. Raises Problem 422.

    Refused, because two readers could understand it differently or a later one could choke on it: anything but
    UTF-8, keys that come twice, NaN and infinities, whole numbers of more than 18 digits, more than 32 levels,
    lone surrogates and the character U+0000.
    """
    try:
        text = body.decode("utf-8")
        value: JsonValue = json.loads(
            text, object_pairs_hook=_members, parse_constant=_constant, parse_int=_whole, parse_float=_fraction
        )
    except UnicodeDecodeError:
        refuse(WHOLE, "this is not UTF-8")
    except json.JSONDecodeError as error:
        refuse(WHOLE, f"this is not JSON (line {error.lineno}, column {error.colno})")
    except RecursionError:
        refuse(WHOLE, f"this is nested more than {DEEPEST} levels deep")
    _check(value)
    return value


def refuse(field: str, detail: str) -> NoReturn:
    """Raise Problem 422 that names a field."""
    raise Problem(422, "The body is not what is documented.", (FieldError(field=field, detail=detail),))


def _members(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    members: dict[str, JsonValue] = {}
    for name, value in pairs:
        if name in members:
            refuse(_shown(name), "this key comes twice in one object")
        members[name] = value
    return members


def _constant(name: str) -> NoReturn:
    refuse(WHOLE, f"{name} is not a JSON number")


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        refuse(WHOLE, f"a whole number has more than {MOST_DIGITS} digits")
    return int(digits)


def _fraction(digits: str) -> float:
    try:
        small = len(digits) <= 2 * MOST_DIGITS and abs(Decimal(digits).adjusted()) <= MOST_DIGITS
    except ArithmeticError:  # an exponent that even Decimal does not hold
        small = False
    if not small:
        refuse(WHOLE, f"a number has more than {MOST_DIGITS} digits before or after its point")
    return float(digits)


def _check(root: JsonValue) -> None:
    """Look at every level and text, without recursion."""
    todo: list[tuple[JsonValue, tuple[str, ...]]] = [(root, ())]
    while todo:
        value, path = todo.pop()
        if len(path) > DEEPEST:
            refuse(WHOLE, f"this is nested more than {DEEPEST} levels deep")
        if isinstance(value, dict):
            for name in value:
                _check_text(name, path)
            todo.extend((inner, (*path, name)) for name, inner in value.items())
        elif isinstance(value, list):
            todo.extend((inner, (*path, str(index))) for index, inner in enumerate(value))
        elif isinstance(value, str):
            _check_text(value, path)


def _check_text(text: str, path: tuple[str, ...]) -> None:
    if _UNSTORABLE.search(text):
        refuse(".".join(map(_shown, path)) or WHOLE, "a text holds U+0000 or half of a surrogate pair")


def _shown(name: str) -> str:
    return name.encode("ascii", "backslashreplace").decode("ascii")[:64]
