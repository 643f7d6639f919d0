"""Starts parts of Lendline by forking a process that has loaded them already, so that a life costs no start-up time.

Reads lines `PART PORT` from standard input, forks, and prints the new process's number. Run by benchmarks.crashes.
"""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

import dbos  # noqa: F401 - loaded before the forks

from bot.commands import serve
from bot.logs import configure
from bot.settings import Settings
from bot.web import consent, lenders  # noqa: F401
from integrations import merchants
from integrations.scoring import client  # noqa: F401
from integrations.sources import catalog  # noqa: F401

HOST = "127.0.0.1"


async def part(name: str, port: int) -> None:
    settings = Settings()
    if name == "up":
        await serve._stoppable(lambda stop: serve._up(stop, settings, HOST, port))
    elif name == "web":
        await serve._stoppable(lambda stop: serve._web(stop, settings, HOST, port))
    else:
        await serve._stoppable(lambda stop: serve._worker(stop, settings, HOST, None))


def live(name: str, port: int, errors: Path) -> None:
    status = 1
    try:
        with errors.open("a") as file:
            os.dup2(file.fileno(), sys.stderr.fileno())
            os.dup2(file.fileno(), sys.stdout.fileno())
            configure("text")
            with contextlib.redirect_stdout(sys.stderr):
                asyncio.run(part(name, port))
        status = 0
    finally:
        os._exit(status)


def main() -> None:
    errors = Path(sys.argv[1])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    merchants.load()
    print("ready", flush=True)
    for line in sys.stdin:
        name, port = line.split()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            live(name, int(port), errors)
        print(child, flush=True)


if __name__ == "__main__":
    main()
