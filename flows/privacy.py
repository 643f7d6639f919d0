"""Privacy: what was allowed, what it brought, and one tap to end it, with a report of what goes and what stays."""

from flows.application import prefill
from flows.consent import Consent, ConsentState
from flows.engine.assessing import assess_when_settled
from flows.engine.flow import Flow
from flows.engine.pulling import consent_facts, refuse, source_title
from flows.engine.turn import Turn
from flows.events import Event, TimerFired
from flows.messages import Choice, Fact, Say, Tone


def _privacy(turn: Turn, _arg: str) -> None:
    answered = tuple(each for each in turn.state.consents.values() if each.answered_at is not None)
    if not answered:
        turn.tell("privacy.none")
        turn.again = True
        return
    rows = tuple(
        (
            Choice(
                label=turn.t("privacy.revoke", source=source_title(turn, each.source)),
                action="revoke",
                arg=each.id,
                tone=Tone.DANGER,
            ),
        )
        for each in answered
        if each.state is ConsentState.ACTIVE
    )
    turn.notice(
        Say(
            title=turn.t("privacy.title"),
            text=turn.t("privacy.text"),
            facts=tuple(_line(turn, each) for each in answered),
            rows=rows,
        )
    )
    turn.still = True


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
    if consent is None or consent.state is not ConsentState.ACTIVE:
        turn.tell("privacy.already")
        return
    brought = _brought(turn, consent_id)
    refuse(turn, consent_id, ConsentState.REVOKED, "by the owner")
    state.pulls.pop(consent.source, None)
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
    if consent is None or consent.state is not ConsentState.ACTIVE:
        return
    refuse(turn, consent.id, ConsentState.EXPIRED, "kept as long as was agreed")
    if state.application.signed_at is None:
        state.pulls.pop(consent.source, None)
        _forget(turn, consent.id)
        turn.tell("privacy.expired", source=source_title(turn, consent.source))


def _brought(turn: Turn, consent_id: str) -> tuple[str, ...]:
    """Fields that have a value from this consent."""
    values = turn.state.application.values.items()
    return tuple(name for name, value in values if any(each.consent_id == consent_id for each in value.candidates))


FLOW = Flow(
    name="privacy",
    anywhere={"revoke": _revoke, "privacy": _privacy},
    commands={"privacy": _privacy},
    reacts={"timer_fired": _kept_long_enough},
)
