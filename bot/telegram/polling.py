"""Long polling: fetches updates, confirms them only when they are durable, and notices its own death."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.telegram.intake import Clock, Intake, Take
from bot.telegram.requests import SlowDown, TelegramApi, TokenRefused
from bot.telegram.updates import WANTED

log = logging.getLogger(__name__)

CONFLICT = (
    "Another program fetches the updates of this bot, or has set a webhook for it, so none arrive here: stop that "
    "program; if you cannot find it, revoke the token at @BotFather and set the new one as TELEGRAM_BOT_TOKEN"
)


@dataclass(frozen=True)
class Patience:
    """Times of the long poll, in seconds."""

    poll: int = 25  # how long Telegram may hold a poll open
    grace: float = 10.0  # how much longer until a poll counts as stuck
    hold: float = 0.5  # how long slow turns keep the next poll back
    first_wait: float = 0.5  # before the next try after an error, doubling
    longest_wait: float = 30.0
    red_after: float = 90.0  # without a completed poll, or with an update the door does not take


class Polling:
    """Fetches the updates of one bot and hands each to the door, `take`, which returns when it is durable.

    A kill at any instant loses nothing: an update is confirmed to Telegram by the poll after it was taken.
    """

    def __init__(self, api: TelegramApi, take: Take, clock: Clock, patience: Patience | None = None) -> None:
        self._api = api
        self._clock = clock
        self._patience = patience or Patience()
        self._intake = Intake(take, clock)
        self._completed = clock()
        self._answers: set[asyncio.Task[None]] = set()
        self._running = False

    def healthy(self, now: datetime) -> bool:
        """Whether polls complete and what they bring gets through the door."""
        limit = now - timedelta(seconds=self._patience.red_after)
        oldest = self._intake.oldest()
        return self._running and self._completed >= limit and (oldest is None or oldest >= limit)

    async def run(self) -> None:
        """Poll until cancelled. Raises TokenRefused when Telegram does not know the bot."""
        self._running = True
        self._completed = self._clock()
        wait = self._patience.first_wait
        try:
            await self._end_webhook()
            while True:
                try:
                    updates = await self._poll()
                except InvalidToken:
                    raise TokenRefused(self._api.server) from None
                except (TelegramError, TimeoutError) as error:
                    self._say_why(error, wait)
                    # A connection that died silently looks alive: the next poll gets a fresh pool.
                    await self._api.polling.shutdown()
                    await asyncio.sleep(max(wait, error.seconds) if isinstance(error, SlowDown) else wait)
                    wait = min(wait * 2, self._patience.longest_wait)
                    continue
                wait = self._patience.first_wait
                self._completed = self._clock()
                for update in updates:
                    if self._intake.accept(update):
                        self._answer(update)
                await self._intake.emptied(self._patience.hold)
        finally:
            self._running = False
            await self._stop()

    async def _end_webhook(self) -> None:
        """An installation that listened to calls before is polled now; what waits is kept."""
        try:
            if (await self._api.bot.get_webhook_info()).url:
                await self._api.bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise TokenRefused(self._api.server) from None
        except TelegramError as error:  # the poll will say what is wrong
            log.debug("the webhook was not asked for (%s)", type(error).__name__)

    async def _poll(self) -> tuple[Update, ...]:
        async with asyncio.timeout(self._patience.poll + self._patience.grace):
            return await self._api.bot.get_updates(
                offset=self._intake.offset, limit=100, timeout=self._patience.poll, allowed_updates=WANTED
            )

    def _say_why(self, error: Exception, wait: float) -> None:
        if isinstance(error, Conflict):
            log.error("%s. Next try in %.1f s", CONFLICT, wait)
        else:
            log.warning("a poll failed (%s), next try in %.1f s", type(error).__name__, wait)

    def _answer(self, update: Update) -> None:
        """Answer a pressed button at once, so that it stops turning; the turn does not wait for this."""
        if update.callback_query is not None:
            task = asyncio.create_task(self._answered(update.callback_query.id))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _answered(self, query: str) -> None:
        try:
            await self._api.bot.answer_callback_query(query)
        except TelegramError as error:  # too late or already answered: the turn itself is what counts
            log.debug("a button press was not answered (%s)", type(error).__name__)

    async def _stop(self) -> None:
        answers = tuple(self._answers)
        for task in answers:
            task.cancel()
        await asyncio.gather(*answers, return_exceptions=True)
        await self._intake.close()
