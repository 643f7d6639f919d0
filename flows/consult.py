"""What a language model proposes: checked like typed text, then put before the owner, never taken at once."""

import unicodedata

from pydantic import JsonValue

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.conversation import Consultation, Speaker
from flows.engine.answering import offer, tell_article, unknown
from flows.engine.consulting import PROPOSABLE, TIMER
from flows.engine.flow import Flow
from flows.engine.taking import canonical, problem_with, propose
from flows.engine.trouble import trouble
from flows.engine.turn import Turn
from flows.events import Event, ModelAnswered, TimerFired
from flows.knowledge.answering import Zone
from flows.knowledge.articles import Article
from flows.knowledge.claims import Written, is_shown_in_full, verified
from flows.ports import Command, Understood
from flows.understanding import read


def _answered(turn: Turn, event: Event) -> None:
    if not isinstance(event, ModelAnswered):
        return
    consultation = _taken(turn, event.number)
    if consultation is None:
        return  # the owner has gone on, or it came too late
    turn.let_sleep(TIMER, str(event.number))
    if event.fact:
        turn.note("model", f"failed: {event.fact}")
    _carry_on(turn, consultation, event.found)


def _too_late(turn: Turn, event: Event) -> None:
    if isinstance(event, TimerFired) and event.name == TIMER and event.arg.isdecimal():
        consultation = _taken(turn, int(event.arg))
        if consultation is not None:
            turn.note("model", "failed: no answer came")
            _carry_on(turn, consultation, None)


def _taken(turn: Turn, number: int) -> Consultation | None:
    """The open consultation of a number, taken off the list."""
    found = next((each for each in turn.state.consulted if each.number == number), None)
    turn.state.consulted = tuple(each for each in turn.state.consulted if each.number != number)
    return found


def _carry_on(turn: Turn, consultation: Consultation, found: Understood | Written | None) -> None:
    if turn.state.speaker is Speaker.PERSON:
        return
    if consultation.candidates:
        _answer(turn, consultation, found if isinstance(found, Written) else None)
    elif not (isinstance(found, Understood) and _does(turn, consultation, found)):
        trouble(turn, consultation.asked, consultation.text)
        turn.again = True


# Unclear messages


def _does(turn: Turn, consultation: Consultation, found: Understood) -> bool:
    """Do the first thing that holds; values all together, as one proposal. False when nothing holds."""
    values = _values(turn, consultation, found.commands)
    if values:
        turn.message_id = consultation.message_id
        propose(turn, values)
        return True
    return any(_order(turn, consultation, command) for command in found.commands)


def _order(turn: Turn, consultation: Consultation, command: Command) -> bool:
    if command.do == "human":
        turn.call_person("asked")
        turn.tell("handover.called")
        turn.again = True
        return True
    if command.do == "cancel" and turn.state.welcomed:
        turn.goes_to("leaving.confirm")  # asks before anything ends
        turn.moved = False
        return True
    return command.do == "ask" and _look_up(turn, consultation, command.value)


def _look_up(turn: Turn, consultation: Consultation, question: str) -> bool:
    """Answer a question that the model has put into plain words; only our own passages are shown."""
    answer = turn.library.knowledge.answer(question[:300], turn.state.lang)
    if answer.zone is Zone.UNKNOWN:
        return False
    if answer.article is not None and answer.article.lang == turn.state.lang:
        tell_article(turn, answer.article)
        turn.again = True
    else:
        offer(turn, question, answer.candidates)
    turn.note("model", f"asked as: {question[:120]} ({consultation.number})")
    return True


def _values(turn: Turn, consultation: Consultation, commands: tuple[Command, ...]) -> dict[str, JsonValue]:
    """Proposed values that our own reader finds in the owner's words as well."""
    if not turn.state.welcomed or turn.state.application.signed_at is not None:
        return {}
    values: dict[str, JsonValue] = {}
    for command in commands:
        if command.do not in {"set", "correct"} or command.field not in PROPOSABLE or command.field in values:
            continue
        value = _value(turn, consultation.text, command)
        if value is not None and problem_with(turn, command.field, value) is None:
            values[command.field] = value
    return values


def _value(turn: Turn, text: str, command: Command) -> JsonValue | None:
    """The value a command may set: numbers by our extractor from the owner's words, codes by the code list."""
    if not _stands_in(command.quote, text):
        return None
    kind = FIELDS[command.field].kind
    if kind is Kind.CODES:
        return [command.value] if command.value in FIELDS[command.field].options else None
    if kind is Kind.TEXT:
        return command.value.strip() if _stands_in(command.value, text) else None
    reading = read(text, turn.state.lang, command.field, today=turn.today)
    ours = reading.value(command.field) or reading.mentioned(command.field)
    theirs = read(command.value, turn.state.lang, command.field, today=turn.today).value(command.field)
    if ours is None or theirs is None or canonical(turn, ours) != canonical(turn, theirs):
        return None
    return canonical(turn, ours)


def _stands_in(part: str, text: str) -> bool:
    def bare(words: str) -> str:
        return " ".join(unicodedata.normalize("NFKC", words).casefold().split())

    return len(bare(part)) > 0 and bare(part) in bare(text)


# Questions


def _answer(turn: Turn, consultation: Consultation, written: Written | None) -> None:
    articles = {each.id: each for each in _articles(turn, consultation)}
    claims = verified(written, articles, consultation.text) if written is not None else ()
    if not claims:
        if consultation.offer:
            offer(turn, consultation.text, consultation.candidates)
        else:
            unknown(turn, consultation.text)
        return
    sources = list(dict.fromkeys(claim.source for claim in claims))
    in_full = [articles[source] for source in sources if is_shown_in_full(articles[source])]
    if in_full:
        tell_article(turn, in_full[0])  # fees, rates, conditions and data use are never put into other words
    else:
        titles = " · ".join(articles[source].title for source in sources)
        turn.say(" ".join(claim.text for claim in claims), note=turn.t("questions.source", title=titles))
    turn.again = True


def _articles(turn: Turn, consultation: Consultation) -> list[Article]:
    found = (turn.library.knowledge.article(turn.state.lang, each) for each in consultation.candidates)
    return [article for article in found if article is not None]


FLOW = Flow(name="consult", reacts={"model_answered": _answered, "timer_fired": _too_late})
