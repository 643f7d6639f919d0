"""How long an owner waits for the card of a photo: `python -m benchmarks.photo_to_card [--papers 24]`.

Photos of the generated set, one owner each, through the real door and the real workers: from the file's event until the
card with what was read is on the screen, beside the drawing of the same picture at half its size. Bars: median below
3 s, p95 below 6 s on 2 cores that do nothing else; most memory of a reading process below 1 GB.
"""

import argparse
import asyncio
import io
import json
import logging
import resource
import statistics
import tempfile
import time
from pathlib import Path

from PIL import Image

from benchmarks.papers_beside import heard
from bot.demo.screen import Screen
from bot.logs import configure
from bot.settings import Settings
from bot.wiring import open_house
from flows.messages import Heard
from tests.papers import making

PATIENCE = 30.0
BAR_MEDIAN_S, BAR_P95_S, BAR_MB = 3.0, 6.0, 1024


def photos(folder: Path, count: int) -> list[bytes]:
    """The pictures among the papers of the set."""
    making.fill(folder, count * 6, seed=8)
    return [path.read_bytes() for path in sorted(folder.glob("*.jpg"))][:count]


def halved(content: bytes) -> float:
    """Seconds for opening a picture and drawing it at half its size."""
    began = time.perf_counter()
    with Image.open(io.BytesIO(content)) as picture:
        picture.resize((picture.width // 2, picture.height // 2)).convert("RGB")
    return time.perf_counter() - began


async def measure(contents: list[bytes]) -> dict[str, object]:
    waited: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen()
        async with open_house(Settings.of_its_own(Path(folder)), [screen]) as house:
            for number, content in enumerate(contents):
                address = f"owner-{number}"
                await house.door.take(heard(house, address, Heard(kind="start")))
                file = screen.hand_in(f"{number}.jpg", content)
                began = time.perf_counter()
                taken = await house.door.take(heard(house, address, Heard(kind="file", files=(file,))))
                assert taken.conversation_id is not None
                if not await house.door.settled(taken.conversation_id, PATIENCE):
                    raise TimeoutError(f"photo {number} is still read after {PATIENCE} s")
                waited.append(time.perf_counter() - began)
    ordered = sorted(waited)
    median, p95 = statistics.median(ordered), ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "photos": len(ordered),
        "first_s": round(waited[0], 2),
        "median_s": round(median, 2),
        "p95_s": round(p95, 2),
        "slowest_s": round(ordered[-1], 2),
        "most_mb_of_a_process": round(most),
        "times_halving": round(median / statistics.median(map(halved, contents)), 1),
        "within_bars": median < BAR_MEDIAN_S and p95 < BAR_P95_S and most < BAR_MB,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=24)
    asked = parser.parse_args()
    configure("text", logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        contents = photos(Path(folder), asked.papers)
    print(json.dumps(asyncio.run(measure(contents)), indent=2))


if __name__ == "__main__":
    main()
