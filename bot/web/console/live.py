"""The live stream of a console page: server-sent events that say what has changed, with resume by event id.

Nothing of a conversation is in the stream: the page fetches what it may see; only who else of the staff looks at it is
told here. A stream ends after ten minutes and the browser opens the next one where this one stopped.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from datetime import timedelta

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse

from bot.web.console.guard import HEADERS, Room, member_of
from bot.web.console.watching import LOOKS_EVERY, Watch
from integrations.database.queries import threads

LIFETIME = timedelta(minutes=10)
LOOK_EVERY = 2.0  # seconds: another process on the same file tells us nothing
ASKS_EVERY = 1.0  # who else is here
BEAT_EVERY = 15.0
PAUSE = 0.1  # between two events of one stream, however much is going on


def router(room: Room) -> APIRouter:
    """The stream."""
    routes = APIRouter(prefix="/console", dependencies=[Depends(room.guard())], include_in_schema=False)

    @routes.get("/live")
    async def live(request: Request, conversation: str = "") -> Response:
        given = request.headers.get("last-event-id", "")
        after = int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else None
        headers = {**HEADERS, "X-Accel-Buffering": "no"}
        watch = Watch(room, member_of(request), conversation[:80]) if conversation else None
        return StreamingResponse(_stream(room, after, watch), media_type="text/event-stream", headers=headers)

    return routes


async def _stream(room: Room, after: int | None, watch: Watch | None = None) -> AsyncGenerator[str]:
    """Tell of everything that is committed after an event; of nothing that was before, when no event is given."""
    loop = asyncio.get_running_loop()
    end = loop.time() + LIFETIME.total_seconds()
    beat = loop.time() + BEAT_EVERY
    with room.parts.door.changes() as changed:
        newest = await room.parts.database.read(threads.newest_of_all)
        last = newest if after is None else after
        yield "retry: 1000\n" + _change(newest) if newest != last else f"retry: 1000\nid: {newest}\ndata: hello\n\n"
        last = newest
        here, look, ask = "", _Due(LOOKS_EVERY.total_seconds()), _Due(ASKS_EVERY)
        while loop.time() < end:
            if watch is not None:
                if look.now():
                    await watch.look()
                if ask.now() and (others := await watch.told()) != here:
                    here = others
                    yield f"event: here\ndata: {json.dumps(here)}\n\n"
            told = await _wait(changed)
            newest = await room.parts.database.read(threads.newest_of_all)
            if told or newest != last:
                last = newest
                yield _change(newest)
                await asyncio.sleep(PAUSE)
            elif loop.time() >= beat:
                beat = loop.time() + BEAT_EVERY
                yield ": beat\n\n"


class _Due:
    """Something to be done at once, and then again and again."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._next = 0.0

    def now(self) -> bool:
        """Whether it is time."""
        time = asyncio.get_running_loop().time()
        if time < self._next:
            return False
        self._next = time + self._every
        return True


async def _wait(changed: asyncio.Event) -> bool:
    """Whether something was committed in this process, waiting a little for it."""
    try:
        async with asyncio.timeout(LOOK_EVERY):
            await changed.wait()
    except TimeoutError:
        return False
    changed.clear()
    return True


def _change(newest: int) -> str:
    return f"id: {newest}\nevent: change\ndata: {newest}\n\n"
