"""Webhook mode: Telegram calls us. Any number of processes may listen behind one address."""

import json

from pydantic import JsonValue
from telegram import Update

from bot.channels import UnreadableUpdate
from bot.telegram.intake import Clock, Take
from bot.telegram.requests import TelegramApi
from bot.telegram.updates import WANTED, arrival

AT_ONCE = 40  # calls that Telegram makes side by side; its own default


class Webhook:
    """Takes updates through the door; `take` returns when an update is durable."""

    def __init__(self, api: TelegramApi, take: Take, clock: Clock) -> None:
        self._api = api
        self._take = take
        self._clock = clock

    async def receive(self, body: bytes) -> JsonValue:
        """Let an update take effect. A pressed button is answered in the same breath, so that it stops turning.

        An update of a kind that cannot be read is passed over: refused, it would come again for ever. Raises
        UnreadableUpdate for what is no update at all.
        """
        update = self._read(body)
        if update is None:
            return {}
        came = arrival(update, self._clock())
        if came is not None:
            await self._take(came)
        if update.callback_query is None:
            return {}
        return {"method": "answerCallbackQuery", "callback_query_id": update.callback_query.id}

    def _read(self, body: bytes) -> Update | None:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise UnreadableUpdate from error
        if not isinstance(found, dict) or not isinstance(found.get("update_id"), int):
            raise UnreadableUpdate
        try:
            return Update.de_json(found, self._api.bot)
        except Exception:  # whatever the library stumbles over, it is only this update
            return None


async def announce(api: TelegramApi, url: str, secret: str) -> None:
    """Tell Telegram where to call; what waits there is kept. Raises TelegramError."""
    await api.bot.set_webhook(url, secret_token=secret, allowed_updates=WANTED, max_connections=AT_ONCE)
