"""Tasks: what a lender asks for, one thing at a time, done in the chat: what, why, how, by when, and back it goes."""

import re
from datetime import timedelta

from pydantic import JsonValue

from flows.application.display import show_value
from flows.application.fields import FIELDS
from flows.application.lifecycle import Status
from flows.application.papers.table import KINDS, kind_named
from flows.conversation import Submission, TaskAnswer
from flows.effects import KeepForLender
from flows.engine.asked import asking, open_place, outstanding, what_is_asked
from flows.engine.flow import Flow, Step
from flows.engine.pulling import lender_name, source_title
from flows.engine.receiving import LARGEST
from flows.engine.standing import TIME, standing_facts
from flows.engine.submitting import become, hand_over
from flows.engine.taking import canonical, problem_with
from flows.engine.turn import Turn
from flows.events import Event, FileRead, FileRefused, LenderAction, PaperRead
from flows.messages import Fact, Heard, Tone
from flows.understanding.prose import free_text
from flows.understanding.reading import Act, Reading

LONGEST = 1000
MOST_FILES = 10
ALBUM = timedelta(seconds=3)  # between the parts of an album
_MONTHS = re.compile(r"_\d+m$")  # bank_statement_6m: of six months
# What lenders call a paper, beside our own names for its kinds.
_ALSO_CALLED = {
    "identity_document": ("id_front", "id_back"),
    "invoice": ("invoice_issued", "invoice_received"),
    "vat_invoice_issued": ("invoice_issued",),
    "vat_invoice_received": ("invoice_received",),
    "tax_return": ("tax_return", "tax_payment_certificate"),
    "proof_of_address": ("proof_of_address", "utility_bill", "lease", "bank_statement"),
}


def _pending(turn: Turn) -> str | None:
    submission = asking(turn)
    if submission is None:
        return None
    place = open_place(submission)
    if place is None and outstanding(submission):
        return None  # others have to answer first
    return "send" if place is None else str(place)


def _show(turn: Turn, arg: str) -> None:
    submission = asking(turn)
    if submission is None:
        return
    lender = lender_name(turn, submission.lender)
    if not arg.isdecimal():
        turn.card(
            "tasks.do",
            title=turn.t("tasks.ready_title"),
            text=turn.t("tasks.ready", lender=lender),
            facts=tuple(_answer_fact(turn, submission, each) for each in submission.answers),
            rows=(
                (turn.button("tasks.send", "send_tasks", tone=Tone.PRIMARY),),
                (turn.button("tasks.again", "tasks_again"), turn.button("button.person", "human")),
            ),
        )
        return
    action = submission.actions[int(arg)]
    way = _way(action)
    turn.card(
        "tasks.do",
        title=turn.t("status.action_required.title"),
        text=turn.t("tasks.one", lender=lender, number=int(arg) + 1, count=len(submission.actions),
                    what=what_is_asked(turn, action)),
        facts=(*_about(turn, action), *standing_facts(turn, submission)),
        note=turn.t(f"tasks.how.{way}"),
        rows=(
            (turn.button("tasks.not_possible", "not_possible", arg), turn.button("button.person", "human")),
            (
                turn.button("button.status", "status"),
                turn.button("notices.written", "written", submission.application_id[:36]),
            ),
        ),
    )  # fmt: skip


def _about(turn: Turn, action: LenderAction) -> tuple[Fact, ...]:
    facts = [Fact(label=turn.t("tasks.why"), value=action.reason)] if action.reason else []
    if action.due_at is not None:
        facts.append(Fact(label=turn.t("tasks.by"), value=action.due_at.strftime(TIME)))
    return tuple(facts)


def _way(action: LenderAction) -> str:
    """How an action is answered: by a file, by a value, or in words."""
    if action.document:
        return "document"
    return "field" if action.field in FIELDS else "words"


def _answer_fact(turn: Turn, submission: Submission, answer: TaskAnswer) -> Fact:
    action = submission.actions[answer.place]
    files = turn.t("tasks.files", count=len(answer.files)) if answer.files else ""
    looks = turn.t("value.comma").join(_named(turn, each) for each in dict.fromkeys(answer.looks))
    note = turn.t("tasks.looks_like", what=looks) if looks else ""
    return Fact(label=what_is_asked(turn, action), value=answer.shown or files, note=note)


def _named(turn: Turn, looks: str) -> str:
    """A kind of paper, or the source whose records a file holds, in words."""
    return turn.t(kind_named(looks).title) if looks in KINDS else source_title(turn, looks)


def _field(turn: Turn, arg: str) -> str | None:
    """The field that a bare number would be."""
    submission = asking(turn)
    if submission is None or not arg.isdecimal():
        return None
    field = submission.actions[int(arg)].field
    return field if field in FIELDS else None


def _hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    submission = asking(turn)
    if submission is not None and heard.kind == "file" and _one_more(turn, submission, heard):
        return True
    place = open_place(submission) if submission is not None else None
    if submission is None or place is None:
        return False
    action = submission.actions[place]
    if heard.kind == "file":
        return _file(turn, submission, place, heard)
    if heard.kind != "text" or reading.did(Act.QUESTION):
        return False
    if _way(action) == "document":
        turn.tell("tasks.file_please", what=what_is_asked(turn, action))
        return True
    if action.field in FIELDS:
        return _value(turn, submission, place, heard, reading)
    text = heard.text.strip()[:LONGEST]
    return _keep(turn, submission, TaskAnswer(place=place, value=text, shown=text, at=turn.now))


def _file(turn: Turn, submission: Submission, place: int, heard: Heard) -> bool:
    """Keep the files for the lender, who may read them as soon as the owner has sent the answers."""
    answer = _with_files(turn, TaskAnswer(place=place, at=turn.now), heard)
    if not answer.files:
        turn.tell("paper.fact.too_large")
        return True
    turn.echo.append(turn.t("tasks.file_kept", count=len(answer.files)))
    return _keep(turn, submission, answer)


def _with_files(turn: Turn, answer: TaskAnswer, heard: Heard) -> TaskAnswer:
    """The answer with what was sent; what is too large is left out."""
    room = MOST_FILES - len(answer.files)
    files = tuple(file for file in heard.files if file.size <= LARGEST)[:room]
    numbers = []
    for file in files:
        turn.state.files_sent += 1
        numbers.append(f"t-{turn.state.application.id.removeprefix('LA-')}-{turn.state.files_sent}")
        turn.do(KeepForLender(document_id=numbers[-1], channel=turn.state.channel, file=file))
    sent = {"files": (*answer.files, *files), "documents": (*answer.documents, *numbers), "at": turn.now}
    return answer.model_copy(update=sent)


def _one_more(turn: Turn, submission: Submission, heard: Heard) -> bool:
    """Take a further part of an album: it belongs to what its first part answered."""
    last = submission.answers[-1] if submission.answers else None
    if last is None or not last.documents or turn.now - last.at > ALBUM:
        return False
    submission.answers = (*submission.answers[:-1], _with_files(turn, last, heard))
    turn.again = True
    return True


def _recognised(turn: Turn, event: Event) -> None:
    """Say what a file looks like that was sent for a task, and what is wrong with it; its lender gets it as it is."""
    submission = turn.state.submission
    if (
        not isinstance(event, PaperRead | FileRead)
        or submission is None
        or submission.status is not Status.ACTION_REQUIRED
    ):
        return
    answer = next((each for each in submission.answers if event.document_id in each.documents), None)
    if answer is None or submission.status is not Status.ACTION_REQUIRED:
        return
    looks = event.paper if isinstance(event, PaperRead) else event.source
    problem = event.problem if isinstance(event, PaperRead) else ""
    if looks in KINDS or isinstance(event, FileRead):
        seen = answer.model_copy(update={"looks": (*answer.looks, looks)})
        submission.answers = tuple(seen if each is answer else each for each in submission.answers)
    if not problem and not _fits(submission.actions[answer.place].document, looks):
        problem = "wrong_kind"
    if problem and problem not in {"no_ocr", "unknown_kind"}:
        turn.tell(f"paper.problem.{problem}")
    turn.again = True


def _fits(asked: str, looks: str) -> bool:
    """Whether a file may be what was asked for: only what is known to be something else does not fit."""
    plain = _MONTHS.sub("", asked)
    wanted = _ALSO_CALLED.get(plain, (plain,))
    return looks not in KINDS or looks in wanted or not any(each in KINDS for each in wanted)


def _file_lost(turn: Turn, event: Event) -> None:
    """A file could not be taken from its channel: ask for it again, or have a person look when it is sent already."""
    if not isinstance(event, FileRefused):
        return
    for submission in turn.state.submissions:
        answer = next((each for each in submission.answers if event.document_id in each.documents), None)
        if answer is None:
            continue
        turn.note("task", f"{submission.application_id}: {event.document_id} {event.fact}")
        if submission.status is Status.ACTION_REQUIRED:
            submission.answers = tuple(each for each in submission.answers if each is not answer)
            turn.echo.append(turn.t("tasks.file_lost", what=what_is_asked(turn, submission.actions[answer.place])))
            turn.again = True
        else:
            turn.call_person("document_lost", f"{submission.application_id}: {event.document_id}")


def _value(turn: Turn, submission: Submission, place: int, heard: Heard, reading: Reading) -> bool:
    spec = FIELDS[submission.actions[place].field]
    found = reading.value(spec.name)
    country = turn.state.subject.country if turn.state.subject is not None else "GB"
    value: JsonValue = canonical(turn, found) if found is not None else free_text(spec, heard.text, country)
    if value is None:
        return False
    problem = problem_with(turn, spec.name, value)
    if problem is not None:
        turn.say(problem)
        return True
    shown = show_value(turn.library.texts, turn.state.lang, spec, value, masked=spec.sensitive)
    return _keep(turn, submission, TaskAnswer(place=place, value=value, shown=shown, at=turn.now))


def _keep(turn: Turn, submission: Submission, answer: TaskAnswer) -> bool:
    submission.answers = (*submission.answers, answer)
    turn.note("task", f"{submission.application_id}: {answer.place + 1} of {len(submission.actions)} answered")
    turn.moves()
    return True


def _not_possible(turn: Turn, arg: str) -> None:
    """The owner cannot give it: a person looks, and the lender is told so with the rest."""
    submission = asking(turn)
    if submission is None or not arg.isdecimal() or int(arg) != open_place(submission):
        return
    turn.call_person("task_not_possible", submission.application_id)
    turn.echo.append(turn.t("tasks.person_called"))
    shown = turn.t("tasks.not_possible")
    _keep(turn, submission, TaskAnswer(place=int(arg), shown=shown, possible=False, at=turn.now))


def _send(turn: Turn, _arg: str) -> None:
    submission = asking(turn)
    if submission is None or open_place(submission) is not None or outstanding(submission):
        return
    submission.attempt += 1
    become(turn, submission, Status.UNDER_REVIEW, turn.now)
    if submission.decided_by:
        turn.do(hand_over(turn, submission))
    turn.echo.append(turn.t("tasks.sent", lender=lender_name(turn, submission.lender)))
    turn.moves()


def _again(turn: Turn, _arg: str) -> None:
    submission = asking(turn)
    if submission is not None:
        submission.answers = tuple(each for each in submission.answers if submission.actions[each.place].party)
        turn.moves()


FLOW = Flow(
    name="tasks",
    steps=(
        Step(
            "tasks.do",
            _pending,
            _show,
            {"not_possible": _not_possible, "send_tasks": _send, "tasks_again": _again},
            hear=_hear,
            asked=_field,
            back=False,
        ),
    ),
    reacts={"file_refused": _file_lost, "file_read": _recognised, "paper_read": _recognised},
)
