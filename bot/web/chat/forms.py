"""What a browser posts to the chat, bounded and checked before anybody looks at it."""

import re
from urllib.parse import parse_qs

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.web.body import read_body, refuse
from bot.web.problem import Problem
from flows.messages import Heard
from flows.texts import LANGUAGES

MOST_BYTES = 64 * 1024
LONGEST_TEXT = 8_000
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_ID = r"^[A-Za-z0-9_-]{8,64}$"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Post(BaseModel):
    """One thing the owner did. `id` is made by the page, so that sending it again does nothing again."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)

    id: str = Field(pattern=_ID)
    text: str = Field(default="", max_length=LONGEST_TEXT)
    choice: str = Field(default="", max_length=256)
    start: str = Field(default="", max_length=64)
    lang: str = Field(default="", max_length=8)

    def heard(self) -> Heard:
        """What was said. Raises Problem 422 for an empty post."""
        if self.choice:
            return Heard(kind="choice", choice=self.choice, message_id=self.id)
        text = _UNSTORABLE.sub("", self.text)
        if not text.strip():
            refuse("text", "there is nothing in it")
        return Heard(kind="text", text=text, message_id=self.id)

    def started(self) -> Heard:
        """The beginning, with the payload of the link that led here."""
        return Heard(
            kind="start",
            text=payload(self.start),
            message_id=self.id,
            language_hint=self.lang if self.lang in LANGUAGES else "",
        )


def payload(text: str) -> str:
    """The payload of a deep link, empty when it is none: up to 64 letters, digits, _ and -."""
    return text if _PAYLOAD.fullmatch(text) else ""


async def read_post(request: Request) -> Post:
    """The form of a request. Raises Problem 415, 413, 408 or 422."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Problem(415, "Send a form (application/x-www-form-urlencoded).")
    body = await read_body(request, MOST_BYTES)
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=8, errors="strict")
    except ValueError:
        raise Problem(422, "The form cannot be read.") from None
    if any(len(values) != 1 for values in fields.values()):
        raise Problem(422, "A field of the form comes twice.")
    try:
        return Post.model_validate({name: values[0] for name, values in fields.items()})
    except ValidationError as error:
        first = error.errors()[0]
        refuse(".".join(map(str, first["loc"])) or "body", first["msg"])
