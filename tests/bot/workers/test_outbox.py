"""Delivery: order and pace per chat, edits coalesced, faults told apart, a person never talked over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.channels import ChatBlocked, Pace, PerhapsDelivered, TooFast, Undeliverable
from bot.workers.outbox import Outbox
from flows.effects import Effect, Speak
from flows.events.staff import StaffTook
from flows.messages import Say
from tests.bot.parts import START, FakeChannel, Flow, Parts, TurningAlarm, about, arrival, echo, parts, says

SAY = {"say": echo}


@asynccontextmanager
async def sending(its: Parts, channel: FakeChannel) -> AsyncIterator[None]:
    """The outbox at work on a clock that is turned whenever everybody sleeps."""
    outbox = Outbox(its.db, {channel.name: channel}, its.sealer, its.clock, alarm=lambda: TurningAlarm(its.clock))
    await outbox.start()
    try:
        yield
    finally:
        await outbox.close()


async def settled(its: Parts, *addresses: str) -> None:
    for address in addresses or ("ann",):
        assert await its.door.settled(f"conversation-chat-{address}", 8)


def card(text: str, revision: int, *, replace: bool = False) -> Effect:
    return Speak(say=Say(text=text, slot="card", revision=revision, replace=replace))


async def test_messages_leave_in_order_and_at_the_pace_of_the_chat(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"go": says("1", "2", "3")})) as its:
        channel = FakeChannel(its.clock, pace=Pace(per_chat=1, overall=30))
        await its.door.take(arrival("go"))
        await its.door.take(arrival("go", address="bob"))
        async with sending(its, channel):
            await settled(its, "ann", "bob")
        for address in ("ann", "bob"):
            mine = [delivery for delivery in channel.deliveries if delivery.address == address]
            assert [delivery.text for delivery in mine] == ["1", "2", "3"]
            gaps = [(b.at - a.at).total_seconds() for a, b in pairwise(mine)]
            assert all(1.0 <= gap < 2.0 for gap in gaps)


async def test_no_second_sees_more_messages_than_the_channel_takes(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow(SAY)) as its:
        channel = FakeChannel(its.clock, pace=Pace(per_chat=1, overall=5))
        addresses = [f"a{number}" for number in range(17)]
        await asyncio.gather(*(its.door.take(arrival("say", address=address)) for address in addresses))
        async with sending(its, channel):
            await settled(its, *addresses)
        times = [delivery.at for delivery in channel.deliveries]
        assert len(times) == 17
        for start in times:
            assert sum(0 <= (time - start).total_seconds() < 1 for time in times) <= 5
        assert (times[-1] - times[0]).total_seconds() < 5


async def test_at_most_sixteen_are_in_flight(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow(SAY)) as its:
        channel = FakeChannel(its.clock, hold=asyncio.Event())
        addresses = [f"a{number}" for number in range(20)]
        await asyncio.gather(*(its.door.take(arrival("say", address=address)) for address in addresses))
        async with sending(its, channel):
            await channel.until_tried(16)
            await asyncio.sleep(0.05)
            assert channel.hold is not None
            channel.hold.set()
            await settled(its, *addresses)
        assert channel.most_in_flight == 16
        assert len(channel.deliveries) == 20


async def test_only_the_newest_waiting_edit_of_a_slot_is_sent(tmp_path: Path) -> None:
    edits = tuple(Speak(say=Say(text=f"{done} of 3", slot="progress", replace=done > 0)) for done in range(4))
    async with parts(tmp_path, Flow({"go": lambda *_: edits})) as its:
        channel = FakeChannel(its.clock, pace=Pace(per_chat=1, overall=30))
        await its.door.take(arrival("go"))
        async with sending(its, channel):
            await settled(its)
        assert [(delivery.text, delivery.previous) for delivery in channel.deliveries] == [
            ("0 of 3", None),
            ("3 of 3", "m1"),
        ]


async def test_an_edit_is_not_skipped_for_one_behind_a_new_card(tmp_path: Path) -> None:
    said = (card("old", 1), card("old, done", 2, replace=True), card("new", 3), card("new, done", 4, replace=True))
    async with parts(tmp_path, Flow({"go": lambda *_: said})) as its:
        channel = FakeChannel(its.clock)
        await its.door.take(arrival("go"))
        async with sending(its, channel):
            await settled(its)
        assert [(delivery.text, delivery.previous) for delivery in channel.deliveries] == [
            ("old", None),
            ("old, done", "m1"),
            ("new", None),
            ("new, done", "m3"),
        ]
        assert channel.retired == ["m1"]


async def test_a_retire_that_fails_harms_nothing(tmp_path: Path) -> None:
    class Forgetful(FakeChannel):
        async def retire(self, address: str, message_id: str) -> None:
            raise Undeliverable("message to edit not found")

    said = (card("one", 1), card("two", 2), Speak(say=Say(text="three")))
    async with parts(tmp_path, Flow({"go": lambda *_: said})) as its:
        channel = Forgetful(its.clock)
        await its.door.take(arrival("go"))
        async with sending(its, channel):
            await settled(its)
        assert channel.texts == ["one", "two", "three"]


async def test_too_fast_is_obeyed_and_not_counted(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"go": says("1", "2")})) as its:
        channel = FakeChannel(its.clock, faults={"1": [TooFast(7) for _ in range(6)]})
        await its.door.take(arrival("go"))
        async with sending(its, channel):
            await settled(its)
        assert channel.texts == ["1", "2"]
        assert 42 <= (channel.deliveries[0].at - START).total_seconds() < 50


async def test_when_two_chats_are_too_fast_all_wait(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow(SAY)) as its:
        faults: dict[str, list[Exception]] = {"say a": [TooFast(5)], "say b": [TooFast(5)]}
        channel = FakeChannel(its.clock, faults=faults)
        for address in "ab":
            await its.door.take(arrival(f"say {address}", address=address))
        async with sending(its, channel):
            await channel.until_tried(2)
            await its.door.take(arrival("say c", address="c"))
            await settled(its, "a", "b", "c")
        late = next(delivery for delivery in channel.deliveries if delivery.address == "c")
        assert (late.at - START).total_seconds() >= 4.9


async def test_a_blocked_chat_is_marked_and_told_to_staff_until_the_owner_is_back(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"go": says("1", "2"), "back": says("3")})) as its:
        channel = FakeChannel(its.clock, faults={"1": [ChatBlocked("bot was blocked")]})
        await its.door.take(arrival("go"))
        async with sending(its, channel):
            await settled(its)
            assert channel.texts == []
            assert await its.column("blocked_at") is not None
            assert await its.column("alert") == "chat_blocked"
            assert await its.rows("select state, error from outbox") == [("dropped", "blocked")] * 2
            await its.door.take(arrival("back"))
            await settled(its)
        assert channel.texts == ["3"]


async def test_what_may_have_arrived_is_not_repeated(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"go": says("1", "2")})) as its:
        channel = FakeChannel(its.clock, faults={"1": [PerhapsDelivered("timed out")]})
        await its.door.take(arrival("go"))
        async with sending(its, channel):
            await settled(its)
        assert channel.tried == ["1", "2"]
        assert await its.rows("select state from outbox order by id") == [("perhaps",), ("sent",)]


@pytest.mark.parametrize(("fault", "tries"), [(Undeliverable("bad request"), 1), (OSError("no route"), 5)])
async def test_a_poisoned_message_becomes_a_dead_letter_and_the_queue_goes_on(
    tmp_path: Path, fault: Exception, tries: int
) -> None:
    async with parts(tmp_path, Flow({"go": says("bad", "good")})) as its:
        channel = FakeChannel(its.clock, faults={"bad": [fault] * 9})
        await its.door.take(arrival("go"))
        async with sending(its, channel):
            await settled(its)
        assert channel.tried == ["bad"] * tries + ["good"]
        error = type(fault).__name__
        assert await its.rows("select state, error from outbox order by id") == [("failed", error), ("sent", "")]
        assert await its.column("alert") == "message_failed"
        assert await its.rows("select text from event where kind = 'message_failed'") == [(error,)]


async def test_a_passing_failure_is_tried_again_later_in_order(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"go": says("1", "2")})) as its:
        channel = FakeChannel(its.clock, faults={"1": [OSError(), OSError()]})
        await its.door.take(arrival("go"))
        async with sending(its, channel):
            await settled(its)
        assert channel.texts == ["1", "2"]
        assert (channel.deliveries[0].at - START).total_seconds() >= 3


async def test_a_person_is_not_talked_over_by_a_message_that_had_to_wait(tmp_path: Path) -> None:
    """The assistant's message was under way when the person came, failed, and would be tried again."""
    flow = Flow({"go": says("from the assistant"), "staff_took": says("Mei is here", by="Mei")})
    async with parts(tmp_path, flow) as its:
        hold = asyncio.Event()
        channel = FakeChannel(its.clock, faults={"from the assistant": [OSError()]}, hold=hold)
        await its.door.take(arrival("go"))
        async with sending(its, channel):
            await channel.until_tried(1)
            await its.door.take(about(StaffTook(staff="s1", first_name="Mei")))
            hold.set()
            await settled(its)
        assert channel.texts == ["Mei is here"]
        assert await its.rows("select state, error from outbox order by id") == [("dropped", "person"), ("sent", "")]


async def test_after_a_crash_what_was_being_sent_is_sent_and_the_pace_goes_on(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"go": says("1", "2")})) as its:
        channel = FakeChannel(its.clock, pace=Pace(per_chat=0, overall=1))
        await its.door.take(arrival("go"))
        crashed = sa.text("update outbox set state = 'sending', attempts = 1 where id = 1")
        await its.db.run(lambda connection: connection.execute(crashed))
        async with sending(its, channel):
            await settled(its)
        assert channel.texts == ["1", "2"]
        assert (channel.deliveries[0].at - START).total_seconds() >= 1


async def test_a_restart_does_not_start_the_pace_anew(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow(SAY)) as its:
        channel = FakeChannel(its.clock, pace=Pace(per_chat=3, overall=30))
        for _ in range(2):
            await its.door.take(arrival("say"))
            async with sending(its, channel):
                await settled(its)
        assert (channel.deliveries[1].at - channel.deliveries[0].at).total_seconds() >= 3


async def test_closing_lets_what_is_under_way_arrive_and_keeps_the_rest(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"go": says("1", "2")})) as its:
        hold = asyncio.Event()
        channel = FakeChannel(its.clock, hold=hold)
        await its.door.take(arrival("go"))
        async with sending(its, channel):
            await channel.until_tried(1)
            asyncio.get_running_loop().call_later(0.05, hold.set)
        assert channel.texts == ["1"]
        assert await its.rows("select state from outbox order by id") == [("sent",), ("waiting",)]


async def test_an_unknown_channel_waits_for_a_process_that_has_it(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow(SAY)) as its:
        channel = FakeChannel(its.clock)
        await its.door.take(arrival("say hello", channel="telegram"))
        async with sending(its, channel):
            assert not await its.door.settled("conversation-telegram-ann", 0.1)
        assert channel.texts == []
