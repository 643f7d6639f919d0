"""Reading a file in a short-lived process: bounded in time and memory, with an empty environment."""

import asyncio
import sys
from dataclasses import replace
from typing import Literal

import structlog
from pydantic import ValidationError

from integrations.documents.document import MOST_BYTES, Document, PaperReading, Unreadable
from integrations.documents.papers.extra import ocr_is_here
from integrations.documents.papers.turn import machine_turn
from integrations.documents.wire import ANSWER, Answer

SECONDS = 10.0  # the start of the process included
OCR_SECONDS = 120.0  # as a last resort: its processor time is bounded much lower
LARGEST_ANSWER = 96 * 1024 * 1024
AT_ONCE = 2
Module = Literal["integrations.documents", "integrations.documents.papers"]
log = structlog.get_logger(__name__)


class Readers:
    """Reads files, a few at a time; of pictures one at a time on the whole machine."""

    def __init__(self, at_once: int = AT_ONCE, seconds: float = SECONDS) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._seconds = seconds

    async def read(self, content: bytes) -> Document:
        """The records that a file holds. Raises Unreadable, also when reading it took too long or too much."""
        answer = await self._first(content)
        if answer.ok is None:
            raise (
                Unreadable("photo" if answer.paper.problem == "no_ocr" else "no_data")
                if answer.paper
                else _fact(answer)
            )
        return answer.ok

    async def look(self, content: bytes) -> Document | PaperReading:
        """What a file holds, or what paper it shows: its codes, its text, else what can be read in the picture.

        Raises Unreadable. Where the extra `ocr` is not installed, a picture has the problem `no_ocr`.
        """
        answer = await self._first(content)
        if answer.ok is not None:
            return answer.ok
        if answer.paper is None:
            raise _fact(answer)
        if answer.paper.problem != "no_ocr" or not ocr_is_here():
            return answer.paper
        return await self._seen(content, answer.paper)

    async def _first(self, content: bytes) -> Answer:
        if len(content) > MOST_BYTES:
            raise Unreadable("too_large")
        async with self._places:
            return await self._asked("integrations.documents", content, self._seconds)

    async def _seen(self, content: bytes, glanced: PaperReading) -> PaperReading:
        """What the picture shows; what was glanced at when reading takes too long or too much."""
        async with machine_turn():
            try:
                answer = await self._asked("integrations.documents.papers", content, OCR_SECONDS)
            except Unreadable as error:
                log.warning("paper_not_seen", fact=error.fact, detail=error.detail)
                return replace(glanced, problem="too_slow")
        if answer.paper is None:
            log.warning("paper_not_seen", fact=answer.fact, detail=answer.detail)
            return replace(glanced, problem="too_slow")
        return answer.paper

    async def _asked(self, module: Module, content: bytes, seconds: float) -> Answer:
        """What a process answers. It knows nothing of ours: no settings, no keys, no database."""
        output = await self._output(module, content, seconds)
        try:
            return await asyncio.to_thread(ANSWER.validate_json, output)
        except ValidationError as error:
            raise Unreadable("too_slow", "no answer") from error

    async def _output(self, module: Module, content: bytes, seconds: float) -> bytes:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-s", "-m", module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PYTHONPATH": ":".join(path for path in sys.path if path), "LANG": "C.UTF-8"},
        )
        try:
            async with asyncio.timeout(seconds):
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


def _fact(answer: Answer) -> Unreadable:
    return Unreadable(answer.fact or "damaged", answer.detail)
