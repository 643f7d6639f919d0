"""Hearing what a paper really says: "no, the name is Wu", or the bare value where one is asked for."""

from collections.abc import Iterable

from pydantic import JsonValue

from flows.application.fields import FIELDS
from flows.application.papers.filling import Filling
from flows.engine.looking import value_label
from flows.engine.taking import canonical, take
from flows.engine.turn import Turn
from flows.understanding import read
from flows.understanding.naming import said_of
from flows.understanding.prose import free_text
from flows.understanding.reading import Reading


def correction_of(turn: Turn, text: str, fills: Iterable[Filling]) -> tuple[str, str] | None:
    """The field that a sentence corrects and what it says instead; None when it is about none of them."""
    for filling in fills:
        for label in (value_label(turn, filling.paper_value), turn.t(f"field.{filling.field}.label")):
            instead = said_of(text, turn.state.lang, label)
            if instead is not None:
                return filling.field, instead
    return None


def worded(turn: Turn, field: str, words: str, reading: Reading) -> JsonValue | None:
    """The canonical value that words give for a field; None when they give none."""
    spec, subject = FIELDS[field], turn.state.subject
    value = reading.value(field) or read(words, turn.state.lang, field, today=turn.today).value(field)
    if value is not None:
        return canonical(turn, value)
    return free_text(spec, words, subject.country if subject is not None else "CN" if turn.state.lang == "zh" else "GB")


def correct(turn: Turn, field: str, words: str, reading: Reading) -> None:
    """Take the owner's word instead of what was read; say so when it cannot be taken."""
    value = worded(turn, field, words, reading)
    if value is None:
        turn.tell("paper.not_understood", field=turn.t(f"field.{field}.label"))
        turn.again = True
    elif take(turn, field, value):
        settle(turn, field)
        turn.moves()


def settle(turn: Turn, field: str) -> None:
    """Remember that the owner has decided about a field: no paper says it any more."""
    for sent in tuple(turn.state.documents.values()):
        if sent.paper is not None and field not in sent.settled:
            turn.state.documents[sent.id] = sent.model_copy(update={"settled": (*sent.settled, field)})
