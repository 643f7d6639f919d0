"""Connect: recommends sources, asks for consent, shows the fetching in one message, never waits for ever."""

from datetime import timedelta

from flows.application import prefill
from flows.application.fields import FIELDS
from flows.consent import ConsentState
from flows.conversation import Pull, PullState
from flows.engine.flow import Flow, Step
from flows.engine.pulling import ask_consent, begin_pull, consent_facts, fills, refuse
from flows.engine.turn import CARD, Turn
from flows.events import ConsentAnswered, Event, PullFailed, PullFinished, PullStarted, TimerFired
from flows.messages import Choice, Fact, Say, Tone

PATIENCE = timedelta(seconds=12)
CONSENT_PAGE = "lendline:consent/"
MORE_ATTEMPTS = 3
UNDER_WAY = frozenset({PullState.WAITING, PullState.RUNNING})


def offered(turn: Turn) -> tuple[str, ...]:
    """Sources of the market that are neither linked, refused nor given up, the most useful first."""
    subject = turn.state.subject
    if subject is None:
        return ()
    taken = {*turn.state.pulls, *turn.state.declined}
    names = [
        name
        for name, manifest in turn.library.sources.items()
        if name not in taken and subject.country in manifest.markets and fills(turn, name)
    ]
    return tuple(sorted(names, key=lambda name: (-len(fills(turn, name)), name)))


# The offer


def _offer_pending(turn: Turn) -> str | None:
    return None if turn.state.connected or not offered(turn) else ""


def _offer_show(turn: Turn, _arg: str) -> None:
    names = offered(turn)
    facts = tuple(
        Fact(
            label=_title(turn, name),
            value=turn.t("connect.saves", count=len(fills(turn, name))),
            note=turn.t(f"source.{name}.why"),
        )
        for name in names
    )
    terms = consent_facts(turn, ask_consent(turn, names[0]))[1:]
    kinds = tuple(
        Fact(label=_title(turn, name), value=consent_facts(turn, ask_consent(turn, name))[0].value) for name in names
    )
    allow = "connect.allow_all" if len(names) > 1 else "connect.allow"
    turn.card(
        "connect.offer",
        title=turn.t("connect.title"),
        text=turn.t("connect.text", count=len(prefill.missing(turn.state.application))),
        facts=(*facts, Fact(label=turn.t("connect.terms"), value=""), *kinds, *terms),
        note=turn.t("connect.revocable"),
        rows=(
            (turn.button(allow, "allow_all", tone=Tone.PRIMARY),),
            (turn.button("connect.choose", "choose"), turn.button("connect.by_hand", "by_hand")),
            (turn.button("button.back", "back"), turn.button("button.person", "human")),
        ),
    )


def _allow_all(turn: Turn, _arg: str) -> None:
    for name in offered(turn):
        _allow(turn, name)
    turn.state.connected = True
    turn.moves()


def _by_hand(turn: Turn, _arg: str) -> None:
    for name in offered(turn):
        _decline(turn, name, "by_hand")
    turn.state.connected = True
    turn.tell("connect.by_hand_said")
    turn.moves()


def _choose(turn: Turn, _arg: str) -> None:
    names = offered(turn)
    if names:
        turn.goes_to("connect.choose", names[0])


# One source at a time


def _choose_pending(_turn: Turn) -> str | None:
    return None


def _choose_show(turn: Turn, name: str) -> None:
    consent = ask_consent(turn, name)
    page: tuple[Choice, ...] = ()
    if turn.library.consent_pages:
        page = (Choice(label=turn.t("connect.page"), kind="url", url=f"{CONSENT_PAGE}{consent.id}"),)
    turn.card(
        "connect.choose",
        title=_title(turn, name),
        text=turn.t(f"source.{name}.why"),
        facts=consent_facts(turn, consent),
        note=turn.t("connect.revocable"),
        rows=(
            (
                turn.button("connect.allow", "allow", name, tone=Tone.PRIMARY),
                turn.button("connect.refuse", "refuse", name),
            ),
            page,
            (turn.button("button.back", "back"), turn.button("button.person", "human")),
        ),
    )


def _allow_one(turn: Turn, name: str) -> None:
    if name in turn.library.sources:
        _allow(turn, name)
        _next_choice(turn)


def _refuse_one(turn: Turn, name: str) -> None:
    if name in turn.library.sources:
        _decline(turn, name, "")
        _next_choice(turn)


def _decline(turn: Turn, name: str, reason: str) -> None:
    refuse(turn, ask_consent(turn, name).id, ConsentState.REJECTED, reason)
    turn.state.declined = (*turn.state.declined, name)


def _next_choice(turn: Turn) -> None:
    left = offered(turn)
    if left:
        turn.goes_to("connect.choose", left[0])
    else:
        turn.state.connected = True
        turn.moves()


def _consent_answered(turn: Turn, event: Event) -> None:
    """Take the answer that the owner gave on the consent page."""
    if not isinstance(event, ConsentAnswered):
        return
    consent = turn.state.consents.get(event.consent_id)
    if consent is None or consent.state is not ConsentState.PENDING:
        return
    if event.allowed and turn.now < consent.valid_until:
        _allow(turn, consent.source)
    else:
        _decline(turn, consent.source, event.reason)
    _next_choice(turn)
    turn.again = True


# Fetching


def _progress_pending(turn: Turn) -> str | None:
    pulls = turn.state.pulls.values()
    return "" if any(each.state in UNDER_WAY for each in pulls) and turn.state.application.signed_at is None else None


def _progress_show(turn: Turn, _arg: str) -> None:
    live = turn.state.live
    turn.card(
        "connect.progress",
        title=turn.t("connect.progress.title"),
        text=turn.t("connect.progress.text"),
        facts=_progress_facts(turn),
        rows=((turn.button("connect.go_on", "go_on"),),),
        update=live is not None and live.step == "connect.progress",
    )


def _progress_facts(turn: Turn) -> tuple[Fact, ...]:
    pulls = (each for each in turn.state.pulls.values() if each.source != "registry")
    return tuple(
        Fact(label=_title(turn, each.source), value=_progress(turn, each), note=_notes(turn, each)) for each in pulls
    )


def _notes(turn: Turn, pull: Pull) -> str:
    """What is odd or missing in the records, in words; a note without words is for staff only."""
    known = (note for note in pull.notes if turn.library.texts.has(turn.state.lang, note))
    return turn.t("value.comma").join(turn.t(note) for note in known)


def _go_on(turn: Turn, _arg: str) -> None:
    for name, pull in turn.state.pulls.items():
        if pull.state in UNDER_WAY:
            turn.state.pulls[name] = pull.model_copy(update={"state": PullState.SKIPPED, "fact": "later"})
    turn.tell("connect.later")
    turn.moves()


def _show_progress(turn: Turn, source: str) -> None:
    """Rewrite the one message that shows how far each source is, or say that a late one has arrived."""
    live = turn.state.live
    if live is not None and live.step == "connect.progress":
        if _progress_pending(turn) is not None:
            _progress_show(turn, "")
        else:
            title = turn.t("connect.progress.ended")
            turn.notice(Say(title=title, facts=_progress_facts(turn), slot=CARD, replace=True))
            turn.state.live = None
    elif turn.state.pulls[source].state is PullState.DONE and turn.state.pulls[source].filled:
        turn.tell("connect.arrived", source=_title(turn, source), fields=turn.state.pulls[source].filled)


def _progress(turn: Turn, pull: Pull) -> str:
    if pull.state is PullState.DONE:
        return turn.t("connect.progress.done", records=pull.records, fields=pull.filled)
    if pull.state is PullState.FAILED:
        return turn.t(f"connect.fact.{pull.fact}")
    return turn.t(f"connect.progress.{pull.state.value}")


def _allow(turn: Turn, name: str) -> None:
    begin_pull(turn, ask_consent(turn, name))
    turn.wake("patience", name, PATIENCE)


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
    if isinstance(event, PullStarted):
        state.pulls[source] = pull.model_copy(update={"state": PullState.RUNNING})
    elif isinstance(event, PullFinished):
        _finished(turn, pull, event)
    else:
        _failed(turn, pull, event)
    if source != "registry":
        _show_progress(turn, source)


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
            "filled": len(before - set(prefill.missing(state.application))),
            "notes": evidence.notes,
            "fact": "",
        }
    )
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
    if event.fact == "refused":
        refuse(turn, pull.consent_id, ConsentState.EXPIRED, "refused by the source")


def _impatient(turn: Turn, event: Event) -> None:
    """Stop waiting for a slow source; what it brings later is still taken."""
    if not isinstance(event, TimerFired) or event.name != "patience":
        return
    pull = turn.state.pulls.get(event.arg)
    if pull is not None and pull.source != "registry" and pull.state in UNDER_WAY:
        turn.state.pulls[event.arg] = pull.model_copy(update={"state": PullState.FAILED, "fact": "slow"})
        _show_progress(turn, event.arg)


# A source that failed


def _failed_pending(turn: Turn) -> str | None:
    if turn.state.application.signed_at is not None:
        return None
    failed = (each for each in turn.state.pulls.values() if each.state is PullState.FAILED)
    return next((each.source for each in failed if each.source != "registry" and fills(turn, each.source)), None)


def _failed_show(turn: Turn, name: str) -> None:
    pull = turn.state.pulls[name]
    again = "connect.allow_again" if pull.fact == "refused" else "button.try_again"
    turn.card(
        "connect.failed",
        title=_title(turn, name),
        text=turn.t(f"connect.failed.{pull.fact}", source=_title(turn, name)),
        note=turn.t("connect.nothing_lost"),
        rows=(
            (
                *((turn.button(again, "retry", name, Tone.PRIMARY),) if pull.attempt < MORE_ATTEMPTS else ()),
                turn.button("connect.skip", "skip", name),
            ),
            (turn.button("button.person", "human"),),
        ),
    )


def _retry(turn: Turn, name: str) -> None:
    if name in turn.state.pulls:
        _allow(turn, name)
        turn.moves()


def _skip(turn: Turn, name: str) -> None:
    pull = turn.state.pulls.get(name)
    if pull is not None:
        turn.state.pulls[name] = pull.model_copy(update={"state": PullState.SKIPPED})
        turn.moves()


def _title(turn: Turn, name: str) -> str:
    return turn.library.sources[name].title[turn.state.lang]


FLOW = Flow(
    name="connect",
    steps=(
        Step(
            "connect.offer",
            _offer_pending,
            _offer_show,
            {"allow_all": _allow_all, "choose": _choose, "by_hand": _by_hand},
            back=False,
        ),
        Step("connect.choose", _choose_pending, _choose_show, {"allow": _allow_one, "refuse": _refuse_one}, back=False),
        Step("connect.progress", _progress_pending, _progress_show, {"go_on": _go_on}, back=False),
        Step("connect.failed", _failed_pending, _failed_show, {"retry": _retry, "skip": _skip}, back=False),
    ),
    reacts={
        "pull_started": _report,
        "pull_finished": _report,
        "pull_failed": _report,
        "consent_answered": _consent_answered,
        "timer_fired": _impatient,
    },
)
