"""Submit: hands the signed application over and turns the scoring service's answer into a status."""

from datetime import timedelta

from flows.application.lifecycle import Status
from flows.conversation import Submission
from flows.engine.flow import Flow, Step
from flows.engine.pulling import lender_name
from flows.engine.standing import attend
from flows.engine.submitting import become, hand_over
from flows.engine.turn import Turn
from flows.events import Decided, Event, SubmissionFailed, TimerFired
from flows.ports import ScoringDecision

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))

OUTCOMES = {
    "approve": Status.OFFERED,
    "refer": Status.UNDER_REVIEW,
    "more_data": Status.ACTION_REQUIRED,
    "decline": Status.REJECTED,
}


def _pending(turn: Turn) -> str | None:
    submission = turn.state.submission
    return "" if submission is not None and submission.status is Status.SUBMITTED else None


def _show(turn: Turn, _arg: str) -> None:
    submission = turn.state.submission
    if submission is None:
        return
    turn.card(
        "submit.wait",
        title=turn.t("submit.title"),
        text=turn.t(
            "submit.text",
            lender=turn.t("value.comma").join(lender_name(turn, each.lender) for each in turn.state.submissions),
            application=turn.state.application.id,
            time=submission.since.strftime("%H:%M UTC"),
        ),
        rows=((turn.button("button.status", "status"), turn.button("button.person", "human")),),
    )


def _decided(turn: Turn, event: Event) -> None:
    if not isinstance(event, Decided):
        return
    submission = turn.state.at_lender(event.application_id)
    if submission is None:
        return
    if submission.status is not Status.SUBMITTED and not (submission.attempt > 1 and submission.sequence < 0):
        turn.note("decision", "arrived after the lender's own status; recorded only")
        return
    submission.taken = True
    if event.decision is None:
        become(turn, submission, Status.UNDER_REVIEW, turn.now)
    else:
        _apply(turn, submission, event.decision)
    attend(turn, submission)


def _apply(turn: Turn, submission: Submission, decision: ScoringDecision) -> None:
    status = OUTCOMES.get(decision.decision, Status.UNDER_REVIEW)
    open_offers = tuple(offer for offer in decision.offers if offer.valid_until > turn.now)
    if status is Status.OFFERED and not open_offers:
        status = Status.UNDER_REVIEW
    if open_offers != submission.offers:  # what was offered before stays to be looked up
        submission.past_offers = (*submission.past_offers, *submission.offers)
    submission.offers = open_offers
    submission.reasons = tuple(sorted(decision.reasons, key=lambda reason: reason.rank))[:4]
    submission.missing = decision.missing
    submission.decided_by = decision.model_version
    become(turn, submission, status, turn.now, raw=decision.decision)
    if decision.decision not in OUTCOMES:
        turn.call_person("unknown_decision", decision.decision)


def _failed(turn: Turn, event: Event) -> None:
    if not isinstance(event, SubmissionFailed):
        return
    submission = turn.state.at_lender(event.application_id)
    if submission is None or not _under_way(submission):
        return
    lender = lender_name(turn, submission.lender)
    turn.note("submission", event.detail)
    if event.final:
        turn.call_person("submission_failed", event.detail)
        turn.tell("submit.failed", lender=lender)
        return
    if submission.tries == 0:
        turn.tell("submit.delayed", lender=lender)
    if submission.tries == len(RETRY_AFTER) - 1:
        turn.call_person("submission_failed", event.detail)
    turn.wake("resubmit", submission.application_id, RETRY_AFTER[min(submission.tries, len(RETRY_AFTER) - 1)])
    submission.tries += 1


def _under_way(submission: Submission) -> bool:
    """Whether the lender has not yet confirmed that it has what was signed, the first time or again."""
    return not submission.taken and submission.status in {Status.SUBMITTED, Status.UNDER_REVIEW}


def _again(turn: Turn, event: Event) -> None:
    """Hand over once more, with the same key, what the lender's system could not take."""
    if not isinstance(event, TimerFired) or event.name != "resubmit":
        return
    submission = turn.state.at_lender(event.arg)
    if submission is not None and _under_way(submission):
        turn.do(hand_over(turn, submission))


FLOW = Flow(
    name="submit",
    steps=(Step("submit.wait", _pending, _show, back=False),),
    reacts={"decided": _decided, "submission_failed": _failed, "timer_fired": _again},
)
