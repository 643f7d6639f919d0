"""The supervisors' numbers over many applications, beside counting the rows of one table: `--rows`, `--database`."""

import argparse
import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import sqlalchemy as sa

from benchmarks.filled import BATCH, SOURCES, Row, applications, fetches
from bot.workers.summary import Stage
from integrations.database import migrations
from integrations.database.engine import Database
from integrations.database.queries import overview
from integrations.database.tables import journey, journey_fetch

ROUNDS = 15
NOW = datetime(2026, 11, 24, tzinfo=UTC)


async def measure(database: Database, count: int) -> None:
    for table, rows in ((journey, applications(count, NOW)), (journey_fetch, fetches(count, NOW))):
        while batch := list(islice(rows, BATCH)):
            await database.run(_insert, table, batch)
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


def _insert(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    connection.execute(sa.insert(table), rows)


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
