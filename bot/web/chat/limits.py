"""How much one visitor, or one address, may ask of a process: a bucket that fills again at a steady pace."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.web.problem import Problem

REMEMBERED = 20_000  # who was quiet longest is forgotten, and would have a full bucket anyway


@dataclass(frozen=True)
class Rate:
    """`burst` at once, then one every `seconds`."""

    burst: int
    seconds: float


MESSAGES = Rate(burst=20, seconds=1.0)
STARTS = Rate(burst=60, seconds=5.0)  # a whole branch may share one address
PAGES = Rate(burst=120, seconds=0.5)


class Limit:
    """Counts by name. Kept in the process: several processes each allow their own."""

    def __init__(self, rate: Rate, clock: Callable[[], datetime]) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> None:
        """Count one. Raises Problem 429 that says when there is room again."""
        now = self._clock().timestamp()
        full, since = self._buckets.pop(name, (float(self._rate.burst), now))
        full = min(float(self._rate.burst), full + max(0.0, now - since) / self._rate.seconds)
        if full < 1:
            self._remember(name, full, now)
            wait = max(1, round((1 - full) * self._rate.seconds + 0.5))
            raise Problem(429, "This is more than is taken at once.", headers={"Retry-After": str(wait)})
        self._remember(name, full - 1, now)

    def _remember(self, name: str, full: float, now: float) -> None:
        self._buckets[name] = (full, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
