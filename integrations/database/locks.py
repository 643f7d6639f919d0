"""Locks between processes, by name: who holds one leads (a channel's delivery, a poll). They end with their holder."""

import asyncio
import fcntl
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class Hold:
    """A lock that is held until `ended` is set: by its release, or by itself, as with a broken connection."""

    def __init__(self, name: str, free: Callable[[], None]) -> None:
        self.name = name
        self.ended = asyncio.Event()
        self._free = free

    def release(self) -> None:
        """Let others have it. Releasing twice does nothing."""
        if not self.ended.is_set():
            self.ended.set()
            self._free()


class Locks(Protocol):
    """Where locks are asked for."""

    async def try_lock(self, name: str) -> Hold | None:
        """Take a lock if nobody has it, this process included; None when somebody has."""
        ...


class FileLocks:
    """Locks beside an SQLite file. The kernel ends them with the process, however it ends."""

    def __init__(self, database: Path) -> None:
        self._database = database

    async def try_lock(self, name: str) -> Hold | None:
        """Take a lock if nobody has it."""
        file = self._database.with_name(f"{self._database.name}.{re.sub(r'[^a-z0-9]+', '-', name.lower())}.lock")
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return Hold(name, lambda: os.close(descriptor))
