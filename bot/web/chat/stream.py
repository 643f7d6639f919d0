"""The live part of a page: server-sent events that go on where a browser stopped reading."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

from bot.web.chat.history import Cursor, Message, Reader
from bot.web.parts import Parts
from bot.web.problem import Problem
from integrations.database.queries import talk

LIFETIME = 600.0  # seconds; then the browser comes again, perhaps to another process
QUIET = 15.0  # seconds without a word after which proxies must hear that we are still here
BATCH = 100
MOST_STREAMS = 6  # of one visitor: that many tabs are live
Draw = Callable[[str, Message], str]


class Streams:
    """Opens streams, a few for each visitor. `draw(lang, message)` makes the HTML of a message."""

    def __init__(self, parts: Parts, reader: Reader, draw: Draw) -> None:
        self._parts = parts
        self._reader = reader
        self._draw = draw
        self._open: Counter[str] = Counter()

    def stream(self, visitor: str, conversation_id: str, cursor: Cursor) -> AsyncIterator[bytes]:
        """What happens after `cursor`, as it happens. Raises Problem 429 when there are too many already."""
        if self._open[visitor] >= MOST_STREAMS:
            raise Problem(429, "Too many windows of this chat are open.", headers={"Retry-After": "30"})
        return self._stream(visitor, conversation_id, cursor)

    async def _stream(self, visitor: str, conversation_id: str, cursor: Cursor) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        end = loop.time() + LIFETIME
        with self._counted(visitor), self._parts.door.watch(conversation_id) as changed:
            yield b": hello\nretry: 2000\n\n"
            while (left := end - loop.time()) > 0:
                changed.clear()
                found = await self._parts.database.read(talk.since, conversation_id, cursor.seq, cursor.message, BATCH)
                cursor = cursor.after(found)
                messages = self._reader.messages(found, conversation_id)
                for number, message in enumerate(messages, start=1):
                    # Only the last one moves the reader on: what was cut off is sent again, and replaces itself.
                    yield self._event(found.lang, message, cursor if number == len(messages) else None)
                if len(found.sent) == BATCH or len(found.done) == BATCH:
                    continue
                try:
                    async with asyncio.timeout(min(QUIET, left)):
                        await changed.wait()
                except TimeoutError:
                    yield b": still here\n\n"

    def _event(self, lang: str, message: Message, cursor: Cursor | None) -> bytes:
        data = {
            "key": message.key,
            "who": message.who,
            "slot": message.slot if message.revision else "",
            "lang": lang,
            "html": self._draw(lang, message),
        }
        place = "" if cursor is None else f"id: {cursor}\n"
        return f"{place}event: message\ndata: {json.dumps(data)}\n\n".encode()

    @contextmanager
    def _counted(self, visitor: str) -> Iterator[None]:
        self._open[visitor] += 1
        try:
            yield
        finally:
            self._open[visitor] -= 1
            if self._open[visitor] <= 0:
                del self._open[visitor]
