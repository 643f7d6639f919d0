"""Processes that read one file each, forked from one that has loaded what they need and never sees a file itself."""

import asyncio
import os
import socket
import sys
from types import TracebackType
from typing import Self

from integrations.documents.desks import BRIEF, WHOLE, Desk

IDLE = 30.0  # seconds without a file, after which nothing is kept ready
LARGEST_ANSWER = 96 * 1024 * 1024
PIECE = 256 * 1024
FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds")


class Nursery:
    """Has files read at one desk. It starts with the first file, and ends when none came for a while."""

    def __init__(self, desk: Desk, idle: float = IDLE) -> None:
        self._desk = desk
        self._idle = idle
        self._starting = asyncio.Lock()
        self.process: asyncio.subprocess.Process | None = None  # what is kept ready
        self._calls: socket.socket | None = None
        self._rest: asyncio.TimerHandle | None = None
        self._running = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def warm(self) -> None:
        """Get ready, while a file is still on its way."""
        if FORKS:
            await self._ready()

    async def ask(self, content: bytes, seconds: float, *, brief: bool = False) -> bytes:
        """What the desk answers about a file, `brief` without its records; nothing when its process ended at a limit.

        Raises TimeoutError. A process whose answer nobody waits for any more ends by its own limits.
        """
        self._running += 1
        try:
            if not FORKS:
                return await read_alone(self._desk, content, seconds)
            async with asyncio.timeout(seconds):
                return await self._forked(content, BRIEF if brief else WHOLE)
        finally:
            self._running -= 1
            self._rest_later()

    async def close(self) -> None:
        """End the process. What it has forked ends by itself."""
        if self._rest is not None:
            self._rest.cancel()
        self._hang_up()
        if self.process is not None:
            await self.process.wait()
            self.process = None

    async def _forked(self, content: bytes, call: bytes) -> bytes:
        ours, theirs = socket.socketpair()
        try:
            calls = await self._ready()
            try:
                socket.send_fds(calls, [call], [theirs.fileno()])
            except OSError:  # it has died: the next one is asked
                await self._ended()
                socket.send_fds(await self._ready(), [call], [theirs.fileno()])
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return await _told(ours, content)

    async def _ready(self) -> socket.socket:
        async with self._starting:
            if self._rest is not None:
                self._rest.cancel()
            if self.process is not None and self.process.returncode is not None:
                await self._ended()
            if self._calls is None:
                ours, theirs = socket.socketpair()
                try:
                    self.process = await asyncio.create_subprocess_exec(
                        *(*_COMMAND, self._desk, str(theirs.fileno())),
                        stdin=asyncio.subprocess.DEVNULL,
                        stdout=asyncio.subprocess.DEVNULL,
                        stderr=asyncio.subprocess.DEVNULL,
                        pass_fds=(theirs.fileno(),),
                        env=_environment(),
                    )
                except BaseException:
                    ours.close()
                    raise
                finally:
                    theirs.close()
                self._calls = ours
            self._rest_later()
            return self._calls

    def _rest_later(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
        self._rest = asyncio.get_running_loop().call_later(self._idle, self._rested)

    def _rested(self) -> None:
        if not self._running:
            self._hang_up()

    def _hang_up(self) -> None:
        """It ends when it hears that nobody is there."""
        if self._calls is not None:
            self._calls.close()
            self._calls = None

    async def _ended(self) -> None:
        self._hang_up()
        if self.process is not None:
            await self.process.wait()
            self.process = None


async def read_alone(desk: Desk, content: bytes, seconds: float) -> bytes:
    """What a desk answers about one file in a process that was started for it. Raises TimeoutError."""
    process = await asyncio.create_subprocess_exec(
        *(*_COMMAND, desk),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(),
    )
    try:
        async with asyncio.timeout(seconds):
            output, _ = await process.communicate(content)
        return output[: LARGEST_ANSWER + 1] if not process.returncode else b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _told(caller: socket.socket, content: bytes) -> bytes:
    """The file into the socket, the answer out of it."""
    reader, writer = await asyncio.open_connection(sock=caller, limit=PIECE)
    try:
        try:
            writer.write(content)
            writer.write_eof()
            await writer.drain()
        except ConnectionError:
            return b""
        answer = bytearray()
        while len(answer) <= LARGEST_ANSWER and (piece := await _piece(reader)):
            answer += piece
        return bytes(answer)
    finally:
        writer.transport.abort()


async def _piece(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(PIECE)
    except ConnectionError:
        return b""


_COMMAND = (sys.executable, "-s", "-m", "integrations.documents")


def _environment() -> dict[str, str]:
    """It knows nothing of ours: no settings, no keys, no database. One thread, because a fork takes no other along."""
    path = ":".join(each for each in sys.path if each)
    return {"PYTHONPATH": path, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
