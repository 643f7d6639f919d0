"""What supervisors count of one application, worked out from its state and the few lines of its hand-overs. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from flows.application.fields import APPLICANT_FACING
from flows.application.lifecycle import Status
from flows.conversation import Conversation, PullState, Submission

OWNER = "owner"
_DECIDED = frozenset(
    {
        Status.OFFERED,
        Status.REJECTED,
        Status.OFFER_ACCEPTED,
        Status.OFFER_DECLINED,
        Status.DISBURSED,
    }
)
_ENDED_PULLS = {PullState.DONE: "done", PullState.FAILED: "failed", PullState.SKIPPED: "skipped"}


class Stage(IntEnum):
    """How far an application has come; each includes the ones before it."""

    STARTED = 0
    BUSINESS = 1
    SOURCES = 2
    REVIEW = 3
    SIGNED = 4
    DECIDED = 5
    ACCEPTED = 6
    PAID = 7


@dataclass(frozen=True)
class Journey:
    """One application in numbers. Times are whole seconds; None while it has not come to that.

    `step` is the flow in which its owner is, `person_reason` why a person was first wanted, `reply_seconds` how long
    that took. `asked` and `prefilled` count applicant-facing fields by who gave them.
    """

    application_id: str
    channel: str
    lang: str
    lender: str
    started_at: datetime
    seen_at: datetime
    reached: int
    step: str
    status: str
    submit_seconds: int | None
    decide_seconds: int | None
    expected_by: datetime | None
    asked: int
    prefilled: int
    person_reason: str
    reply_seconds: int | None


@dataclass(frozen=True)
class Fetch:
    """The last try to fetch from one source for one application: done, failed or skipped, and how long it took."""

    application_id: str
    source: str
    started_at: datetime
    state: str
    seconds: int | None


@dataclass(frozen=True)
class HandOver:
    """A line of the log about a person: wanted, or here."""

    kind: str
    at: datetime
    text: str


def journey(conversation: Conversation, step: str, seen_at: datetime, lines: Iterable[HandOver]) -> Journey:
    """The numbers of the current application. `step` names the live card, `lines` are its hand-overs in order."""
    application, submission = conversation.application, conversation.submission
    sources = [chosen.source for name in APPLICANT_FACING if (chosen := application.chosen(name)) is not None]
    reason, reply = _person(application.started_at, lines)
    return Journey(
        application_id=application.id,
        channel=conversation.channel,
        lang=conversation.lang,
        lender=submission.lender if submission is not None else "",
        started_at=application.started_at,
        seen_at=seen_at,
        reached=_reached(conversation, step),
        step=step.partition(".")[0],
        status=submission.status if submission is not None else Status.DRAFT,
        submit_seconds=_seconds(application.started_at, application.signed_at),
        decide_seconds=_seconds(application.signed_at, _decided_at(submission)),
        expected_by=submission.expected_by if submission is not None else None,
        asked=sum(source == OWNER for source in sources),
        prefilled=sum(source != OWNER for source in sources),
        person_reason=reason,
        reply_seconds=reply,
    )


def fetches(conversation: Conversation) -> tuple[Fetch, ...]:
    """What was fetched for the current application."""
    return tuple(
        Fetch(
            application_id=conversation.application.id,
            source=pull.source,
            started_at=conversation.application.started_at,
            state=_ENDED_PULLS[pull.state],
            seconds=_seconds(pull.asked_at, pull.finished_at),
        )
        for pull in conversation.pulls.values()
        if pull.state in _ENDED_PULLS
    )


def _reached(conversation: Conversation, step: str) -> Stage:
    status = conversation.submission.status if conversation.submission is not None else Status.DRAFT
    if status is Status.DISBURSED:
        return Stage.PAID
    if status is Status.OFFER_ACCEPTED:
        return Stage.ACCEPTED
    if status in _DECIDED or _decided_at(conversation.submission) is not None:
        return Stage.DECIDED
    if conversation.application.signed_at is not None:
        return Stage.SIGNED
    if conversation.pages_seen or step.startswith("review."):
        return Stage.REVIEW
    if conversation.connected or any(source != "registry" for source in conversation.pulls):
        return Stage.SOURCES
    return Stage.BUSINESS if conversation.business_confirmed else Stage.STARTED


def _decided_at(submission: Submission | None) -> datetime | None:
    if submission is None:
        return None
    return min((entry.at for entry in submission.timeline if entry.status in _DECIDED), default=None)


def _person(since: datetime, lines: Iterable[HandOver]) -> tuple[str, int | None]:
    """Why a person was first wanted, and the seconds until one was there."""
    reason, wanted = "", None
    for each in lines:
        if each.at < since:
            continue
        if each.kind == "person_wanted" and wanted is None:
            reason, wanted = each.text.split(" ")[0][:40] or "other", each.at
        elif each.kind != "person_wanted" and wanted is not None:
            return reason, _seconds(wanted, each.at)
    return reason, None


def _seconds(start: datetime | None, end: datetime | None) -> int | None:
    if start is None or end is None:
        return None
    return max(0, round((end - start) / timedelta(seconds=1)))
