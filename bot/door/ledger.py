"""The transaction of a turn: event, state, messages, jobs and timers are written together or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from bot.door import columns, transcript
from bot.door.page import Page
from bot.door.states import States
from flows.application.lifecycle import Status
from flows.conversation import Conversation, Speaker
from flows.effects import (
    AskModel,
    Assess,
    CallPerson,
    CancelTimer,
    DropFile,
    Erase,
    FindBusiness,
    ForgetGrant,
    ForgetOwner,
    KeepFiles,
    MakeReport,
    Note,
    ReadFile,
    SetTimer,
    Speak,
    StartPull,
    Submit,
)
from flows.engine.decision import Decide, Decision
from flows.events import Arrival, Assessed, OwnerSaid, PullFinished, ReportMade
from flows.messages import Say
from integrations.database.queries import approvals, blobs, conversations, events, jobs, lenders, outbox, records
from integrations.database.queries.conversations import Stored
from integrations.database.queries.events import Line
from integrations.database.sealing import Sealer

LONGEST_TEXT = 8_000
NewConversation = Callable[[str, str, datetime], Conversation]
Apology = Callable[[str], Say]
Claim = Callable[[sa.Connection], bool]


@dataclass(frozen=True)
class Taken:
    """What became of an arrival.

    `known` is false when no conversation belongs to it. `duplicate`: it had been here before, or was called off,
    and nothing happened. `failed`: it is in the log, had no effect, and a person was called. `overtaken`: it took
    effect after a later one of its messenger.
    """

    conversation_id: str | None
    duplicate: bool = False
    known: bool = True
    failed: bool = False
    overtaken: bool = False
    event_id: int | None = None


class Ledger:
    """Writes turns. Its methods run inside a write transaction and do not commit."""

    def __init__(self, decide: Decide, new_conversation: NewConversation, sealer: Sealer, apology: Apology) -> None:
        self._decide = decide
        self._new_conversation = new_conversation
        self._sealer = sealer
        self._states = States(sealer)
        self._apology = apology

    def turn(self, connection: sa.Connection, arrival: Arrival, now: datetime, claim: Claim | None) -> Taken:
        """Let an event take effect, once. What `decide` raises is raised, and nothing is written then.

        `claim` is asked first in the same transaction (a timer that is still set, a job that is not cancelled);
        when it says no, nothing happens.
        """
        stored = self._find(connection, arrival, now)
        if stored is None:
            return Taken(None, known=False)
        if claim is not None and not claim(connection):
            return Taken(stored.id, duplicate=True)
        before = self._states.open(stored)
        page = Page(stored, now)
        event_id = events.insert_once(connection, self._line(page, arrival, before))
        if event_id is None:
            return Taken(stored.id, duplicate=True)
        page.event_id = event_id
        was = _Was(before.speaker, {each.application_id: each.status for each in before.submissions})
        decision = self._decide(before, arrival.event, now)
        after = decision.conversation
        if after.speaker is Speaker.PERSON and was.speaker is Speaker.ASSISTANT:
            withdrawn = outbox.silence(connection, stored.id)
            if withdrawn:
                page.log("withdrawn", "system", str(withdrawn))
        overtaken = _overtaken(stored, arrival)
        if overtaken:
            page.log("overtaken", "system", f"number {arrival.number} after {stored.last_number}")
        self._carry_out(connection, page, decision)
        for each in after.submissions:
            if was.statuses.get(each.application_id) != each.status:
                lenders.set_status(connection, each.application_id, each.status)
        conversations.write(
            connection,
            stored,
            state=self._states.close(stored.id, after),
            seq=page.seq,
            columns=columns.after(stored.columns, arrival.event, decision, page.heard, now),
            now=now,
            number=arrival.number,
        )
        return Taken(stored.id, event_id=event_id, overtaken=overtaken)

    def failed(
        self, connection: sa.Connection, arrival: Arrival, now: datetime, claim: Claim | None, error: str
    ) -> Taken:
        """Store an event whose turn has raised: the state stays, the owner hears an apology, a person is called."""
        stored = self._find(connection, arrival, now)
        if stored is None:
            return Taken(None, known=False)
        if claim is not None and not claim(connection):
            return Taken(stored.id, duplicate=True)
        page = Page(stored, now)
        event_id = events.insert_once(connection, replace(self._line(page, arrival, None), error=error))
        if event_id is None:
            return Taken(stored.id, duplicate=True)
        page.event_id = event_id
        was = stored.columns
        heard_before = was.alert == "turn_failed" and not isinstance(arrival.event, OwnerSaid)
        if was.speaker != Speaker.PERSON and not heard_before:
            page.speak(self._apology(was.lang), outbox.ASSISTANT)
        page.write(connection, self._sealer)
        failed = columns.after_failure(was, now)
        conversations.write(
            connection, stored, state=stored.state, seq=page.seq, columns=failed, now=now, number=arrival.number
        )
        return Taken(stored.id, failed=True, event_id=event_id)

    def _find(self, connection: sa.Connection, arrival: Arrival, now: datetime) -> Stored | None:
        found_id = arrival.conversation_id or conversations.resolve(
            connection, channel=arrival.channel, address=arrival.address, application_id=arrival.application_id
        )
        if found_id is not None:
            return conversations.lock(connection, found_id)
        if arrival.channel is None or arrival.address is None:
            return None
        new = self._new_conversation(arrival.channel, arrival.address, now)
        return conversations.create(
            connection,
            conversation_id=new.id,
            channel=arrival.channel,
            address=arrival.address,
            state=self._sealer.seal(new),
            columns=columns.of_new(new, now),
            now=now,
        )

    def _line(self, page: Page, arrival: Arrival, before: Conversation | None) -> Line:
        event = arrival.event
        return Line(
            conversation_id=page.stored.id,
            seq=page.number(),
            origin=arrival.origin,
            external_id=arrival.external_id,
            kind=event.kind,
            actor=transcript.actor(event),
            at=arrival.at,
            text=transcript.of_event(event, before),
            consent_id=event.evidence.consent_id if isinstance(event, PullFinished) else None,
            # What was computed stands in the state; here it would outlive the consents it came by.
            body=None if isinstance(event, Assessed | ReportMade) else self._sealer.seal(event),
        )

    def _carry_out(self, connection: sa.Connection, page: Page, decision: Decision) -> None:
        after = decision.conversation
        for effect in decision.effects:
            match effect:
                case Speak(say=say, by=by):
                    if by == outbox.ASSISTANT and after.speaker is Speaker.PERSON:
                        page.log("not_said", by, transcript.of_say(say))
                    else:
                        page.speak(say, by)
                case (
                    StartPull()
                    | ForgetGrant()
                    | Submit()
                    | Assess()
                    | MakeReport()
                    | AskModel()
                    | FindBusiness()
                    | ReadFile()
                ):
                    page.work(effect, self._sealer)
                    self._with_work(connection, page, effect, after)
                case SetTimer(name=name, arg=arg, due_at=due_at):
                    page.timers[name, arg] = due_at
                case CancelTimer(name=name, arg=arg):
                    page.timers[name, arg] = None
                case CallPerson(reason=reason, summary=summary, briefing=briefing):
                    body = None if briefing is None else self._sealer.seal(briefing)
                    page.log("person_wanted", "system", transcript.line(f"{reason} {summary}"), body)
                case Note(about=about, text=text):
                    page.log("note", "system", transcript.line(f"{about}: {text}"))
                case ForgetOwner():
                    page.log("erased", "system", str(_forget_owner(connection, page)))
                case KeepFiles() | DropFile():
                    _with_files(connection, page, effect)
                case Erase(consent_id=consent_id):
                    _erase(connection, page.stored.id, consent_id, page.now)
                    page.log("erased", "system", consent_id)
        page.write(connection, self._sealer)

    def _with_work(
        self,
        connection: sa.Connection,
        page: Page,
        effect: StartPull | ForgetGrant | Submit | Assess | MakeReport | AskModel | FindBusiness | ReadFile,
        after: Conversation,
    ) -> None:
        """What is written together with the work."""
        if isinstance(effect, Submit):
            self._submit(connection, page, effect, after)
        elif isinstance(effect, StartPull):
            blobs.belong(connection, page.stored.id, effect.consent, page.now)

    def _submit(self, connection: sa.Connection, page: Page, effect: Submit, after: Conversation) -> None:
        packet = lenders.Packet(
            application=effect.application,
            lender=effect.lender,
            consents=tuple(after.consents.values()),
            submitted_at=page.now,
        )
        lenders.put_application(
            connection,
            lenders.StoredApplication(
                id=effect.reference,
                conversation_id=page.stored.id,
                lender=effect.lender,
                status=_status_at(after, effect.reference),
                submitted_at=page.now,
                packet=self._sealer.seal(packet),
            ),
        )


@dataclass(frozen=True)
class _Was:
    """What is compared after the turn, kept because a flow may work on the state it was given."""

    speaker: Speaker
    statuses: Mapping[str, str]


def bounded(arrival: Arrival) -> Arrival:
    """The arrival with no more text than the log should hold; a longer message is cut."""
    event = arrival.event
    if not isinstance(event, OwnerSaid) or len(event.heard.text) <= LONGEST_TEXT:
        return arrival
    heard = event.heard.model_copy(update={"text": event.heard.text[:LONGEST_TEXT]})
    return arrival.model_copy(update={"event": event.model_copy(update={"heard": heard})})


def _with_files(connection: sa.Connection, page: Page, effect: KeepFiles | DropFile) -> None:
    """Keep files under a consent, or destroy one, and with it what was read of it."""
    if isinstance(effect, KeepFiles):
        blobs.belong(connection, page.stored.id, effect.consent, page.now)
        events.belong(connection, page.stored.id, effect.consent.documents, effect.consent.id)
    else:
        blobs.drop(connection, page.stored.id, effect.document_id)
        events.forget_paper(connection, page.stored.id, effect.document_id)


def _erase(connection: sa.Connection, conversation_id: str, consent_id: str, now: datetime) -> None:
    jobs.cancel(connection, consent_id, now)
    records.erase(connection, consent_id)
    blobs.erase(connection, consent_id)
    approvals.destroy(connection, consent_id)
    first = events.erase(connection, consent_id)
    if first is not None:
        outbox.erase(connection, conversation_id, first)
        events.blank_said(connection, conversation_id, first)


def _overtaken(stored: Stored, arrival: Arrival) -> bool:
    """Whether a later event of the same messenger has taken effect; with several receivers that happens, rarely."""
    return arrival.number is not None and stored.last_number is not None and arrival.number < stored.last_number


def _forget_owner(connection: sa.Connection, page: Page) -> int:
    """Blank what the log and the delivered messages hold; the number of lines that were blanked."""
    outbox.erase(connection, page.stored.id, 0)
    records.erase_all(connection, page.stored.id)
    blobs.erase_all(connection, page.stored.id)
    approvals.destroy_all(connection, page.stored.id)
    return events.blank(connection, page.stored.id)


def _status(conversation: Conversation) -> str:
    return conversation.submission.status if conversation.submission is not None else Status.DRAFT


def _status_at(conversation: Conversation, reference: str) -> str:
    submission = conversation.at_lender(reference)
    return submission.status if submission is not None else _status(conversation)
