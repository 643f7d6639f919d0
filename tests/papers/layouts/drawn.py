"""A paper that was drawn: its sheets and its truth."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.papers.sheet import Sheet


@dataclass(frozen=True)
class Drawn:
    """A paper. `fields` are what can be read on it, by the names of `flows.application.papers.table`."""

    kind: str
    country: str
    sheets: tuple[Sheet, ...]
    fields: dict[str, str]


Layout = Callable[[Random], Drawn]
