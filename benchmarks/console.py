"""How fast the console's pages are: `python -m benchmarks.console [--conversations 100000] [--lines 50] [--url URL]`.

Whole pages through the web application, beside the smallest page of the same process. Bar: p95 < 100 ms.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import sqlalchemy as sa

from bot.door.turns import Door
from bot.links import Links
from bot.logs import configure
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.console.people import People
from bot.web.console.roles import Role
from bot.web.parts import Parts
from bot.wiring import new_conversation, open_library
from bot.workers.approvals import Approvals
from flows import catalog
from flows.engine.run import Engine
from flows.errors import SourceUnavailable
from flows.events import OwnerSaid
from flows.messages import Heard, Say
from flows.ports import Source
from integrations.database import migrations
from integrations.database.engine import Database
from integrations.database.sealing import Sealer
from integrations.database.tables import Place, conversation, event

BAR_MS = 100.0
BATCH = 20_000
PLACES = (Place.NEEDS, Place.PERSON, Place.ASSISTANT, Place.CLOSED)
SHARES = (2, 3, 45, 50)
STEPS = ("fill.field", "need.loan", "connect.offer", "review.page", "status.rest")


def now() -> datetime:
    return datetime.now(UTC)


async def _no_source(name: str) -> Source:
    raise SourceUnavailable(name, "none here")


def conversations(count: int, lines: int, sealer: Sealer, at: datetime) -> Iterator[dict[str, object]]:
    """Rows of the table; one in ten thousand stands at a rare step, for the filter with few hits."""
    chance = random.Random(1)
    sealed = b""
    for number in range(count):
        name = f"c-{number:08}"
        if number % 1000 == 0:
            sealed = sealer.seal(new_conversation("bench", name, at).model_copy(update={"id": name}))
        place = chance.choices(PLACES, SHARES)[0]
        waits = place is Place.NEEDS or (place is Place.PERSON and chance.random() < 0.3)
        shop = f"Shop {chance.getrandbits(32):x} Trading Ltd"
        yield {
            "id": name,
            "channel": "bench",
            "address": name,
            "lang": chance.choice(("en", "zh")),
            "state": sealed,
            "version": 1,
            "seq": lines,
            "speaker": "person" if place is Place.PERSON else "assistant",
            "person_wanted": "asked" if place is Place.NEEDS else "",
            "alert": "",
            "step": "offers.decline" if number % 10_000 == 0 else chance.choice(STEPS),
            "shop": shop,
            "status": "draft",
            "waiting_since": at - timedelta(seconds=chance.randrange(90_000)) if waits else None,
            "owner": "",
            "product": "",
            "application_id": f"LA-{number:012X}-1",
            "find": f"{name} la-{number:012x}-1 {shop.lower()}",
            "place": place,
            "assignee": "s-other" if place is Place.PERSON else "",
            "person": "Ben" if place is Place.PERSON else "",
            "stuck": "",
            "progress_at": at,
            "heard_seq": lines,
            "created_at": at,
            "updated_at": at - timedelta(seconds=chance.randrange(9_000_000)),
        }


def log_lines(count: int, lines: int, sealer: Sealer, at: datetime) -> Iterator[dict[str, object]]:
    """Rows of the log, in the order in which conversations come and go."""
    heard = sealer.seal(OwnerSaid(heard=Heard(kind="text", text="How long does it take until you know?")))
    kinds = (("owner_said", "owner", heard), ("said", "assistant", None), ("note", "system", None))
    for seq in range(1, lines + 1):
        kind, actor, body = kinds[seq % 3]
        for number in range(count):
            yield {
                "conversation_id": f"c-{number:08}",
                "seq": seq,
                "origin": "bench",
                "external_id": f"{number}:{seq}",
                "kind": kind,
                "actor": actor,
                "at": at - timedelta(minutes=lines - seq),
                "text": "How long does it take until you know? It depends on the lender.",
                "error": "",
                "body": body,
            }


async def fill(database: Database, count: int, lines: int, sealer: Sealer) -> None:
    at = now()
    for table, rows in (
        (conversation, conversations(count, lines, sealer, at)),
        (event, log_lines(count, lines, sealer, at)),
    ):
        batch: list[dict[str, object]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                await database.run(_insert, table, batch)
                batch = []
        if batch:
            await database.run(_insert, table, batch)
    await database.run(lambda connection: connection.execute(sa.text("ANALYZE")).close())


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    connection.execute(sa.insert(table), rows)


async def measure(ask: Callable[[], Awaitable[httpx.Response]], times: int) -> dict[str, float]:
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        answer = await ask()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
    took.sort()
    return {"p50_ms": round(statistics.median(took), 1), "p95_ms": round(took[int(len(took) * 0.95)], 1)}


async def bench(url: str, home: Path, count: int, lines: int, times: int) -> dict[str, object]:
    sealer = Sealer([Sealer.new_key()])
    library = open_library(Settings.model_validate({"LENDLINE_HOME": home}))
    await asyncio.to_thread(library.knowledge.warm)
    await asyncio.to_thread(migrations.upgrade, url)
    database = await Database.open(url)
    door = Door(
        database,
        Engine(library, catalog.load()).decide,
        new_conversation,
        sealer,
        now,
        apology=lambda _lang: Say(text="sorry"),
    )
    try:
        began = time.perf_counter()
        await fill(database, count, lines, sealer)
        filled = time.perf_counter() - began
        approvals = Approvals(database, sealer, _no_source, now)
        parts = Parts(door, database, sealer, library, Links(sealer, now, "http://bench.test"), now, approvals)
        token = await People(database, sealer).add("Ann", Role.SUPERVISOR, now())
        transport = httpx.ASGITransport(app=create_app(parts))
        async with httpx.AsyncClient(transport=transport, base_url="http://bench.test", timeout=60) as client:
            await client.get(f"/console/enter/{token}")
            chance = random.Random(2)
            pages = {
                "needs a person": lambda: "/console",
                "all open": lambda: "/console?list=open",
                "all open, a later page": lambda: "/console?list=open&after=" + _after(chance),
                "closed": lambda: "/console?list=closed",
                "filter with few hits": lambda: "/console?list=open&step=offers.decline",
                "filter with no hits": lambda: "/console?list=open&product=none-such",
                "search by name": lambda: f"/console?find=Shop+{chance.getrandbits(12):x}",
                "search by application": lambda: f"/console?find=LA-{chance.randrange(count):012X}-1",
                "piece of the list": lambda: "/console/pieces/inbox?list=open",
                "thread": lambda: f"/console/conversations/c-{chance.randrange(count):08}",
                "new lines of a thread": lambda: (
                    f"/console/conversations/c-{chance.randrange(count):08}/lines?after={lines - 3}"
                ),
            }
            baseline = await measure(lambda: client.get("/console/login"), times)
            found = {
                name: await measure(lambda address=address: client.get(address()), times)  # type: ignore[misc]
                for name, address in pages.items()
            }
    finally:
        door.close()
        await database.close()
    ratios = {
        name: {**each, "times_baseline": round(each["p50_ms"] / baseline["p50_ms"], 1)} for name, each in found.items()
    }
    return {
        "conversations": count,
        "log_lines": count * lines,
        "seconds_to_fill": round(filled),
        "baseline, the login page": baseline,
        "pages": ratios,
        "slowest_p95_ms": max(each["p95_ms"] for each in found.values()),
        "bar_p95_ms": BAR_MS,
    }


def _after(chance: random.Random) -> str:
    at = now() - timedelta(seconds=chance.randrange(9_000_000))
    return httpx.QueryParams({"x": f"u~{at.isoformat()}~c-0"}).get("x").replace("+", "%2B")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--lines", type=int, default=50)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--url", help="an empty PostgreSQL database; else an SQLite file in a temporary folder")
    given = parser.parse_args()
    configure("text")
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{Path(folder) / 'console.sqlite'}"
        result = asyncio.run(bench(url, Path(folder), given.conversations, given.lines, given.times))
    json.dump(result, sys.stdout, indent=2)
    return 0 if float(str(result["slowest_p95_ms"])) < BAR_MS else 1


if __name__ == "__main__":
    sys.exit(main())
