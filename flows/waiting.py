"""Waiting: the promised time passes, an offer runs out, something is due. Silence is broken, nothing is guessed."""

from datetime import timedelta

from flows.application.lifecycle import Status, may_become
from flows.conversation import Submission
from flows.engine.asked import what_is_asked
from flows.engine.clocks import DUE, EXPECTED, MOST_REMINDERS, NOTICE, OFFER, REMIND, later
from flows.engine.flow import Flow
from flows.engine.pulling import lender_name
from flows.engine.standing import TIME, attend, name_of
from flows.engine.submitting import become, put_offers_away
from flows.engine.turn import Turn
from flows.events import Event, TimerFired

NEXT_WORD = timedelta(days=3)


def _fired(turn: Turn, event: Event) -> None:
    if not isinstance(event, TimerFired) or event.name not in _REACTIONS:
        return
    submission = turn.state.at_lender(event.arg)
    if submission is None or event.name not in submission.clocks:
        return
    due_at = submission.clocks[event.name]
    if due_at > turn.now:
        return  # it was set again meanwhile
    submission.clocks = {name: due for name, due in submission.clocks.items() if name != event.name}
    _REACTIONS[event.name](turn, submission)


def _no_word(turn: Turn, submission: Submission) -> None:
    """The lender has not answered by the time it gave."""
    promised = submission.expected_by
    if promised is None:
        return
    lender = lender_name(turn, submission.lender)
    turn.tell("waiting.no_change", lender=lender, promised=promised.strftime(TIME),
              since=submission.since.strftime(TIME), days=NEXT_WORD.days)  # fmt: skip
    turn.call_person("lender_overdue", f"{submission.application_id} {submission.lender}")
    later(turn, submission, EXPECTED, NEXT_WORD)


def _offers_over(turn: Turn, submission: Submission) -> None:
    """The last open offer has run out: nobody can accept it any more."""
    if submission.status is not Status.OFFERED or any(each.valid_until > turn.now for each in submission.offers):
        return
    if may_become(submission.status, Status.EXPIRED):
        put_offers_away(submission)
        become(turn, submission, Status.EXPIRED, turn.now)
        attend(turn, submission)


def _overdue(turn: Turn, submission: Submission) -> None:
    """Something the lender asked for is late. Only the lender may say that it is too late."""
    turn.tell("waiting.overdue", lender=lender_name(turn, submission.lender), what=_asked_for(turn, submission))
    turn.call_person("owner_overdue", submission.application_id)


def _remind(turn: Turn, submission: Submission) -> None:
    """Name what is in the way and put the card that mends it in front of the owner again."""
    if submission.reminders >= MOST_REMINDERS:
        return
    submission.reminders += 1
    lender = lender_name(turn, submission.lender)
    if submission.status is Status.OFFERED and submission.offers:
        ends = max(offer.valid_until for offer in submission.offers)
        turn.echo.append(turn.t("waiting.offer_ends", lender=lender, ends=ends.strftime(TIME)))
    elif submission.status is Status.ACTION_REQUIRED:
        turn.echo.append(turn.t("waiting.still_needed", lender=lender, what=_asked_for(turn, submission)))
        later(turn, submission, REMIND, NEXT_WORD)
    attend(turn, submission)


def _notice_due(turn: Turn, submission: Submission) -> None:
    turn.call_person("notice_due", submission.application_id)


def _asked_for(turn: Turn, submission: Submission) -> str:
    answered = {each.place for each in submission.answers}
    open_ones = (each for place, each in enumerate(submission.actions) if place not in answered)
    names = [what_is_asked(turn, each) for each in open_ones]
    names += [name_of(turn, name) for name in submission.missing]
    return turn.t("value.comma").join(dict.fromkeys(names)) or turn.t("value.none")


_REACTIONS = {
    EXPECTED: _no_word,
    OFFER: _offers_over,
    DUE: _overdue,
    REMIND: _remind,
    NOTICE: _notice_due,
}
FLOW = Flow(name="waiting", reacts={"timer_fired": _fired})
