"""Privacy: what was allowed, what it brought, and one tap to end it, with a report of what goes and what stays."""

from datetime import timedelta

from flows.application import prefill
from flows.application.values import DOCUMENT
from flows.consent import Consent, ConsentState
from flows.engine.access import access_facts, remember_reading
from flows.engine.assessing import assess_when_settled
from flows.engine.flow import Flow
from flows.engine.pulling import consent_facts, end_access, pull_again, refuse, source_title
from flows.engine.turn import Turn
from flows.events import DataRead, Event, TimerFired
from flows.messages import Choice, Fact, Say, Tone

OPEN = frozenset({ConsentState.ACTIVE, ConsentState.PAUSED})


def _privacy(turn: Turn, _arg: str) -> None:
    answered = tuple(each for each in turn.state.consents.values() if each.answered_at is not None)
    if not answered:
        turn.tell("privacy.none")
        turn.again = True
        return
    rows = tuple(_buttons(turn, each) for each in answered if each.state in OPEN)
    looks = (Choice(label=turn.t("privacy.accesses"), action="accesses"),)
    turn.notice(
        Say(
            title=turn.t("privacy.title"),
            text=turn.t("privacy.text"),
            facts=tuple(_line(turn, each) for each in answered),
            rows=(*rows, looks),
        )
    )
    turn.still = True


def _buttons(turn: Turn, consent: Consent) -> tuple[Choice, ...]:
    """End it, and pause it as long as it may still fetch, or go on with it."""
    title = source_title(turn, consent.source)
    end = Choice(label=turn.t("privacy.revoke", source=title)[:64], action="revoke", arg=consent.id, tone=Tone.DANGER)
    if turn.now >= consent.valid_until or consent.source == DOCUMENT:  # nothing more is fetched
        return (end,)
    paused = consent.state is ConsentState.PAUSED
    key, action = ("privacy.resume", "resume_source") if paused else ("privacy.pause", "pause_source")
    return (end, Choice(label=turn.t(key, source=title)[:64], action=action, arg=consent.id))


def _pause(turn: Turn, consent_id: str) -> None:
    """Stop fetching for now; what is here stays, and what is on its way is not used."""
    consent = turn.state.consents.get(consent_id)
    if consent is None or not consent.allows(consent.source, turn.now):
        turn.tell("privacy.already")
        return
    turn.state.consents[consent_id] = consent.model_copy(update={"state": ConsentState.PAUSED})
    turn.let_sleep("refresh", consent_id)
    turn.note("consent", f"{consent_id} {consent.source} paused")
    turn.tell("privacy.paused", source=source_title(turn, consent.source))
    turn.still = True


def _resume(turn: Turn, consent_id: str) -> None:
    """Go on under the same terms, as long as they last."""
    consent = turn.state.consents.get(consent_id)
    if consent is None or consent.state is not ConsentState.PAUSED or turn.now >= consent.valid_until:
        turn.tell("privacy.already")
        return
    active = consent.model_copy(update={"state": ConsentState.ACTIVE})
    turn.state.consents[consent_id] = active
    turn.note("consent", f"{consent_id} {consent.source} active")
    if active.periodic:
        turn.wake("refresh", consent_id, timedelta(0))
    turn.tell("privacy.resumed", source=source_title(turn, consent.source))
    turn.still = True


def _accesses(turn: Turn, _arg: str) -> None:
    facts = access_facts(turn)
    text = turn.t("privacy.access.text") if facts else turn.t("privacy.access.none")
    turn.notice(Say(title=turn.t("privacy.accesses"), text=text, facts=facts, private=True))
    turn.still = True


def _read(turn: Turn, event: Event) -> None:
    if isinstance(event, DataRead):
        remember_reading(turn, event)


def _line(turn: Turn, consent: Consent) -> Fact:
    state = "used" if consent.state is ConsentState.ACTIVE and not consent.allows(consent.source, turn.now) else None
    brought = _brought(turn, consent.id)
    return Fact(
        label=source_title(turn, consent.source),
        value=turn.t(f"privacy.state.{state or consent.state.value}"),
        note=turn.t("privacy.brought", count=len(brought), what=consent_facts(turn, consent)[0].value),
    )


def _revoke(turn: Turn, consent_id: str) -> None:
    """End a consent: pulls stop, what it brought is erased, except what a signed application keeps."""
    state = turn.state
    consent = state.consents.get(consent_id)
    if consent is None or consent.state not in OPEN:
        turn.tell("privacy.already")
        return
    brought = _brought(turn, consent_id)
    refuse(turn, consent_id, ConsentState.REVOKED, "by the owner")
    state.pulls.pop(consent.source, None)
    for document in consent.documents:
        state.documents.pop(document, None)
    state.declined = (*state.declined, consent.source)
    if state.application.signed_at is not None:
        turn.tell("privacy.kept", source=source_title(turn, consent.source), fields=_names(turn, brought))
        return
    before = state.application
    _forget(turn, consent_id)
    assess_when_settled(turn)
    gone = tuple(name for name in before.values if before.has(name) and not state.application.has(name))
    stay = tuple(name for name in brought if state.application.has(name))
    said = [turn.t("privacy.erased", source=source_title(turn, consent.source), fields=_names(turn, gone))]
    if stay:
        said.append(turn.t("privacy.stay", fields=_names(turn, stay)))
    turn.say("\n".join(said))
    turn.again = True


def _forget(turn: Turn, consent_id: str) -> None:
    """Erase what a consent brought, and what was worked out from it."""
    turn.state.application = prefill.derive(prefill.forget(turn.state.application, consent_id), turn.now)
    turn.state.pages_seen = ()


def _names(turn: Turn, fields: tuple[str, ...]) -> str:
    return turn.t("value.comma").join(turn.t(f"field.{name}.label") for name in fields) or turn.t("value.none")


def _kept_long_enough(turn: Turn, event: Event) -> None:
    """Erase what a consent brought when the time it named is over; a signed application keeps its values."""
    if not isinstance(event, TimerFired) or event.name != "retention":
        return
    state = turn.state
    consent = state.consents.get(event.arg)
    if consent is None or consent.state not in {*OPEN, ConsentState.EXPIRED}:
        return
    refuse(turn, consent.id, ConsentState.EXPIRED, "kept as long as was agreed")
    for document in consent.documents:
        state.documents.pop(document, None)
    if state.application.signed_at is None:
        state.pulls.pop(consent.source, None)
        _forget(turn, consent.id)
        turn.tell("privacy.expired", source=source_title(turn, consent.source))


def _time_goes_on(turn: Turn, event: Event) -> None:
    """Fetch again under a periodic consent when it is time, and end it when its time is over."""
    _kept_long_enough(turn, event)
    if not isinstance(event, TimerFired) or event.name not in {"refresh", "consent_end"}:
        return
    consent = turn.state.consents.get(event.arg)
    if consent is None or consent.state not in OPEN:
        return
    if event.name == "consent_end" or turn.now >= consent.valid_until:
        end_access(turn, consent, ConsentState.EXPIRED, "its time is over")
        turn.tell("privacy.over", source=source_title(turn, consent.source))
        turn.still = True
    elif consent.state is ConsentState.ACTIVE:
        if turn.state.application.signed_at is None:  # what is signed does not change any more
            pull_again(turn, consent)
        turn.wake("refresh", consent.id, timedelta(days=consent.every_days))


def _brought(turn: Turn, consent_id: str) -> tuple[str, ...]:
    """Fields that have a value from this consent."""
    values = turn.state.application.values.items()
    return tuple(name for name, value in values if any(each.consent_id == consent_id for each in value.candidates))


FLOW = Flow(
    name="privacy",
    anywhere={
        "revoke": _revoke,
        "pause_source": _pause,
        "resume_source": _resume,
        "accesses": _accesses,
        "privacy": _privacy,
    },
    commands={"privacy": _privacy},
    reacts={"timer_fired": _time_goes_on, "data_read": _read},
)
