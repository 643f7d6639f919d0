"""Timers: once, when they are due, also after a restart; moved and cancelled ones do not fire."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.workers.timers import Timers
from flows.effects import CancelTimer, SetTimer
from tests.bot.parts import START, Flow, Parts, TurningAlarm, arrival, parts


def wake(minutes: float, arg: str = "") -> SetTimer:
    return SetTimer(name="remind", arg=arg, due_at=START + timedelta(minutes=minutes))


@asynccontextmanager
async def ticking(its: Parts) -> AsyncIterator[None]:
    timers = Timers(its.db, its.door, its.clock, alarm=TurningAlarm(its.clock))
    await timers.start()
    try:
        yield
    finally:
        await timers.close()


async def fired(its: Parts, count: int) -> None:
    with its.door.subscribe() as feed:
        while len((await its.state()).trail) < count + 1:
            await anext(feed)


async def test_timers_fire_once_in_the_order_they_are_due(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"set": lambda *_: (wake(1, "b"), wake(0.5, "a"))})) as its:
        await its.door.take(arrival("set"))
        async with ticking(its):
            await fired(its, 2)
            assert its.clock.now >= START + timedelta(minutes=1)
        assert await its.rows("select text from event where kind = 'timer_fired' order by id") == [
            ("remind a",),
            ("remind b",),
        ]
        assert await its.rows("select count(*) from timer") == [(0,)]


async def test_a_flow_may_set_the_timer_again_when_it_fires(tmp_path: Path) -> None:
    def again(_conversation: object, _event: object, now: object) -> tuple[SetTimer, ...]:
        return (wake(5),) if now < START + timedelta(minutes=4) else ()  # type: ignore[operator]

    async with parts(tmp_path, Flow({"set": lambda *_: (wake(1),), "timer_fired": again})) as its:
        await its.door.take(arrival("set"))
        async with ticking(its):
            await fired(its, 2)
        assert (await its.state()).trail == ("set", "timer_fired", "timer_fired")


async def test_moved_and_cancelled_timers_do_not_fire_at_their_old_time(tmp_path: Path) -> None:
    flow = Flow(
        {
            "set": lambda *_: (wake(1, "moved"), wake(1, "cancelled"), wake(3, "kept")),
            "change": lambda *_: (wake(2, "moved"), CancelTimer(name="remind", arg="cancelled")),
        }
    )
    async with parts(tmp_path, flow) as its:
        await its.door.take(arrival("set"))
        await its.door.take(arrival("change"))
        async with ticking(its):
            await fired(its, 3)
        assert await its.rows("select text from event where kind = 'timer_fired' order by id") == [
            ("remind moved",),
            ("remind kept",),
        ]


async def test_two_processes_fire_a_timer_once(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"set": lambda *_: (wake(1),)})) as its:
        await its.door.take(arrival("set"))
        its.clock.turn(120)
        async with ticking(its), ticking(its):
            await fired(its, 1)
        assert (await its.state()).trail == ("set", "timer_fired")


async def test_what_came_due_while_nothing_ran_fires_once_after_the_restart(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"set": lambda *_: (wake(1),)})) as its:
        await its.door.take(arrival("set"))
    for _ in range(2):
        async with parts(tmp_path) as its:
            its.clock.turn(86_400)
            async with ticking(its):
                await fired(its, 1)
            assert (await its.state()).trail == ("set", "timer_fired")


async def test_a_failing_flow_does_not_make_its_timer_fire_for_ever(tmp_path: Path) -> None:
    def fails(*_: object) -> tuple[SetTimer, ...]:
        raise ZeroDivisionError

    async with parts(tmp_path, Flow({"set": lambda *_: (wake(1),), "timer_fired": fails})) as its:
        await its.door.take(arrival("set"))
        with its.door.subscribe() as feed:
            async with ticking(its):
                await anext(feed)
        assert await its.rows("select error from event where kind = 'timer_fired'") == [("ZeroDivisionError",)]
        assert await its.rows("select count(*) from timer") == [(0,)]
