"""What workers carry out: fetch records, end an access, hand an application over. Each ends in an event.

Facts of the outside (refused, unavailable, unreadable) become events; only the unexpected is an error.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Literal

import structlog

from bot.observing import Observer
from bot.workers.approvals import Approvals
from bot.workers.recordkeeping import RecordKeeper
from flows.effects import AskModel, Assess, FindBusiness, ForgetGrant, StartPull, Submit
from flows.errors import (
    ConsentMissing,
    LendlineError,
    ModelUnavailable,
    ScoringRejected,
    ScoringUnavailable,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
    SubjectUnknown,
)
from flows.events import (
    Arrival,
    BusinessesFound,
    Decided,
    Event,
    ModelAnswered,
    OwnerWanted,
    PullFailed,
    PullFinished,
    PullStarted,
    SubmissionFailed,
)
from flows.knowledge.claims import Written
from flows.ports import (
    ConfirmedField,
    DecisionRequest,
    Evidence,
    Grant,
    LanguageModel,
    ReadRequest,
    Register,
    RequestedLoan,
    Scoring,
    Source,
    Understood,
)
from integrations.database.engine import Database
from integrations.database.queries import vault
from integrations.database.sealing import Sealer
from integrations.toolkit.authorisation import OwnerNeeded, Renews

PULL_LIMIT = timedelta(seconds=45)
FIND_LIMIT = timedelta(seconds=8)
REGISTER = "registry"
PULLS_AT_ONCE = 16
SCORING_WAITS = (0.0, 0.5, 2.0)  # seconds before each try; the flow tries again later

log = structlog.get_logger(__name__)
Fact = Literal["refused", "unavailable", "unreadable", "unknown_subject", "no_consent"]
_FACTS: Mapping[type[LendlineError], Fact] = {
    ConsentMissing: "no_consent",
    SourceRefused: "refused",
    SourceUnavailable: "unavailable",
    SourceUnreadable: "unreadable",
    SubjectUnknown: "unknown_subject",
}


class Errands:
    """Carries out the jobs that flows asked for."""

    def __init__(
        self,
        *,
        database: Database,
        sealer: Sealer,
        source: Callable[[str], Awaitable[Source]],
        scoring: Callable[[], Awaitable[Scoring]],
        model: Callable[[], Awaitable[LanguageModel | None]],
        tell: Callable[[Arrival], Awaitable[object]],
        approvals: Approvals,
        clock: Callable[[], datetime],
        observer: Observer | None = None,
    ) -> None:
        self._observer = observer or Observer()
        self._database = database
        self._keeper = RecordKeeper(database, sealer)
        self._sealer = sealer
        self._source = source
        self._scoring = scoring
        self._model = model
        self._tell = tell
        self._approvals = approvals
        self._clock = clock
        self._places = asyncio.Semaphore(PULLS_AT_ONCE)

    async def pull(self, key: str, conversation_id: str, job: StartPull) -> Arrival:
        """Fetch what a consent covers, within the time limit."""
        consent, source = job.consent, job.consent.source
        started = PullStarted(source=source, consent_id=consent.id, attempt=job.attempt)
        await self._tell(self._arrival(f"{key}:started", conversation_id, started))
        event: Event
        began = time.perf_counter()
        try:
            async with self._places, asyncio.timeout(PULL_LIMIT.total_seconds()):
                adapter = await self._source(source)
                evidence = await self._fetched(adapter, job)
            evidence = await self._keeper.keep(key, conversation_id, job, evidence, self._clock())
            event = PullFinished(attempt=job.attempt, evidence=evidence)
        except TimeoutError:
            event = self._failed(job, "unavailable", "time limit")
        except OwnerNeeded:
            event = OwnerWanted(source=source, consent_id=consent.id, attempt=job.attempt)
        except LendlineError as error:
            if isinstance(error, SourceRefused):
                await self._database.run(vault.destroy, consent.id)
            event = self._failed(job, _FACTS.get(type(error), "unreadable"), type(error).__name__)
        self._observer.pull(source, _outcome(event), time.perf_counter() - began)
        return self._arrival(key, conversation_id, event)

    async def forget(self, key: str, conversation_id: str, job: ForgetGrant) -> Arrival | None:
        """End an access at its source and destroy the token, whether or not the source answers."""
        del key, conversation_id
        await self._approvals.forget(job.consent.id)
        grant = await self._known_grant(job.consent.id)
        if grant is not None:
            try:
                async with asyncio.timeout(PULL_LIMIT.total_seconds()):
                    await (await self._source(job.consent.source)).forget(job.consent, grant)
            finally:
                await self._database.run(vault.destroy, job.consent.id)
        return None

    async def assess(self, key: str, conversation_id: str, job: Assess) -> Arrival:
        """Compute the attributes of the records that are here."""
        return self._arrival(key, conversation_id, await self._keeper.assess(job, self._clock()))

    async def submit(self, key: str, conversation_id: str, job: Submit) -> Arrival:
        """Ask the scoring service for a decision, with the same key at every try."""
        reference = job.reference
        request = decision_request(job, self._clock())
        idempotency_key = f"{reference}:{job.attempt}"
        event: Event = SubmissionFailed(application_id=reference, final=False)
        began = time.perf_counter()
        for wait in SCORING_WAITS:
            await asyncio.sleep(wait)
            try:
                decision = await (await self._scoring()).decide(request, idempotency_key)
            except ScoringRejected as error:
                event = SubmissionFailed(application_id=reference, final=True, detail=str(error.status))
                break
            except ScoringUnavailable as error:
                event = SubmissionFailed(application_id=reference, final=False, detail=error.reason)
            else:
                event = Decided(application_id=reference, decision=decision)
                break
        outcome = "done" if isinstance(event, Decided) else "failed"
        self._observer.decision(outcome, time.perf_counter() - began)
        return self._arrival(key, conversation_id, event)

    async def consult(self, key: str, conversation_id: str, job: AskModel) -> Arrival:
        """Ask the language model; a failure is an event like any other."""
        found: Understood | Written | None = None
        fact = ""
        try:
            model = await self._model()
            if model is None:
                fact = "none is set"
            elif isinstance(job.request, ReadRequest):
                found = await model.understand(job.request)
            else:
                found = await model.answer(job.request)
        except ModelUnavailable as error:
            fact = error.reason
            log.info("model_failed", reason=fact)
        return self._arrival(key, conversation_id, ModelAnswered(number=job.number, found=found, fact=fact))

    async def find(self, key: str, conversation_id: str, job: FindBusiness) -> Arrival:
        """Search the public register for a name, within a short time: somebody waits."""
        event = BusinessesFound(number=job.number, fact="unavailable")
        try:
            async with asyncio.timeout(FIND_LIMIT.total_seconds()):
                register = await self._source(REGISTER)
                if isinstance(register, Register):
                    event = BusinessesFound(number=job.number, found=await register.find(job.name, job.country))
        except TimeoutError:
            log.info("find_failed", error="time limit")
        except LendlineError as error:
            log.info("find_failed", error=type(error).__name__)
        return self._arrival(key, conversation_id, event)

    async def _fetched(self, adapter: Source, job: StartPull) -> Evidence:
        """What the source tells under the access we have.

        Unless this is a refresh, an access that is here already was left by work that was broken off. When it is
        refused, access is asked for once more: a consent that stands must not end because a process died.
        """
        left_over = not job.refresh and await self._known_grant(job.consent.id) is not None
        try:
            return await self._fetched_once(adapter, job)
        except SourceRefused:
            if not left_over:
                raise
        await self._database.run(vault.destroy, job.consent.id)
        return await self._fetched_once(adapter, job)

    async def _fetched_once(self, adapter: Source, job: StartPull) -> Evidence:
        grant = await self._grant(adapter, job)
        return await adapter.pull(job.consent, job.subject, grant, self._clock().date())

    async def _grant(self, adapter: Source, job: StartPull) -> Grant:
        """Find the access we have for a consent, or ask the source for one and keep it sealed."""
        known = await self._known_grant(job.consent.id)
        grant = await adapter.renew(job.consent, known) if known is not None and isinstance(adapter, Renews) else known
        if grant is None:
            grant = await self._approvals.grant(adapter, job.consent, job.subject)
            if grant is None:
                grant = await adapter.connect(job.consent, job.subject)
        if grant is not known:
            token = self._sealer.seal_text(grant.token)
            await self._database.run(
                vault.put, vault.StoredGrant(job.consent.id, job.consent.source, token, grant.expires_at)
            )
            await self._approvals.forget(job.consent.id)
        return grant

    async def _known_grant(self, consent_id: str) -> Grant | None:
        stored = await self._database.read(vault.find, consent_id)
        if stored is None:
            return None
        return Grant(token=self._sealer.unseal_text(stored.token), expires_at=stored.expires_at)

    def _failed(self, job: StartPull, fact: Fact, detail: str) -> PullFailed:
        consent = job.consent
        return PullFailed(source=consent.source, consent_id=consent.id, attempt=job.attempt, fact=fact, detail=detail)

    def _arrival(self, external_id: str, conversation_id: str, event: Event) -> Arrival:
        return Arrival(
            origin="job", external_id=external_id, event=event, at=self._clock(), conversation_id=conversation_id
        )


def _outcome(event: Event) -> str:
    """How a pull ended, in the numbers that operators see."""
    if isinstance(event, PullFailed):
        return event.fact
    return "sign_in" if isinstance(event, OwnerWanted) else "done"


def decision_request(job: Submit, now: datetime) -> DecisionRequest:
    """The request of the scoring contract, made from a signed application for one lender."""
    application = job.application
    amount = application.money("amount_requested")
    term = application.get("loan_term_months")
    purposes = application.get("credit_purpose")
    if amount is None or not isinstance(term, int) or not isinstance(purposes, tuple):
        raise AssertionError("a signed application has an amount, a term and a purpose")
    chosen = {name: value.candidate for name, value in application.values.items() if value.candidate is not None}
    return DecisionRequest(
        application_id=job.reference,
        lender=job.lender,
        as_of=now.date(),
        requested=RequestedLoan(
            amount=amount.amount,
            currency=amount.currency,
            term_months=term,
            purpose=tuple(str(purpose) for purpose in purposes),
        ),
        applicant={
            name: ConfirmedField(
                value=candidate.value,
                source=candidate.source,
                consent_id=candidate.consent_id,
                observed_at=candidate.observed_at,
                confirmed_at=candidate.confirmed_at,
            )
            for name, candidate in chosen.items()
        },
        features=application.features,
    )
