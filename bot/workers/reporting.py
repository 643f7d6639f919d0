"""Makes credit reports of conversations from the records that are kept sealed."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.workers.recordkeeping import Batch
from flows.application.report.building import build, compared
from flows.application.report.model import Report
from flows.conversation import Conversation
from flows.effects import MakeReport
from flows.engine.reporting import Kept, material
from flows.events import Arrival, ReportMade
from integrations.database.engine import Database
from integrations.database.queries import records, views
from integrations.database.sealing import Sealer
from integrations.toolkit.source import CURRENCIES


class Reporter:
    """Makes reports. `real` are the sources that speak to a real system; what others bring is invented."""

    def __init__(
        self, database: Database, sealer: Sealer, clock: Callable[[], datetime], real: frozenset[str] = frozenset()
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock
        self._real = real

    async def make(self, key: str, conversation_id: str, job: MakeReport) -> Arrival | None:
        """Carry out the job that makes a report; None when the conversation was erased meanwhile."""
        state = await self.state(conversation_id)
        if state is None:
            return None
        event = ReportMade(number=job.number, report=await self.report(state), wants=job.wants)
        return Arrival(origin="job", external_id=key, event=event, at=self._clock(), conversation_id=conversation_id)

    async def report(self, state: Conversation) -> Report:
        """The report of a conversation as it is now."""
        kept = await self._database.read(records.of_consents, list(state.consents))
        return await asyncio.to_thread(self._built, state, kept)

    async def state(self, conversation_id: str) -> Conversation | None:
        """The conversation; None when there is none."""
        sealed = await self._database.read(views.state_of, conversation_id)
        return None if sealed is None else self._sealer.unseal(Conversation, sealed)

    def _built(self, state: Conversation, kept: Sequence[records.KeptRecords]) -> Report:
        opened = [Kept(each.consent_id, each.read_at, self._sealer.unseal(Batch, each.body).ledger) for each in kept]
        sources = {each.source for each in kept}
        sample = bool(sources) and not sources & self._real
        now = self._clock()
        made = build(material(state, opened, now, CURRENCIES, sample=sample), now)
        latest = state.report.latest
        before = state.report.earlier if latest is not None and latest.values == made.summary.values else latest
        return made if before is None else compared(made, before)
