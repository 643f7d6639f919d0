"""A process that is killed again and again while it works: run by test_crashes.

A parent that has loaded everything forks a child for each life, so that a kill costs no start-up time. The child
works on the same files from the beginning: every arrival is taken anew, as a messenger re-sends what it is not sure of.
"""

import asyncio
import os
import random
import signal
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

import dbos  # noqa: F401 - loaded before the forks

from bot.channels import Pace
from bot.workers.jobs import Jobs
from bot.workers.outbox import Outbox
from flows.effects import Effect, StartPull
from flows.events import Arrival, PullFailed
from flows.messages import Say
from integrations.database.workflows import Workflows
from tests import databases
from tests.bot.parts import START, Clock, FakeChannel, Flow, arrival, echo, parts, pull

CHATS = 6
EACH = 25
JOBS = 12


class RealClock(Clock):
    """What the time is."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


class FileChannel(FakeChannel):
    """Remembers deliveries where a kill does not reach."""

    def __init__(self, file: Path) -> None:
        super().__init__(RealClock(), pace=Pace(per_chat=0, overall=1000))
        self._out = os.open(file, os.O_APPEND | os.O_CREAT | os.O_WRONLY)

    async def deliver(self, address: str, say: Say, previous: str | None) -> str:
        del previous
        os.write(self._out, f"{address} {say.text}\n".encode())
        await asyncio.sleep(0.001)
        return say.text


async def talk(folder: Path, progress: int) -> None:
    """Take all messages of all chats, as a messenger that sends again what was not acknowledged; send the answers."""
    async with parts(folder, Flow({"say": echo}), RealClock()) as its:
        outbox = Outbox(its.db, {"chat": FileChannel(folder / "delivered")}, its.sealer, its.clock)
        await outbox.start()

        async def chat(address: str) -> None:
            for number in range(EACH):
                taken = await its.door.take(
                    arrival(f"say {number}", address=address, external_id=f"{address}-{number}")
                )
                assert taken.known
                os.write(progress, b".")

        await asyncio.gather(*(chat(f"a{number}") for number in range(CHATS)))
        for number in range(CHATS):
            assert await its.door.settled(f"conversation-chat-a{number}", 20)
        await outbox.close()


async def work(folder: Path, progress: int) -> None:
    """Ask for some pulls and wait until all their results are in."""

    async def pull_slowly(key: str, conversation_id: str, job: StartPull) -> Arrival:
        os.write(progress, b".")
        await asyncio.sleep(0.05)
        event = PullFailed(source="bank", consent_id=job.consent.id, attempt=1, fact="unavailable", detail=key)
        return Arrival(origin="job", external_id=key, event=event, at=START, conversation_id=conversation_id)

    effects: tuple[Effect, ...] = tuple(pull(number) for number in range(JOBS))
    async with parts(folder, Flow({"pull": lambda *_: effects}), RealClock()) as its:
        engine = Workflows(databases.url_for(folder, "work"), its.db)
        jobs = Jobs(its.db, its.door, {"start_pull": pull_slowly}, its.sealer, its.clock, engine=engine)
        await jobs.start()
        await its.door.take(arrival("pull", external_id="first"))
        assert await its.door.settled("conversation-chat-ann", 20)
        await jobs.close()


LIVES = {"talk": talk, "work": work}


def live(what: str, folder: Path, kill_after: int | None) -> int:
    """One life of the child, killed after so much progress; its exit status."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 1
        try:
            asyncio.run(LIVES[what](folder, writing))
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    seen = 0
    while kill_after is None or seen < kill_after:
        chunk = os.read(reading, 1)
        if not chunk:
            break
        seen += 1
    if kill_after is not None:
        time.sleep(random.uniform(0, 0.01))
        os.kill(child, signal.SIGKILL)
    os.close(reading)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    """Arguments: talk or work, a folder, then after how much progress each life ends. The last life is not killed."""
    what, folder, kills = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    for kill_after in kills:
        assert live(what, folder, int(kill_after)) in {-signal.SIGKILL, 0}
    sys.exit(live(what, folder, None))


if __name__ == "__main__":
    main()
