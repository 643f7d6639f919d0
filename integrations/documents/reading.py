"""Reading a file in a short-lived process: bounded in time and memory, with an empty environment."""

import asyncio
import sys

import structlog
from pydantic import ValidationError

from integrations.documents.document import MOST_BYTES, Document, PaperReading, Unreadable
from integrations.documents.wire import ANSWER

SECONDS = 12.0  # the start of the process included
LARGEST_ANSWER = 96 * 1024 * 1024
AT_ONCE = 2
_COMMAND = (sys.executable, "-s", "-m", "integrations.documents")
log = structlog.get_logger(__name__)


class Readers:
    """Reads files, a few at a time."""

    def __init__(self, at_once: int = AT_ONCE, seconds: float = SECONDS) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._seconds = seconds

    async def read(self, content: bytes) -> Document:
        """What a file holds. Raises Unreadable, also when reading it took too long or too much."""
        if len(content) > MOST_BYTES:
            raise Unreadable("too_large")
        async with self._places:
            output = await self._answered(content)
        try:
            answer = await asyncio.to_thread(ANSWER.validate_json, output)
        except ValidationError as error:
            raise Unreadable("too_slow", "no answer") from error
        if answer.ok is None:
            raise Unreadable(answer.fact or "damaged", answer.detail)
        return answer.ok

    async def look(self, content: bytes) -> Document | PaperReading:
        """What a file holds, or what paper it shows. Raises Unreadable."""
        try:
            return await self.read(content)
        except Unreadable as error:
            if error.fact != "photo":
                raise
        return PaperReading(problem="no_ocr")

    async def _answered(self, content: bytes) -> bytes:
        """What the process says. It knows nothing of ours: no settings, no keys, no database."""
        process = await asyncio.create_subprocess_exec(
            *_COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PYTHONPATH": ":".join(path for path in sys.path if path), "LANG": "C.UTF-8"},
        )
        try:
            async with asyncio.timeout(self._seconds):
                output, _ = await process.communicate(content)
        except TimeoutError as error:
            raise Unreadable("too_slow", "time limit") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            log.warning("reader_ended", code=process.returncode)
            raise Unreadable("too_slow" if process.returncode < 0 else "damaged", f"exit {process.returncode}")
        if len(output) > LARGEST_ANSWER:
            raise Unreadable("too_many_rows")
        return output
