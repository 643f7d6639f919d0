"""Durable background work: DBOS Transact embedded behind three methods. It holds the ids of jobs, nothing else.

What it is bought for: work that was handed over is taken up again after a crash, and by one worker only.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from integrations.database import dialect

if TYPE_CHECKING:
    from dbos import DBOSConfig

THREADS = 8  # unbounded, DBOS makes hundreds; with 4 to 8 it is faster and leaves turns alone (measured)
PATIENCE = 0.3  # seconds that running work gets to end by itself at closing
CarryOut = Callable[[str], Awaitable[None]]


class Workflows:
    """Starts work by its key, at most one of a key, and starts it again after a crash.

    On SQLite it needs a file of its own: in the file of the turns its writers would make them wait. `executor_id`
    must be stable over restarts and different for each process. One instance can be open in a process.
    """

    def __init__(self, url: str, *, executor_id: str = "local") -> None:
        self._url = url
        self._executor_id = executor_id
        self._engine: sa.Engine | None = None
        self._workflow: Callable[[str], Any] | None = None
        self._running: set[asyncio.Task[Any]] = set()

    async def open(self, carry_out: CarryOut) -> None:
        """Begin to work. `carry_out(key)` must not raise and must stand being called again after a crash."""
        from dbos import DBOS  # noqa: PLC0415 - half a second that commands without workers do not need

        async def job(key: str) -> None:
            task = asyncio.current_task()
            if task is None:
                raise AssertionError("workflows run in tasks")
            self._running.add(task)
            try:
                await carry_out(key)
            finally:
                self._running.discard(task)

        DBOS(config=self._config())
        self._workflow = DBOS.workflow(name="job")(job)
        DBOS.launch()  # inside the running loop, so that recovered work runs in it

    async def start(self, key: str) -> None:
        """Start the work of a key; does nothing when it was started before, in whatever process."""
        from dbos import DBOS, SetWorkflowID  # noqa: PLC0415

        if self._workflow is None:
            raise AssertionError("open the workflows first")
        with SetWorkflowID(key):
            await DBOS.start_workflow_async(self._workflow, key)

    async def close(self) -> None:
        """Stop. What is still running is broken off and taken up at the next start."""
        from dbos import DBOS  # noqa: PLC0415

        if self._running:
            await asyncio.wait(self._running, timeout=PATIENCE)
        for task in tuple(self._running):
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True)
        if self._engine is not None:
            self._engine.dispose()

    def _config(self) -> "DBOSConfig":
        config: DBOSConfig = {
            "name": "lendline",
            "executor_id": self._executor_id,
            # Constant: with the default, a hash of the code, every deployment would strand what is under way.
            "application_version": "1",
            "max_executor_threads": THREADS,
            "log_level": "CRITICAL",
            "enable_otlp": False,
        }
        if dialect.is_sqlite(self._url):
            self._engine = dialect.workflow_engine(self._url, time.time)
            config["system_database_engine"] = self._engine
            config["system_database_url"] = self._url
        else:
            config["system_database_url"] = "postgresql://" + self._url.partition("://")[2]
        return config
