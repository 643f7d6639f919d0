"""Whether a turn stays as fast as the log grows: `python -m benchmarks.growth [--database postgresql]`.

The same load on a database of 1,000 conversations and on one of 100,000 conversations with 5 million log rows, both
built here. Bar: p99 of a turn, and of what operators look at, within 1.5 times.
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
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from benchmarks.turns import a_conversation, decide, poisson, quantiles
from bot.door.turns import Door
from bot.logs import configure
from flows.application.lifecycle import Status
from flows.conversation import Speaker
from flows.events import Arrival, OwnerSaid
from flows.messages import Heard, Say
from integrations.database import dialect, migrations
from integrations.database.engine import Database
from integrations.database.queries import events, views
from integrations.database.sealing import Sealer
from integrations.database.tables import conversation, event, outbox
from tests import databases

SIZES = {"small": (1_000, 50_000), "large": (100_000, 5_000_000)}
RATE = 60.0
BAR = 1.5
BATCH = 5_000
START = datetime(2026, 1, 1, tzinfo=UTC)


def fill(url: str, sealer: Sealer, conversations: int, lines: int) -> None:
    """Conversations with their share of the log and of delivered messages, as months of work leave them."""
    engine = dialect.migration_engine(url)
    state = sealer.seal(a_conversation("telegram", "0", START))
    each = lines // conversations
    with engine.connect() as connection:
        for first in range(0, conversations, BATCH):
            numbers = range(first, min(first + BATCH, conversations))
            with connection.begin():
                connection.execute(sa.insert(conversation), [_conversation(number, state, each) for number in numbers])
        for first in range(0, conversations, max(1, BATCH // each)):
            numbers = range(first, min(first + max(1, BATCH // each), conversations))
            with connection.begin():
                connection.execute(sa.insert(event), [_line(n, seq) for n in numbers for seq in range(1, each + 1)])
                connection.execute(sa.insert(outbox), [_message(n, seq) for n in numbers for seq in range(1, each, 5)])
        with connection.begin():
            connection.execute(sa.text("ANALYZE"))
    engine.dispose()


def _conversation(number: int, state: bytes, seq: int) -> dict[str, object]:
    at = START + timedelta(seconds=number)
    return {
        "id": f"old-{number}",
        "channel": "telegram",
        "address": f"old-{number}",
        "lang": "en",
        "state": state,
        "version": 1,
        "seq": seq,
        "last_number": None,
        "speaker": Speaker.ASSISTANT,
        "person_wanted": "",
        "alert": "",
        "step": "fill",
        "shop": f"Shop {number}",
        "status": Status.DRAFT,
        "waiting_since": None,
        "blocked_at": None,
        "created_at": at,
        "updated_at": at,
    }


def _line(number: int, seq: int) -> dict[str, object]:
    return {
        "conversation_id": f"old-{number}",
        "seq": seq,
        "origin": "telegram",
        "external_id": f"old-{number}-{seq}",
        "kind": "owner_said",
        "actor": "owner",
        "at": START + timedelta(seconds=number),
        "text": "a line of the log, as long as lines are",
        "consent_id": None,
        "error": "",
        "body": None,
    }


def _message(number: int, seq: int) -> dict[str, object]:
    at = START + timedelta(seconds=number)
    return {
        "conversation_id": f"old-{number}",
        "event_id": 1,
        "seq": seq,
        "channel": "telegram",
        "address": f"old-{number}",
        "by": "assistant",
        "slot": "",
        "replace": False,
        "revision": 0,
        "body": b"",
        "state": "sent",
        "attempts": 1,
        "due_at": at,
        "message_id": "1",
        "error": "",
        "created_at": at,
        "sent_at": at,
    }


async def measure(url: str, sealer: Sealer, conversations: int, seconds: float) -> dict[str, float]:
    db = await Database.open(url)
    door = Door(db, decide, a_conversation, sealer, lambda: datetime.now(UTC), apology=lambda _: Say(text="sorry"))
    chance = random.Random(3)

    async def turn(number: int) -> None:
        heard = Heard(kind="text", text=f"about {number} people", message_id=str(number))
        taken = await door.take(
            Arrival(
                origin="telegram",
                external_id=str(number),
                event=OwnerSaid(heard=heard),
                at=datetime.now(UTC),
                channel="telegram",
                address=f"old-{chance.randrange(conversations)}",
            )
        )
        if taken.duplicate or taken.failed:
            raise AssertionError(taken)

    for number in range(-100, 0):
        await turn(number)
    times, _ = await poisson(RATE, seconds, turn)
    looks = []
    for _ in range(60):
        began = time.perf_counter()
        await db.read(views.backlog)
        await db.read(events.since, 0, conversation_id=f"old-{chance.randrange(conversations)}")
        looks.append((time.perf_counter() - began) * 1000)
    door.close()
    await db.close()
    p50, p99 = quantiles(times)
    look_p50, look_p99 = quantiles(looks)
    return {
        "turn_p50_ms": round(p50, 2),
        "turn_p99_ms": round(p99, 2),
        "look_p50_ms": round(look_p50, 2),
        "look_p99_ms": round(look_p99, 2),
    }


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
        for name, (conversations, lines) in SIZES.items():
            scale = options.scale if name == "large" else 1.0
            count = int(conversations * scale)
            url = databases.url_for(folder, name) if databases.is_postgresql() else f"sqlite:///{folder / name}"
            migrations.upgrade(url)
            began = time.monotonic()
            fill(url, sealer, count, int(lines * scale))
            print(f"{name}: built in {time.monotonic() - began:.0f} s", file=sys.stderr)
            found[name] = asyncio.run(measure(url, sealer, count, options.seconds))
    ratios = {key: round(found["large"][key] / found["small"][key], 2) for key in found["small"]}
    print(json.dumps({"database": options.database, **found, "ratios": ratios, "bar": BAR}))
    sys.exit(0 if ratios["turn_p99_ms"] <= BAR else 1)


if __name__ == "__main__":
    main()
