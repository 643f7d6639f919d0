"""Fetch: shows the fetching in one message, takes what sources deliver, and never waits for ever for one."""

from datetime import timedelta

from flows.application import prefill
from flows.application.fields import FIELDS
from flows.application.values import Candidate
from flows.consent import ConsentState
from flows.conversation import Pull, PullState
from flows.engine.access import give_receipt, remember_fetch
from flows.engine.assessing import UNDER_WAY, assess_when_settled, take_assessment
from flows.engine.flow import Flow, Step
from flows.engine.pulling import allow, end_access, fills, refuse, source_title
from flows.engine.turn import CARD, Turn
from flows.events import Assessed, Event, PullFailed, PullFinished, PullStarted, TimerFired
from flows.messages import Fact, Say, Tone

MORE_ATTEMPTS = 3


def _progress_pending(turn: Turn) -> str | None:
    pulls = turn.state.pulls.values()
    return (
        ""
        if any(each.state in UNDER_WAY and not each.quiet for each in pulls)
        and turn.state.application.signed_at is None
        else None
    )


def _progress_show(turn: Turn, _arg: str) -> None:
    live = turn.state.live
    turn.card(
        "fetch.progress",
        title=turn.t("fetch.progress.title"),
        text=turn.t("fetch.progress.text"),
        facts=_progress_facts(turn),
        rows=((turn.button("fetch.go_on", "go_on"),),),
        update=live is not None and live.step == "fetch.progress",
    )


def _progress_facts(turn: Turn) -> tuple[Fact, ...]:
    pulls = (each for each in turn.state.pulls.values() if each.source != "registry")
    return tuple(
        Fact(label=source_title(turn, each.source), value=_progress(turn, each), note=_notes(turn, each))
        for each in pulls
    )


def _notes(turn: Turn, pull: Pull) -> str:
    """What is odd or missing in the records, in words; a note without words is for staff only."""
    known = (note for note in pull.notes if turn.library.texts.has(turn.state.lang, note))
    return turn.t("value.comma").join(turn.t(note) for note in known)


def _go_on(turn: Turn, _arg: str) -> None:
    for name, pull in turn.state.pulls.items():
        if pull.state in UNDER_WAY:
            turn.state.pulls[name] = pull.model_copy(update={"state": PullState.SKIPPED, "fact": "later"})
    turn.tell("fetch.later")
    turn.moves()


def show_progress(turn: Turn, source: str) -> None:
    """Rewrite the one message that shows how far each source is, or say that a late one has arrived."""
    live = turn.state.live
    if live is not None and live.step == "fetch.progress":
        if _progress_pending(turn) is not None:
            _progress_show(turn, "")
        else:
            title = turn.t("fetch.progress.ended")
            turn.notice(Say(title=title, facts=_progress_facts(turn), slot=CARD, replace=True))
            turn.state.live = None
    elif turn.state.pulls[source].state is PullState.DONE and turn.state.pulls[source].filled:
        turn.tell("fetch.arrived", source=source_title(turn, source), fields=turn.state.pulls[source].filled)


def _progress(turn: Turn, pull: Pull) -> str:
    if pull.state is PullState.DONE:
        return turn.t("fetch.progress.done", records=pull.records, fields=pull.filled)
    if pull.state is PullState.FAILED:
        return turn.t(f"fetch.fact.{pull.fact}")
    return turn.t(f"fetch.progress.{pull.state.value}")


# What the pulls report


def _report(turn: Turn, event: Event) -> None:
    state = turn.state
    if isinstance(event, PullFinished):
        source, attempt = event.evidence.source, event.attempt
    elif isinstance(event, PullStarted | PullFailed):
        source, attempt = event.source, event.attempt
    else:
        return
    pull = state.pulls.get(source)
    if pull is None or pull.attempt != attempt:
        return
    if pull.quiet:
        _quietly(turn, pull, event)
        return
    if isinstance(event, PullStarted):
        state.pulls[source] = pull.model_copy(update={"state": PullState.RUNNING})
    elif isinstance(event, PullFinished):
        _finished(turn, pull, event)
    else:
        _failed(turn, pull, event)
    if source != "registry":
        show_progress(turn, source)
        give_receipt(turn)
    assess_when_settled(turn)


def _quietly(turn: Turn, pull: Pull, event: Event) -> None:
    """Take what a periodic pull brings; the owner hears of it when an answer has changed or the access has ended."""
    before = {name: value.candidate for name, value in turn.state.application.values.items()}
    if isinstance(event, PullFinished):
        _finished(turn, pull, event)
        after = turn.state.application.values
        changed = sum(
            _value(before.get(name)) != _value(value.candidate) for name, value in after.items() if value.candidate
        )
        if changed:
            turn.tell("fetch.refreshed", source=source_title(turn, pull.source), count=changed)
        assess_when_settled(turn)
    elif isinstance(event, PullFailed):
        turn.note("pull", f"{pull.source}: {event.fact} {event.detail}")
        consent = turn.state.consents.get(pull.consent_id)
        if event.fact == "refused" and consent is not None and consent.state is ConsentState.ACTIVE:
            end_access(turn, consent, ConsentState.EXPIRED, "refused by the source")
            turn.tell("fetch.refresh_ended", source=source_title(turn, pull.source))


def _value(candidate: Candidate | None) -> object:
    return None if candidate is None else candidate.value


def _finished(turn: Turn, pull: Pull, event: PullFinished) -> None:
    state, evidence = turn.state, event.evidence
    turn.let_sleep("patience", pull.source)
    consent = state.consents.get(pull.consent_id)
    if state.application.signed_at is not None or consent is None or consent.state is not ConsentState.ACTIVE:
        turn.note("pull", f"{pull.source}: arrived too late, not used")
        return
    allowed = set(turn.library.sources[pull.source].fields)
    candidates = tuple(each for each in evidence.candidates if each.field in allowed and each.field in FIELDS)
    before = set(prefill.missing(state.application))
    state.application = prefill.add_all(state.application, candidates, evidence.features)
    state.application = prefill.derive(state.application, turn.now)
    state.pulls[pull.source] = pull.model_copy(
        update={
            "state": PullState.DONE,
            "finished_at": turn.now,
            "records": evidence.records,
            "quiet": False,
            "filled": len(before - set(prefill.missing(state.application))),
            "notes": evidence.notes,
            "fact": "",
        }
    )
    remember_fetch(turn, consent, evidence.records)
    turn.wake("retention", consent.id, timedelta(days=consent.keep_days))
    turn.note("pull", f"{pull.source}: {evidence.records} records, {len(candidates)} values")


def _failed(turn: Turn, pull: Pull, event: PullFailed) -> None:
    turn.let_sleep("patience", pull.source)
    turn.note("pull", f"{pull.source}: {event.fact} {event.detail}")
    skipped = pull.state is PullState.SKIPPED
    turn.state.pulls[pull.source] = pull.model_copy(
        update={
            "state": PullState.SKIPPED if skipped else PullState.FAILED,
            "finished_at": turn.now,
            "fact": event.fact,
        }
    )
    if pull.state is PullState.FAILED and pull.fact != event.fact:
        turn.again = True  # its card said that it is slow; now it has an answer
    if event.fact == "refused":
        refuse(turn, pull.consent_id, ConsentState.EXPIRED, "refused by the source")


def _impatient(turn: Turn, event: Event) -> None:
    """Stop waiting for a slow source; what it brings later is still taken."""
    if not isinstance(event, TimerFired) or event.name != "patience":
        return
    pull = turn.state.pulls.get(event.arg)
    if pull is not None and pull.source != "registry" and pull.state in UNDER_WAY:
        turn.state.pulls[event.arg] = pull.model_copy(update={"state": PullState.FAILED, "fact": "slow"})
        show_progress(turn, event.arg)
        assess_when_settled(turn)


def _assessed(turn: Turn, event: Event) -> None:
    if isinstance(event, Assessed):
        take_assessment(turn, event)


# A source that failed


def _failed_pending(turn: Turn) -> str | None:
    if turn.state.application.signed_at is not None:
        return None
    failed = (each for each in turn.state.pulls.values() if each.state is PullState.FAILED)
    return next((each.source for each in failed if each.source != "registry" and fills(turn, each.source)), None)


def _failed_show(turn: Turn, name: str) -> None:
    pull = turn.state.pulls[name]
    again = "fetch.allow_again" if pull.fact in {"refused", "declined"} else "button.try_again"
    once_more = pull.attempt < MORE_ATTEMPTS and pull.fact != "no_page"
    turn.card(
        "fetch.failed",
        title=source_title(turn, name),
        text=turn.t(f"fetch.failed.{pull.fact}", source=source_title(turn, name)),
        note=turn.t("fetch.nothing_lost"),
        rows=(
            (
                *((turn.button(again, "retry", name, Tone.PRIMARY),) if once_more else ()),
                turn.button("fetch.skip", "skip", name),
            ),
            (turn.button("button.person", "human"),),
        ),
    )


def _retry(turn: Turn, name: str) -> None:
    if name in turn.state.pulls:
        allow(turn, name)
        turn.moves()


def _skip(turn: Turn, name: str) -> None:
    pull = turn.state.pulls.get(name)
    if pull is not None:
        turn.state.pulls[name] = pull.model_copy(update={"state": PullState.SKIPPED})
        turn.moves()


FLOW = Flow(
    name="fetch",
    steps=(
        Step("fetch.progress", _progress_pending, _progress_show, {"go_on": _go_on}, back=False),
        Step("fetch.failed", _failed_pending, _failed_show, {"retry": _retry, "skip": _skip}, back=False),
    ),
    reacts={
        "pull_started": _report,
        "pull_finished": _report,
        "pull_failed": _report,
        "assessed": _assessed,
        "timer_fired": _impatient,
    },
)
