"""What was committed, for those inside this process who wait for it: live views, tests, the demo."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from integrations.database.news import News, Topic

BACKLOG = 1_000


@dataclass(frozen=True)
class Committed:
    """An event that is in the log now."""

    conversation_id: str
    event_id: int


class Subscription:
    """Committed events as they come. Ends when its reader is too slow; the reader goes on from its last event id."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Committed] = asyncio.Queue(BACKLOG)
        self._lost = False

    def __aiter__(self) -> "Subscription":
        return self

    async def __anext__(self) -> Committed:
        if self._lost and self._queue.empty():
            raise StopAsyncIteration
        return await self._queue.get()

    def offer(self, committed: Committed) -> None:
        """Hand an event over, or end the subscription when its backlog is full."""
        if self._lost:
            return
        try:
            self._queue.put_nowait(committed)
        except asyncio.QueueFull:
            self._lost = True


class Feed:
    """Hands the database's news on to subscribers and to those who watch one conversation."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self._watched: dict[str | None, set[asyncio.Event]] = {}

    def hear(self, news: tuple[News, ...]) -> None:
        """Take the news of one commit."""
        for topic, conversation_id, row in news:
            if topic is Topic.EVENT:
                for subscription in self._subscriptions:
                    subscription.offer(Committed(conversation_id, row))
            for watcher in (*self._watched.get(conversation_id, ()), *self._watched.get(None, ())):
                watcher.set()

    @contextmanager
    def subscribe(self) -> Iterator[Subscription]:
        """Every event committed from now on."""
        subscription = Subscription()
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)

    @contextmanager
    def watch(self, conversation_id: str | None) -> Iterator[asyncio.Event]:
        """An asyncio event that is set whenever something of a conversation (of any when None) was committed."""
        watcher = asyncio.Event()
        self._watched.setdefault(conversation_id, set()).add(watcher)
        try:
            yield watcher
        finally:
            self._watched[conversation_id].discard(watcher)
            if not self._watched[conversation_id]:
                del self._watched[conversation_id]
