"""The listening side of a house: its web application, what `/readyz` asks, and the updates of Telegram."""

import contextlib
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

import click
import uvicorn
from fastapi import FastAPI

from bot.metrics import Metrics
from bot.web import health
from bot.web.parts import Check, Parts
from bot.web.webhook import Hook
from bot.wiring import House, real_sources
from bot.workers.leading import Leading
from bot.workers.outside import open_model
from flows.errors import LendlineError
from integrations.database.locks import Locks

GRACE = 2  # seconds: an open stream must not hold up a stop


class PollingDead(LendlineError):
    """The long poll has not completed for too long; `/readyz` is red until it does."""

    def __str__(self) -> str:
        return "Telegram polling is not alive"


class Poll(Protocol):
    """What says whether polling is alive."""

    def healthy(self, now: datetime) -> bool:
        """Whether polls complete and what they bring gets through the door."""
        ...


class ElectedPoll:
    """A poll that one of several processes runs; the others stand by and are well."""

    def __init__(self, locks: Locks, poll: Poll, work: Callable[[], Awaitable[None]]) -> None:
        self._poll = poll
        self._leading = Leading(locks, "telegram-poll", work)

    async def run(self) -> None:
        """Stand by or poll. Ends as the poll ends."""
        await self._leading.run()

    def healthy(self, now: datetime) -> bool:
        """Whether the poll, where it is this process's, is well."""
        return not self._leading.leads or self._poll.healthy(now)


def parts_of(
    house: House, checks: Mapping[str, Check], *, metrics: Metrics | None = None, hook: Hook | None = None
) -> Parts:
    """What the web application is made of; `checks` are what `/readyz` asks, `hook` takes a messenger's calls."""
    watch = metrics or Metrics()
    return Parts(
        door=house.door,
        database=house.database,
        sealer=house.sealer,
        library=house.library,
        links=house.links,
        clock=house.clock,
        approvals=house.approvals,
        checks=checks,
        metrics=watch.registry,
        public_url=house.settings.public_url,
        hook=hook,
        embed_origins=house.settings.embed_origins,
        model=open_model(house.settings, watch),
        real_sources=real_sources(house.settings),
    )


def checks_of(house: House, polling: Poll | None = None) -> Mapping[str, Check]:
    """What must be well for a process to be ready: the tables, the queues, and the poll where there is one."""
    checks: dict[str, Check] = {
        "database": health.database_check(house.database),
        "queues": health.queues_check(house.database, house.clock),
    }
    if polling is not None:
        checks["telegram"] = _alive(polling, house.clock)
    return checks


def listen(app: FastAPI, host: str, port: int) -> Coroutine[Any, Any, None]:
    """Take the port now, and give what serves on it until cancelled. Raises ClickException when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}:{port} ({error.strerror}); is the port taken? Choose another --port"
        ) from error
    return _serve(app, listening)


async def _serve(app: FastAPI, listening: socket.socket) -> None:
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses hold tokens of owners
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    with listening:
        await _Server(config).serve(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that leaves the signals to us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _alive(polling: Poll, clock: Callable[[], datetime]) -> Callable[[], Coroutine[Any, Any, None]]:
    async def check() -> None:
        if not polling.healthy(clock()):
            raise PollingDead

    return check
