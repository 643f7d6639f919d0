"""What an owner does, understood in order: buttons, commands, safety, navigation, answers, questions.

An unclear reply never counts as an answer; a reply that means two things is confirmed first.
"""

import re
import unicodedata
from collections.abc import Sequence

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.conversation import Speaker
from flows.engine.consulting import read_again, supersede
from flows.engine.course import Catalog, Position
from flows.engine.taking import canonical, problem_with, propose, take_all
from flows.engine.trouble import trouble
from flows.engine.turn import REPLY, REPLY_TIME, Turn
from flows.engine.unanswered import explain, tell_button
from flows.engine.weighing import ask_about_change, ask_whether_meant, describe
from flows.messages import Choice, Heard
from flows.understanding import read
from flows.understanding.asking import question_beside
from flows.understanding.reading import Act, Reading, ReadValue
from flows.understanding.wishes import Wish, wish_of

LONGEST = 4000
TRAIL = 40
SHORT = 24
"""Characters up to which a message at a step of prose may also be a command such as "go back"."""

_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

# What a person does in words at any step, most urgent first.
FIRST = (Act.DISTRESS, Act.COMPLAINT, Act.HUMAN)
TAKES_GO_ON = ("welcome.hello", "identify.confirm")
"""Steps whose question "go on" answers with a yes; elsewhere it answers nothing."""
NAVIGATION = (Act.LANGUAGE, Act.CANCEL, Act.BACK, Act.REPEAT, Act.STATUS, Act.WHY)


def hear(catalog: Catalog, turn: Turn, heard: Heard) -> None:
    """Let the right flow react to what the owner did."""
    turn.state.closed = False
    turn.state.snoozed_until = None
    if turn.state.speaker is Speaker.PERSON:
        turn.still = True
        _answer_person(catalog, turn, heard)
        return
    turn.resumes, turn.state.paused = turn.state.paused, False
    supersede(turn)
    _get_to_know(turn, heard)
    if heard.kind == "choice":
        _press(catalog, turn, heard.choice)
    elif heard.kind == "start":
        command(catalog, turn, "start", heard.text)
    elif heard.kind in {"text", "edited"}:
        _words(catalog, turn, heard)
    else:
        _thing(catalog, turn, heard)


def _answer_person(catalog: Catalog, turn: Turn, heard: Heard) -> None:
    """While a person speaks, only the buttons of that person's proposal count; all else is for the person to read."""
    if not turn.state.awaits_reply:
        turn.state.awaits_reply = True
        turn.wake(REPLY, "", REPLY_TIME)
    if turn.state.suggestion is None:
        return
    data = heard.choice if heard.kind == "choice" else ""
    typed = match_choice(turn.state.notice, clean(heard.text)) if heard.kind == "text" else None
    if typed is not None:
        data = f"0:{typed.action}:{typed.arg}"
    if data.split(":")[1:2] in (["agree"], ["disagree"]):
        _press(catalog, turn, data)


def _get_to_know(turn: Turn, heard: Heard) -> None:
    """Take the owner's language from the messenger or the first words, until the owner has chosen one."""
    state = turn.state
    if not state.owner_name and heard.sender_name:
        state.owner_name = heard.sender_name[:80]
    if state.lang_chosen or state.welcomed:
        return
    if any("\u4e00" <= char <= "\u9fff" for char in heard.text[:200]):
        state.lang = "zh"
    elif state.live is None and heard.language_hint:
        state.lang = "zh" if heard.language_hint.casefold().startswith("zh") else "en"


def command(catalog: Catalog, turn: Turn, name: str, rest: str) -> bool:
    """Carry out a slash command; False when there is none of that name."""
    for flow in catalog.flows:
        run = flow.commands.get(name)
        if run is not None:
            run(turn, rest)
            return True
    return False


def clean(text: str) -> str:
    """The text without control and invisible formatting characters, cut to what is read."""
    return cleaned(text[:LONGEST])[0]


def cleaned(text: str) -> tuple[str, Sequence[int]]:
    """A text without control and invisible characters, and for each character kept its place in `text`."""
    if text.isascii() and text.isprintable():
        bare = text.strip()
        start = text.index(bare)
        return bare, range(start, start + len(bare))
    escapes = {place for match in _ESCAPES.finditer(text) for place in range(*match.span())}
    kept = [
        (" " if char in "\r\n\t" else char, place)
        for place, char in enumerate(text)
        if place not in escapes and (char in "\r\n\t" or unicodedata.category(char) not in _UNSEEN)
    ]
    while kept and kept[0][0].isspace():
        del kept[0]
    while kept and kept[-1][0].isspace():
        del kept[-1]
    return "".join(char for char, _ in kept), [place for _, place in kept]


def match_choice(choices: tuple[Choice, ...], text: str) -> Choice | None:
    """The button that a typed number or label means."""
    picks = [choice for choice in choices if choice.kind == "pick"]
    digits = unicodedata.normalize("NFKC", text).strip().rstrip(".)、")
    if digits.isdecimal() and len(digits) <= 3:
        number = int(digits)
        return picks[number - 1] if 1 <= number <= len(picks) else None
    said = _bare(text)
    matching = [choice for choice in picks if said and _bare(choice.label) == said]
    return matching[0] if len(matching) == 1 else None


def _bare(text: str) -> str:
    # A currency sign stays: "$20,000" is not the button "£20,000".
    return re.sub(r"[^\w$£€¥]+|_", "", unicodedata.normalize("NFKC", text)).casefold()


def _press(catalog: Catalog, turn: Turn, data: str) -> None:
    revision, _, rest = data.partition(":")
    action, _, arg = rest.partition(":")
    for flow in catalog.flows:
        press = flow.anywhere.get(action)
        if press is not None:
            press(turn, arg)
            agreed, turn.press_next = turn.press_next, ""
            if agreed:
                _press(catalog, turn, agreed)
            return
    live = turn.state.live
    if live is None or not revision.isdecimal() or int(revision) != live.revision:
        turn.tell("engine.old_card")
        return
    _act(catalog, turn, live.step, action, arg)


def _act(catalog: Catalog, turn: Turn, step_name: str, action: str, arg: str) -> None:
    step = catalog.step(step_name)
    press = step.press.get(action) if step is not None else None
    if press is None:
        turn.tell("engine.old_card")
        return
    before = catalog.position(turn)
    press(turn, arg)
    _remember(turn, before)


def _remember(turn: Turn, before: Position) -> None:
    if turn.moved and before.step.back and turn.state.trail[-1:] != (before.key,):
        turn.state.trail = (*turn.state.trail, before.key)[-TRAIL:]


def _words(catalog: Catalog, turn: Turn, heard: Heard) -> None:
    text = clean(heard.text)
    if len(heard.text) > LONGEST:
        turn.tell("engine.too_long", limit=LONGEST)
        return
    if not any(char.isalnum() for char in text):
        turn.tell("engine.no_words")
        return
    if text.startswith("/") and heard.kind == "text":
        name, _, rest = text[1:].partition(" ")
        if not command(catalog, turn, name.split("@")[0].casefold(), rest.strip()):
            turn.tell("engine.no_command")
        return
    if heard.kind == "edited":
        _edited(turn, heard.model_copy(update={"text": text}), turn.state.lang)
        return
    at = catalog.position(turn)
    asked = at.step.asked(turn, at.arg)
    reading = read(text, turn.state.lang, asked, today=turn.today)
    if _typed_button(catalog, turn, text, asked, reading):
        return
    if (at.step.own or (at.step.prose and len(text) > SHORT)) and at.step.hear(
        turn, heard.model_copy(update={"text": text}), reading
    ):
        _remember(turn, at)
        return
    if _first(catalog, turn, reading, FIRST):
        return
    if _wish(catalog, turn, text, reading) or (not reading.values and _first(catalog, turn, reading, NAVIGATION)):
        return
    _answer(catalog, turn, at, heard.model_copy(update={"text": text}), reading)


def _wish(catalog: Catalog, turn: Turn, text: str, reading: Reading) -> bool:
    """Move about as the owner says: on, back a page, pause, to where we were; never as an answer."""
    wish, state = wish_of(text), turn.state
    on_card = {choice.action: choice for choice in state.live.choices} if state.live is not None else {}
    if reading.did(Act.BACK) and not reading.values and "previous" in on_card:
        _press_on_card(catalog, turn, on_card["previous"])
    elif wish is Wish.REPORT:
        return command(catalog, turn, "report", "")
    elif wish is Wish.GO_ON and state.went_back:
        _press(catalog, turn, "0:onward:")
    elif wish in {Wish.GO_ON, Wish.ONWARD} and "next" in on_card:
        _press_on_card(catalog, turn, on_card["next"])
    elif wish is Wish.ONWARD:
        at = catalog.position(turn)
        if at.step.name in TAKES_GO_ON or at.step.asked(turn, at.arg) is not None:
            return False  # "yes, go on" answers what was asked
        tell_button(turn)
        turn.again = True
    elif wish is Wish.PAUSE and state.welcomed:
        _press(catalog, turn, "0:pause_here:")
    elif state.welcomed and (wish is Wish.WHERE or (wish is Wish.GO_ON and not reading.did(Act.SKIP))):
        at = catalog.position(turn)
        if wish is Wish.GO_ON and at.step.name in TAKES_GO_ON:
            return False
        if wish is Wish.GO_ON and not turn.resumes and at.step.asked(turn, at.arg) is None:
            tell_button(turn)
        turn.again = True
    else:
        return False
    return True


def _press_on_card(catalog: Catalog, turn: Turn, choice: Choice) -> None:
    if turn.state.live is not None:
        _press(catalog, turn, f"{turn.state.live.revision}:{choice.action}:{choice.arg}")


def _typed_button(catalog: Catalog, turn: Turn, text: str, asked: str | None, reading: Reading) -> bool:
    on_notice = match_choice(turn.state.notice, text)
    if on_notice is not None:  # the buttons shown last are those that a typed number means
        _press(catalog, turn, f"0:{on_notice.action}:{on_notice.arg}")
        return True
    live = turn.state.live
    choice = match_choice(live.choices, text) if live is not None else None
    if live is None or choice is None:
        return False
    value = reading.value(asked) if asked is not None else None
    if text.strip().isdecimal() and value is not None and str(value.value) != choice.arg:
        # "3" may be the third button or three months: a wrong value accepted is worse than a question.
        meant = canonical(turn, value)
        if problem_with(turn, value.field, meant) is None:
            propose(turn, {value.field: meant})
            return True
    _press_on_card(catalog, turn, choice)
    return True


def _first(catalog: Catalog, turn: Turn, reading: Reading, acts: tuple[Act, ...]) -> bool:
    """Let the first flow that can respond to the first of `acts` that the message does."""
    for act in acts:
        if not reading.did(act):
            continue
        for flow in catalog.flows:
            respond = flow.acts.get(act)
            if respond is not None and respond(turn, reading):
                return True
    return False


def _answer(catalog: Catalog, turn: Turn, at: Position, heard: Heard, reading: Reading) -> None:
    if reading.did(Act.QUESTION) and _answered_beside(catalog, turn, at, heard, reading):
        return
    if reading.did(Act.QUESTION) and _answered_about(catalog, turn, reading):
        return
    if ask_about_change(turn, reading) or (not reading.values and ask_whether_meant(turn, reading)):
        return
    if _first(catalog, turn, reading, (Act.CORRECT,)):
        return
    if at.step.hear(turn, heard, reading):
        ask_whether_meant(turn, reading)
        _remember(turn, at)
        return
    asked = at.step.asked(turn, at.arg)
    if turn.effects:  # the step has said what is wrong with the answer
        trouble(turn, asked, heard.text, explained=True)
        return
    if _first(catalog, turn, reading, (Act.GREETING,)) or explain(turn, reading, asked):
        turn.again = True
        return
    if _first(catalog, turn, reading.model_copy(update={"acts": (Act.ANSWER, Act.OTHER)}), (Act.ANSWER, Act.OTHER)):
        return
    if not read_again(turn, asked, heard.text):
        trouble(turn, asked, heard.text)


def _answered_about(catalog: Catalog, turn: Turn, reading: Reading) -> bool:
    """Answer a question; "is 150,000 all right?" may be an answer as well: the question first, then a confirmation."""
    mentioned = {each.field: canonical(turn, each) for each in reading.values if each.field in FIELDS}
    meant = {name: value for name, value in mentioned.items() if problem_with(turn, name, value) is None}
    proposed = bool(meant) and not reading.did(Act.CORRECT) and turn.state.application.signed_at is None
    if proposed:
        propose(turn, meant)
    answered = _first(catalog, turn, reading, (Act.QUESTION,))
    if proposed:
        turn.again, turn.still = True, False  # whatever the question led to, the value is to be confirmed
    return answered or bool(meant)


def _answered_beside(catalog: Catalog, turn: Turn, at: Position, heard: Heard, reading: Reading) -> bool:
    """Take the answer of "20k, what does it cost?" and answer its question; False when they are one."""
    beside = question_beside(reading) if reading.values else None
    if beside is None:
        return False
    told = tuple(act for act in reading.acts if act is not Act.QUESTION) or (Act.ANSWER,)
    alone = reading.model_copy(update={"acts": told})
    if not _first(catalog, turn, alone, (Act.CORRECT,)):
        if at.step.hear(turn, heard, alone):
            _remember(turn, at)
        elif not turn.effects:
            _first(catalog, turn, alone, (Act.ANSWER,))
    question = read(beside, turn.state.lang, today=turn.today)
    _first(catalog, turn, question.model_copy(update={"text": beside, "acts": (Act.QUESTION,)}), (Act.QUESTION,))
    turn.again = True
    turn.still = False
    return True


def _edited(turn: Turn, heard: Heard, lang: str) -> None:
    """Take an edited message as a correction of what it first answered."""
    fields = turn.state.answered_by.get(turn.message_id)
    if not fields:
        turn.tell("engine.edit_unknown")
        return
    reading = read(heard.text, lang, fields[0] if len(fields) == 1 else None, today=turn.today)
    found = tuple(value for value in reading.values if value.field in fields)
    if not found and len(fields) == 1 and FIELDS[fields[0]].kind is Kind.TEXT:
        found = (ReadValue(field=fields[0], value=heard.text, span=(0, len(heard.text))),)
    if not found:
        turn.tell("engine.edit_unreadable")
        return
    if "credit_purpose" in take_all(turn, found):
        describe(turn, reading)


def _thing(catalog: Catalog, turn: Turn, heard: Heard) -> None:
    at = catalog.position(turn)
    empty = Reading(text="", lang=turn.state.lang, acts=())
    if at.step.hear(turn, heard, empty):
        _remember(turn, at)
    elif turn.effects:
        return  # the step has said what is wrong with it
    elif heard.kind == "contact":
        turn.tell("engine.contact_later" if heard.phone_is_own else "engine.foreign_contact")
    else:
        receive = catalog.receiver(heard.kind)
        if receive is not None:
            receive(turn, heard)
        else:
            turn.tell(f"engine.{heard.kind}")
        if heard.text:  # what is written under a picture is said as well
            _words(catalog, turn, heard.model_copy(update={"kind": "text"}))
