"""Telegram in a running installation: its API, its channel, how updates come in. Loaded where a token is set."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any

import click
import structlog
from telegram.error import TelegramError

from bot.channels import Channel, Pace
from bot.serving import ElectedPoll
from bot.settings import Settings
from bot.telegram import webhook
from bot.telegram.channel import PACE, TelegramChannel
from bot.telegram.polling import Polling
from bot.telegram.requests import TelegramApi, open_api
from bot.web.webhook import Hook
from bot.wiring import House, now, open_passport
from flows.errors import LendlineError
from flows.texts import LANGUAGES

COMMANDS = ("start", "status", "help", "human", "report", "privacy", "cancel")
AGAIN = 10.0  # seconds between tries to tell Telegram where to call
log = structlog.get_logger(__name__)


class Intake:
    """The bot of one token."""

    def __init__(self, settings: Settings, api: TelegramApi) -> None:
        self._settings = settings
        self._api = api

    def channel(self) -> Channel:
        """What delivers messages."""
        return TelegramChannel(self._api, pace=Pace(PACE.per_chat, self._settings.telegram_pace))

    def poll(self, house: House) -> ElectedPoll | None:
        """The long poll; None where Telegram calls a webhook."""
        return None if self._settings.telegram_webhook else self.polling(house)

    def polling(self, house: House) -> ElectedPoll:
        """The long poll that one of several processes runs."""
        poll = Polling(self._api, house.door.take, now)

        async def work() -> None:
            await self._set_commands(house)
            await poll.run()

        return ElectedPoll(house.database, poll, work)

    def hook(self, house: House) -> Hook | None:
        """What takes Telegram's calls in webhook mode."""
        if not self._settings.telegram_webhook:
            return None
        if self._settings.telegram_webhook_secret is None:
            raise click.ClickException(
                "TELEGRAM_WEBHOOK_URL is set without TELEGRAM_WEBHOOK_SECRET; set one of 1 to 256 letters, digits, "
                "_ and -"
            )
        taking = webhook.Webhook(self._api, house.door.take, now)
        return Hook(taking, self._settings.telegram_webhook_secret.get_secret_value(), self._settings.telegram_webhook)

    def announced(self, house: House, hook: Hook | None) -> list[Coroutine[Any, Any, None]]:
        """What tells Telegram where to call; nothing where it polls."""
        return [] if hook is None else [self._announced(house, hook)]

    async def _announced(self, house: House, hook: Hook) -> None:
        """Tell Telegram where to call, until it has heard; then there is nothing more to do."""
        await self._set_commands(house)
        while True:
            try:
                await webhook.announce(self._api, hook.url, hook.secret)
                break
            except TelegramError as error:
                log.warning("webhook_not_set", error=type(error).__name__)
                await asyncio.sleep(AGAIN)
        await asyncio.Event().wait()

    async def _set_commands(self, house: House) -> None:
        """Show the commands in the menu; a server that is out of reach gets them at the next start."""
        texts = house.library.texts
        menu = {lang: {name: texts.get(lang, f"command.{name}") for name in COMMANDS} for lang in LANGUAGES}
        try:
            await TelegramChannel(self._api).set_commands(menu)
        except LendlineError as error:
            log.info("commands_not_set", error=type(error).__name__)


async def opened(stack: AsyncExitStack, settings: Settings, token: str) -> Intake:
    """The bot of a token, until the stack is left."""
    key = open_passport(settings)
    api = open_api(token, settings.telegram_api, passport_key=None if key is None else key.pem)
    stack.push_async_callback(api.close)
    return Intake(settings, api)
