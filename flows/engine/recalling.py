"""What the owner asks back of their own answers, told from the record by a template, never searched for."""

from flows.application.display import show_value
from flows.application.fields import FIELDS
from flows.effects import Speak
from flows.engine.turn import Turn
from flows.messages import Fact, Say
from flows.understanding.recalled import asks_own


def tell_own(turn: Turn, text: str) -> bool:
    """Show the value that a message asks back for, as on the review pages; False when none is asked for or there."""
    field = asks_own(text)
    candidate = turn.state.application.chosen(field) if field is not None else None
    if field is None or candidate is None:
        return False
    spec = FIELDS[field]
    value = show_value(turn.library.texts, turn.state.lang, spec, candidate.value, masked=spec.sensitive)
    fact = Fact(label=turn.t(f"field.{field}.label"), value=value)
    turn.effects.append(Speak(say=Say(text=turn.t("questions.own"), facts=(fact,), private=True)))
    turn.again = True
    return True
