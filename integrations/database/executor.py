"""DBOS in a thread with an event loop of its own, because it takes over the thread pool of the loop it is in."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from integrations.database import dialect

if TYPE_CHECKING:
    from dbos import DBOSConfig

THREADS = 8  # unbounded, DBOS makes hundreds; with 4 to 8 it is faster and leaves turns alone (measured)
PATIENCE = 0.3  # seconds in which the ends of workflows are recorded at the stop
AT_ONCE = 1_000
T = TypeVar("T")
Job = Callable[[str], Coroutine[Any, Any, None]]


class Executor:
    """One executor of DBOS; `name` must be stable over restarts and different for each process."""

    def __init__(self, url: str, name: str, job: Job) -> None:
        self._url = url
        self._name = name
        self._job = job
        self._engine: sa.Engine | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._live, name="workflows", daemon=True)
        self._launched: Future[Job] = Future()
        self._stopping = False

    async def launch(self) -> None:
        """Start the thread; returns when it is at work, raises why it is not."""
        self._launched.set_running_or_notify_cancel()  # who launches may be cancelled, and the thread ends in order
        self._thread.start()
        await asyncio.wrap_future(self._launched)

    async def stop(self) -> None:
        """End the thread."""
        self._stopping = True
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            await asyncio.to_thread(self._thread.join)

    async def start(self, key: str) -> None:
        """Start the workflow of a key; one that is known is left as it is."""
        await self._there(self._launched.result()(key))

    async def others_with_work(self) -> tuple[str, ...]:
        """The executors beside this one that have workflows under way, dead or alive."""
        return await self._there(self._others())

    async def take_over(self, executor: str) -> None:
        """Have the workflows that an executor has under way started again by whoever is free."""
        await self._there(self._resume(executor))

    async def forget(self, before: datetime) -> int:
        """Delete workflows that ended before a time, some at most; how many that were."""
        return await self._there(self._delete(before))

    async def _there(self, call: Coroutine[Any, Any, T]) -> T:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(call, self._loop))

    def _live(self) -> None:
        """The life of the thread: launch, serve until `stop`, destroy."""
        from dbos import DBOS  # noqa: PLC0415 - half a second that commands without workers do not need

        try:
            start = self._loop.run_until_complete(self._launch())
        except Exception as error:  # whoever launches must hear why
            self._launched.set_exception(error)
        else:
            self._launched.set_result(start)
            if not self._stopping:
                self._loop.run_forever()
            self._loop.run_until_complete(_wind_down())
        DBOS.destroy(destroy_registry=True)
        self._loop.close()
        if self._engine is not None:
            self._engine.dispose()

    async def _launch(self) -> Job:
        from dbos import DBOS, SetWorkflowID  # noqa: PLC0415

        DBOS(config=self._config())
        # Attempts are counted by the job itself: a workflow that is given up here would leave it open for ever.
        workflow = DBOS.workflow(name="job", max_recovery_attempts=None)(self._job)

        async def start(key: str) -> None:
            with SetWorkflowID(key):
                await DBOS.start_workflow_async(workflow, key)

        DBOS.launch()
        return start

    async def _others(self) -> tuple[str, ...]:
        from dbos import DBOS  # noqa: PLC0415

        found = await DBOS.list_workflows_async(status="PENDING", load_input=False, load_output=False, limit=AT_ONCE)
        return tuple(sorted({each.executor_id for each in found if each.executor_id} - {self._name}))

    async def _resume(self, executor: str) -> None:
        from dbos import DBOS  # noqa: PLC0415

        found = await DBOS.list_workflows_async(
            status="PENDING", executor_id=executor, load_input=False, load_output=False
        )
        await DBOS.resume_workflows_async([each.workflow_id for each in found])

    async def _delete(self, before: datetime) -> int:
        from dbos import DBOS  # noqa: PLC0415

        found = await DBOS.list_workflows_async(
            status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
            completed_before=before.isoformat(),
            load_input=False,
            load_output=False,
            limit=AT_ONCE,
        )
        await DBOS.delete_workflows_async([each.workflow_id for each in found])
        return len(found)

    def _config(self) -> "DBOSConfig":
        config: DBOSConfig = {
            "name": "lendline",
            "executor_id": self._name,
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


async def _wind_down() -> None:
    """Let the ends of workflows be recorded, then cancel what is left."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    if tasks:
        _, left = await asyncio.wait(tasks, timeout=PATIENCE)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
