"""Declaring: a yes to a declaration calls for a few words, in the owner's own way and kept as they are."""

from flows.application.fields import FIELDS
from flows.application.shapes import Declaration, Kind
from flows.application.values import OWNER
from flows.engine.flow import Flow, Step
from flows.engine.taking import take
from flows.engine.turn import Turn
from flows.messages import Heard
from flows.understanding.reading import Act, Reading

LONGEST = 600
WITHOUT = ""
"""The note of an owner who was asked for one and gave none."""


def _pending(turn: Turn) -> str | None:
    application = turn.state.application
    if application.signed_at is not None or turn.state.subject is None:
        return None
    for name, spec in FIELDS.items():
        chosen = application.chosen(name) if spec.kind is Kind.DECLARATION else None
        said = application.get(name) if chosen is not None and chosen.source == OWNER else None
        if isinstance(said, Declaration) and said.answer and said.note is None:
            return name
    return None


def _show(turn: Turn, field: str) -> None:
    turn.card(
        "declaring.note",
        title=turn.t(f"field.{field}.label"),
        text=turn.t("declaring.text"),
        note=turn.t("declaring.who_reads"),
        rows=((turn.button("declaring.without", "without", field), turn.button("button.person", "human")),),
        private=True,
    )


def _keep(turn: Turn, field: str, note: str) -> bool:
    kept = take(turn, field, {"answer": True, "note": note}, echo=False)
    if kept:
        turn.moves()
    return kept


def _without(turn: Turn, field: str) -> None:
    if field in FIELDS and FIELDS[field].kind is Kind.DECLARATION:
        _keep(turn, field, WITHOUT)


def _hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    field = _pending(turn)
    if field is None or heard.kind != "text" or reading.did(Act.WHY):
        return False
    if reading.acts == (Act.QUESTION,) and heard.text.rstrip().endswith(("?", "？")):
        return False
    if reading.did(Act.NO) and len(heard.text) <= 12:
        return False  # "no" may take the yes back or refuse the note: the buttons tell which
    if reading.did(Act.SKIP) or reading.did(Act.DONT_KNOW):
        return _keep(turn, field, WITHOUT)
    note = heard.text.strip()
    if sum(char.isalpha() for char in note) < 4 or reading.did(Act.YES):
        return False
    if not _keep(turn, field, note[:LONGEST]):
        return False
    turn.echo.append(turn.t("declaring.kept", note=note[:LONGEST]))
    return True


FLOW = Flow(
    name="declaring",
    steps=(Step("declaring.note", _pending, _show, {"without": _without}, hear=_hear, back=False, prose=True),),
)
