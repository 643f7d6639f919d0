"""Order at the door: events of one conversation one after another as they came, conversations side by side.

The database would keep them apart too; this keeps their order, and keeps one flooding chat from filling the
writer's queue before all others.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager

REMEMBERED = 10_000


class _Line:
    """Those who wait for one conversation. It is found under its id and under the names that led to it."""

    def __init__(self) -> None:
        self.id: str | None = None
        self.names: set[Hashable] = set()
        self.last: asyncio.Future[None] | None = None

    @property
    def idle(self) -> bool:
        return self.last is None or self.last.done()


class Order:
    """Lines of waiting callers, found by any name of the conversation."""

    def __init__(self) -> None:
        self._gate = asyncio.Lock()
        self._lines: OrderedDict[Hashable, _Line] = OrderedDict()

    @asynccontextmanager
    async def turn(self, name: Hashable, resolve: Callable[[], Awaitable[str | None]]) -> AsyncIterator[str | None]:
        """Wait for all who asked before under any name of the same conversation; gives its id when it is known.

        `resolve` is asked for the id when `name` was not heard yet. Who comes while it looks that up waits, since
        it might be about the same conversation.
        """
        async with self._gate:
            line = self._lines.get(name)
            if line is None:
                found = await resolve()
                line = (self._lines.get(found) if found is not None else None) or _Line()
                self._name(line, name)
                if found is not None:
                    self._identify(line, found)
            self._lines.move_to_end(name)
            before = line.last
            mine = line.last = asyncio.get_running_loop().create_future()
        try:
            if before is not None and not before.done():
                await asyncio.wait([before])
            yield line.id
        finally:
            if before is None or before.done():
                mine.set_result(None)
            else:  # given up while waiting: the next one still waits for those before
                before.add_done_callback(lambda _: mine.set_result(None))
            self._forget_idle()

    def identify(self, name: Hashable, conversation_id: str) -> None:
        """Say which conversation a name that has a turn now means."""
        line = self._lines.get(name)
        if line is not None and line.id is None:
            self._identify(line, conversation_id)

    def _identify(self, line: _Line, conversation_id: str) -> None:
        line.id = conversation_id
        self._name(line, conversation_id)

    def _name(self, line: _Line, name: Hashable) -> None:
        line.names.add(name)
        self._lines[name] = line

    def _forget_idle(self) -> None:
        while len(self._lines) > REMEMBERED:
            line = next(iter(self._lines.values()))
            if not line.idle:
                return
            for name in line.names:
                self._lines.pop(name, None)
