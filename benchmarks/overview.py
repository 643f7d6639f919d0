"""The supervisors' numbers over many applications, beside counting the rows of one table: `--rows`, `--database`."""

import argparse
import asyncio
import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import sqlalchemy as sa

from bot.workers.summary import Stage
from integrations.database import migrations
from integrations.database.engine import Database
from integrations.database.queries import overview
from integrations.database.tables import journey, journey_fetch

ROUNDS = 15
BATCH = 5_000
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SOURCES = ("registry", "bank", "tax", "einvoice")
STEPS = ("welcome", "identify", "need", "connect", "fill", "review", "status")


def rows(start: int, count: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Invented applications, with the sources of each."""
    chance = random.Random(start)
    journeys: list[dict[str, object]] = []
    fetches: list[dict[str, object]] = []
    for number in range(start, start + count):
        begun = NOW - timedelta(minutes=chance.randrange(30 * 24 * 60))
        reached = chance.choice(list(Stage))
        sent = reached >= Stage.SIGNED
        journeys.append(
            {
                "application_id": f"LA-{number}",
                "channel": "telegram",
                "lang": chance.choice(("en", "zh")),
                "lender": chance.choice(("harbour", "baichuan")) if sent else "",
                "started_at": begun,
                "seen_at": begun + timedelta(hours=chance.randrange(40)),
                "reached": int(reached),
                "step": chance.choice(STEPS),
                "status": "submitted" if sent else "draft",
                "submit_seconds": chance.randrange(30, 4000) if sent else None,
                "decide_seconds": chance.randrange(1, 90_000) if reached >= Stage.DECIDED else None,
                "expected_by": NOW if sent else None,
                "asked": chance.randrange(8),
                "prefilled": chance.randrange(20),
                "person_reason": chance.choice(("", "", "", "asked", "complaint")),
                "reply_seconds": chance.choice((None, None, 40, 400)),
            }
        )
        fetches += [
            {
                "application_id": f"LA-{number}",
                "source": source,
                "started_at": begun,
                "state": chance.choice(("done", "done", "done", "failed")),
                "seconds": chance.randrange(1, 9),
            }
            for source in SOURCES
        ]
    return journeys, fetches


async def measure(database: Database, count: int) -> None:
    for start in range(0, count, BATCH):
        journeys, fetches = rows(start, min(BATCH, count - start))
        await database.run(lambda found, a=journeys: found.execute(sa.insert(journey), a))
        await database.run(lambda found, a=fetches: found.execute(sa.insert(journey_fetch), a))
    page, naive = [], []
    for _ in range(ROUNDS):
        began = perf_counter()
        await database.read(
            overview.overview,
            NOW - timedelta(days=30),
            NOW,
            quiet_since=NOW - timedelta(days=1),
            signed_stage=Stage.SIGNED,
        )
        page.append(perf_counter() - began)
        began = perf_counter()
        await database.read(
            lambda found: found.execute(sa.text("SELECT sum(length(application_id)) FROM journey")).scalar()
        )
        naive.append(perf_counter() - began)
    print(
        f"overview over {count} applications, {count * len(SOURCES)} fetches: p50 {1000 * median(page):.0f} ms, "
        f"slowest {1000 * max(page):.0f} ms; {median(page) / median(naive):.1f} times one pass over the table "
        f"({1000 * median(naive):.0f} ms)"
    )


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", help="an empty PostgreSQL; a SQLite file of its own when missing")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'overview.sqlite'}"
        migrations.upgrade(url)
        database = await Database.open(url)
        try:
            await measure(database, given.rows)
        finally:
            await database.close()


if __name__ == "__main__":
    asyncio.run(main())
