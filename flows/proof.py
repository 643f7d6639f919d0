"""Proof: what the owner sent because a decision lacked it is shown by what it changed, signed, and looked at again."""

from flows.engine.flow import Flow, Step
from flows.engine.proving import change_facts, changes, is_settled
from flows.engine.pulling import lender_name
from flows.engine.signing import sign
from flows.engine.turn import Turn
from flows.events import Assessed, Event
from flows.messages import Tone


def _pending(turn: Turn) -> str | None:
    open_again = turn.state.proof is not None and turn.state.application.signed_at is None
    return "" if open_again and is_settled(turn) else None


def _show(turn: Turn, _arg: str) -> None:
    submission = turn.state.submission
    lender = lender_name(turn, submission.lender) if submission is not None else ""
    news = any(each.now != each.before for each in changes(turn))
    turn.card(
        "proof.changed",
        title=turn.t("proof.title"),
        text=turn.t("proof.text" if news else "proof.nothing", lender=lender),
        facts=change_facts(turn),
        note=turn.t("proof.note"),
        rows=(
            (turn.button("proof.sign", "sign_proof", tone=Tone.PRIMARY),) if news else (),
            (turn.button("proof.link", "link_more"), turn.button("proof.all", "see_all")),
            (turn.button("button.person", "human"),),
        ),
        private=True,
    )


def _sign(turn: Turn, _arg: str) -> None:
    sign(turn)


def _link_more(turn: Turn, _arg: str) -> None:
    """Offer sources to link; what they bring is shown here too."""
    turn.state.connected = False
    turn.state.declined = ()
    turn.moves()


def _see_all(turn: Turn, _arg: str) -> None:
    """Go through all answers once more and sign there."""
    turn.state.proof = None
    turn.moves()


def _assessed(turn: Turn, event: Event) -> None:
    if isinstance(event, Assessed) and turn.state.proof is not None:
        turn.again = True


FLOW = Flow(
    name="proof",
    steps=(
        Step(
            "proof.changed",
            _pending,
            _show,
            {"sign_proof": _sign, "link_more": _link_more, "see_all": _see_all},
            back=False,
        ),
    ),
    reacts={"assessed": _assessed},
)
