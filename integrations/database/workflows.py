"""Durable background work: DBOS Transact embedded behind three methods. It holds the ids of jobs, nothing else.

What it is bought for: work that was handed over is taken up again after a crash, and by one worker only.
"""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
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

    DBOS lives in a thread with an event loop of its own, because it takes over the thread pool of the loop it is in.
    The work itself runs in the loop that opened this.
    """

    def __init__(self, url: str, *, executor_id: str = "local") -> None:
        self._url = url
        self._executor_id = executor_id
        self._engine: sa.Engine | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._closing = False
        self._start: Callable[[str], Coroutine[Any, Any, None]] | None = None

    async def open(self, carry_out: CarryOut) -> None:
        """Begin to work. `carry_out(key)` must not raise and must stand being called again after a crash."""
        self._loop = asyncio.new_event_loop()
        ready: Future[None] = Future()
        ready.set_running_or_notify_cancel()  # who opens may be cancelled, and the thread still ends in order
        self._thread = threading.Thread(
            target=self._live,
            args=(self._loop, carry_out, asyncio.get_running_loop(), ready),
            name="workflows",
            daemon=True,
        )
        self._thread.start()
        await asyncio.wrap_future(ready)

    async def start(self, key: str) -> None:
        """Start the work of a key; does nothing when it was started before, in whatever process."""
        if self._start is None or self._loop is None:
            raise AssertionError("open the workflows first")
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._start(key), self._loop))

    async def close(self) -> None:
        """Stop. What is still running is broken off and taken up at the next start."""
        self._closing = True
        if self._running:
            await asyncio.wait(self._running, timeout=PATIENCE)
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
        if self._thread is not None and self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            await asyncio.to_thread(self._thread.join)

    def _live(
        self,
        loop: asyncio.AbstractEventLoop,
        carry_out: CarryOut,
        home: asyncio.AbstractEventLoop,
        ready: "Future[None]",
    ) -> None:
        """The life of the thread: launch, serve until `close`, destroy."""
        from dbos import DBOS, SetWorkflowID  # noqa: PLC0415 - half a second that commands without workers do not need

        async def job(key: str) -> None:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._at_home(carry_out, key), home))

        async def launch() -> None:
            DBOS(config=self._config())
            workflow = DBOS.workflow(name="job")(job)

            async def start(key: str) -> None:
                with SetWorkflowID(key):
                    await DBOS.start_workflow_async(workflow, key)

            DBOS.launch()
            self._start = start

        try:
            loop.run_until_complete(launch())
        except Exception as error:  # whoever opens must hear why
            ready.set_exception(error)
        else:
            ready.set_result(None)
            if not self._closing:
                loop.run_forever()
            _wind_down(loop)
        DBOS.destroy(destroy_registry=True)
        loop.close()
        if self._engine is not None:
            self._engine.dispose()

    async def _at_home(self, carry_out: CarryOut, key: str) -> None:
        task = asyncio.current_task()
        if self._closing or task is None:
            raise asyncio.CancelledError  # not an outcome: the work is taken up at the next start
        self._running.add(task)
        try:
            await carry_out(key)
        finally:
            self._running.discard(task)

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


def _wind_down(loop: asyncio.AbstractEventLoop) -> None:
    """Let the ends of workflows be recorded, then cancel what is left."""

    async def wind_down() -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        if tasks:
            _, left = await asyncio.wait(tasks, timeout=PATIENCE)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    loop.run_until_complete(wind_down())
