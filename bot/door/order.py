"""Order at the door: events of one conversation one after another as they came, conversations side by side.

The database would keep them apart too; this keeps their order, and keeps one flooding chat from filling the
writer's queue before all others.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager

REMEMBERED = 10_000


class _Waiting:
    """One who waits for a turn. `turn` is set when it comes."""

    def __init__(self, name: Hashable, number: int | None) -> None:
        self.name = name
        self.number = number
        self.turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class _Line:
    """Those who wait for one conversation. It is found under its id and under the names that led to it."""

    def __init__(self) -> None:
        self.id: str | None = None
        self.names: set[Hashable] = set()
        self.busy = False
        self._waiting: deque[_Waiting] = deque()

    @property
    def idle(self) -> bool:
        return not self.busy

    def join(self, new: _Waiting) -> None:
        """Stand in line; those of one name who have numbers stand in the order of their numbers."""
        if not self.busy:
            self.busy = True
            new.turn.set_result(None)
            return
        place = len(self._waiting)
        if new.number is not None:
            for index, other in enumerate(self._waiting):
                if other.name == new.name and other.number is not None and other.number > new.number:
                    place = index
                    break
        self._waiting.insert(place, new)

    def leave(self, one: _Waiting) -> None:
        """Have the next one's turn come, or give up waiting."""
        if not one.turn.done():
            one.turn.cancel()
            self._waiting.remove(one)
        elif self._waiting:
            self._waiting.popleft().turn.set_result(None)
        else:
            self.busy = False


class Order:
    """Lines of waiting callers, found by any name of the conversation."""

    def __init__(self) -> None:
        self._gate = asyncio.Lock()
        self._lines: OrderedDict[Hashable, _Line] = OrderedDict()

    @asynccontextmanager
    async def turn(
        self, name: Hashable, resolve: Callable[[], Awaitable[str | None]], number: int | None = None
    ) -> AsyncIterator[str | None]:
        """Wait for all who asked before under any name of the same conversation; gives its id when it is known.

        Among those who wait under one name, smaller numbers go first: deliveries may overtake one another on their
        way here. `resolve` is asked for the id when `name` was not heard yet. Who comes while it looks that up
        waits, since it might be about the same conversation.
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
            mine = _Waiting(name, number)
            line.join(mine)
        try:
            if not mine.turn.done():
                await asyncio.wait([mine.turn])
            yield line.id
        finally:
            line.leave(mine)
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
