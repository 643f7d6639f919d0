"""A circuit breaker: after several failures in a row a system is left alone for a while, then tried once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

FAILURES = 5
REST = timedelta(seconds=30)


@dataclass
class Breaker:
    """Counts the calls that failed in a row; any answer, also a refusal, starts the count again.

    After `failures` the circuit is open for `rest`. Then one call is let through, and decides.
    """

    failures: int = FAILURES
    rest: timedelta = REST
    failed: int = 0
    until: datetime | None = field(default=None)

    def wait(self, now: datetime) -> float | None:
        """Seconds that the system is still left alone; None when a call may go out, which then is the trial."""
        if self.until is None:
            return None
        left = (self.until - now).total_seconds()
        if left > 0:
            return left
        self.until = now + self.rest
        return None

    def answered(self) -> None:
        """Close the circuit: there was an answer."""
        self.failed, self.until = 0, None

    def failing(self, now: datetime) -> None:
        """Count a call that failed after all its attempts; opens the circuit at the last one allowed."""
        self.failed += 1
        if self.failed >= self.failures:
            self.until = now + self.rest
