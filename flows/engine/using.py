"""Using papers: the owner's tap is the consent that names them; each value keeps the paper it stands on."""

from flows.application import prefill
from flows.application.papers.filling import Filling
from flows.application.values import DOCUMENT, Candidate
from flows.engine.access import give_receipt
from flows.engine.looking import NUMBER, Looked, market
from flows.engine.pulling import allow_papers, paper_consent
from flows.engine.taking import take
from flows.engine.turn import Turn

IDENTITY = "identity"
"""The kind of what came from the messenger's store of identity documents."""


def use(turn: Turn, papers: tuple[Looked, ...]) -> bool:
    """Let papers be used: what is sure counts now, the rest waits to be asked about. False when a number is refused."""
    country = market(turn, papers)
    if not take_number(turn, next((each.number for each in papers if each.number), "")):
        return False
    consent = paper_consent(turn, *named(papers), country)
    allow_papers(turn, consent)
    state = turn.state
    for each in papers:
        sure = tuple(filling for filling in each.fills if filling.sure and filling.field not in each.sent.settled)
        for filling in sure:
            add(turn, each, filling, consent.id)
        settled = dict.fromkeys((*each.sent.settled, *(filling.field for filling in sure)))
        used = {"state": "used", "kind": each.kind, "settled": tuple(settled)}
        state.documents[each.sent.id] = each.sent.model_copy(update=used)
        turn.note("paper", f"{each.sent.id} {each.kind}: {len(sure)} values used, {len(each.doubtful)} to ask about")
    state.pages_seen = ()
    give_receipt(turn)
    return True


def named(papers: tuple[Looked, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds and the ids of papers, as a consent names them."""
    return tuple(each.kind for each in papers), tuple(each.sent.id for each in papers)


def add(turn: Turn, looked: Looked, filling: Filling, consent_id: str) -> None:
    """Add what a paper says as a candidate that the owner has confirmed."""
    candidate = Candidate(
        field=filling.field,
        value=filling.value,
        source=f"{DOCUMENT}:{IDENTITY if looked.paper.read_by == 'identity' else looked.kind}",
        record=looked.sent.id,
        consent_id=consent_id,
        observed_at=looked.sent.sent_at,
        confirmed_at=turn.now,
    )
    turn.state.application = prefill.derive(prefill.add(turn.state.application, candidate), turn.now)


def take_number(turn: Turn, number: str) -> bool:
    """Let the number on a licence say which business it is, where nobody has said so yet; False when it cannot be."""
    subject = turn.state.subject
    if not number or (subject is not None and subject.registration_number == number):
        return True
    if not take(turn, NUMBER, number):
        return False
    turn.state.application = prefill.drop(turn.state.application, NUMBER)  # the paper says it, not the owner
    return True
