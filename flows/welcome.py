"""Welcome: says that this is a bot, what will happen and what becomes of the data; sets the language."""

from flows.engine.flow import Flow, Step
from flows.engine.taking import take
from flows.engine.turn import Turn
from flows.messages import Heard, Tone
from flows.texts import LANGUAGES
from flows.understanding import read
from flows.understanding.reading import Act, Reading, Route

PAYLOAD_NUMBER = "n-"


def _pending(turn: Turn) -> str | None:
    return None if turn.state.welcomed else ""


def _show(turn: Turn, _arg: str) -> None:
    """Say everything once in a language; who asks or chats first is not told all of it again."""
    known = turn.state.greeted_in == turn.state.lang
    turn.state.greeted_in = turn.state.lang
    turn.card(
        "welcome.hello",
        title="" if known else turn.t("welcome.title"),
        text=turn.t("welcome.ready" if known else "welcome.text"),
        note="" if known else turn.t("welcome.privacy"),
        rows=(
            (turn.button("welcome.start", "start", tone=Tone.PRIMARY),),
            (turn.button("welcome.other_language", "lang", _other(turn)), turn.button("button.person", "human")),
        ),
    )


def _start(turn: Turn, _arg: str) -> None:
    turn.state.welcomed = True
    turn.moves()


def _hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    """Take the first words: keep what they say about the loan, and start when they ask for one."""
    if heard.kind == "file":
        return False  # it is read like any other, and who we are is said beside it
    if reading.did(Act.YES) and turn.state.live is not None:
        _start(turn, "")
        return True
    if not turn.state.kept and (reading.values or reading.route is Route.APPLY):
        turn.state.kept = heard.text
        turn.echo.append(turn.t("welcome.kept" if reading.values else "welcome.glad"))
        if turn.state.live is None:
            turn.again = True
        else:  # what this is and what becomes of the data has been said
            _start(turn, "")
        return True
    turn.again = True
    return turn.state.live is None or reading.did(Act.GREETING)


def _command_start(turn: Turn, payload: str) -> None:
    """Handle /start: a deep link may carry the registration number, which is public."""
    turn.state.greeted_in = ""
    if payload.startswith(PAYLOAD_NUMBER) and turn.state.subject is None:
        number = payload.removeprefix(PAYLOAD_NUMBER)
        value = read(number, turn.state.lang, "registration_number", today=turn.today).value("registration_number")
        if value is not None:
            take(turn, "registration_number", value.value)
    elif turn.state.welcomed:
        turn.tell("welcome.again")


def _language(turn: Turn, lang: str) -> None:
    if lang in LANGUAGES:
        turn.state.lang = lang
        turn.state.lang_chosen = True
        turn.tell("welcome.language_set")
        turn.again = True


def _speak_other(turn: Turn, _reading: Reading) -> bool:
    _language(turn, _other(turn))
    return True


def _other(turn: Turn) -> str:
    return next(lang for lang in LANGUAGES if lang != turn.state.lang)


def _greet(turn: Turn, reading: Reading) -> bool:
    """Answer a greeting in the middle of the form, unless the message says more."""
    if reading.values or not turn.state.welcomed or reading.acts != (Act.GREETING,):
        return False
    turn.tell("welcome.hello_again")
    return True


FLOW = Flow(
    name="welcome",
    steps=(Step("welcome.hello", _pending, _show, press={"start": _start}, hear=_hear, back=False),),
    anywhere={"lang": _language},
    acts={Act.LANGUAGE: _speak_other, Act.GREETING: _greet},
    commands={"start": _command_start},
)
