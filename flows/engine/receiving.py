"""Receiving files: what may be sent, how long it is kept before the owner's word, and when a burst of files is over.

The parts of an album arrive one by one: what is sent together is asked about together, after a moment of silence.
"""

from datetime import timedelta

from flows.conversation import SentFile
from flows.effects import DropFile, ReadFile
from flows.engine.turn import Turn
from flows.messages import Heard, Say

LARGEST = 10 * 1024 * 1024  # bytes
MOST = 60  # files of one conversation: a year of monthly statements of three accounts, and the papers
KEPT = timedelta(days=1)  # a file that the owner has not allowed is kept no longer
TOGETHER = timedelta(minutes=1)
SILENCE = timedelta(seconds=1)
ONE_BY_ONE = frozenset({"terminal"})  # where one line names one file, nothing more is coming
PART = timedelta(seconds=3)  # between the parts of an album
TIMER = "files"
SLOT = "files"


def receive(turn: Turn, heard: Heard) -> tuple[str, ...]:
    """Take files: each is fetched, kept sealed, and read in the background. The ids of those that were taken."""
    state, taken = turn.state, []
    if state.files_at is None or turn.now - state.files_at > PART:
        state.files_told, state.files_owed = (), False
    state.files_at = turn.now
    for file in heard.files[:MOST]:
        if file.size > LARGEST:
            turn.tell("paper.fact.too_large")
        elif len(state.documents) >= MOST:
            turn.tell("paper.too_many", most=MOST)
        else:
            state.files_sent += 1
            number = f"d-{state.application.id.removeprefix('LA-')}-{state.files_sent}"
            scan = file.file_id if heard.kind == "identity" else ""
            state.documents[number] = SentFile(id=number, state="reading", sent_at=turn.now, scan=scan)
            turn.do(ReadFile(document_id=number, channel=state.channel, file=file))
            taken.append(number)
    if taken:
        turn.wake(TIMER, "", SILENCE)
        _tell_reading(turn)
    return tuple(taken)


def _tell_reading(turn: Turn) -> None:
    """One message for a burst, rewritten with every part where the channel can."""
    count = sum(each.state == "reading" and is_fresh(turn, each) for each in turn.state.documents.values())
    text = turn.t("paper.reading") if count == 1 else turn.t("paper.reading_more", count=count)
    turn.notice(Say(text=text, slot=SLOT, replace=count > 1))


def tell_once(turn: Turn, key: str, **params: object) -> None:
    """Say a sentence about a file once for all that were sent together; the card comes again after the last of them."""
    text = turn.t(key, **params)
    if text not in turn.state.files_told:
        turn.state.files_told = (*turn.state.files_told, text)
        turn.tell(key, **params)
    turn.again = is_quiet(turn)
    turn.state.files_owed = not turn.again


def is_fresh(turn: Turn, sent: SentFile) -> bool:
    """Whether a file that is being read may still be waited for."""
    return turn.now - sent.sent_at < TOGETHER


def is_quiet(turn: Turn) -> bool:
    """Whether everything sent together has been read and nothing more is coming."""
    waiting = [each for each in turn.state.documents.values() if each.state in {"reading", "read"}]
    if any(each.state == "reading" and is_fresh(turn, each) for each in waiting):
        return False
    return turn.state.channel in ONE_BY_ONE or all(turn.now - each.sent_at >= SILENCE for each in waiting)


def is_for_lender(turn: Turn, document_id: str) -> bool:
    """Whether a file was sent for a task of a lender: it is that lender's, and no part of the application."""
    answers = (each for submission in turn.state.submissions for each in submission.answers)
    return any(document_id in each.documents for each in answers)


def forget(turn: Turn, document_id: str) -> None:
    """Destroy a file that is not wanted."""
    turn.state.documents.pop(document_id, None)
    turn.do(DropFile(document_id=document_id))
