"""A sleep that can be cut short, for workers that wait for a time or for a commit."""

import asyncio


class Alarm:
    """One sleeper, many ringers. A ring while the sleeper is awake is kept for its next sleep."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """End the sleep now."""
        self._rung.set()

    async def sleep(self, seconds: float) -> None:
        """Sleep until somebody rings, at most `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            pass
        self._rung.clear()
