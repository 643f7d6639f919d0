"""Background work: started once, its result once through the door, mistakes bounded, erased consents respected."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from bot.workers.jobs import SLOW_AT_ONCE, Handler, Jobs
from flows.effects import Effect, Erase, ReadFile, StartPull
from flows.errors import SourceUnavailable
from flows.events import Arrival, PullFailed
from flows.messages import Attachment
from integrations.database import dialect
from integrations.database.locks import FileLocks
from integrations.database.workflows import Workflows
from tests import databases
from tests.bot.parts import START, Flow, Parts, arrival, parts, pull

CONVERSATION = "conversation-chat-ann"


class TaskEngine:
    """A workflow engine without memory: it starts each key once, as a task."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._carry_out: Callable[[str], Awaitable[None]] | None = None

    async def open(self, carry_out: Callable[[str], Awaitable[None]]) -> None:
        self._carry_out = carry_out

    async def start(self, key: str) -> None:
        async def work() -> None:
            assert self._carry_out is not None
            await self._carry_out(key)

        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(work())

    async def rescue(self) -> None:
        """Nobody else is at work."""

    async def forget(self, before: datetime) -> int:
        """It keeps nothing."""
        del before
        return 0

    async def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)


class Puller:
    """A handler that remembers what it was asked."""

    def __init__(self, *faults: Exception, hold: asyncio.Event | None = None) -> None:
        self.keys: list[str] = []
        self.at_once = self.most_at_once = 0
        self._faults = list(faults)
        self._hold = hold
        self._begun = asyncio.Event()

    async def begun(self) -> None:
        """Wait until it is asked for the first time."""
        async with asyncio.timeout(10):
            await self._begun.wait()

    async def __call__(self, key: str, conversation_id: str, job: StartPull) -> Arrival | None:
        self.keys.append(key)
        self._begun.set()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self._hold is not None:
                await self._hold.wait()
            if self._faults:
                raise self._faults.pop(0)
        finally:
            self.at_once -= 1
        event = PullFailed(source="bank", consent_id=job.consent.id, attempt=1, fact="unavailable")
        return Arrival(origin="job", external_id=key, event=event, at=START, conversation_id=conversation_id)


@asynccontextmanager
async def working(
    its: Parts,
    pull_handler: Handler,
    engine: TaskEngine | Workflows | None = None,
    more: Mapping[str, Handler] | None = None,
) -> AsyncIterator[None]:
    work = Jobs(
        its.db,
        its.door,
        {"start_pull": pull_handler, **(more or {})},
        its.sealer,
        its.clock,
        engine=engine or TaskEngine(),
        waits=(0.01, 0.02),
    )
    await work.start()
    try:
        yield
    finally:
        await work.close()


def pulling(count: int = 1) -> Flow:
    effects: tuple[Effect, ...] = tuple(pull(number) for number in range(count))
    return Flow({"pull": lambda *_: effects, "revoke": lambda *_: (Erase(consent_id="c-0"),)})


async def test_a_jobs_result_enters_by_the_door_once_and_ends_the_job(tmp_path: Path) -> None:
    async with parts(tmp_path, pulling(3)) as its:
        puller = Puller()
        async with working(its, puller):
            await its.door.take(arrival("pull"))
            assert await its.door.settled(CONVERSATION, 5)
        assert sorted(puller.keys) == ["start_pull:1:0", "start_pull:1:1", "start_pull:1:2"]
        assert (await its.state()).trail == ("pull", *["pull_failed"] * 3)
        assert await its.rows("select state, attempts, length(body) from job") == [("done", 1, 0)] * 3
        results = await its.rows("select external_id from event where origin = 'job'")
        assert sorted(results) == sorted((key,) for key in puller.keys)


async def test_at_most_sixteen_jobs_run_at_once(tmp_path: Path) -> None:
    async with parts(tmp_path, pulling(40)) as its:
        hold = asyncio.Event()
        puller = Puller(hold=hold)
        async with working(its, puller):
            await its.door.take(arrival("pull"))
            asyncio.get_running_loop().call_later(0.2, hold.set)
            assert await its.door.settled(CONVERSATION, 5)
        assert puller.most_at_once == 16
        assert len(puller.keys) == 40


async def test_a_pile_of_photos_holds_up_nobody_elses_work(tmp_path: Path) -> None:
    photo = Attachment(file_id="f")
    photos = tuple(ReadFile(document_id=f"d-{number}", channel="chat", file=photo) for number in range(20))
    flow = Flow({"album": lambda *_: photos, "pull": lambda *_: (pull(),)})
    async with parts(tmp_path, flow) as its:
        hold, reading = asyncio.Event(), 0

        async def read(key: str, conversation_id: str, job: ReadFile) -> Arrival | None:
            nonlocal reading
            del key, conversation_id, job
            reading += 1
            await hold.wait()
            return None

        puller = Puller()
        async with working(its, puller, more={"read_file": read}):
            await its.door.take(arrival("album"))
            await its.door.take(arrival("pull", address="ben"))
            await puller.begun()
            assert await its.door.settled("conversation-chat-ben", 5)
            assert reading <= SLOW_AT_ONCE
            hold.set()
            assert await its.door.settled(CONVERSATION, 5)
        assert reading == 20


async def test_a_passing_mistake_is_tried_again(tmp_path: Path) -> None:
    async with parts(tmp_path, pulling()) as its:
        puller = Puller(KeyError("a"), SourceUnavailable("bank", "down"))
        async with working(its, puller):
            await its.door.take(arrival("pull"))
            assert await its.door.settled(CONVERSATION, 5)
        assert len(puller.keys) == 3
        assert await its.rows("select state, attempts from job") == [("done", 3)]


async def test_a_lasting_mistake_ends_the_job_and_is_told_to_staff(tmp_path: Path) -> None:
    async with parts(tmp_path, pulling()) as its:
        puller = Puller(*[KeyError("account 6222020000001111") for _ in range(9)])
        async with working(its, puller):
            await its.door.take(arrival("pull"))
            assert await its.door.settled(CONVERSATION, 5)
        assert len(puller.keys) == 3
        assert await its.rows("select state, error from job") == [("failed", "KeyError")]
        assert await its.rows("select kind, text from event where origin = 'system'") == [
            ("job_failed", "start_pull: KeyError")
        ]
        assert await its.column("alert") == "job_failed"


async def test_work_for_an_erased_consent_has_no_result(tmp_path: Path) -> None:
    """The consent is revoked while the source is being asked."""
    async with parts(tmp_path, pulling()) as its:
        hold = asyncio.Event()
        puller = Puller(hold=hold)
        async with working(its, puller):
            await its.door.take(arrival("pull"))
            await puller.begun()
            await its.door.take(arrival("revoke"))
            hold.set()
            assert await its.door.settled(CONVERSATION, 5)
        assert (await its.state()).trail == ("pull", "revoke")
        assert await its.rows("select state from job") == [("cancelled",)]


async def test_a_kind_without_a_handler_fails_and_is_told_to_staff(tmp_path: Path) -> None:
    async with parts(tmp_path, pulling()) as its:
        work = Jobs(its.db, its.door, {}, its.sealer, its.clock, engine=TaskEngine(), waits=(0, 0))
        await work.start()
        await its.door.take(arrival("pull"))
        assert await its.door.settled(CONVERSATION, 5)
        await work.close()
        assert await its.rows("select state, error from job") == [("failed", "KeyError")]


async def test_the_workflow_engine_does_the_work_and_keeps_only_ids(tmp_path: Path) -> None:
    url = databases.url_for(tmp_path, "work")
    async with parts(tmp_path, pulling(5)) as its:
        puller = Puller()
        async with working(its, puller, Workflows(url, its.db)):
            await its.door.take(arrival("pull"))
            assert await its.door.settled(CONVERSATION, 5)
            started = time.perf_counter()
        assert time.perf_counter() - started < 2
        assert sorted(puller.keys) == [f"start_pull:1:{number}" for number in range(5)]
    ended, dump = everything_kept(url)
    assert ended == 5
    assert "REG-OF-ANN" not in dump
    assert "acme" not in dump


def everything_kept(url: str) -> tuple[int, str]:
    """How many workflows ended well, and all that the workflow engine keeps of them."""
    engine = sa.create_engine(dialect.synchronous_url(url), poolclass=sa.NullPool)
    metadata = sa.MetaData(schema=None if dialect.is_sqlite(url) else "dbos")
    with closing(engine.connect()) as connection:
        metadata.reflect(connection)
        rows = {table.name: connection.execute(sa.select(table)).all() for table in metadata.tables.values()}
    ended = sum(1 for row in rows["workflow_status"] if row.status == "SUCCESS")
    return ended, "\n".join(str(row) for kept in rows.values() for row in kept)


async def test_work_that_was_broken_off_is_taken_up_after_a_restart(tmp_path: Path) -> None:
    """Even when the workflow engine has lost its file."""
    async with parts(tmp_path, pulling()) as its:
        stuck = Puller(hold=asyncio.Event())
        async with working(its, stuck, Workflows(databases.url_for(tmp_path, "work"), its.db)):
            await its.door.take(arrival("pull"))
            await stuck.begun()
        assert await its.rows("select state from job") == [("handed",)]
        puller = Puller()
        async with working(its, puller, Workflows(databases.url_for(tmp_path, "another"), its.db)):
            assert await its.door.settled(CONVERSATION, 5)
        assert puller.keys == stuck.keys
        assert (await its.state()).trail == ("pull", "pull_failed")


async def nothing(_key: str) -> None:
    """Work that is none."""


async def test_closing_while_the_engine_is_still_starting_leaves_nothing_behind(tmp_path: Path) -> None:
    locks = FileLocks(tmp_path / "place")
    for _ in range(2):
        engine = Workflows(databases.url_for(tmp_path, "work"), locks)
        opening = asyncio.create_task(engine.open(nothing))
        await asyncio.sleep(0)
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        await engine.close()
    engine = Workflows(databases.url_for(tmp_path, "work"), locks)
    done = asyncio.Event()

    async def carry_out(_key: str) -> None:
        done.set()

    await engine.open(carry_out)
    await engine.start("key")
    async with asyncio.timeout(10):
        await done.wait()
    await engine.close()
