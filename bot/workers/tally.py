"""Keeps the numbers of supervisors up to date: looks at what changed, never at the whole log."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from pydantic import ValidationError

from bot.workers import summary
from bot.workers.leading import Leading
from flows.conversation import Conversation
from integrations.database.engine import Database
from integrations.database.queries import tally
from integrations.database.queries.tally import Place
from integrations.database.sealing import SealBroken, Sealer

EVERY = 20.0  # seconds
BATCH = 100  # conversations of one transaction, so that no turn waits long
LOOK_BACK = timedelta(minutes=2)  # what was committed late stands before what was seen already
log = structlog.get_logger(__name__)


class Tally:
    """Runs in one process at a time. What it has seen last is in its own rows, so a restart goes on there."""

    def __init__(self, db: Database, sealer: Sealer, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._sealer = sealer
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to count."""
        self._task = asyncio.create_task(Leading(self._db, "tally", self._run).run(), name="tally")

    async def close(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def round(self) -> int:
        """Count what changed since the last round; how many conversations that were."""
        newest = await self._db.read(tally.newest)
        place = Place(newest - LOOK_BACK, "") if newest is not None else None
        counted = 0
        while changed := await self._db.read(tally.changed, place, BATCH):
            journeys: list[dict[str, object]] = []
            fetches: list[dict[str, object]] = []
            for each in changed:
                try:
                    conversation = self._sealer.unseal(Conversation, each.state)
                except (SealBroken, ValidationError):
                    continue  # what cannot be opened has no numbers
                lines = tuple(summary.HandOver(*line) for line in each.lines)
                journeys.append(vars(summary.journey(conversation, each.step, each.updated_at, lines)))
                fetches.extend(vars(fetch) for fetch in summary.fetches(conversation))
            await self._db.run(tally.write, journeys, fetches)
            counted += len(changed)
            place = Place(changed[-1].updated_at, changed[-1].id)
        return counted

    async def _run(self) -> None:
        while True:
            try:
                await self.round()
            except Exception as error:  # the numbers may be a little older
                log.warning("tally_failed", error=type(error).__name__)
            await asyncio.sleep(EVERY)
