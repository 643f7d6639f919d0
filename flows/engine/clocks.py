"""The times that are watched while an application is at a lender, kept as timers and in its state for staff to see.

They come from the lender's own words: by when it will answer, until when an offer stands, by when something is due.
"""

from datetime import datetime, timedelta

from flows.application.lifecycle import Side, Status, whose_turn
from flows.conversation import Submission
from flows.effects import SetTimer
from flows.engine.turn import Turn

EXPECTED, OFFER, DUE, REMIND, NOTICE = "expected", "offer", "due", "remind", "notice"
BEFORE = timedelta(hours=24)
MOST_REMINDERS = 3
# A refusal has to be confirmed in writing within 30 days: US Regulation B, 12 CFR 1002.9(a)(1). Lenders elsewhere
# have other limits; staff see the strictest.
NOTICE_WITHIN = timedelta(days=30)


def watch(turn: Turn, submission: Submission) -> None:
    """Set the timers that the status calls for and take off the others."""
    wanted = _wanted(submission, turn.now)
    for name in submission.clocks.keys() - wanted.keys():
        turn.let_sleep(name, submission.application_id)
    for name, due_at in wanted.items():
        if submission.clocks.get(name) != due_at:
            turn.do(SetTimer(name=name, arg=submission.application_id, due_at=due_at))
    submission.clocks = wanted


def later(turn: Turn, submission: Submission, name: str, after: timedelta) -> None:
    """Watch one clock again."""
    due_at = turn.now + after
    submission.clocks = {**submission.clocks, name: due_at}
    turn.do(SetTimer(name=name, arg=submission.application_id, due_at=due_at))


def _wanted(submission: Submission, now: datetime) -> dict[str, datetime]:
    wanted: dict[str, datetime] = {}
    if submission.expected_by is not None and whose_turn(submission.status) in {Side.LENDER, Side.SHARED}:
        wanted[EXPECTED] = submission.expected_by
    if submission.status is Status.OFFERED and submission.offers:
        ends = max(offer.valid_until for offer in submission.offers)
        wanted[OFFER] = ends
        wanted[REMIND] = ends - BEFORE
    if submission.status is Status.ACTION_REQUIRED:
        dues = [action.due_at for action in submission.actions if action.due_at is not None]
        if dues:
            wanted[DUE] = min(dues)
        wanted[REMIND] = max(min(dues) - BEFORE, now + BEFORE / 24) if dues else now + BEFORE
    if submission.status is Status.REJECTED and submission.notified_at is None:
        wanted[NOTICE] = submission.since + NOTICE_WITHIN
    return {name: due_at for name, due_at in wanted.items() if due_at > now}
