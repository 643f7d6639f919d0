"""Asks lenders that cannot push: one process at a time, every open application in turn."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import httpx
import structlog

from bot.workers.leading import Leading
from flows.conversation import Conversation
from flows.events import Arrival, LenderPushed
from integrations.database.engine import Database
from integrations.database.queries import lenders, views
from integrations.database.queries.lenders import StoredApplication, StoredSystem
from integrations.database.sealing import Sealer
from integrations.lenders.dialects import DIALECTS, OWN
from integrations.lenders.inquiry import AskedEvent, LenderSilent, events_after

EVERY = 60.0  # seconds between two rounds
log = structlog.get_logger(__name__)


class Inquiries:
    """What lenders answer enters by the door like what they push: once for its id, in the order of its sequence."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        tell: Callable[[Arrival], Awaitable[object]],
        clock: Callable[[], datetime],
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        every: float = EVERY,
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._tell = tell
        self._clock = clock
        self._transport = transport
        self._every = every
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin; the first round is at once."""
        self._task = asyncio.create_task(Leading(self._database, "inquiries", self._run).run(), name="inquiries")

    async def close(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def round(self) -> int:
        """Ask every lender that is to be asked, side by side; how many events came."""
        asked = await self._database.read(lenders.asked)
        if not asked:
            return 0
        async with httpx.AsyncClient(transport=self._transport, trust_env=False, follow_redirects=False) as http:
            counts = await asyncio.gather(*(self._ask(http, system) for system in asked))
        return sum(counts)

    async def _run(self) -> None:
        while True:
            try:
                await self.round()
            except Exception as error:  # the next round is soon
                log.warning("inquiries_failed", error=type(error).__name__)
            await asyncio.sleep(self._every)

    async def _ask(self, http: httpx.AsyncClient, system: StoredSystem) -> int:
        """Ask one lender, application by application; a lender that is silent is left alone until the next round."""
        came = 0
        for stored in await self._database.read(lenders.open_applications, system.lender_id):
            try:
                came += await self._ask_about(http, system, stored)
            except LenderSilent as error:
                log.warning("lender_silent", lender=system.lender_id, reason=error.reason)
                break
        return came

    async def _ask_about(self, http: httpx.AsyncClient, system: StoredSystem, stored: StoredApplication) -> int:
        token = self._sealer.unseal_text(system.poll_token) if system.poll_token else ""
        address = system.poll_url or ""
        events = await events_after(http, address, token, stored.id, await self._sequence(stored))
        for event in events:
            await self._tell(self._arrival(system, event))
        return len(events)

    async def _sequence(self, stored: StoredApplication) -> int:
        """The last event of the application that was taken."""
        sealed = await self._database.read(views.state_of, stored.conversation_id)
        if sealed is None:
            return -1
        submission = self._sealer.unseal(Conversation, sealed).at_lender(stored.id)
        return -1 if submission is None else submission.sequence

    def _arrival(self, system: StoredSystem, event: AskedEvent) -> Arrival:
        data = DIALECTS.get(system.dialect, DIALECTS[OWN])(event.data)
        return Arrival(
            origin=f"lender:{system.lender_id}",
            external_id=event.id,
            event=LenderPushed(lender=system.lender_id, webhook_id=event.id, data=data, corrects=event.corrects),
            at=self._clock(),
            application_id=data.application_id,
        )
