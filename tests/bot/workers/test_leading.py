"""One of several processes leads; another takes over when it ends, and nothing is sent by two."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.channels import Pace
from bot.workers import leading
from bot.workers.leading import Leading
from bot.workers.outbox import Outbox
from integrations.database.engine import Database
from integrations.database.session import Session
from tests import databases
from tests.bot.parts import FakeChannel, Flow, arrival, echo, parts


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leading, "LOOK", 0.02)


async def test_a_lock_is_held_once_and_free_again_after_its_release(tmp_path: Path) -> None:
    async with parts(tmp_path) as one, parts(tmp_path) as other:
        for _ in range(3):
            hold = await one.db.try_lock("outbox:chat")
            assert hold is not None
            assert await one.db.try_lock("outbox:chat") is None
            assert await other.db.try_lock("outbox:chat") is None
            elsewhere = await other.db.try_lock("outbox:web")
            assert elsewhere is not None
            hold.release()
            hold.release()
            elsewhere.release()
            await asyncio.sleep(0.02)
            taken = await other.db.try_lock("outbox:chat")
            assert taken is not None
            taken.release()
            await asyncio.sleep(0.02)


async def test_who_stands_by_takes_over(tmp_path: Path) -> None:
    async with parts(tmp_path) as one, parts(tmp_path) as other:
        leads: list[str] = []

        def work(name: str) -> Leading:
            async def lead() -> None:
                leads.append(name)
                await asyncio.Event().wait()

            return Leading((one if name == "one" else other).db, "poll", lead)

        first, second = work("one"), work("other")
        tasks = [asyncio.create_task(first.run())]
        await until(lambda: leads == ["one"])
        tasks.append(asyncio.create_task(second.run()))
        await asyncio.sleep(0.1)
        assert leads == ["one"]
        assert (first.leads, second.leads) == (True, False)
        tasks[0].cancel()
        await asyncio.gather(tasks[0], return_exceptions=True)
        await until(lambda: leads == ["one", "other"])
        tasks[1].cancel()
        await asyncio.gather(tasks[1], return_exceptions=True)


async def test_two_senders_deliver_each_message_once_and_in_order_also_across_a_take_over(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"say": echo})) as one, parts(tmp_path, Flow({"say": echo})) as other:
        channels = [FakeChannel(its.clock, pace=Pace(per_chat=0, overall=1000)) for its in (one, other)]
        senders = [
            Outbox(its.db, {"chat": channel}, its.sealer, its.clock)
            for its, channel in zip((one, other), channels, strict=True)
        ]
        for sender in senders:
            await sender.start()
        for number in range(10):
            await other.door.take(arrival(f"say {number}"))
        await until(lambda: len(channels[0].texts + channels[1].texts) == 10)
        leader = 0 if channels[0].texts else 1  # whoever was first to ask
        await senders[leader].close()
        for number in range(10, 20):
            await one.door.take(arrival(f"say {number}"))
        await until(lambda: len(channels[0].texts + channels[1].texts) == 20)
        await senders[1 - leader].close()
        expected = [f"say {number}" for number in range(20)]
        assert channels[leader].texts + channels[1 - leader].texts == expected
        assert channels[0].texts


@pytest.mark.skipif(not databases.is_postgresql(), reason="a file's lock cannot be lost: the kernel keeps it")
async def test_a_leader_whose_connection_breaks_stops_and_leads_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.database.session.LOOK", 0.05)
    async with parts(tmp_path) as its:
        begun: list[int] = []

        async def lead() -> None:
            begun.append(1)
            await asyncio.Event().wait()

        task = asyncio.create_task(Leading(its.db, "poll", lead).run())
        await until(lambda: len(begun) == 1)
        await _break_sessions(its.db)
        await until(lambda: len(begun) == 2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.skipif(not databases.is_postgresql(), reason="other processes hear of a file's commits by looking")
async def test_a_commit_wakes_other_processes(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"say": echo})) as one, parts(tmp_path) as other:
        with other.door.subscribe() as feed:
            taken = await one.door.take(arrival("say hello"))
            async with asyncio.timeout(2):
                committed = await anext(feed)
        assert (committed.conversation_id, committed.event_id) == (taken.conversation_id, taken.event_id)


async def until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for happens in other tasks' plain lists
            await asyncio.sleep(0.01)


async def _break_sessions(database: Database) -> None:
    """What an administrator or a failing network does to idle connections."""
    session: object = getattr(database, "session", None)
    assert isinstance(session, Session)
    await database.run(
        lambda connection: connection.exec_driver_sql(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid in (select pid from pg_locks where locktype = 'advisory')"
        )
    )
