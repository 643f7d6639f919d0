"""Work that one process does at a time: whoever holds its lock leads, the others stand by and take over."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from integrations.database.locks import Hold, Locks

LOOK = 1.0  # seconds between tries to become the leader: how long work rests when a leader dies
log = structlog.get_logger(__name__)


class Leading:
    """Runs `work` while this process leads. Work must stand being cancelled: that is how leading ends."""

    def __init__(self, locks: Locks, name: str, work: Callable[[], Awaitable[None]]) -> None:
        self._locks = locks
        self._name = name
        self._work = work
        self.leads = False

    async def run(self) -> None:
        """Stand by, lead, and stand by again when the lock is lost. Ends as the work ends."""
        while True:
            hold = await self._locks.try_lock(self._name)
            if hold is None:
                await asyncio.sleep(LOOK)
                continue
            try:
                if await self._lead(hold):
                    return
            finally:
                hold.release()
            log.warning("leadership_lost", what=self._name)

    async def _lead(self, hold: Hold) -> bool:
        """Work until the work ends (true) or the lock does (false)."""
        work = asyncio.ensure_future(self._work())
        ended = asyncio.create_task(hold.ended.wait())
        self.leads = True
        try:
            await asyncio.wait({work, ended}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
                return True
            return False
        finally:
            self.leads = False
            for task in (work, ended):
                task.cancel()
            await asyncio.gather(work, ended, return_exceptions=True)
