"""Questions: answered from the knowledge base at any step, then back to the step; help; why do you ask."""

from flows.application.fields import FIELDS
from flows.engine.answering import offer, tell_article, unknown
from flows.engine.consulting import answer_from
from flows.engine.flow import Flow
from flows.engine.recalling import tell_own
from flows.engine.turn import Turn
from flows.knowledge.answering import Zone
from flows.knowledge.words import apart
from flows.understanding.reading import Act, Reading, Route
from flows.understanding.wishes import asks_why_this

FEWEST_LETTERS = 2
"""Two Chinese characters can be a question; a stray number with its unit is none."""


def _ask(turn: Turn, text: str) -> bool:
    """Answer a message; one that asks several things at once has every sure answer, then what is left is asked back."""
    if tell_own(turn, text):
        return True
    know, lang = turn.library.knowledge, turn.state.lang
    parts = apart(text)
    if len(parts) > 1:
        answers = [(part, know.answer(part, lang)) for part in parts]
        articles = {answer.article.id: answer.article for _, answer in answers if answer.article is not None}
        if len(articles) > 1 or (articles and know.answer(text, lang).article is None):
            for article in articles.values():
                tell_article(turn, article)
            turn.again = True
            left = next((part for part, answer in answers if answer.zone is Zone.UNSURE), None)
            return left is None or _ask_one(turn, left)
    return _ask_one(turn, text)


def _ask_one(turn: Turn, text: str) -> bool:
    answer = turn.library.knowledge.answer(text, turn.state.lang)
    if answer.article is not None:
        tell_article(turn, answer.article)
        turn.again = True
        return True
    unsure = answer.zone is Zone.UNSURE
    if answer_from(turn, text, answer.candidates, offer=unsure):
        return True
    if unsure:
        offer(turn, text, answer.candidates)
    else:
        unknown(turn, text)
    return True


def _question(turn: Turn, reading: Reading) -> bool:
    if reading.route is Route.EXISTING_LOAN:
        turn.call_person("existing_loan")
        turn.tell("questions.existing_loan")
        turn.again = True
        return True
    return _ask(turn, reading.text)


def _maybe(turn: Turn, reading: Reading) -> bool:
    """Answer what looks like no answer when it asks back for one, when the base is sure, or when it is about anything.

    Never a mere number. "Tell me a joke" is no failed answer: it is said that it is not known, and noted.
    """
    if sum(char.isalpha() for char in reading.text) < FEWEST_LETTERS:
        return False
    if tell_own(turn, reading.text):
        return True
    answer = turn.library.knowledge.answer(reading.text, turn.state.lang)
    if answer.zone is Zone.SURE:
        return _ask(turn, reading.text)
    if answer.zone is Zone.UNKNOWN and turn.library.knowledge.asks_anything(reading.text, turn.state.lang):
        unknown(turn, reading.text)
        return True
    return False


def _article(turn: Turn, arg: str) -> None:
    suggested = turn.state.suggested
    if arg.isdecimal() and int(arg) < len(suggested):
        article = turn.library.knowledge.article(turn.state.lang, suggested[int(arg)])
        if article is not None:
            tell_article(turn, article)
    elif turn.state.suggested_for:  # none of these
        unknown(turn, turn.state.suggested_for)
    turn.state.suggested_for = ""
    turn.again = True


def _why(turn: Turn, field: str) -> None:
    key = f"field.{field}.why"
    if field not in FIELDS or not turn.library.texts.has(turn.state.lang, key):
        key = "questions.why"
    turn.tell(key)
    turn.again = True


def _asked_why(turn: Turn, reading: Reading) -> bool:
    live = turn.state.live
    arg = next((each.arg for each in live.choices if each.action == "why"), "") if live is not None else ""
    if not (arg or len(reading.text) < 12 or asks_why_this(reading.text)):
        return _ask(turn, reading.text)
    step = live.step.replace(".", "_") if live is not None else ""
    here = f"why.{step}"
    if not arg and turn.library.texts.has(turn.state.lang, here):
        turn.tell(here)
        turn.again = True
    else:
        _why(turn, arg)
    return True


def _help(turn: Turn, _arg: str) -> None:
    turn.tell("questions.help")
    turn.again = True


FLOW = Flow(
    name="questions",
    anywhere={"article": _article, "why": _why},
    acts={Act.QUESTION: _question, Act.WHY: _asked_why, Act.OTHER: _maybe},
    commands={"help": _help},
)
