"""Leaving and moving about: back, repeat, pause, cancel a draft, withdraw what was sent."""

from flows.application import prefill
from flows.application.lifecycle import Status, may_become
from flows.consent import ConsentState
from flows.engine.flow import Flow, Step
from flows.engine.offering import steps_back_until
from flows.engine.pulling import lender_name, refuse
from flows.engine.standing import TIME
from flows.engine.submitting import become
from flows.engine.turn import Turn
from flows.messages import Tone
from flows.understanding.reading import Act, Reading


def _never(_turn: Turn) -> str | None:
    return None


def _back(turn: Turn, _arg: str) -> None:
    """Go one answer back; from a side step (a choice, a change on the review) go back to where it began."""
    if turn.state.proposal is not None:
        turn.state.proposal = None  # what was to be confirmed is not taken
        turn.again = True
        return
    if turn.state.at is not None and not turn.state.went_back:
        _onward(turn, "")
        return
    if not turn.state.trail:
        turn.tell("leaving.no_way_back")
        turn.again = True
        return
    *rest, last = turn.state.trail
    turn.state.trail = tuple(rest)
    turn.state.at = last
    turn.state.went_back = True
    turn.state.trouble = 0
    turn.again = True


def _onward(turn: Turn, _arg: str) -> None:
    """Leave the step gone back to as it is, and go on where the owner was."""
    turn.moves()
    turn.moved = False
    turn.again = True


def _asked_back(turn: Turn, _reading: Reading) -> bool:
    _back(turn, "")
    return True


def _repeat(turn: Turn, _reading: Reading) -> bool:
    turn.again = True
    return True


def _cancel(turn: Turn, _arg: str) -> None:
    submission = turn.state.submission
    until = None if submission is None else steps_back_until(turn, submission)
    if submission is not None and until is not None:
        lender = lender_name(turn, submission.lender)
        turn.tell("leaving.cooling_off", lender=lender, until=until.strftime(TIME))
        turn.call_person("cooling_off", submission.application_id)
        turn.still = True
        return
    if submission is not None and not any(may_become(each.status, Status.WITHDRAWN) for each in turn.state.submissions):
        turn.tell("leaving.nothing_to_cancel")
        turn.again = True
        return
    if not turn.state.welcomed and submission is None:
        turn.tell("leaving.not_begun")
        turn.still = True
        return
    turn.goes_to("leaving.confirm", "")
    turn.moved = False


def _asked_cancel(turn: Turn, _reading: Reading) -> bool:
    _cancel(turn, "")
    return True


def _show(turn: Turn, _arg: str) -> None:
    sent = turn.state.submission is not None
    turn.card(
        "leaving.confirm",
        title=turn.t("leaving.withdraw_title" if sent else "leaving.title"),
        text=turn.t("leaving.withdraw_text" if sent else "leaving.text"),
        rows=(
            (turn.button("leaving.stay", "stay", tone=Tone.PRIMARY),),
            (
                turn.button("leaving.pause", "pause"),
                turn.button("leaving.withdraw" if sent else "leaving.discard", "leave", tone=Tone.DANGER),
            ),
        ),
    )


def _stay(turn: Turn, _arg: str) -> None:
    _onward(turn, "")


def _pause(turn: Turn, _arg: str) -> None:
    turn.state.at = None
    turn.state.paused = True
    turn.tell("leaving.paused")
    turn.still = True


def _wishes_pause(turn: Turn, _arg: str) -> None:
    """Pause at the owner's word; what is with a lender goes its way."""
    if turn.state.submission is None:
        _pause(turn, "")
        return
    turn.tell("leaving.nothing_to_pause")
    turn.again = True


def _leave(turn: Turn, _arg: str) -> None:
    """End the application: consents end, and what they brought goes with the draft."""
    state = turn.state
    if state.submission is not None:
        for each in state.submissions:
            if may_become(each.status, Status.WITHDRAWN):
                become(turn, each, Status.WITHDRAWN, turn.now)
        turn.moves()
        return
    for consent in tuple(state.consents.values()):
        if consent.state is ConsentState.ACTIVE:
            refuse(turn, consent.id, ConsentState.REVOKED, "application cancelled")
    state.begin_anew(turn.now)
    state.application = prefill.drop(state.application, "contact_phone")
    state.kept, state.answered_by = "", {}
    state.paused = True
    state.live = None
    turn.tell("leaving.discarded")
    turn.still = True


FLOW = Flow(
    name="leaving",
    steps=(Step("leaving.confirm", _never, _show, {"stay": _stay, "pause": _pause, "leave": _leave}, back=False),),
    anywhere={"back": _back, "onward": _onward, "cancel": _cancel, "pause_here": _wishes_pause},
    acts={Act.BACK: _asked_back, Act.REPEAT: _repeat, Act.CANCEL: _asked_cancel},
    commands={"cancel": _cancel},
)
