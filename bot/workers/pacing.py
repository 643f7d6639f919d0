"""How fast a channel may be spoken to: a gap between two messages of one chat, a sliding window over all."""

from collections import deque
from datetime import datetime, timedelta

from bot.channels import Pace

# A little more than the second that messengers count in, because our clock is not theirs.
WINDOW = timedelta(seconds=1.02)


class Pacing:
    """Who has to rest, and how many messages may leave now. Times are aware UTC and handed in."""

    def __init__(self, pace: Pace) -> None:
        self._gap = timedelta(seconds=pace.per_chat)
        self._most = max(1, int(pace.overall))
        self._left: deque[datetime] = deque(maxlen=self._most)
        self._resting: dict[str, datetime] = {}
        self._asked_to_wait: dict[str, datetime] = {}
        self._closed_until: datetime | None = None

    def room(self, now: datetime) -> int:
        """How many messages may leave now, in all chats together."""
        self._closed_until = _ahead(self._closed_until, now, timedelta(hours=1))
        if self._closed_until is not None:
            return 0
        while self._left and not now - WINDOW < self._left[0] <= now:
            self._left.popleft()
        return self._most - len(self._left)

    def resting(self, now: datetime) -> frozenset[str]:
        """The chats that may not be written to yet."""
        for chat, until in tuple(self._resting.items()):
            if until <= now:
                del self._resting[chat]
        return frozenset(self._resting)

    def leaves(self, chat: str, now: datetime) -> None:
        """Count a message that leaves for `chat` at `now`."""
        self._left.append(now)
        if self._gap:
            self._resting[chat] = now + self._gap

    def asked_to_wait(self, chat: str, now: datetime, seconds: float) -> datetime:
        """Obey a channel that says it is too fast. When two chats hear it, the channel means all of them."""
        until = now + timedelta(seconds=max(seconds, 0.1))
        self._resting[chat] = until
        self._asked_to_wait = {each: end for each, end in self._asked_to_wait.items() if end > now}
        self._asked_to_wait[chat] = until
        if len(self._asked_to_wait) > 1:
            self._closed_until = until
        return until

    def next_change(self, now: datetime) -> datetime | None:
        """When more may be sent than now; None when only new messages can change anything."""
        times = list(self._resting.values())
        if self._closed_until is not None:
            times.append(self._closed_until)
        if len(self._left) == self._most:
            times.append(self._left[0] + WINDOW)
        return min((time for time in times if time > now), default=None)


def _ahead(until: datetime | None, now: datetime, longest: timedelta) -> datetime | None:
    """`until` while it lies ahead, but not further than could have been asked for: clocks may be set back."""
    return until if until is not None and now < until <= now + longest else None
