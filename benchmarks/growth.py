"""Whether a turn stays as fast as the log grows: `python -m benchmarks.growth [--database postgresql]`.

The same load on a database of 1,000 conversations and on one of 100,000 conversations with 5 million log rows, both
built here. Bar: p99 of a turn, of the list of staff, and of what operators look at, within 1.5 times.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.filled import fill, name_of
from benchmarks.turns import a_conversation, decide, poisson, quantiles
from bot.door.turns import Door
from bot.logs import configure
from flows.events import Arrival, OwnerSaid
from flows.messages import Heard, Say
from integrations.database import migrations
from integrations.database.engine import Database
from integrations.database.queries import desk, events, views
from integrations.database.queries.desk import Wanted
from integrations.database.sealing import Sealer
from integrations.database.tables import Place
from tests import databases

SIZES = {"small": 1_000, "large": 100_000}
LINES = 50  # of each conversation
LOOKS = 200
OPEN = Wanted(places=(Place.NEEDS, Place.PERSON, Place.ASSISTANT, Place.SNOOZED))
RATE = 60.0
BAR = 1.5


async def measure(url: str, sealer: Sealer, conversations: int, seconds: float) -> dict[str, float]:
    db = await Database.open(url)
    door = Door(db, decide, a_conversation, sealer, now, apology=lambda _: Say(text="sorry"))
    chance = random.Random(3)

    async def turn(number: int) -> None:
        heard = Heard(kind="text", text=f"about {number} people", message_id=str(number))
        taken = await door.take(
            Arrival(
                origin="telegram",
                external_id=str(number),
                event=OwnerSaid(heard=heard),
                at=now(),
                channel="telegram",
                address=name_of(chance.randrange(conversations)),
            )
        )
        if taken.duplicate or taken.failed:
            raise AssertionError(taken)

    async def look() -> None:
        await db.read(views.backlog)
        await db.read(events.since, 0, conversation_id=name_of(chance.randrange(conversations)))

    async def inbox() -> None:
        await db.read(desk.counts, "s-other")
        await db.read(desk.page, OPEN, "s-other")

    for number in range(-100, 0):
        await turn(number)
    times, _ = await poisson(RATE, seconds, turn)
    found = {"turn": times, "look": await timed(look), "list": await timed(inbox)}
    door.close()
    await db.close()
    return {
        f"{name}_{part}_ms": round(value, 2)
        for name, took in found.items()
        for part, value in zip(("p50", "p99"), quantiles(took), strict=True)
    }


async def timed(ask: Callable[[], Awaitable[None]]) -> list[float]:
    """Milliseconds of each of many calls, one after the other."""
    took = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        await ask()
        took.append((time.perf_counter() - began) * 1000)
    return took


def now() -> datetime:
    return datetime.now(UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--scale", type=float, default=1.0, help="a part of the large size, for a quick look")
    options = parser.parse_args()
    configure("text")
    found: dict[str, dict[str, float]] = {}
    sealer = Sealer([Sealer.new_key()])
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if options.database == "postgresql":
            os.environ[databases.SERVER] = stack.enter_context(databases.Server(durable=True)).url
        for name, conversations in SIZES.items():
            scale = options.scale if name == "large" else 1.0
            count = int(conversations * scale)
            url = databases.url_for(folder, name) if databases.is_postgresql() else f"sqlite:///{folder / name}"
            migrations.upgrade(url)
            began = time.monotonic()
            fill(url, sealer, lambda name: a_conversation("telegram", name, now()), (count, LINES), now())
            print(f"{name}: built in {time.monotonic() - began:.0f} s", file=sys.stderr)
            found[name] = asyncio.run(measure(url, sealer, count, options.seconds))
    ratios = {key: round(found["large"][key] / found["small"][key], 2) for key in found["small"]}
    print(json.dumps({"database": options.database, **found, "ratios": ratios, "bar": BAR}))
    sys.exit(0 if max(ratios["turn_p99_ms"], ratios["list_p99_ms"]) <= BAR else 1)


if __name__ == "__main__":
    main()
