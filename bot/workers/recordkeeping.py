"""Keeping the records that pulls bring, and computing the attributes over all of them."""

import asyncio
from datetime import datetime

from pydantic import BaseModel

from flows.application.attributes.assessing import Assessment, Question, assess
from flows.application.attributes.results import Held
from flows.application.records import Records
from flows.application.values import Feature
from flows.effects import Assess, StartPull
from flows.events import Assessed
from flows.ports import Evidence
from integrations.database.engine import Database
from integrations.database.queries import records
from integrations.database.sealing import Sealer
from integrations.toolkit.source import CURRENCIES


class Batch(BaseModel):
    """Records as they are stored."""

    ledger: Records


class RecordKeeper:
    """Keeps records sealed, one batch for each consent. Large batches are packed and computed beside the loop."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    async def keep(self, key: str, conversation_id: str, job: StartPull, evidence: Evidence, now: datetime) -> Evidence:
        """Store the records of a pull, and give back its evidence without them."""
        ledger = evidence.ledger
        if ledger is None or not len(ledger):
            return evidence
        body = await asyncio.to_thread(self._sealer.seal, Batch(ledger=ledger))
        kept = records.KeptRecords(job.consent.id, conversation_id, job.consent.source, now, len(ledger), body)
        await self._database.run(records.keep, kept, key)
        return evidence.model_copy(update={"ledger": None})

    async def assess(self, job: Assess, now: datetime) -> Assessed:
        """The attributes over all that these consents brought."""
        kept = await self._database.read(records.of_consents, [each.id for each in job.consents])
        assessment = await asyncio.to_thread(self._computed, job, kept, now)
        features = tuple(
            Feature(
                name=each.name,
                value=each.value,
                window=each.window,
                source=each.basis.sources[0],
                consent_id=each.basis.consents[0],
                records=each.records,
                coverage=each.coverage,
                also=each.basis.consents[1:],
            )
            for each in assessment.results
            if each.basis.consents
        )
        return Assessed(number=job.number, features=features, differences=assessment.differences)

    def _computed(self, job: Assess, kept: tuple[records.KeptRecords, ...], now: datetime) -> Assessment:
        starts = {each.id: each.data_from.date() for each in job.consents}
        held = [
            Held(each.source, each.consent_id, self._sealer.unseal(Batch, each.body).ledger, starts[each.consent_id])
            for each in kept
        ]
        question = Question(now.date(), CURRENCIES[job.country], job.amount, job.term_months)
        return assess(held, question)
