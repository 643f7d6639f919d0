"""Papers: what was sent as a picture or PDF is shown for what it is, and used only on a tap.

What is proved or clear counts with that tap; what is not is asked about one by one (`flows.rereading`).
"""

from flows.application.papers.table import UNKNOWN
from flows.conversation import SentFile
from flows.effects import AskForBetter
from flows.engine.flow import Flow, Step
from flows.engine.looking import NUMBER, Looked, look, market, seen_before, waiting
from flows.engine.papers import card_facts, problem_text
from flows.engine.proving import is_closed, reopen
from flows.engine.pulling import consent_facts, paper_consent
from flows.engine.receiving import TIMER, forget, is_for_lender, is_quiet, tell_once
from flows.engine.rewording import correct, correction_of
from flows.engine.taking import take
from flows.engine.turn import Turn
from flows.engine.using import named, use
from flows.events import Event, PaperRead, TimerFired
from flows.messages import Choice, Fact, Heard, Tone
from flows.understanding.reading import Act, Reading

FOR_A_PERSON = frozenset({"no_ocr", "unknown_kind"})


def _read(turn: Turn, event: Event) -> None:
    """Take what a paper was found to be. One that cannot be read is deleted with a word on how to take a better one."""
    if not isinstance(event, PaperRead) or is_for_lender(turn, event.document_id):
        return
    sent = turn.state.documents.get(event.document_id)
    if sent is None or sent.state != "reading":
        forget(turn, event.document_id)
        return
    turn.note("file", f"{event.paper} {event.problem} read by {event.read_by}")
    if seen_before(turn, event):
        forget(turn, sent.id)
        tell_once(turn, "paper.problem.duplicate")
    elif event.problem in FOR_A_PERSON or (event.paper == UNKNOWN and not event.problem):
        turn.state.documents[sent.id] = sent.model_copy(update={"state": "kept", "paper": event})
        turn.call_person("paper_unread", sent.id)
        tell_once(turn, f"paper.problem.{event.problem or 'unknown_kind'}")
    elif event.problem and not event.values:
        forget(turn, sent.id)
        tell_once(turn, f"paper.problem.{event.problem}")
        if sent.scan:
            why, state = turn.t(f"paper.problem.{event.problem}"), turn.state
            turn.do(AskForBetter(channel=state.channel, address=state.address, file_id=sent.scan, why=why))
    else:
        turn.state.documents[sent.id] = sent.model_copy(update={"state": "read", "paper": event})
        known = bool(market(turn, waiting(turn)))
        turn.state.welcomed |= known and bool(turn.state.greeted_in)  # who sends a licence has begun
        turn.again = is_quiet(turn) and known
        _tell_early(turn, turn.state.documents[sent.id])


def _tell_early(turn: Turn, sent: SentFile) -> None:
    """Say what a paper is that came before anybody knows for which business, hence for whose eyes."""
    looked = look(turn, sent)
    if looked is not None and not market(turn, (looked,)):
        turn.say(turn.t("paper.early"), title=turn.t(looked.title), facts=card_facts(turn, (looked,)))
        turn.again = True


def _silence(turn: Turn, event: Event) -> None:
    if isinstance(event, TimerFired) and event.name == TIMER and is_quiet(turn):
        turn.again = turn.again or turn.state.files_owed or bool(waiting(turn))
        turn.state.files_owed = False


# What was read, and whether to use it


def _kind_pending(turn: Turn) -> str | None:
    if is_closed(turn) or not is_quiet(turn):
        return None
    papers = waiting(turn)
    return next((each.sent.id for each in papers if each.open), None) if market(turn, papers) else None


def _kind_show(turn: Turn, document: str) -> None:
    """Ask which of two kinds a paper is, where it does not say so itself."""
    looked = _looked(turn, document)
    if looked is None:
        return
    turn.card(
        "papers.kind",
        title=turn.t("paper.which.title"),
        text=turn.t("paper.which.text"),
        facts=card_facts(turn, (looked,)),
        rows=(
            tuple(Choice(label=turn.t(f"paper.kind.{each}"), action="kind", arg=each) for each in looked.open),
            (turn.button("paper.drop", "drop_one"), turn.button("button.person", "human")),
        ),
    )


def _kind(turn: Turn, kind: str) -> None:
    looked = _looked(turn, _kind_pending(turn) or "")
    if looked is not None and kind in looked.open:
        turn.state.documents[looked.sent.id] = looked.sent.model_copy(update={"kind": kind})
        turn.moves()


def _drop_one(turn: Turn, _arg: str) -> None:
    document = _kind_pending(turn)
    if document is not None:
        forget(turn, document)
        turn.tell("paper.dropped")
        turn.moves()


def _looked(turn: Turn, document: str) -> Looked | None:
    sent = turn.state.documents.get(document)
    return None if sent is None else look(turn, sent)


def _card_pending(turn: Turn) -> str | None:
    if is_closed(turn) or not is_quiet(turn):
        return None
    papers = waiting(turn)
    return "" if papers and market(turn, papers) else None


def _card_show(turn: Turn, _arg: str) -> None:
    papers = waiting(turn)
    for each in papers:
        turn.state.documents[each.sent.id] = each.sent.model_copy(update={"shown": True})
    good = tuple(each for each in papers if each.usable)
    terms: tuple[Fact, ...] = ()
    if good:
        consent = paper_consent(turn, *named(good), market(turn, papers))
        terms = (Fact(label=turn.t("connect.terms"), value=""), *consent_facts(turn, consent))
    single = papers[0] if len(papers) == 1 else None
    text = "doubt" if any(each.doubtful for each in good) else "text" if good else "bad"
    turn.card(
        "papers.card",
        title=turn.t(single.title) if single else turn.t("paper.card.title", count=len(papers)),
        text=turn.t(f"paper.card.{text}") if good or single is None else problem_text(turn, single, single.problems[0]),
        facts=(*card_facts(turn, papers), *terms),
        note=turn.t("paper.note"),
        rows=(
            (turn.button("paper.use", "use_papers", tone=Tone.PRIMARY),) if good else (),
            (turn.button("paper.switch", "switch_business"),) if not good and _other(papers) is not None else (),
            (
                *((turn.button("paper.wrong", "wrong"),) if any(each.fills for each in papers) else ()),
                turn.button("paper.drop", "drop_papers"),
            ),
            (turn.button("button.person", "human"),),
        ),
        private=True,
    )  # fmt: skip


def _other(papers: tuple[Looked, ...]) -> Looked | None:
    """A licence of another business than the one that was named."""
    return next((each for each in papers if each.problems == ("other_number",) and each.number), None)


def _use(turn: Turn, _arg: str) -> None:
    """Let the papers that were shown be used; those that cannot be are deleted."""
    shown = tuple(each for each in waiting(turn) if each.sent.shown)
    good, bad = (tuple(each for each in shown if each.usable is wanted) for wanted in (True, False))
    if not good:
        turn.tell("engine.old_card")
        return
    reopen(turn)
    if use(turn, good):
        for each in bad:
            forget(turn, each.sent.id)
        turn.moves()


def _switch(turn: Turn, _arg: str) -> None:
    """Apply for the business that stands on the licence instead of the one named before."""
    other = _other(waiting(turn))
    if other is not None and take(turn, NUMBER, other.number):
        turn.moves()


def _drop(turn: Turn, _arg: str) -> None:
    for each in waiting(turn):
        forget(turn, each.sent.id)
    turn.tell("paper.dropped")
    turn.moves()


# Correcting what was read, in words or by a button


def _hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    """Hear "no, the name is …"; a bare yes never uses a paper, a button does."""
    if heard.kind != "text":
        return False
    found = correction_of(turn, heard.text, (filling for each in waiting(turn) for filling in each.fills))
    if found is not None:
        correct(turn, *found, reading)
        return True
    if reading.did(Act.YES) and not reading.values:
        turn.tell("paper.only_button")
        turn.again = True
        return True
    return False


def _wrong(turn: Turn, _arg: str) -> None:
    turn.goes_to("rereading.choose")


FLOW = Flow(
    name="papers",
    steps=(
        Step("papers.kind", _kind_pending, _kind_show, {"kind": _kind, "drop_one": _drop_one}, back=False),
        Step(
            "papers.card",
            _card_pending,
            _card_show,
            {"use_papers": _use, "switch_business": _switch, "drop_papers": _drop, "wrong": _wrong},
            hear=_hear,
            back=False,
            own=True,
        ),
    ),
    reacts={"paper_read": _read, "timer_fired": _silence},
)
