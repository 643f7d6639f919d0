"""Durable background work: DBOS Transact embedded behind five methods. It holds the ids of jobs, nothing else.

What it is bought for: work that was handed over is taken up again after a crash, and by one worker only.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from flows.errors import LendlineError
from integrations.database.executor import Executor
from integrations.database.locks import Hold, Locks

PLACES = 256  # processes that carry work out at the same time
PATIENCE = 0.3  # seconds that running work gets to end by itself at closing
CarryOut = Callable[[str], Awaitable[None]]


@dataclass
class PlacesTaken(LendlineError):
    """There are as many workers as there may be."""

    places: int

    def __str__(self) -> str:
        return f"{self.places} processes are at work already: stop one first"


class Workflows:
    """Starts work by its key, at most one of a key, and starts it again after a crash.

    On SQLite it needs a file of its own: in the file of the turns its writers would make them wait. A process is an
    executor with a number that it has locked: numbers are used again, so the work of dead processes has few names.
    One instance can be open in a process. The work itself runs in the loop that opened this.
    """

    def __init__(self, url: str, locks: Locks) -> None:
        self._url = url
        self._locks = locks
        self._place: Hold | None = None
        self._executor: Executor | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._closing = False

    async def open(self, carry_out: CarryOut) -> None:
        """Begin to work. `carry_out(key)` must not raise and must stand being called again after a crash.

        Raises PlacesTaken.
        """
        home = asyncio.get_running_loop()

        async def job(key: str) -> None:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._at_home(carry_out, key), home))

        self._place = await self._take_place()
        self._executor = Executor(self._url, self._place.name, job)
        await self._executor.launch()

    async def start(self, key: str) -> None:
        """Start the work of a key; does nothing when it was started before, in whatever process."""
        await self._opened.start(key)

    async def rescue(self) -> None:
        """Take up what executors have left behind that no process is any more.

        By itself the engine does this only for an executor that starts again under the same name.
        """
        for name in await self._opened.others_with_work():
            hold = await self._locks.try_lock(name)
            if hold is not None:
                try:
                    await self._opened.take_over(name)
                finally:
                    hold.release()

    async def forget(self, before: datetime) -> int:
        """Delete the records of work that ended before a time, a thousand at most; how many that were."""
        return await self._opened.forget(before)

    async def close(self) -> None:
        """Stop. What is still running is broken off and taken up at the next start, or by another process."""
        self._closing = True
        if self._running:
            await asyncio.wait(self._running, timeout=PATIENCE)
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
        if self._executor is not None:
            await self._executor.stop()
        if self._place is not None:
            self._place.release()

    @property
    def _opened(self) -> Executor:
        if self._executor is None:
            raise AssertionError("open the workflows first")
        return self._executor

    async def _take_place(self) -> Hold:
        """The first place that no living process has."""
        for number in range(PLACES):
            place = await self._locks.try_lock(f"executor-{number}")
            if place is not None:
                return place
        raise PlacesTaken(PLACES)

    async def _at_home(self, carry_out: CarryOut, key: str) -> None:
        task = asyncio.current_task()
        if self._closing or task is None:
            raise asyncio.CancelledError  # not an outcome: the work is taken up at the next start
        self._running.add(task)
        try:
            await carry_out(key)
        finally:
            self._running.discard(task)
