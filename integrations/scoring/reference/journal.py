"""The decision log: append-only, replayable, and the memory behind idempotency keys.

It holds what a decision depended on, never a name, an identity number or an account.
"""

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from flows.errors import WrongDeclaration
from integrations.scoring.reference.desk import Desk, Inputs

MOST_REMEMBERED = 10_000


class Entry(BaseModel):
    """One decision: its idempotency key, the SHA-256 of the body, the inputs and the answer as sent."""

    model_config = ConfigDict(frozen=True)

    key: str
    body_sha256: str
    inputs: Inputs
    answer: str
    points: int
    fits: dict[str, str]


class Journal:
    """Decisions in the order they were made; the latest are remembered by key, all are in the file."""

    def __init__(self, file: Path | None = None, most_remembered: int = MOST_REMEMBERED) -> None:
        self._file = file
        self._most = most_remembered
        self._entries: dict[str, Entry] = {}
        if file is not None and file.exists():
            _drop_cut_line(file)
            for entry in read_entries(file):
                self._remember(entry)

    def find(self, key: str) -> Entry | None:
        """The decision made under an idempotency key."""
        return self._entries.get(key)

    def append(self, entry: Entry) -> None:
        """Write a decision down, before it is answered."""
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as lines:
                lines.write(entry.model_dump_json() + "\n")
        self._remember(entry)

    def _remember(self, entry: Entry) -> None:
        self._entries[entry.key] = entry
        if len(self._entries) > self._most:
            del self._entries[next(iter(self._entries))]


def _drop_cut_line(file: Path) -> None:
    """Take off a last line that a crash cut short: its decision was never answered."""
    content = file.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        with file.open("r+b") as lines:
            lines.truncate(whole)


def read_entries(file: Path) -> Iterable[Entry]:
    """The decisions of a log file; a last line that was cut off by a crash is left out.

    Raises WrongDeclaration for any other line that cannot be read.
    """
    lines = file.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines[:-1], start=1):
        try:
            yield Entry.model_validate_json(line)
        except ValidationError as error:
            raise WrongDeclaration(f"{file}:{number}", "not a decision", "Give the log of this service") from error


def replay(entries: Iterable[Entry], desk: Desk) -> tuple[str, ...]:
    """Keys of the decisions that come out differently today, byte for byte."""
    return tuple(entry.key for entry in entries if desk.decide(entry.inputs).answer.model_dump_json() != entry.answer)
