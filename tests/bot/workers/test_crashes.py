"""kill -9 at any instant loses nothing that was acknowledged and repeats nothing but a message."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from tests.bot.parts import parts
from tests.bot.workers.crashing import CHATS, EACH, JOBS

ROOT = Path(__file__).parents[3]


def crash(what: str, folder: Path, *kills: int) -> None:
    command = [sys.executable, "-m", "tests.bot.workers.crashing", what, str(folder), *map(str, kills)]
    done = subprocess.run(command, cwd=ROOT, timeout=60, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


async def test_turns_and_messages_survive_kills(tmp_path: Path) -> None:
    kills = (3, 40, 170, 200, 260)
    crash("talk", tmp_path, *kills)
    expected = [f"say {number}" for number in range(EACH)]
    async with parts(tmp_path) as its:
        for number in range(CHATS):
            assert list((await its.state(f"a{number}")).trail) == expected
    delivered: dict[str, list[str]] = defaultdict(list)
    for line in (tmp_path / "delivered").read_text().splitlines():
        address, _, text = line.partition(" ")
        delivered[address].append(text)
    for number in range(CHATS):
        got = delivered[f"a{number}"]
        once = [text for place, text in enumerate(got) if place == 0 or text != got[place - 1]]
        assert once == expected  # nothing lost, in order; only the message a kill caught is repeated, right away
        assert len(got) - len(once) <= len(kills)


async def test_background_work_survives_kills(tmp_path: Path) -> None:
    crash("work", tmp_path, 1, 5)
    async with parts(tmp_path) as its:
        results = await its.rows("select external_id, error from event where origin = 'job' order by external_id")
        assert results == sorted((f"start_pull:1:{number}", "") for number in range(JOBS))
        assert (await its.state()).trail == ("pull", *["pull_failed"] * JOBS)
        assert await its.rows("select distinct state from job") == [("done",)]
