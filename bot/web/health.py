"""For operators: is it alive, is it ready, and what do its numbers say."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from bot.web.parts import Check, Parts
from bot.web.problem import MEDIA_TYPE
from flows.errors import LendlineError
from integrations.database import migrations
from integrations.database.engine import Database
from integrations.database.queries import views

CHECK_SECONDS = 2.0
WELL = "ok"


def router(parts: Parts) -> APIRouter:
    """The routes of operators."""
    routes = APIRouter(include_in_schema=False)
    queues = _Queues()

    @routes.get("/healthz")
    async def alive() -> Response:
        return JSONResponse({"status": WELL})

    @routes.get("/readyz")
    async def ready() -> Response:
        found = await _ask(parts.checks)
        red = [name for name, state in found.items() if state != WELL]
        if not red:
            return JSONResponse({"status": WELL, "checks": found})
        detail = f"Not ready: {', '.join(red)}."
        problem = {"type": "about:blank", "title": "Service Unavailable", "status": 503, "detail": detail}
        return JSONResponse(problem | {"checks": found}, 503, media_type=MEDIA_TYPE)

    @routes.get("/metrics")
    async def metrics() -> Response:
        queues.show(await parts.database.read(views.backlog), parts.clock())
        return Response(
            generate_latest(parts.metrics) + generate_latest(queues.registry), media_type=CONTENT_TYPE_LATEST
        )

    return routes


class QueuesStalled(LendlineError):
    """Something that should have left long ago is still here."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names

    def __str__(self) -> str:
        return f"standing still: {', '.join(self.names)}"


def database_check(database: Database) -> Check:
    """A check that the database answers and has the tables of this program."""

    async def check() -> None:
        await database.read(migrations.check_connection)

    return check


def queues_check(database: Database, clock: Callable[[], datetime]) -> Check:
    """A check that messages, background work and timers are dealt with."""

    async def check() -> None:
        stalled = await database.read(views.stalled, clock())
        if stalled:
            raise QueuesStalled(stalled)

    return check


async def _ask(checks: Mapping[str, Check]) -> dict[str, str]:
    states = await asyncio.gather(*(_state(check) for check in checks.values()))
    return dict(zip(checks, states, strict=True))


async def _state(check: Check) -> str:
    """`ok`, or what is wrong: our own sentence, or the class of an error whose words could hold a secret."""
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await check()
    except TimeoutError:
        return f"no answer within {CHECK_SECONDS:g} s"
    except LendlineError as error:
        return str(error)
    except Exception as error:  # whatever it is, the answer is "not ready"
        return type(error).__name__
    return WELL


class _Queues:
    """Numbers that are read from the database when somebody asks for them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._messages = self._gauge("lendline_outbox_messages", "Messages that are not delivered, by state", "state")
        self._jobs = self._gauge("lendline_jobs", "Background jobs that are not done, by state", "state")
        self._age = self._gauge(
            "lendline_queue_oldest_age_seconds", "Since when the oldest open entry has waited; 0: none", "queue"
        )

    def show(self, backlog: views.Backlog, now: datetime) -> None:
        """Take over the numbers of one moment."""
        for gauge, counts in ((self._messages, backlog.messages), (self._jobs, backlog.jobs)):
            for state, count in counts.items():
                gauge.labels(state).set(count)
        for queue, oldest in (("outbox", backlog.oldest_message), ("jobs", backlog.oldest_job)):
            self._age.labels(queue).set(0.0 if oldest is None else max(0.0, (now - oldest).total_seconds()))

    def _gauge(self, name: str, about: str, label: str) -> Gauge:
        return Gauge(name, about, [label], registry=self.registry)
