"""Ways in which a call to the stand can go wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pass:
    """Lets one call through before the next fault."""


@dataclass(frozen=True)
class Status:
    """Answers with an error status; the call has no effect."""

    code: int
    description: str = "Internal Server Error"


@dataclass(frozen=True)
class TooMany:
    """Answers 429 and asks to wait."""

    retry_after: int = 1


@dataclass(frozen=True)
class Hang:
    """Does not answer for `seconds`, then drops the connection; the call has an effect if `takes`."""

    seconds: float = 30.0
    takes: bool = False


@dataclass(frozen=True)
class Drop:
    """Closes the connection without an answer; the call has an effect if `takes`."""

    takes: bool = False


Fault = Pass | Status | TooMany | Hang | Drop
