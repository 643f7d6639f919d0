"""What a lender pushes, put in order: late news is recorded, a gap waited for, a correction applied.

What the transition table does not allow, and what nobody knows, goes to staff and is never shown as a status.
"""

from datetime import timedelta

from flows.application.lifecycle import Milestone, Status, is_final, may_become
from flows.conversation import Submission, TimelineEntry
from flows.engine.clocks import watch
from flows.engine.offered import contradictions
from flows.engine.pulling import lender_name
from flows.engine.submitting import become, put_offers_away, record
from flows.engine.turn import Turn
from flows.events import LenderPushed

MOST_WAITING = 50
GAP_PATIENCE = timedelta(seconds=30)


def take_push(turn: Turn, submission: Submission, event: LenderPushed) -> bool:
    """Take an event in its order; whether something was relayed that the owner is to see."""
    if event.data.sequence <= submission.sequence:
        _record(turn, submission, event, "came late")
        return False
    gap = submission.sequence >= 0 and event.data.sequence > submission.sequence + 1
    if gap and len(submission.waiting) < MOST_WAITING:
        if not submission.waiting:  # later ones wait with it: each new one must not put the end off
            turn.wake("gap", submission.application_id, GAP_PATIENCE)
        submission.waiting = (*submission.waiting, event)
        turn.note("lender", f"{event.webhook_id}: sequence {event.data.sequence} came early, waiting for the gap")
        return False
    if gap:
        submission.waiting = (*submission.waiting, event)
        return pass_over_gap(turn, submission)
    relayed = _relay(turn, submission, event)
    return _relay_waiting(turn, submission) or relayed


def pass_over_gap(turn: Turn, submission: Submission) -> bool:
    """Go on without what did not come in time; whether something was relayed. A later gap waits anew."""
    early = sorted(submission.waiting, key=lambda each: each.data.sequence)
    if not early:
        return False
    submission.sequence = max(submission.sequence, early[0].data.sequence - 1)
    turn.note("lender", f"{submission.application_id}: passed over a gap before {early[0].data.sequence}")
    relayed = _relay_waiting(turn, submission)
    if submission.waiting:
        turn.wake("gap", submission.application_id, GAP_PATIENCE)
    return relayed


def _relay_waiting(turn: Turn, submission: Submission) -> bool:
    """Relay what waited and is now in order."""
    waited, relayed = bool(submission.waiting), False
    for early in sorted(submission.waiting, key=lambda each: each.data.sequence):
        if early.data.sequence > submission.sequence + 1:
            break
        submission.waiting = tuple(each for each in submission.waiting if each is not early)
        if early.data.sequence <= submission.sequence:
            _record(turn, submission, early, "the same sequence again")
        else:
            relayed = _relay(turn, submission, early) or relayed
    if waited and not submission.waiting:
        turn.let_sleep("gap", submission.application_id)
    return relayed


def _relay(turn: Turn, submission: Submission, event: LenderPushed) -> bool:
    data = event.data
    submission.sequence = max(submission.sequence, data.sequence)
    submission.taken = True
    if data.status not in set(Status):
        _record(turn, submission, event, f"unknown status {data.status!r}")
        submission.raw_status = data.lender_status or data.status
        turn.call_person("unknown_status", data.status)
        turn.tell("status.unknown", lender=lender_name(turn, submission.lender))
        return False
    status = Status(data.status)
    passed = _pass_milestone(submission, event)
    if passed and status is submission.status and not (data.actions or data.offers or event.corrects):
        _note_milestone(turn, submission, event)
        return True
    before = _status_before(submission, event.corrects) if event.corrects else submission.status
    same = status is before and not is_final(status)
    if before is None or not (may_become(before, status) or same or (event.corrects and status is before)):
        _record(turn, submission, event, f"{submission.status.value} cannot become {status.value}")
        turn.call_person("illegal_status", f"{submission.status.value} -> {status.value}")
        return False
    if data.offers and all(offer.valid_until <= turn.now for offer in data.offers):
        _record(turn, submission, event, "every offer in it has run out already")
        turn.call_person("offer_figures", f"{submission.application_id}: {data.offers[0].offer_id} (valid_until)")
        return False
    submission.expected_by = data.expected_by
    if data.actions != submission.actions:
        submission.actions, submission.answers = data.actions, ()
    submission.reasons = tuple(sorted(data.reasons, key=lambda reason: reason.rank))[:4]
    if data.offers:
        _take_offers(turn, submission, event)
    if status is Status.OFFERED and not submission.offers:
        turn.call_person("offer_figures", f"{submission.application_id}: none were sent")
    become(turn, submission, status, data.occurred_at, raw=data.lender_status or "", webhook_id=event.webhook_id)
    if event.corrects:
        turn.echo.append(turn.t("status.corrected", lender=lender_name(turn, submission.lender)))
    return True


def _pass_milestone(submission: Submission, event: LenderPushed) -> bool:
    """Keep what has happened on the way, when it is a milestone that we know."""
    if event.data.milestone not in set(Milestone):
        return False
    submission.milestone = Milestone(event.data.milestone)
    submission.milestone_at = event.data.occurred_at
    if submission.milestone is Milestone.ADVERSE_ACTION_NOTICE_SENT:
        submission.notified_at = event.data.occurred_at
    return True


def _note_milestone(turn: Turn, submission: Submission, event: LenderPushed) -> None:
    """Something has happened in the status that stands: since when it stands does not change."""
    data = event.data
    submission.expected_by = data.expected_by or submission.expected_by
    submission.raw_status = data.lender_status or submission.raw_status
    entry = TimelineEntry(
        at=turn.now,
        occurred_at=data.occurred_at,
        status=submission.status,
        raw=data.lender_status or "",
        shown=True,
        webhook_id=event.webhook_id,
        milestone=data.milestone,
    )
    record(submission, entry)
    watch(turn, submission)
    turn.note("milestone", f"{submission.application_id} {data.milestone}")


def _take_offers(turn: Turn, submission: Submission, event: LenderPushed) -> None:
    """Put the lender's offers in the place of earlier ones, and have a person look at figures that contradict."""
    offers = event.data.offers
    if any(each not in offers for each in submission.offers):
        turn.echo.append(turn.t("offers.replaced", lender=lender_name(turn, submission.lender)))
    put_offers_away(submission, offers)
    submission.decided_by = ""  # these are the lender's own, no longer the scoring service's
    doubtful = [f"{each.offer_id} ({', '.join(wrong)})" for each in offers if (wrong := contradictions(each))]
    if doubtful:
        turn.call_person("offer_figures", f"{submission.application_id}: {'; '.join(doubtful)}"[:300])


def _status_before(submission: Submission, webhook_id: str) -> Status | None:
    """The status that stood before the delivery that is corrected; None when that one is not known."""
    shown = [entry for entry in submission.timeline if entry.shown and entry.status is not None]
    for place, entry in enumerate(shown):
        if entry.webhook_id == webhook_id and place:
            return shown[place - 1].status
    return None


def _record(turn: Turn, submission: Submission, event: LenderPushed, why: str) -> None:
    known = event.data.status in set(Status)
    entry = TimelineEntry(
        at=turn.now,
        occurred_at=event.data.occurred_at,
        status=Status(event.data.status) if known else None,
        raw=event.data.lender_status or event.data.status,
        shown=False,
        webhook_id=event.webhook_id,
    )
    record(submission, entry)
    turn.note("lender", f"{event.webhook_id}: {why}; recorded, not shown")
