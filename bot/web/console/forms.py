"""What a form of the console sends: bounded, read once, every member a text."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from fastapi import Request

from bot.web.body import read_body
from bot.web.problem import Problem

MOST_BYTES = 64 * 1024
MOST_MEMBERS = 40
Form = Mapping[str, str]


async def read_form(request: Request) -> Form:
    """The members of a posted form; of one that comes twice the last counts. Raises Problem 413 or 422."""
    body = await read_body(request, MOST_BYTES)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_MEMBERS, errors="strict")
    except ValueError:
        raise Problem(422, "This form cannot be read.") from None
    return {name: value.replace("\x00", "").replace("\r\n", "\n") for name, value in pairs}
