"""What is said when an answer could not be taken: each time in another way, then a person.

First that it was not understood, then with an example, then with buttons that lead on, then staff are called.
"""

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.engine.turn import Turn
from flows.messages import Choice, Say
from flows.understanding.asking import may_ask_for_person

TRIED_KEPT = 3
LONGEST_TRIED = 200
LEAVE_OPEN = "leave_open"


def trouble(turn: Turn, asked: str | None, text: str, *, explained: bool = False) -> None:
    """Help on after an answer that was not taken. `explained`: the step has already said what is wrong with it."""
    state = turn.state
    state.trouble += 1
    state.tried = (*state.tried, text[:LONGEST_TRIED])[-TRIED_KEPT:]
    tries = state.trouble
    if tries == 1 and not explained and may_ask_for_person(text):
        turn.notice(Say(text=turn.t("engine.person_meant"), rows=((turn.button("button.person", "human"),),)))
    elif tries == 1:
        if not explained:
            turn.tell("engine.not_understood")
    elif tries == 2:
        if not explained:
            _example(turn, asked)
    elif tries == 3:
        turn.notice(Say(text=turn.t("engine.use_buttons"), rows=(_ways_on(turn),)))
        turn.again = True
    else:
        turn.call_person("not_understood")
        turn.tell("engine.person_called")
        state.trouble = 0


def _example(turn: Turn, asked: str | None) -> None:
    example = f"field.{asked}.example"
    spec = FIELDS.get(asked or "")
    declares = spec is not None and spec.kind is Kind.DECLARATION  # nobody is prompted what to declare
    if asked is not None and not declares and turn.library.texts.has(turn.state.lang, example):
        turn.tell("engine.example", example=turn.t(example))
    else:
        turn.tell("engine.say_it_otherwise")


def _ways_on(turn: Turn) -> tuple[Choice, ...]:
    """Buttons that lead on when words do not: leave the question open where that is allowed, ask why, a person."""
    live = turn.state.live
    open_ = () if live is None else tuple(each for each in live.choices if each.action in {LEAVE_OPEN, "why"})
    return (*open_, turn.button("button.person", "human"))
