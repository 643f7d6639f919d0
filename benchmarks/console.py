"""How fast the console's pages are: `python -m benchmarks.console [--database postgresql] [--conversations 100000]`.

Whole pages through the web application, beside the smallest page of the same process, over 5 million lines of the log.
Bar: p95 < 100 ms. With `--home` (and `--url`) what was built is kept and used again.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import httpx
import sqlalchemy as sa

from benchmarks.filled import RARE_STEP, SAID, fill, name_of
from bot.door.turns import Door
from bot.links import Links
from bot.logs import configure
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.console.people import People
from bot.web.console.roles import Role
from bot.web.parts import Parts
from bot.wiring import new_conversation, open_library, open_sealer
from bot.workers.approvals import Approvals
from flows import catalog
from flows.engine.run import Engine
from flows.errors import SourceUnavailable
from flows.messages import Say
from flows.ports import Source
from integrations.database import migrations
from integrations.database.engine import Database
from integrations.database.tables import conversation
from tests import databases

BAR_MS = 100.0
FILTERS = (
    ("step", RARE_STEP),
    ("step", "need.loan"),
    ("reason", "asked"),
    ("reason", "complaint"),
    ("product", "harbour-working-capital"),
    ("product", "none-such"),
    ("lang", "zh"),
    ("stuck", "quiet"),
    ("stuck", "trouble"),
)


def now() -> datetime:
    return datetime.now(UTC)


async def _no_source(name: str) -> Source:
    raise SourceUnavailable(name, "none here")


async def measure(ask: Callable[[], Awaitable[httpx.Response]], times: int) -> dict[str, float]:
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        answer = await ask()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
    took.sort()
    return {"p50_ms": round(statistics.median(took), 1), "p95_ms": round(took[int(len(took) * 0.95)], 1)}


def pages(count: int, lines: int) -> Mapping[str, Callable[[], str]]:
    """The pages by name; each call gives the address of another one of its kind."""
    chance = random.Random(2)

    def thread() -> str:
        return f"/console/conversations/{name_of(chance.randrange(count))}"

    def search(text: Callable[[], str]) -> Callable[[], str]:
        return lambda: "/console?" + urlencode({"find": text()})

    lists = [("list " + name, {"list": name}) for name in ("needs", "mine", "assistant", "open", "closed")]
    lists += [(f"filter {name} {value}", {"list": "open", name: value}) for name, value in FILTERS]
    return {
        **{name: (lambda query=query: "/console?" + urlencode(query)) for name, query in lists},  # type: ignore[misc]
        "list open, a later page": lambda: "/console?" + urlencode({"list": "open", "after": _after(chance)}),
        "search by name": search(lambda: f"Shop {chance.getrandbits(12):x}"),
        "search by a name that all have": search(lambda: "shop"),
        "search by application": search(lambda: f"LA-{chance.randrange(count):012X}-1"),
        "search by text": search(lambda: SAID[:20]),
        "search that finds nothing": search(lambda: "no such words"),
        "piece of the list": lambda: "/console/pieces/inbox?list=open",
        "thread": thread,
        "head of a thread": lambda: thread() + "/head",
        "new lines of a thread": lambda: thread() + f"/lines?after={lines - 3}",
        "older lines of a thread": lambda: thread() + f"/lines?before={lines - 3}",
        "overview": lambda: "/console/overview?days=30",
        "audit": lambda: "/console/audit",
    }


async def bench(url: str, home: Path, count: int, lines: int, times: int) -> dict[str, object]:
    settings = Settings.model_validate({"LENDLINE_HOME": home})
    sealer = open_sealer(settings)
    library = open_library(settings)
    await asyncio.to_thread(library.knowledge.warm)
    await asyncio.to_thread(migrations.upgrade, url)
    database = await Database.open(url)
    began = time.perf_counter()
    if not await database.read(lambda connection: connection.execute(sa.select(conversation.c.id).limit(1)).all()):
        at = now()
        await asyncio.to_thread(
            fill, url, sealer, lambda name: new_conversation("telegram", name, at), (count, lines), at
        )
    filled = time.perf_counter() - began
    door = Door(
        database,
        Engine(library, catalog.load()).decide,
        new_conversation,
        sealer,
        now,
        apology=lambda _lang: Say(text="sorry"),
    )
    try:
        approvals = Approvals(database, sealer, _no_source, now)
        parts = Parts(door, database, sealer, library, Links(sealer, now, "http://bench.test"), now, approvals)
        token = await People(database, sealer).add(f"Ann {began:.0f}", Role.SUPERVISOR, now())
        transport = httpx.ASGITransport(app=create_app(parts))
        async with httpx.AsyncClient(transport=transport, base_url="http://bench.test", timeout=60) as client:
            await client.get(f"/console/enter/{token}")
            baseline = await measure(lambda: client.get("/console/login"), times)
            found = {
                name: await measure(lambda address=address: client.get(address()), times)  # type: ignore[misc]
                for name, address in pages(count, lines).items()
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
    return f"u~{(now() - timedelta(seconds=chance.randrange(9_000_000))).isoformat()}~c-0"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--lines", type=int, default=50)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--home", type=Path, help="a folder to keep what is built in, and its keys")
    parser.add_argument("--url", help="a PostgreSQL database to keep it in")
    given = parser.parse_args()
    configure("text")
    with contextlib.ExitStack() as stack:
        home = given.home or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = given.url or f"sqlite:///{home / 'console.sqlite'}"
        if given.database == "postgresql" and not given.url:
            os.environ[databases.SERVER] = stack.enter_context(databases.Server(durable=True)).url
            url = databases.without_tables(home)
        result = asyncio.run(bench(url, home, given.conversations, given.lines, given.times))
    json.dump(result, sys.stdout, indent=2)
    return 0 if float(str(result["slowest_p95_ms"])) < BAR_MS else 1


if __name__ == "__main__":
    sys.exit(main())
