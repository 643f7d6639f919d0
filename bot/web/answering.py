"""A page with two buttons, for people outside: whose form it is, which button was pressed, why it is not taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from fastapi import Request

from bot.web.body import read_body
from bot.web.origin import is_own

MOST_BYTES = 4 * 1024


@dataclass
class PageRefused(Exception):
    """A page cannot be shown or its answer not taken; `trouble` names the words that say why."""

    trouble: str
    lang: str | None = None


def require_own(request: Request, public_url: str | None) -> None:
    """Raises PageRefused for a form that another site has sent."""
    if not is_own(request, public_url):
        raise PageRefused("foreign")


async def answer_in(request: Request, answers: Mapping[str, bool], lang: str) -> bool:
    """What the form says. Only one clear answer counts: an unclear one is never a yes. Raises PageRefused."""
    body = await read_body(request, MOST_BYTES)
    try:
        fields = parse_qs(body.decode("ascii"), max_num_fields=4, strict_parsing=True)
    except ValueError:
        raise PageRefused("unclear", lang) from None
    given = fields.get("answer", [])
    if len(given) != 1 or given[0] not in answers:
        raise PageRefused("unclear", lang)
    return answers[given[0]]
