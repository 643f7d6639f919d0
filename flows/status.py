"""Status: what the lenders say, in order, whose turn it is, and what is expected by when. The place of rest."""

from flows.application import prefill
from flows.application.lifecycle import Status, is_final
from flows.conversation import PullState
from flows.engine.flow import Flow, Step
from flows.engine.proving import accepted_facts, wanting
from flows.engine.pulling import lender_name
from flows.engine.recalling import tell_own
from flows.engine.relaying import pass_over_gap, take_push
from flows.engine.standing import attend, help_facts, stage, standing_facts, summary
from flows.engine.turn import Turn
from flows.events import Event, LenderPushed, TimerFired
from flows.messages import Choice, Tone
from flows.understanding.reading import Act, Reading

# What the lender pushes


def _pushed(turn: Turn, event: Event) -> None:
    if not isinstance(event, LenderPushed):
        return
    submission = turn.state.at_lender(event.data.application_id)
    if submission is None or event.lender != submission.lender:
        turn.note("lender", f"{event.webhook_id}: not about the open application, recorded only")
    elif take_push(turn, submission, event):
        attend(turn, submission)


def _gap_over(turn: Turn, event: Event) -> None:
    """Pass over a gap that did not close in time."""
    if not isinstance(event, TimerFired) or event.name != "gap":
        return
    submission = turn.state.at_lender(event.arg)
    if submission is not None and pass_over_gap(turn, submission):
        attend(turn, submission)


# What the owner sees


def _rest_pending(_turn: Turn) -> str | None:
    return ""


def _rest_show(turn: Turn, _arg: str) -> None:
    submission = turn.state.submission
    if submission is None:
        turn.say(_draft(turn))
        return
    rows: list[tuple[Choice, ...]] = []
    if submission.status is Status.ACTION_REQUIRED and submission.missing:
        rows.append((turn.button("status.add_data", "add_data", tone=Tone.PRIMARY),))
        rows.append((turn.button("notices.written", "written", submission.application_id[:36]),))
    refused = submission.status is Status.REJECTED
    proof = accepted_facts(turn, submission) if wanting(turn) is submission else ()
    if refused:
        written = turn.button("notices.written", "written", submission.application_id[:36])
        rows.append((turn.button("refusal.others", "products"), written))
    if all(is_final(each.status) for each in turn.state.submissions):
        rows.append((turn.button("status.new", "new"),))
    rows.append((turn.button("button.status", "status"), turn.button("button.person", "human")))
    turn.card(
        "status.rest",
        title=turn.t(f"status.{stage(submission)}.title"),
        text=turn.t(f"status.{stage(submission)}.text", lender=lender_name(turn, submission.lender)),
        facts=(*standing_facts(turn, submission), *proof, *(help_facts(turn, submission) if refused else ())),
        note=turn.t("status.reference", application=submission.application_id),
        rows=tuple(rows),
    )


def _draft(turn: Turn) -> str:
    if turn.state.subject is None:
        return turn.t("status.none")
    return turn.t("status.draft.text", left=len(prefill.missing(turn.state.application)))


def tell_status(turn: Turn, _arg: str) -> None:
    """Say where the application stands at every lender, at any moment, and how earlier ones ended."""
    submission = turn.state.submission
    if submission is None:
        turn.say(_draft(turn))
    else:
        for each in turn.state.submissions:
            turn.notice(summary(turn, each))
        turn.still = submission.status is not Status.OFFERED
    for past in turn.state.past:
        turn.tell("status.past", application=past.application_id, status=turn.t(f"status.{past.status.value}.title"))


def _asked_status(turn: Turn, reading: Reading) -> bool:
    if not tell_own(turn, reading.text):
        tell_status(turn, "")
    return True


def _add_data(turn: Turn, _arg: str) -> None:
    """Open the application again so that a source can be linked; it is reviewed and signed anew."""
    submission = turn.state.submission
    if submission is None or submission.status is not Status.ACTION_REQUIRED:
        return
    turn.state.application = prefill.ask_again(turn.state.application)
    turn.state.connected = False
    turn.state.declined = ()
    turn.state.pulls = {name: pull for name, pull in turn.state.pulls.items() if pull.state is PullState.DONE}
    turn.state.pages_seen = ()
    turn.state.page = 0
    turn.moves()


def _new(turn: Turn, _arg: str) -> None:
    submissions = turn.state.submissions
    if submissions and all(is_final(each.status) for each in submissions):
        turn.state.begin_anew(turn.now)
        turn.moves()


FLOW = Flow(
    name="status",
    steps=(Step("status.rest", _rest_pending, _rest_show, {"add_data": _add_data, "new": _new}, back=False),),
    anywhere={"status": tell_status},
    acts={Act.STATUS: _asked_status},
    commands={"status": tell_status},
    reacts={"lender_pushed": _pushed, "timer_fired": _gap_over},
)
