"""Previews of files for staff: drawn in a short-lived process that knows nothing of ours."""

import asyncio

from integrations.documents.nursery import read_alone

SECONDS = 10.0
LARGEST = 1024 * 1024
_JPEG = b"\xff\xd8\xff"


class Previews:
    """Draws previews, one at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._turn = asyncio.Semaphore(1)
        self._seconds = seconds

    async def draw(self, content: bytes) -> bytes | None:
        """A JPEG of what a file looks like; None when it looks like nothing, or cannot be drawn within limits."""
        async with self._turn:
            try:
                drawn = await read_alone("previews", content, self._seconds)
            except TimeoutError:
                return None
        return drawn if drawn.startswith(_JPEG) and len(drawn) <= LARGEST else None
