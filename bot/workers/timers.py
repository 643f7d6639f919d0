"""The clock at the door: one loop that sleeps until the next timer is due and lets it fire once."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.door.turns import Door
from bot.workers.alarm import Alarm
from flows.events import Arrival, TimerFired
from integrations.database.engine import Database
from integrations.database.news import News, Topic
from integrations.database.queries import timers
from integrations.database.queries.timers import StoredTimer

ORIGIN = "clock"
AT_ONCE = 50
LONGEST_SLEEP = 15.0  # clocks are set, and other processes set timers
AFTER_TROUBLE = 1.0
log = structlog.get_logger(__name__)


class Timers:
    """Fires timers. Any number of processes may run one: a timer is taken off the list in the turn it causes."""

    def __init__(self, db: Database, door: Door, clock: Callable[[], datetime], *, alarm: Alarm | None = None) -> None:
        self._db = db
        self._door = door
        self._clock = clock
        self._alarm = alarm or Alarm()
        self._task: asyncio.Task[None] | None = None
        self._stop_hearing: Callable[[], None] | None = None

    async def start(self) -> None:
        """Begin to watch the clock; what came due while nothing ran fires now."""
        self._stop_hearing = self._db.on_commit(self._hear)
        self._task = asyncio.create_task(self._run(), name="timers")

    async def close(self) -> None:
        """Stop."""
        if self._stop_hearing is not None:
            self._stop_hearing()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _hear(self, news: tuple[News, ...]) -> None:
        if any(each.topic is Topic.TIMER for each in news):
            self._alarm.ring()

    async def _run(self) -> None:
        while True:
            try:
                pause = await self._fire_due()
            except Exception as error:  # the database is in trouble: the timers are still on their list
                log.warning("timers_failed", error=type(error).__name__)
                pause = AFTER_TROUBLE
            if pause > 0:
                await self._alarm.sleep(pause)

    async def _fire_due(self) -> float:
        """Fire what is due; the seconds until more is."""
        upcoming = await self._db.read(timers.upcoming, AT_ONCE)
        now = self._clock()
        due = [timer for timer in upcoming if timer.due_at <= now]
        if due:
            await asyncio.gather(*(self._fire(timer) for timer in due))
            return 0
        if not upcoming:
            return LONGEST_SLEEP
        return min(LONGEST_SLEEP, (upcoming[0].due_at - now).total_seconds())

    async def _fire(self, timer: StoredTimer) -> None:
        await self._door.take(
            Arrival(
                origin=ORIGIN,
                external_id=f"{timer.conversation_id}:{timer.name}:{timer.arg}:{timer.due_at.isoformat()}",
                event=TimerFired(name=timer.name, arg=timer.arg),
                at=self._clock(),
                conversation_id=timer.conversation_id,
            ),
            claim=lambda connection: timers.claim(connection, timer),
        )
