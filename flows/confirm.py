"""Confirm: what could be meant in two ways counts only after the owner says so."""

from pydantic import JsonValue

from flows.application import prefill
from flows.application.display import show_value
from flows.application.fields import FIELDS
from flows.engine.flow import Flow, Step
from flows.engine.taking import take
from flows.engine.turn import Turn
from flows.messages import Fact, Heard, Tone
from flows.understanding.reading import Act, Reading


def _pending(turn: Turn) -> str | None:
    return None if turn.state.proposal is None else ""


def _show(turn: Turn, _arg: str) -> None:
    values: dict[str, JsonValue] = {} if turn.state.proposal is None else turn.state.proposal.values
    facts = tuple(
        Fact(
            label=turn.t(f"field.{field}.label"),
            value=_shown(turn, field, value),
            note=_instead_of(turn, field, value),
        )
        for field, value in values.items()
    )
    turn.card(
        "confirm.values",
        text=turn.t("confirm.text"),
        facts=facts,
        rows=((turn.button("confirm.yes", "yes", tone=Tone.PRIMARY), turn.button("confirm.no", "no")),),
    )


def _shown(turn: Turn, field: str, value: JsonValue) -> str:
    spec = FIELDS[field]
    return show_value(turn.library.texts, turn.state.lang, spec, value, masked=spec.sensitive)


def _instead_of(turn: Turn, field: str, value: JsonValue) -> str:
    """What the field says now, where the answer would change it."""
    chosen = turn.state.application.chosen(field)
    if chosen is None or prefill.same(FIELDS[field], chosen.value, value):
        return ""
    return turn.t("confirm.instead_of", old=_shown(turn, field, chosen.value))


def _yes(turn: Turn, _arg: str) -> None:
    proposal, turn.state.proposal = turn.state.proposal, None
    if proposal is not None:
        turn.message_id = proposal.message_id
        for field, value in proposal.values.items():
            take(turn, field, value)
    turn.moves()


def _no(turn: Turn, _arg: str) -> None:
    turn.state.proposal = None
    turn.moves()


def _hear(turn: Turn, _heard: Heard, reading: Reading) -> bool:
    if reading.values:
        turn.state.proposal = None
        return False
    if reading.did(Act.YES) == reading.did(Act.NO):
        return False
    (_yes if reading.did(Act.YES) else _no)(turn, "")
    return True


FLOW = Flow(
    name="confirm",
    steps=(Step("confirm.values", _pending, _show, {"yes": _yes, "no": _no}, hear=_hear, back=False),),
)
