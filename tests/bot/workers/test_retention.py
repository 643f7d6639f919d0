"""What is thrown away and what is kept; dead letters and given-up work, tried again."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.channels import Undeliverable
from bot.workers.outbox import Outbox
from bot.workers.retention import KEEP, KEEP_FAILED, Retention
from integrations.database.queries import jobs, outbox
from integrations.database.tables import JobState
from tests.bot.parts import FakeChannel, Flow, Parts, arrival, echo, parts, pull


async def nothing(_before: datetime) -> int:
    return 0


async def states(its: Parts) -> list[tuple[object, ...]]:
    return await its.rows("select state, count(*) from outbox group by state order by state")


async def test_what_has_left_goes_after_its_time_and_what_failed_later(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"say": echo})) as its:
        channel = FakeChannel(its.clock)
        channel.faults["say bad"] = [Undeliverable("no")]
        sender = Outbox(its.db, {"chat": channel}, its.sealer, its.clock)
        await sender.start()
        for text in ("say one", "say bad", "say two"):
            await its.door.take(arrival(text, address=text))
            await its.door.settled(f"conversation-chat-{text}", 5)
        await sender.close()
        assert await states(its) == [("failed", 1), ("sent", 2)]
        retention = Retention(its.db, its.clock, nothing)
        assert await retention.round() == 0
        its.clock.turn((KEEP + timedelta(days=1)).total_seconds())
        await its.door.take(arrival("say three", address="say one"))
        assert await retention.round() == 2
        assert await states(its) == [("failed", 1), ("waiting", 1)]
        its.clock.turn((KEEP_FAILED - KEEP).total_seconds())
        assert await retention.round() == 1
        assert await states(its) == [("waiting", 1)]
        assert await its.rows("select count(*) from event where actor = 'owner'") == [(4,)]


async def test_a_dead_letter_is_listed_and_sent_when_it_is_tried_again(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"say": echo})) as its:
        channel = FakeChannel(its.clock)
        channel.faults["say bad"] = [Undeliverable("no")]
        sender = Outbox(its.db, {"chat": channel}, its.sealer, its.clock)
        await sender.start()
        await its.door.take(arrival("say bad"))
        await its.door.take(arrival("say next"))
        assert await its.door.settled("conversation-chat-ann", 5)
        assert channel.texts == ["say next"]
        (letter,) = await its.db.read(outbox.dead_letters, 10)
        assert (letter.channel, letter.error) == ("chat", "Undeliverable")
        assert await its.db.run(outbox.retry, letter.id, its.clock())
        assert not await its.db.run(outbox.retry, letter.id, its.clock())
        assert await its.door.settled("conversation-chat-ann", 5)
        assert channel.texts == ["say next", "say bad"]
        assert await its.db.read(outbox.dead_letters, 10) == ()
        await sender.close()


async def test_given_up_work_is_tried_again_under_a_key_of_its_own(tmp_path: Path) -> None:
    """The workflow engine knows the old key as done and would not start it again."""
    async with parts(tmp_path, Flow({"pull": lambda *_: (pull(),)})) as its:
        await its.door.take(arrival("pull"))
        for expected in ("start_pull:1:0", "start_pull:1:0~1", "start_pull:1:0~2"):
            (key,) = await its.db.run(jobs.take, 5)
            assert key == expected
            assert await its.db.run(jobs.finish, key, its.clock(), state=JobState.FAILED, error="KeyError")
            (failed,) = await its.db.read(jobs.failed, 5)
            assert (failed.key, failed.error) == (key, "KeyError")
            assert await its.db.run(jobs.retry, key, its.clock())
            assert not await its.db.run(jobs.retry, key, its.clock())
