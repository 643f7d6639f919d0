"""Delivery: what turns have committed leaves here, in order per chat, at each channel's pace."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import ParamSpec

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot.channels import Channel, ChatBlocked, PerhapsDelivered, TooFast, Undeliverable
from bot.observing import Observer
from bot.workers.alarm import Alarm
from bot.workers.leading import Leading
from bot.workers.pacing import WINDOW, Pacing
from flows.messages import Say
from integrations.database.engine import Database, Statements
from integrations.database.news import News, Topic
from integrations.database.queries import outbox
from integrations.database.queries.outbox import Claimed
from integrations.database.sealing import SealBroken, Sealer
from integrations.database.tables import OutboxState

IN_FLIGHT = 16  # more at once and httpx collapses (measured); it is seven times what Telegram allows
TRIES = 5
FIRST_BACKOFF = timedelta(seconds=1)  # doubled at every further try
LONGEST_SLEEP = 1.0  # another process may have queued something without ringing here
SEND_LIMIT = 60.0  # seconds; after that nobody knows whether it was delivered
GRACE = 1.5  # seconds for messages that are being sent when the worker closes
P = ParamSpec("P")
Finish = Callable[[Say, str], Say]  # the last touch to a message of a conversation: links that only now are made
log = structlog.get_logger(__name__)


class Outbox:
    """The worker that sends. Of all processes one sends on a channel: its memory is what keeps the pace.

    `alarm` makes the sleeper of a channel; tests hand in one that moves their clock.
    """

    def __init__(
        self,
        db: Database,
        channels: Mapping[str, Channel],
        sealer: Sealer,
        clock: Callable[[], datetime],
        *,
        finish: Finish = lambda say, _conversation_id: say,
        alarm: Callable[[], Alarm] = Alarm,
        observer: Observer | None = None,
    ) -> None:
        self._db = db
        watch = observer or Observer()
        places = asyncio.Semaphore(IN_FLIGHT)
        self._lanes = {
            name: _Lane(db, channel, sealer, clock, finish=finish, alarm=alarm(), places=places, observer=watch)
            for name, channel in channels.items()
        }
        self._tasks: list[asyncio.Task[None]] = []
        self._stop_hearing: Callable[[], None] | None = None

    async def start(self) -> None:
        """Begin to send, each channel as soon as no other process does."""
        self._stop_hearing = self._db.on_commit(self._hear)
        for name, lane in self._lanes.items():
            leading = Leading(self._db, f"outbox:{name}", lane.run)
            self._tasks.append(asyncio.create_task(leading.run(), name=f"outbox-{name}"))

    async def close(self) -> None:
        """Let what is being sent arrive, within the grace time, and stop. The rest stays queued."""
        if self._stop_hearing is not None:
            self._stop_hearing()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _hear(self, news: tuple[News, ...]) -> None:
        if any(each.topic is Topic.OUTBOX for each in news):
            for lane in self._lanes.values():
                lane.alarm.ring()


class _Lane:
    """One channel's messages."""

    def __init__(
        self,
        db: Database,
        channel: Channel,
        sealer: Sealer,
        clock: Callable[[], datetime],
        *,
        finish: Finish,
        alarm: Alarm,
        places: asyncio.Semaphore,
        observer: Observer,
    ) -> None:
        self._observer = observer
        self.alarm = alarm
        self._finish = finish
        self._db = db
        self._channel = channel
        self._sealer = sealer
        self._clock = clock
        self._places = places
        self._pacing = Pacing(channel.pace)
        self._apart = timedelta(seconds=1 / channel.pace.overall)
        self._next_at = clock()
        self._sending: dict[str, asyncio.Task[None]] = {}

    async def _recover(self) -> None:
        """Take up what a crash has caught, and remember what has left in the last seconds."""
        now = self._clock()
        since = now - max(WINDOW, timedelta(seconds=self._channel.pace.per_chat))
        for chat, left_at in await self._db.run(outbox.recover, self._channel.name, now, since):
            self._pacing.leaves(chat, left_at)

    async def run(self) -> None:
        """Send for ever. Messages that a crash caught while they were being sent are sent again."""
        recovered = False
        try:
            while True:
                try:
                    if not recovered:
                        await self._recover()
                        recovered = True
                    pause = await self._round()
                except Exception as error:  # the database is in trouble: the queue must outlive it
                    log.warning("outbox_round_failed", channel=self._channel.name, error=type(error).__name__)
                    pause = LONGEST_SLEEP
                if pause > 0:
                    await self.alarm.sleep(pause)
        finally:
            await self._drain()  # before anybody else leads, who would send again what is being sent

    async def _drain(self) -> None:
        """Wait for what is being sent, then give up on it."""
        tasks = list(self._sending.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _round(self) -> float:
        """Send the next message; the seconds until there may be one more.

        Nobody knows of a message in flight whether a process that dies has delivered it, and it is sent again. So the
        next one waits for the one before, as long as the channel's pace can be kept that way.
        """
        now = self._clock()
        next_due: datetime | None = None
        room = min(self._pacing.room(now), IN_FLIGHT - len(self._sending))
        if self._sending and now < self._next_at <= now + self._apart:
            next_due = self._next_at
        elif room > 0:
            behind = max(0, (now - self._next_at) // self._apart)
            resting = self._pacing.resting(now) | self._sending.keys()
            claim = await self._db.run(
                outbox.claim, self._channel.name, now, resting=resting, limit=min(room, 1 + behind)
            )
            for message in claim.messages:
                self._pacing.leaves(message.conversation_id, now)
                self._sending[message.conversation_id] = asyncio.create_task(self._send(message))
            if claim.messages:
                self._next_at = min(self._next_at + len(claim.messages) * self._apart, now + self._apart)
                return 0
            self._next_at = now
            next_due = claim.next_due
        times = [time for time in (next_due, self._pacing.next_change(now)) if time is not None]
        return min(LONGEST_SLEEP, max(0.001, (min(times) - now).total_seconds())) if times else LONGEST_SLEEP

    async def _send(self, message: Claimed) -> None:
        try:
            async with self._places:
                await self._deliver(message)
        finally:
            del self._sending[message.conversation_id]
            self.alarm.ring()

    async def _deliver(self, message: Claimed) -> None:
        with structlog.contextvars.bound_contextvars(message=message.id):
            outcome = await self._delivered(message)
        waited = (self._clock() - message.created_at).total_seconds()
        self._observer.delivery(self._channel.name, outcome, waited, cause=message.cause)

    async def _delivered(self, message: Claimed) -> str:
        """Send a message and record what became of it: the word for that."""
        previous = message.previous if message.slot and message.replace else None
        try:
            say = self._finish(self._sealer.unseal(Say, message.body), message.conversation_id)
            async with asyncio.timeout(SEND_LIMIT):
                message_id = await self._channel.deliver(message.address, say, previous)
        except TooFast as error:
            until = self._pacing.asked_to_wait(message.conversation_id, self._clock(), error.seconds)
            await self._record(outbox.put_back, message, until, "too fast", count=False)
            return "too_fast"
        except ChatBlocked:
            await self._record(outbox.block, message, self._clock())
            return "blocked"
        except (PerhapsDelivered, TimeoutError) as error:
            await self._record(outbox.end, message, OutboxState.PERHAPS, type(error).__name__)
            return "perhaps"
        except (Undeliverable, SealBroken, ValidationError) as error:
            await self._record(outbox.fail, message, type(error).__name__, self._clock())
            return "failed"
        except Exception as error:
            return await self._try_again(message, type(error).__name__)
        await self._record(outbox.sent, message, message_id, self._clock())
        await self._retire(message, message_id)
        return "sent"

    async def _record(self, statements: Statements[P, None], /, *args: P.args, **kwargs: P.kwargs) -> None:
        """Write what became of a message; while the database is in trouble the chat waits, so nothing is sent twice."""
        while True:
            try:
                return await self._db.run(statements, *args, **kwargs)
            except SQLAlchemyError as error:
                log.warning("outbox_not_recorded", channel=self._channel.name, error=type(error).__name__)
                await asyncio.sleep(LONGEST_SLEEP)

    async def _try_again(self, message: Claimed, error: str) -> str:
        now = self._clock()
        if message.attempts + 1 >= TRIES:
            await self._record(outbox.fail, message, error, now)
            return "failed"
        log.info("delivery_failed", attempt=message.attempts + 1, error=error)
        await self._record(outbox.put_back, message, now + FIRST_BACKOFF * 2**message.attempts, error)
        return "again"

    async def _retire(self, message: Claimed, message_id: str) -> None:
        """Take the buttons off the card that a new one has taken the place of."""
        old = message.previous
        if message.revision == 0 or old is None or old == message_id or message.previous_revision == 0:
            return
        try:
            await self._channel.retire(message.address, old)
        except Exception as error:  # an old card that keeps its buttons is answered "this card is old"
            log.info("card_not_retired", error=type(error).__name__)
