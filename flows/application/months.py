"""Calendar months, each named by its first day. "Complete" means over before the day asked about."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=8192)
def month_of(day: date) -> date:
    """The month a day lies in."""
    return day.replace(day=1)


def shift(month: date, by: int) -> date:
    """The month `by` months later (earlier when negative)."""
    index = month.year * 12 + month.month - 1 + by
    return date(index // 12, index % 12 + 1, 1)


def complete(as_of: date, count: int) -> tuple[date, ...]:
    """The last `count` complete months before `as_of`, oldest first."""
    this = month_of(as_of)
    return tuple(shift(this, -back) for back in range(count, 0, -1))


def span(first: date, last: date) -> tuple[date, ...]:
    """Every month from the one of `first` to the one of `last`, both included."""
    start, end = month_of(first), month_of(last)
    return tuple(shift(start, step) for step in range((end.year - start.year) * 12 + end.month - start.month + 1))


def run_ending(last: date, present: Iterable[date], limit: int) -> tuple[date, ...]:
    """The unbroken run of present months that ends with `last`, at most `limit` long, oldest first."""
    known = set(present)
    run: list[date] = []
    while len(run) < limit and shift(last, -len(run)) in known:
        run.append(shift(last, -len(run)))
    return tuple(reversed(run))


def window(months: Sequence[date]) -> str:
    """How a run of months is written: 2025-11/2026-10; empty for none."""
    return f"{months[0]:%Y-%m}/{months[-1]:%Y-%m}" if months else ""
