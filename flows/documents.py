"""Documents: files the owner sends are read, shown for what they are, and used only when the owner says so."""

from flows.application import prefill
from flows.consent import ConsentState
from flows.effects import DropFile
from flows.engine.flow import Flow, Step
from flows.engine.proving import is_closed, reopen, wanting
from flows.engine.pulling import PATIENCE, begin_pull, consent_facts, new_consent, refuse, source_title
from flows.engine.receiving import KEPT, TIMER, is_for_lender, is_quiet, receive, tell_once
from flows.engine.turn import Turn
from flows.events import Event, FileRead, FileRefused, TimerFired
from flows.messages import Fact, Heard, Tone

_EN_DASH = "–"


def _received(turn: Turn, heard: Heard) -> None:
    """Take files: they are fetched, kept sealed for a day, and read in the background."""
    if turn.state.application.signed_at is not None and wanting(turn) is None:
        turn.tell("paper.signed")
    elif receive(turn, heard):
        turn.still = bool(turn.state.greeted_in)


def _read(turn: Turn, event: Event) -> None:
    """Keep what a file was found to be; the card that asks for it follows from the state."""
    if not isinstance(event, FileRead) or is_for_lender(turn, event.document_id):
        return
    sent = turn.state.documents.get(event.document_id)
    known = event.source in turn.library.sources
    if sent is None or sent.state != "reading" or not known:
        turn.do(DropFile(document_id=event.document_id))
        if sent is not None and not known:
            turn.state.documents.pop(event.document_id)
            turn.tell("paper.not_used", what=turn.t(f"paper.format.{event.format}"), rows=event.rows)
            turn.again = True
        return
    turn.state.documents[event.document_id] = sent.model_copy(update={"state": "read", "found": event})
    turn.note("file", f"{event.source} {event.format}: {event.rows} records, balance {event.proof}")
    if not turn.state.business_confirmed:
        tell_once(turn, "paper.later", source=source_title(turn, event.source))


def _refused(turn: Turn, event: Event) -> None:
    if not isinstance(event, FileRefused) or turn.state.documents.pop(event.document_id, None) is None:
        return
    turn.note("file", f"{event.fact} {event.detail}")
    known = turn.library.texts.has(turn.state.lang, f"paper.fact.{event.fact}")
    tell_once(turn, f"paper.fact.{event.fact}" if known else "paper.fact.damaged")


def _silence(turn: Turn, event: Event) -> None:
    """Ask about what was sent together, once nothing more is coming."""
    if isinstance(event, TimerFired) and event.name == TIMER and _found_pending(turn) is not None:
        turn.again = True


# What was read, and whether to use it


def _waiting(turn: Turn, source: str) -> tuple[FileRead, ...]:
    sent = turn.state.documents.values()
    fresh = (each for each in sent if each.state == "read" and turn.now - each.sent_at < KEPT)
    return tuple(each.found for each in fresh if each.found is not None and each.found.source == source)


def _found_pending(turn: Turn) -> str | None:
    state = turn.state
    if state.subject is None or not state.business_confirmed or is_closed(turn):
        return None
    if not is_quiet(turn):
        return None  # what is sent together is asked about together
    sources = (each.found.source for each in state.documents.values() if each.found is not None)
    return next((source for source in sources if _waiting(turn, source)), None)


def _found_show(turn: Turn, source: str) -> None:
    files = _waiting(turn, source)
    consent = new_consent(turn, source)
    turn.state.consents.pop(consent.id)  # it is made when the owner says yes
    facts = consent_facts(turn, consent)
    turn.card(
        "documents.found",
        title=source_title(turn, source),
        text=turn.t("paper.found", count=len(files)),
        facts=(*(_line(turn, each) for each in files), Fact(label=turn.t("connect.terms"), value=""), *facts),
        note=turn.t("paper.note"),
        rows=(
            (turn.button("paper.use", "use_file", source, Tone.PRIMARY),),
            (turn.button("paper.drop", "drop_file", source), turn.button("button.person", "human")),
        ),
    )


def _line(turn: Turn, file: FileRead) -> Fact:
    days = dict.fromkeys(each.isoformat() for each in (file.first, file.last) if each is not None)
    said = [turn.t("paper.rows", rows=file.rows)]
    if file.source == "bank_statement":
        said.append(turn.t(f"paper.proof.{file.proof}"))
    if file.unread:
        said.append(turn.t("paper.unread", rows=file.unread))
    return Fact(
        label=turn.t(f"paper.format.{file.format}"),
        value=f" {_EN_DASH} ".join(days) or turn.t("paper.no_days"),
        note=turn.t("value.comma").join(said),
    )


def _use(turn: Turn, source: str) -> None:
    """Allow the files that were shown, together with those of the same source that are used already."""
    state = turn.state
    files = _waiting(turn, source)
    if not files or source not in turn.library.sources:
        turn.tell("engine.old_card")
        return
    reopen(turn)
    for file in files:
        state.documents[file.document_id] = state.documents[file.document_id].model_copy(update={"state": "used"})
    before = [each for each in state.consents.values() if each.source == source and each.state is ConsentState.ACTIVE]
    begin_pull(turn, new_consent(turn, source))
    turn.wake("patience", source, PATIENCE)
    for consent in before:  # what it brought comes again with the new one, which names its files as well
        refuse(turn, consent.id, ConsentState.EXPIRED, "replaced")
        state.application = prefill.forget(state.application, consent.id)
    state.pages_seen = ()
    turn.moves()


def _drop(turn: Turn, source: str) -> None:
    for file in _waiting(turn, source):
        turn.state.documents.pop(file.document_id)
        turn.do(DropFile(document_id=file.document_id))
    turn.tell("paper.dropped")
    turn.moves()


FLOW = Flow(
    name="documents",
    steps=(Step("documents.found", _found_pending, _found_show, {"use_file": _use, "drop_file": _drop}, back=False),),
    reacts={"file_read": _read, "file_refused": _refused, "timer_fired": _silence},
    things={"file": _received},
)
