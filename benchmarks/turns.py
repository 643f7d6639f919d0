"""How long a turn takes, event in to COMMIT, under Poisson arrivals: `python -m benchmarks.turns [--seconds 8]`.

On SQLite with synchronous=FULL, beside a bare INSERT and COMMIT in the same process. Bar: p99 <= 20 ms at 100/s.
"""

import argparse
import asyncio
import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.door.turns import Door
from bot.logs import configure
from flows.application.values import Application, Candidate, FieldValue
from flows.conversation import Conversation
from flows.effects import Note, SetTimer, Speak
from flows.engine.decision import Decision
from flows.events import Arrival, Event, OwnerSaid
from flows.messages import Choice, Heard, Say
from integrations.database.engine import Database
from integrations.database.sealing import Sealer

CONVERSATIONS = 50
BAR_MS = 20.0
FIELDS = 60
SOURCES = ("registry", "tax", "bank")


def now() -> datetime:
    return datetime.now(UTC)


def a_conversation(channel: str, address: str, at: datetime) -> Conversation:
    """About 20 KB of state: every field with a candidate from some of three sources."""
    chance = random.Random(address)
    values = {
        f"field_{number}": FieldValue(
            candidates=tuple(
                Candidate(
                    field=f"field_{number}",
                    value=f"{chance.getrandbits(128):x} as long as an address",
                    source=source,
                    record=f"{source}/2026/{chance.getrandbits(64):x}",
                    consent_id=f"c-{address}-{source}",
                    observed_at=at,
                )
                for source in SOURCES[: 1 + number % 2]
            ),
            chosen=0,
        )
        for number in range(FIELDS)
    }
    return Conversation(
        id=f"conversation-{address}",
        channel=channel,
        address=address,
        started_at=at,
        application=Application(id=f"LA-{address}-1", started_at=at, values=values),
    )


def decide(before: Conversation, event: Event, at: datetime) -> Decision:
    """What a step does: take a value, note it, show the next card, move a reminder."""
    after = before.fork()
    after.revision += 1
    heard = event.heard.text if isinstance(event, OwnerSaid) else ""
    given = Candidate(field="field_1", value=heard, source="owner", observed_at=at, confirmed_at=at)
    after.application.values["field_1"] = FieldValue(candidates=(given,), chosen=0)
    rows = ((Choice(label="Yes", action="answer", arg="yes"), Choice(label="No", action="answer", arg="no")),)
    card = Say(title="Step 2 of 6", text="How many people work in the shop?" * 4, rows=rows, slot="card", revision=1)
    return Decision(
        after,
        (
            Speak(say=Say(text="Got it.")),
            Speak(say=card),
            Note(about="field_1", text="answered"),
            SetTimer(name="remind", due_at=at + timedelta(days=1)),
        ),
    )


async def poisson(rate: float, seconds: float, what: Callable[[int], Awaitable[object]]) -> tuple[list[float], float]:
    """Milliseconds of each call, arriving at random times; and CPU milliseconds of the process for each call."""
    times: list[float] = []
    tasks: list[asyncio.Task[None]] = []
    chance = random.Random(1)

    async def one(number: int, due: float) -> None:
        await what(number)
        times.append((time.perf_counter() - due) * 1000)

    used, start = time.process_time(), time.perf_counter()
    due = start
    while due < start + seconds:
        due += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(len(tasks), due)))
    await asyncio.gather(*tasks)
    return times, (time.process_time() - used) * 1000 / len(times)


def quantiles(times: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    hundredths = statistics.quantiles(times, n=100)
    return hundredths[49], hundredths[98]


async def measure(url: str, rate: float, seconds: float) -> dict[str, float]:
    """Run the bare baseline and the door one after the other on the same database."""
    db = await Database.open(url)
    sealer = Sealer([Sealer.new_key()])
    door = Door(db, decide, a_conversation, sealer, now, apology=lambda _lang: Say(text="sorry"))
    await db.run(lambda connection: connection.execute(sa.text("CREATE TABLE bare (id INTEGER, body VARCHAR)")))

    def insert(connection: sa.Connection, number: int) -> None:
        connection.execute(sa.text("INSERT INTO bare VALUES (:id, 'x')"), {"id": number})

    async def bare(number: int) -> None:
        await db.run(insert, number)

    async def turn(number: int) -> None:
        heard = Heard(kind="text", text=f"about {number} people", message_id=str(number))
        taken = await door.take(
            Arrival(
                origin="telegram",
                external_id=str(number),
                event=OwnerSaid(heard=heard),
                at=now(),
                channel="telegram",
                address=str(number % CONVERSATIONS),
            )
        )
        if taken.duplicate or taken.failed:
            raise AssertionError(taken)

    for number in range(-2 * CONVERSATIONS, 0):  # conversations exist and statements are compiled
        await turn(number)
        await bare(number)
    gc.collect()
    gc.freeze()  # as a server should after its start: a full collection over all modules is a pause of 60 ms
    bare_times, bare_cpu = await poisson(rate, seconds / 4, bare)
    times, cpu = await poisson(rate, seconds, turn)
    door.close()
    await db.close()
    bare_p50, bare_p99 = quantiles(bare_times)
    p50, p99 = quantiles(times)
    return {
        "turns": len(times),
        "rate": rate,
        "state_kb": round(len(a_conversation("telegram", "1", now()).model_dump_json()) / 1024, 1),
        "p50_ms": round(p50, 2),
        "p99_ms": round(p99, 2),
        "cpu_ms": round(cpu, 2),
        "bare_p50_ms": round(bare_p50, 2),
        "bare_p99_ms": round(bare_p99, 2),
        "bare_cpu_ms": round(bare_cpu, 2),
        "p50_ratio": round(p50 / bare_p50, 1),
        "bar_p99_ms": BAR_MS,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=100, help="arrivals a second")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--database", help="another database, for example postgresql://...")
    options = parser.parse_args()
    configure("text")
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        result = asyncio.run(measure(url, options.rate, options.seconds))
    print(json.dumps(result))
    sys.exit(0 if result["p99_ms"] <= BAR_MS else 1)


if __name__ == "__main__":
    main()
