"""One picture at a time on a machine, whichever process reads it: a lock on a file that the system gives back."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

AGAIN = 0.05  # seconds between two tries


def lock_file() -> Path:
    """The file that is locked: one for each user of the machine."""
    owner = os.getuid() if hasattr(os, "getuid") else "all"
    return Path(tempfile.gettempdir()) / f"lendline-reading-{owner}.lock"


@asynccontextmanager
async def machine_turn() -> AsyncIterator[None]:
    """Wait until no other process reads a picture. A process that dies gives its turn back."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system; there each process takes its own turns
    except ImportError:
        async with _HERE:
            yield
        return
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(lock_file(), flags, 0o600)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(AGAIN)
        yield
    finally:
        os.close(descriptor)


_HERE = asyncio.Lock()
