"""The browser as a channel. What is sent is in the outbox; every web process reads it there, so nothing is pushed."""

import secrets

from bot.channels import Can, Pace
from flows.messages import Say

NAME = "web"
CAN = Can(
    text=20_000,
    button=64,
    buttons=100,
    per_row=4,
    data_bytes=96,
    edit=True,
    bold=True,
    contact=False,
    url=True,
)


class WebChannel:
    """Gives messages their ids. The record that one was sent is what lets pages show it (see `bot.web.chat.history`).

    A rewritten message keeps its id, so that a page rewrites it in place.
    """

    name = NAME
    can = CAN
    pace = Pace(per_chat=0, overall=1000)

    async def deliver(self, address: str, say: Say, previous: str | None) -> str:
        """The id under which pages show the message."""
        del address
        return previous if previous is not None and say.replace else secrets.token_hex(6)

    async def retire(self, address: str, message_id: str) -> None:
        """Leave it to the pages: they show no buttons on a card that another has taken the place of."""
