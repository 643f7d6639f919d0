"""Explain: sums that should be alike and are not, side by side; the owner says why in a tap or a sentence."""

from flows.application.attributes.differences import REASONS, Difference
from flows.engine.differing import difference_facts
from flows.engine.flow import Flow, Step
from flows.engine.turn import Turn
from flows.messages import Heard
from flows.understanding.reading import Act, Reading

LONGEST = 600


def _never(_turn: Turn) -> str | None:
    return None


def _open(turn: Turn, about: str) -> None:
    if _about(turn, about) is not None:
        turn.goes_to("explain.difference", about)


def _show(turn: Turn, about: str) -> None:
    difference = _about(turn, about)
    if difference is None:
        turn.moves()
        return
    turn.card(
        "explain.difference",
        title=turn.t("explain.title"),
        text=turn.t("explain.text"),
        facts=difference_facts(turn, difference),
        note=turn.t("explain.note"),
        rows=(
            *((turn.button(f"explain.reason.{reason}", "because", f"{about}.{reason}"),) for reason in REASONS),
            (turn.button("button.to_review", "to_review"), turn.button("button.person", "human")),
        ),
        private=True,
    )


def _because(turn: Turn, arg: str) -> None:
    about, _, reason = arg.partition(".")
    if reason in REASONS:
        _keep(turn, about, reason, "")


def _hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    """A sentence of the owner's is kept word for word; a question is answered first."""
    if turn.state.at is None or reading.did(Act.QUESTION) or len(heard.text.strip()) < 2:
        return False
    _keep(turn, turn.state.at.partition(":")[2], "", heard.text.strip()[:LONGEST])
    return True


def _keep(turn: Turn, about: str, reason: str, words: str) -> None:
    application = turn.state.application
    differences = tuple(
        each.model_copy(update={"reason": reason, "words": words}) if each.about == about else each
        for each in application.differences
    )
    turn.state.application = application.model_copy(update={"differences": differences})
    turn.echo.append(turn.t("explain.kept"))
    turn.note("difference", f"{about} explained by the owner {reason}".strip())
    turn.moves()


def _about(turn: Turn, about: str) -> Difference | None:
    return next((each for each in turn.state.application.differences if each.about == about), None)


def _to_review(turn: Turn, _arg: str) -> None:
    turn.moves()


FLOW = Flow(
    name="explain",
    steps=(
        Step(
            "explain.difference", _never, _show, {"because": _because, "to_review": _to_review}, hear=_hear, back=False
        ),
    ),
    anywhere={"explain": _open},
)
