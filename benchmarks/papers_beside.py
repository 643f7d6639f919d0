"""How long turns take while papers are read: `python -m benchmarks.papers_beside [--papers 20] [--turns 400]`.

Whole turns of the real conversation through the real door, alone and beside a pile of photos that one owner has sent,
in the same process. Bar: the p99 beside stays below 20 ms on an idle machine; the ratio holds on any.
"""

import argparse
import asyncio
import io
import json
import logging
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pypdfium2 as pdfium

from bot.demo.screen import Screen
from bot.logs import configure
from bot.settings import Settings
from bot.wiring import House, open_house
from flows.events import Arrival, OwnerSaid
from flows.messages import Attachment, Heard
from integrations.merchants import load
from integrations.merchants.papers import licence

OWNERS = 20
A_SECOND = 40.0
BAR_MS = 20.0
WORDS = ("what does it cost?", "how long does it take", "who sees my data", "hello", "why do you ask", "is it safe?")


def photo(content: bytes) -> bytes:
    """A licence as a picture, a little different each time."""
    page = pdfium.PdfDocument(content)[0]
    picture = page.render(scale=random.uniform(1.4, 1.8)).to_pil()
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def heard(house: House, address: str, what: Heard) -> Arrival:
    return Arrival(
        origin="demo",
        external_id=uuid4().hex,
        event=OwnerSaid(heard=what),
        at=house.clock(),
        channel="demo",
        address=address,
    )


async def turns(house: House, count: int) -> list[float]:
    """Milliseconds from the event to the commit, arriving at random moments."""
    taken: list[float] = []

    async def one(address: str) -> None:
        began = time.perf_counter()
        await house.door.take(heard(house, address, Heard(kind="text", text=random.choice(WORDS))))
        taken.append((time.perf_counter() - began) * 1000)

    running = []
    for number in range(count):
        running.append(asyncio.create_task(one(f"owner-{number % OWNERS}")))
        await asyncio.sleep(random.expovariate(A_SECOND))
    await asyncio.gather(*running)
    return taken


def summary(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {"p50": round(statistics.median(ordered), 2), "p99": round(ordered[int(len(ordered) * 0.99) - 1], 2)}


async def measure(papers: int, count: int) -> dict[str, object]:
    contents = [photo(licence(each, datetime.now(UTC).date())) for each in load()[:papers]]
    contents = [contents[number % len(contents)] for number in range(papers)]
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen()
        async with open_house(Settings.of_its_own(Path(folder)), [screen]) as house:
            for number in range(OWNERS):
                await house.door.take(heard(house, f"owner-{number}", Heard(kind="start")))
            house.library.knowledge.warm()
            await turns(house, OWNERS * 2)
            alone = await turns(house, count)
            files: list[Attachment] = [screen.hand_in(f"{number}.jpg", each) for number, each in enumerate(contents)]
            await house.door.take(heard(house, "sender", Heard(kind="start")))
            for file in files:
                await house.door.take(heard(house, "sender", Heard(kind="file", files=(file,))))
            beside = await turns(house, count)
            left = await house.database.read(
                lambda connection: connection.exec_driver_sql(
                    "select count(*) from job where kind = 'read_file' and state != 'done'"
                ).scalar()
            )
    one, two = summary(alone), summary(beside)
    return {
        "papers": papers,
        "still_read_at_the_end": left,
        "alone_ms": one,
        "beside_ms": two,
        "p50_ratio": round(two["p50"] / one["p50"], 2),
        "p99_ratio": round(two["p99"] / one["p99"], 2),
        "within_bar": two["p99"] < BAR_MS,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--papers", type=int, default=20)
    parser.add_argument("--turns", type=int, default=400)
    asked = parser.parse_args()
    configure("text", logging.ERROR)
    print(json.dumps(asyncio.run(measure(asked.papers, asked.turns)), indent=2))


if __name__ == "__main__":
    main()
