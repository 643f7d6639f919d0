"""Background work: jobs that turns have committed go to the workflow engine; their results enter by the door."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
import structlog
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from bot.door.turns import Door
from bot.workers.alarm import Alarm
from flows.effects import AskModel, Assess, FindBusiness, ForgetGrant, MakeReport, ReadFile, StartPull, Submit
from flows.events import Arrival
from integrations.database.engine import Database
from integrations.database.news import News, Topic
from integrations.database.queries import events, jobs
from integrations.database.queries.jobs import StoredJob
from integrations.database.sealing import Sealer
from integrations.database.tables import JobState

AT_ONCE = 16
# Reading a pile of photos takes minutes: it has places of its own, so that nobody's fetching or sending waits for it.
SLOW = frozenset({"read_file", "keep_for_lender"})
SLOW_AT_ONCE, SLOW_HANDED = 4, 16
HANDED = 64  # handed over at most: what is more stays in our table, where it can still be cancelled
WAITS = (1.0, 4.0)  # seconds before the second and the third try
LONGEST_SLEEP = 1.0  # another process may have stored a job without ringing here
RESCUE = 5.0  # seconds between looks for work of processes that have died
ORIGIN = "job"
log = structlog.get_logger(__name__)

Handler = Callable[[str, str, Any], Awaitable[Arrival | None]]
_EFFECTS: Mapping[str, type[BaseModel]] = {
    "start_pull": StartPull,
    "forget_grant": ForgetGrant,
    "submit": Submit,
    "assess": Assess,
    "make_report": MakeReport,
    "ask_model": AskModel,
    "find_business": FindBusiness,
    "read_file": ReadFile,
}


class Engine(Protocol):
    """What is asked of a workflow engine; see `integrations.database.workflows`."""

    async def open(self, carry_out: Callable[[str], Awaitable[None]]) -> None:
        """Begin to work."""
        ...

    async def start(self, key: str) -> None:
        """Start the work of a key, once in all processes."""
        ...

    async def rescue(self) -> None:
        """Take up work of processes that have died."""
        ...

    async def forget(self, before: datetime) -> int:
        """Delete records of work that ended before a time."""
        ...

    async def close(self) -> None:
        """Stop."""
        ...


class Jobs:
    """Hands jobs over and carries them out.

    `handlers` has for each kind of effect a function `(key, conversation_id, effect)` that does the work and
    returns the event it ends in, or None. Handlers turn the facts of the outside into events themselves; an
    exception is our mistake: it is tried again after `waits`, then the job is failed and staff are told. A handler
    may run twice (after a crash), its event takes effect once.
    """

    def __init__(
        self,
        db: Database,
        door: Door,
        handlers: Mapping[str, Handler],
        sealer: Sealer,
        clock: Callable[[], datetime],
        *,
        engine: Engine,
        waits: Sequence[float] = WAITS,
    ) -> None:
        self._db = db
        self._door = door
        self._handlers = handlers
        self._sealer = sealer
        self._clock = clock
        self._engine = engine
        self._waits = waits
        self._alarm = Alarm()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._slow_places = asyncio.Semaphore(SLOW_AT_ONCE)
        self._handed: set[str] = set()
        self._opened = False
        self._relay: asyncio.Task[None] | None = None
        self._stop_hearing: Callable[[], None] | None = None

    async def start(self) -> None:
        """Begin to work, first on what was under way when the process ended."""
        await self._rescue(self._clock())
        self._stop_hearing = self._db.on_commit(self._hear)
        self._relay = asyncio.create_task(self._hand_over(), name="jobs")

    async def forget(self, before: datetime) -> int:
        """Have the engine delete its records of work that ended before a time; how many that were."""
        return await self._engine.forget(before) if self._opened else 0

    async def close(self) -> None:
        """Stop; what is under way is taken up at the next start."""
        if self._stop_hearing is not None:
            self._stop_hearing()
        if self._relay is not None:
            self._relay.cancel()
            await asyncio.gather(self._relay, return_exceptions=True)
        if self._opened:
            await self._engine.close()

    async def _begin(self, key: str) -> None:
        """Start the work of a key. The engine is opened for the first one: it takes half a second to load."""
        if not self._opened:
            self._opened = True  # also when this is given up half-way: then there is something to close
            await self._engine.open(self._carry_out)
        await self._engine.start(key)

    def _hear(self, news: tuple[News, ...]) -> None:
        if any(each.topic is Topic.JOB for each in news):
            self._alarm.ring()

    async def _hand_over(self) -> None:
        looked = time.monotonic()
        while True:
            try:
                await self._hand_waiting()
                if time.monotonic() - looked > RESCUE:
                    looked = time.monotonic()
                    await self._rescue(self._clock() - timedelta(seconds=RESCUE))
            except Exception as error:  # a database or engine in trouble: the work is in its table
                log.warning("jobs_not_handed", error=type(error).__name__)
            await self._alarm.sleep(LONGEST_SLEEP)

    async def _hand_waiting(self) -> None:
        """Mark first, then start: what a crash catches in between is found by the next rescue."""
        slow = sum(map(_is_slow, self._handed))
        room, slow_room = HANDED - len(self._handed) + slow, SLOW_HANDED - slow
        if room > 0:
            await self._hand(await self._db.run(lambda connection: jobs.take(connection, room, but=SLOW)))
        if slow_room > 0:
            await self._hand(await self._db.run(lambda connection: jobs.take(connection, slow_room, only=SLOW)))

    async def _hand(self, keys: tuple[str, ...]) -> None:
        self._handed.update(keys)
        for number, key in enumerate(keys):
            try:
                await self._begin(key)
            except BaseException:
                self._handed.difference_update(keys[number:])
                raise

    async def _rescue(self, before: datetime) -> None:
        """Take up what was handed over before a time and is in no living process's hands."""
        strays = [key for key in await self._db.read(jobs.handed, before) if key not in self._handed]
        for key in strays[:HANDED]:
            await self._begin(key)  # does nothing when the engine knows it; it may have lost its file
        if strays:
            await self._engine.rescue()

    async def _carry_out(self, key: str) -> None:
        structlog.contextvars.bind_contextvars(job=key)  # the key names the event that asked for it
        try:
            while True:
                async with self._slow_places if _is_slow(key) else self._places:
                    pause = await self._try(key)
                if pause is None:
                    return
                await asyncio.sleep(pause)
        finally:
            self._handed.discard(key)
            self._alarm.ring()

    async def _try(self, key: str) -> float | None:
        """Carry a job out once; seconds to wait before the next try, None when it has ended, well or not."""
        try:
            job = await self._db.run(jobs.begin, key)
            if job is None:
                return None
            error = await self._work(job)
            if error is None:
                return None
            if job.attempts <= len(self._waits):
                return self._waits[job.attempts - 1]
            await self._db.run(_give_up, job, error, self._clock())
        except SQLAlchemyError as trouble:  # the workflow must not end before its job does
            log.warning("job_not_recorded", error=type(trouble).__name__)
            return LONGEST_SLEEP
        return None

    async def _work(self, job: StoredJob) -> str | None:
        """Do the work; the class of what went wrong, or None."""
        try:
            effect = self._sealer.unseal(_EFFECTS[job.kind], job.body)
            arrival = await self._handlers[job.kind](job.key, job.conversation_id, effect)
            await self._finish(job, arrival)
        except SQLAlchemyError:
            raise
        except Exception as error:  # a handler's mistake
            log.warning("job_failed", attempt=job.attempts, error=type(error).__name__)
            return type(error).__name__
        return None

    async def _finish(self, job: StoredJob, arrival: Arrival | None) -> None:
        """End the job and let its result take effect, both or neither; a job cancelled meanwhile has no result."""
        now = self._clock()
        if arrival is None:
            await self._db.run(jobs.finish, job.key, now)
            return
        its_own = {"origin": ORIGIN, "external_id": job.key, "conversation_id": job.conversation_id}
        arrival = arrival.model_copy(update=its_own)
        await self._door.take(arrival, claim=lambda connection: jobs.finish(connection, job.key, now))


def _is_slow(key: str) -> bool:
    """Whether it is work that may take long; a key begins with the kind of its work."""
    return key.partition(":")[0] in SLOW


def _give_up(connection: sa.Connection, job: StoredJob, error: str, now: datetime) -> None:
    if jobs.finish(connection, job.key, now, state=JobState.FAILED, error=error):
        events.note(
            connection,
            job.conversation_id,
            kind="job_failed",
            text=f"{job.kind}: {error}",
            external_id=job.key,
            now=now,
            alert="job_failed",
        )
