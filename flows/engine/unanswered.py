"""What is said to a message that is understood and answers nothing: a yes for a button, a wrong number, a return."""

from flows.engine.turn import Turn
from flows.messages import Choice, Tone
from flows.understanding.reading import Act, Reading
from flows.understanding.wishes import is_number


def explain(turn: Turn, reading: Reading, asked: str | None) -> bool:
    """Say why the message moved nothing; False when there is nothing to say."""
    live = turn.state.live
    if turn.resumes or live is None:
        turn.tell("welcome.again" if live is not None else "engine.here_we_are")
        return True
    picks = tuple(choice for choice in live.choices if choice.kind == "pick")
    if picks and asked is None and is_number(reading.text):
        turn.tell("engine.no_such_button", count=len(picks))
        return True
    return reading.did(Act.YES) and asked is None and tell_button(turn)


def tell_button(turn: Turn) -> bool:
    """Name the button that moves on, where words do not; False when the card has none."""
    onward = _primary(turn)
    if onward is None:
        return False
    turn.tell("engine.only_button", button=onward.label)
    return True


def _primary(turn: Turn) -> Choice | None:
    live = turn.state.live
    if live is None:
        return None
    return next((each for each in live.choices if each.kind == "pick" and each.tone is Tone.PRIMARY), None)
