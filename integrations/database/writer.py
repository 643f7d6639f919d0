"""The one writing thread of an SQLite file, with group commit.

Functions that wait together share one transaction and one fsync. When one of them fails, the transaction is undone and
all run once more, each in a savepoint of its own: so a function may be called twice, and must only write here.
Measured: several writing connections give "database is locked" or seconds of waiting, one thread gives the most turns.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import NamedTuple

import sqlalchemy as sa

from integrations.database.dialect import writing
from integrations.database.news import News, collect

GROUP = 64
Work = Callable[[sa.Connection], object]


class _Task(NamedTuple):
    work: Work
    future: "asyncio.Future[object]"


class _Outcome(NamedTuple):
    result: object
    error: Exception | None


class Writer:
    """Runs functions one after another in the order of `submit`; their futures are resolved after the COMMIT."""

    def __init__(
        self, engine: sa.Engine, loop: asyncio.AbstractEventLoop, tell: Callable[[tuple[News, ...]], None]
    ) -> None:
        self._engine = engine
        self._loop = loop
        self._tell = tell
        self._queue: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="database-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> "asyncio.Future[object]":
        """Queue a function, which may be called twice. Its exception undoes what it wrote and nothing else."""
        future: asyncio.Future[object] = self._loop.create_future()
        self._queue.put(_Task(work, future))
        return future

    def close(self) -> None:
        """Finish what is queued and end the thread. Blocks."""
        self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        going_on = True
        while going_on:
            with self._engine.begin() as connection:  # a fresh one after trouble
                well = True
                while going_on and well:
                    batch, going_on = self._gather()
                    if batch:
                        outcomes, news = _commit(connection, batch)
                        well = all(outcome.error is None for outcome in outcomes)
                        self._hand_back(batch, outcomes, news)

    def _gather(self) -> tuple[list[_Task], bool]:
        batch: list[_Task] = []
        item = self._queue.get()
        while item is not None:
            batch.append(item)
            if len(batch) == GROUP:
                return batch, True
            try:
                item = self._queue.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _hand_back(self, batch: Sequence[_Task], outcomes: Sequence[_Outcome], news: tuple[News, ...]) -> None:
        try:
            self._loop.call_soon_threadsafe(self._deliver, batch, outcomes, news)
        except RuntimeError:  # the loop is closed: nobody waits any more
            return

    def _deliver(self, batch: Sequence[_Task], outcomes: Sequence[_Outcome], news: tuple[News, ...]) -> None:
        for task, outcome in zip(batch, outcomes, strict=True):
            if task.future.done():  # its caller has given up waiting
                continue
            if outcome.error is None:
                task.future.set_result(outcome.result)
            else:
                task.future.set_exception(outcome.error)
        if news:
            self._tell(news)


def _commit(connection: sa.Connection, batch: Sequence[_Task]) -> tuple[list[_Outcome], tuple[News, ...]]:
    outcomes: list[_Outcome] = []
    try:
        with writing(connection):
            for task in batch:
                outcomes.append(_Outcome(task.work(connection), None))  # noqa: PERF401 - how far it got is asked below
    except Exception as error:  # whatever it is, those who wait must learn of it
        collect(connection)
        if len(outcomes) == len(batch) or len(batch) == 1:
            return [_Outcome(None, error)] * len(batch), ()
        return _commit_apart(connection, batch)
    return outcomes, collect(connection)


def _commit_apart(connection: sa.Connection, batch: Sequence[_Task]) -> tuple[list[_Outcome], tuple[News, ...]]:
    try:
        with writing(connection):
            outcomes = [_attempt(connection, task) for task in batch]
    except Exception as error:
        collect(connection)
        return [_Outcome(None, error)] * len(batch), ()
    return outcomes, collect(connection)


def _attempt(connection: sa.Connection, task: _Task) -> _Outcome:
    try:
        with connection.begin_nested():
            return _Outcome(task.work(connection), None)
    except Exception as error:  # it belongs to the caller of this function only
        return _Outcome(None, error)
