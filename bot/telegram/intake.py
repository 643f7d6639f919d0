"""Takes fetched updates through the door: in order within a chat, chats side by side.

Until the door has an update, its id holds the offset back, so Telegram keeps it for us; a failing or
slow chat neither loses its updates nor holds up other chats.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram import Update

from bot.telegram.updates import arrival
from flows.events import Arrival

Take = Callable[[Arrival], Awaitable[object]]
Clock = Callable[[], datetime]

SIDE_BY_SIDE = 64  # updates at the door at once; a chat needs a place only when it is its turn
log = logging.getLogger(__name__)


class Intake:
    """The updates that Telegram has handed out and the door has not yet taken."""

    def __init__(self, take: Take, clock: Clock, again: float = 0.5, longest: float = 10.0) -> None:
        """`again` and `longest`: seconds before a failed update is tried again, doubling."""
        self._take = take
        self._clock = clock
        self._again = again
        self._longest = longest
        self._waiting: dict[int, datetime] = {}
        self._seen: set[int] = set()
        self._next = 0
        self._chats: dict[str, deque[tuple[int, Arrival]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._none_waiting = asyncio.Event()
        self._none_waiting.set()

    @property
    def offset(self) -> int:
        """The first update id that is not yet safe with us: asking from it confirms all before it."""
        return min(self._waiting, default=self._next)

    def oldest(self) -> datetime | None:
        """Since when the longest waiting update waits for the door."""
        return min(self._waiting.values(), default=None)

    def accept(self, update: Update) -> bool:
        """Line an update up in its chat; False when it was handed out before."""
        number = update.update_id
        if number in self._seen:
            return False
        self._seen.add(number)
        self._next = number + 1
        came = arrival(update, self._clock())
        if came is None or came.address is None:
            return True
        chat = came.address
        self._waiting[number] = self._clock()
        self._none_waiting.clear()
        if chat in self._chats:
            self._chats[chat].append((number, came))
            return True
        self._chats[chat] = deque([(number, came)])
        task = asyncio.create_task(self._work(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def emptied(self, seconds: float) -> None:
        """Wait until the door has everything, at most `seconds`."""
        # Not wait_for: before Python 3.12 it swallows a cancellation that comes with the result.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._none_waiting.wait()
        self._seen = {number for number in self._seen if number >= self.offset}

    async def close(self) -> None:
        """Stop; what was not taken will be handed out again."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, chat: str) -> None:
        queue = self._chats[chat]
        while queue:
            number, came = queue[0]
            await self._taken(number, came)
            queue.popleft()
            del self._waiting[number]
            if not self._waiting:
                self._none_waiting.set()
        del self._chats[chat]

    async def _taken(self, number: int, came: Arrival) -> None:
        """Try until the door has it: to go on to the next message would put answers to wrong questions."""
        wait = self._again
        while True:
            try:
                async with self._places:
                    await self._take(came)
            except Exception as error:
                log.warning("update %s was not taken (%s), next try in %.1f s", number, type(error).__name__, wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, self._longest)
            else:
                return
