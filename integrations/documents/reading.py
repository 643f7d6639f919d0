"""Reading a file in a process of its own: bounded in time and memory, with an empty environment."""

import asyncio
from dataclasses import replace
from types import TracebackType
from typing import Self

import structlog
from pydantic import ValidationError

from integrations.documents import polyglot
from integrations.documents.document import MOST_BYTES, Document, PaperReading, Unreadable
from integrations.documents.nursery import LARGEST_ANSWER, Nursery
from integrations.documents.papers.extra import ocr_is_here
from integrations.documents.papers.turn import machine_turn
from integrations.documents.wire import ANSWER, Answer

SECONDS = 10.0  # the start of the process included
OCR_SECONDS = 60.0  # as a last resort: its processor time is bounded much lower
AT_ONCE = 2
log = structlog.get_logger(__name__)


class Readers:
    """Reads files, a few at a time; of pictures one at a time on the whole machine."""

    def __init__(self, at_once: int = AT_ONCE, seconds: float = SECONDS) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._seconds = seconds
        self._files = Nursery("files")
        self._pictures = Nursery("pictures")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End what is kept ready."""
        await self._files.close()
        await self._pictures.close()

    async def read(self, content: bytes) -> Document:
        """The records that a file holds. Raises Unreadable, also when reading it took too long or too much."""
        answer = await self._first(content, brief=False)
        if answer.ok is None:
            raise (
                Unreadable("photo" if answer.paper.problem == "no_ocr" else "no_data")
                if answer.paper
                else _fact(answer)
            )
        return answer.ok

    async def look(self, content: bytes) -> Document | PaperReading:
        """What a file holds, in brief, or what paper it shows: its codes, its text, else what is read in the picture.

        Raises Unreadable. Where the extra `ocr` is not installed, a picture has the problem `no_ocr`.
        """
        if polyglot.is_picture(content) and ocr_is_here():
            return await self._seen(content)
        answer = await self._first(content, brief=True)
        if answer.ok is not None:
            return answer.ok
        if answer.paper is None:
            raise _fact(answer)
        if answer.paper.problem != "no_ocr" or not ocr_is_here():
            return answer.paper
        return await self._seen(content)

    async def _first(self, content: bytes, *, brief: bool) -> Answer:
        _measure(content)
        async with self._places:
            return await self._asked(self._files, content, self._seconds, brief=brief)

    async def _seen(self, content: bytes) -> PaperReading:
        """What the picture shows; what its codes alone say when reading takes too long or too much."""
        _measure(content)
        await self._pictures.warm()
        async with machine_turn():
            try:
                answer = await self._asked(self._pictures, content, OCR_SECONDS, brief=True)
            except Unreadable as error:
                answer = Answer(fact=error.fact, detail=error.detail)
        if answer.paper is not None:
            return answer.paper
        if answer.fact != "too_slow":
            raise _fact(answer)
        log.warning("paper_not_seen", detail=answer.detail)
        glanced = await self._first(content, brief=True)
        if glanced.paper is None:
            raise _fact(glanced)
        return replace(glanced.paper, problem="too_slow")

    async def _asked(self, desk: Nursery, content: bytes, seconds: float, *, brief: bool) -> Answer:
        try:
            output = await desk.ask(content, seconds, brief=brief)
        except TimeoutError as error:
            raise Unreadable("too_slow", "time limit") from error
        if len(output) > LARGEST_ANSWER:
            raise Unreadable("too_many_rows")
        try:
            return await asyncio.to_thread(ANSWER.validate_json, output)
        except ValidationError as error:
            raise Unreadable("too_slow", "no answer") from error


def _measure(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")


def _fact(answer: Answer) -> Unreadable:
    return Unreadable(answer.fact or "damaged", answer.detail)
