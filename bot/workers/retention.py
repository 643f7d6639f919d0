"""Throws away what the machinery no longer needs: messages that have left, work that is done."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.workers.leading import Leading
from integrations.database.engine import Database
from integrations.database.queries import approvals, blobs, jobs, outbox

KEEP = timedelta(days=30)
KEEP_FAILED = timedelta(days=90)  # staff may still want to send a dead letter again
KEEP_APPROVALS = timedelta(days=1)  # the link to the source's page is good no longer
EVERY = 6 * 3600.0  # seconds
BATCH = 500  # rows of one transaction, so that no turn waits long
log = structlog.get_logger(__name__)


class Retention:
    """Runs in one process at a time. The log, the truth of what happened, is not its business.

    `forget(before)` has the workflow engine delete its records; it says how many there were.
    """

    def __init__(
        self, db: Database, clock: Callable[[], datetime], forget: Callable[[datetime], Awaitable[int]]
    ) -> None:
        self._db = db
        self._clock = clock
        self._forget = forget
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin; the first round is at once."""
        self._task = asyncio.create_task(Leading(self._db, "retention", self._run).run(), name="retention")

    async def close(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def round(self) -> int:
        """Throw away what is old; how many rows that were."""
        before, failed_before = self._clock() - KEEP, self._clock() - KEEP_FAILED
        thrown = 0
        for throw_away in (outbox.throw_away, jobs.throw_away):
            while (count := await self._db.run(throw_away, before, failed_before, BATCH)) > 0:
                thrown += count
        thrown += await self._db.run(blobs.throw_away, self._clock())
        thrown += await self._db.run(approvals.throw_away, self._clock() - KEEP_APPROVALS)
        return thrown + await self._forget(before)

    async def _run(self) -> None:
        while True:
            try:
                thrown = await self.round()
                log.info("thrown_away", rows=thrown)
            except Exception as error:  # it is old already and may get a little older
                log.warning("retention_failed", error=type(error).__name__)
            await asyncio.sleep(EVERY)
