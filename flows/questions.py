"""Questions: answered from the knowledge base at any step, then back to the step; help; why do you ask."""

from flows.application.fields import FIELDS
from flows.engine.flow import Flow
from flows.engine.turn import Turn
from flows.messages import Choice, Say
from flows.understanding.reading import Act, Reading, Route


def _ask(turn: Turn, text: str) -> bool:
    answer = turn.library.knowledge.answer(text, turn.state.lang)
    if answer.zone == "sure" and answer.article is not None:
        _tell_article(turn, answer.article)
    elif answer.zone == "unsure" and answer.candidates:
        _offer(turn, answer.candidates)
    else:
        turn.note("unanswered", text[:200])
        turn.notice(Say(text=turn.t("questions.unknown"), rows=((turn.button("button.person", "human"),),)))
    turn.again = True
    return True


def _tell_article(turn: Turn, article: str) -> None:
    found = turn.library.knowledge.article(article, turn.state.lang)
    if found is not None:
        turn.notice(Say(text=found.text, note=turn.t("questions.source", title=found.title)))


def _offer(turn: Turn, candidates: tuple[str, ...]) -> None:
    rows: list[tuple[Choice, ...]] = []
    for place, article in enumerate(candidates):
        found = turn.library.knowledge.article(article, turn.state.lang)
        if found is not None:
            turn.state.suggested = candidates
            rows.append((Choice(label=found.title[:64], action="article", arg=str(place)),))
    turn.notice(Say(text=turn.t("questions.did_you_mean"), rows=tuple(rows)))


def _question(turn: Turn, reading: Reading) -> bool:
    if reading.route is Route.EXISTING_LOAN:
        turn.call_person("existing_loan")
        turn.tell("questions.existing_loan")
        turn.again = True
        return True
    return _ask(turn, reading.text)


def _maybe(turn: Turn, reading: Reading) -> bool:
    """Answer what looks like no answer only when the knowledge base is sure."""
    if turn.library.knowledge.answer(reading.text, turn.state.lang).zone != "sure":
        return False
    return _ask(turn, reading.text)


def _article(turn: Turn, arg: str) -> None:
    suggested = turn.state.suggested
    if arg.isdecimal() and int(arg) < len(suggested):
        _tell_article(turn, suggested[int(arg)])
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
    if arg or len(reading.text) < 12:
        _why(turn, arg)
        return True
    return _ask(turn, reading.text)


def _help(turn: Turn, _arg: str) -> None:
    turn.tell("questions.help")
    turn.again = True


FLOW = Flow(
    name="questions",
    anywhere={"article": _article, "why": _why},
    acts={Act.QUESTION: _question, Act.WHY: _asked_why, Act.OTHER: _maybe},
    commands={"help": _help},
)
