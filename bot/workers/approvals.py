"""Owners who approve a source at its own page: where they are sent, and what they bring back, kept sealed.

The page asks the source when the owner opens it, because what a source gives out for that is good for a minute. The
answer is kept with the event that tells of it, and exchanged for access by the job that follows.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from flows.consent import Consent
from flows.errors import LendlineError, SourceUnavailable
from flows.ports import Grant, Source, Subject
from integrations.database.engine import Database
from integrations.database.queries import approvals
from integrations.database.queries.approvals import StoredApproval
from integrations.database.sealing import Sealer
from integrations.toolkit.authorisation import Approval, SignsIn

FRESH = timedelta(seconds=30)  # who opens the page again so soon is sent to the same address


class NoSignIn(LendlineError):
    """The source has no page of its own at which an owner approves."""

    def __str__(self) -> str:
        return "this source has no sign-in page"


class Approvals:
    """See the module. `source` opens a source by name."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        source: Callable[[str], Awaitable[Source]],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._source = source
        self._clock = clock

    async def ask(
        self, conversation_id: str, consent: Consent, subject: Subject, *, back: str, state: Callable[[], str]
    ) -> str:
        """The address where the owner approves. Raises NoSignIn, ConsentMissing or a fact of the source."""
        stored = await self._database.read(approvals.find, consent.id)
        now = self._clock()
        if stored is not None and stored.answer is None and now - stored.asked_at < FRESH:
            return self._sealer.unseal(Approval, stored.body).url
        source = await self._source(consent.source)
        if not isinstance(source, SignsIn):
            raise NoSignIn
        approval = await source.ask(consent, subject, back, state())
        kept = StoredApproval(consent.id, conversation_id, self._sealer.seal(approval), None, now)
        await self._database.run(approvals.put, kept)
        return approval.url

    def answered(self, consent_id: str, answer: str) -> Callable[[sa.Connection], bool]:
        """What keeps the owner's answer in the transaction of its event; false when none is waited for."""
        body = self._sealer.seal_text(answer)
        return lambda connection: approvals.answered(connection, consent_id, body)

    async def grant(self, source: Source, consent: Consent, subject: Subject) -> Grant | None:
        """Exchange the owner's answer for access; None when there is no answer.

        An answer counts once: it is kept only while the source cannot be reached.
        """
        stored = await self._database.read(approvals.find, consent.id)
        if stored is None or stored.answer is None or not isinstance(source, SignsIn):
            return None
        approval = self._sealer.unseal(Approval, stored.body)
        try:
            return await source.resume(consent, subject, approval, self._sealer.unseal_text(stored.answer))
        except SourceUnavailable:
            raise
        except LendlineError:
            await self.forget(consent.id)
            raise

    async def forget(self, consent_id: str) -> None:
        """Destroy what is kept for a consent."""
        await self._database.run(approvals.destroy, consent_id)
