"""What an owner can look up: the receipt of what was allowed, and who had the data when."""

from flows.application.values import DOCUMENT
from flows.consent import Consent, ConsentState
from flows.conversation import Access, PullState
from flows.engine.pulling import consent_facts, lender_name, source_title
from flows.engine.turn import Turn
from flows.events import DataRead
from flows.messages import Fact, Say

MOST_ENTRIES = 100
UNDER_WAY = frozenset({PullState.WAITING, PullState.RUNNING})


def give_receipt(turn: Turn) -> None:
    """Give one receipt for all consents that were allowed since the last one, once nothing is being fetched."""
    state = turn.state
    if any(each.state in UNDER_WAY for each in state.pulls.values()):
        return
    given = [
        each
        for each in state.consents.values()
        if each.answered_at is not None and each.id not in state.receipts and each.state is not ConsentState.REJECTED
    ]
    if not given:
        return
    state.receipts = (*state.receipts, *(each.id for each in given))
    facts = tuple(_line(turn, each) for each in given)
    terms = consent_facts(turn, given[-1])[1:3]
    turn.notice(Say(title=turn.t("privacy.receipt.title"), text=turn.t("privacy.receipt.text"), facts=(*facts, *terms)))


def _line(turn: Turn, consent: Consent) -> Fact:
    what, _, _, long = consent_facts(turn, consent)
    when = consent.answered_at or turn.now
    note = turn.t("privacy.receipt.note", long=long.value, date=_moment(turn, when), id=consent.id)
    return Fact(label=source_title(turn, consent.source), value=what.value, note=note)


def remember_fetch(turn: Turn, consent: Consent, records: int) -> None:
    """Write down that records were fetched."""
    entry = Access(at=turn.now, kind="fetched", who=consent.source, consent_id=consent.id, count=records)
    turn.state.accesses = (*turn.state.accesses, entry)[-MOST_ENTRIES:]


def remember_reading(turn: Turn, event: DataRead) -> None:
    """Write down that a lender read the application; once for a day, with the number of times."""
    entries = list(turn.state.accesses)
    for place, each in enumerate(entries):
        same = (each.kind, each.who, each.application_id) == ("read", event.lender, event.application_id)
        if same and each.at.date() == turn.today:
            entries[place] = each.model_copy(update={"at": turn.now, "count": each.count + 1})
            break
    else:
        entries.append(Access(at=turn.now, kind="read", who=event.lender, application_id=event.application_id))
    turn.state.accesses = tuple(entries)[-MOST_ENTRIES:]


def access_facts(turn: Turn) -> tuple[Fact, ...]:
    """Everything that was fetched, handed over and read, oldest first."""
    state = turn.state
    found: list[tuple[object, Fact]] = []
    for each in state.accesses:
        if each.kind == "fetched":
            consent = state.consents.get(each.consent_id)
            what = consent_facts(turn, consent)[0].value if consent is not None else ""
            known = each.who in turn.library.sources or each.who == DOCUMENT
            title = source_title(turn, each.who) if known else each.who
            value = turn.t("privacy.access.fetched", source=title, count=each.count)
        else:
            what = ""
            value = turn.t("privacy.access.read", lender=lender_name(turn, each.who), count=each.count)
        found.append((each.at, Fact(label=_moment(turn, each.at), value=value, note=what)))
    for submission in (*state.past, *state.beside, *((state.submission,) if state.submission is not None else ())):
        sent = submission.timeline[0].at if submission.timeline else submission.since
        value = turn.t("privacy.access.sent", lender=lender_name(turn, submission.lender))
        found.append((sent, Fact(label=_moment(turn, sent), value=value, note=submission.application_id)))
    return tuple(fact for _, fact in sorted(found, key=lambda pair: str(pair[0])))


def _moment(turn: Turn, moment: object) -> str:
    return turn.t("privacy.moment", time=f"{moment:%Y-%m-%d %H:%M}")
