"""Desk: what staff do beside speaking. They propose, the owner confirms; private notes stay among staff."""

from pydantic import JsonValue, ValidationError

from flows.application import shapes
from flows.application.display import show_value
from flows.application.fields import FIELDS, Fill
from flows.consent import ConsentState
from flows.conversation import PullState, Speaker, Suggestion
from flows.effects import ForgetOwner, Speak
from flows.engine import pulling
from flows.engine.flow import Flow
from flows.engine.taking import canonical, problem_with, take
from flows.engine.turn import Turn
from flows.events import Event
from flows.events.staff import ErasureWanted, Labelled, PullWanted, StaffProposed
from flows.messages import Choice, Fact, Say, Tone
from flows.understanding import read

# Buttons that staff may propose to press. Consent, signature, submission and offers are the owner's own.
PROPOSABLE = frozenset({"welcome.hello", "need.loan", "fill.field", "review.conflict", "confirm.values"})
MOST_LABELS = 8  # of one conversation
_OWN_WORDS = frozenset({Fill.ASK, Fill.RECORDS, Fill.DOCUMENT})


def proposable(field: str) -> bool:
    """Whether staff may propose a value for a field: one that the owner could give in words."""
    return field in FIELDS and FIELDS[field].fill in _OWN_WORDS


def _proposed(turn: Turn, event: Event) -> None:
    """Ask the owner to confirm what staff propose. It counts only after that."""
    state = turn.state
    if not isinstance(event, StaffProposed) or state.speaker is not Speaker.PERSON:
        return
    values: dict[str, JsonValue] = {}
    for name, text in event.values.items():
        value = _read(turn, name, text) if proposable(name) else None
        problem = turn.t("desk.unreadable") if value is None else problem_with(turn, name, value)
        if problem is not None:
            turn.note("proposal_refused", problem)
            return
        values[name] = value
    label = _label(turn, event.press)
    if (not values and not label) or state.application.signed_at is not None:
        turn.note("proposal_refused", "nothing that the owner could confirm")
        return
    state.revision += 1
    suggestion = Suggestion(
        id=str(state.revision), by=event.first_name, values=values, press=event.press if label else ""
    )
    state.suggestion = suggestion
    say = Say(
        title=event.first_name,
        text=turn.t("desk.press", label=label) if label else turn.t("desk.values"),
        facts=_facts(turn, values),
        rows=(
            (
                Choice(label=turn.t("desk.yes"), action="agree", arg=suggestion.id, tone=Tone.PRIMARY),
                Choice(label=turn.t("desk.no"), action="disagree", arg=suggestion.id),
            ),
        ),
    )
    state.notice = say.choices
    turn.do(Speak(say=say, by=event.first_name))


def _read(turn: Turn, field: str, text: str) -> JsonValue:
    """What a text says for a field, in its canonical form; None when it cannot be read as one."""
    found = read(text, turn.state.lang, field, today=turn.today).value(field)
    if found is not None:
        return canonical(turn, found)
    try:
        return shapes.dump(FIELDS[field].kind, text.strip()) if text.strip() else None
    except ValidationError:
        return None


def _label(turn: Turn, press: str) -> str:
    """The label of the button that `press` names on the open card; empty when it may not be proposed."""
    live = turn.state.live
    revision, _, pressed = press.partition(":")
    if live is None or live.step not in PROPOSABLE or revision != str(live.revision):
        return ""
    return next((each.label for each in live.choices if f"{each.action}:{each.arg}" == pressed), "")


def _facts(turn: Turn, values: dict[str, JsonValue]) -> tuple[Fact, ...]:
    texts, lang = turn.library.texts, turn.state.lang
    return tuple(
        Fact(label=turn.t(f"field.{name}.label"), value=show_value(texts, lang, FIELDS[name], value))
        for name, value in values.items()
    )


def _agree(turn: Turn, suggestion_id: str) -> None:
    suggestion = _answered(turn, suggestion_id)
    if suggestion is None:
        return
    turn.moves()
    turn.press_next = suggestion.press
    refused = [name for name, value in suggestion.values.items() if not take(turn, name, value, echo=False)]
    if turn.state.speaker is Speaker.ASSISTANT:
        turn.again = True
    _confirm(turn, "desk.not_noted" if refused else "desk.noted", suggestion.by)


def _disagree(turn: Turn, suggestion_id: str) -> None:
    suggestion = _answered(turn, suggestion_id)
    if suggestion is not None:
        _confirm(turn, "desk.left", suggestion.by)


def _answered(turn: Turn, suggestion_id: str) -> Suggestion | None:
    """The suggestion that the owner answers, which is open no longer."""
    suggestion = turn.state.suggestion
    if suggestion is None or suggestion.id != suggestion_id:
        _confirm(turn, "desk.old", turn.state.person)
        return None
    turn.state.suggestion = None
    turn.state.notice = ()
    return suggestion


def _confirm(turn: Turn, key: str, name: str) -> None:
    """Answer the owner, in the name of the person who speaks now."""
    by_person = turn.state.speaker is Speaker.PERSON
    turn.do(Speak(say=Say(text=turn.t(key, name=name)), by=turn.state.person if by_person else "assistant"))


def _pull_wanted(turn: Turn, event: Event) -> None:
    """Fetch once more what failed. Without a consent that is active now, nothing is fetched."""
    if not isinstance(event, PullWanted) or turn.state.application.signed_at is not None:
        return
    pull = turn.state.pulls.get(event.source)
    consent = turn.state.active_consent(event.source, turn.now)
    if pull is None or consent is None or pull.state not in {PullState.FAILED, PullState.SKIPPED}:
        turn.note("pull_refused", event.source)
        return
    pulling.begin_pull(turn, consent)
    turn.wake("patience", event.source, pulling.PATIENCE)


def _labelled(turn: Turn, event: Event) -> None:
    """Keep the labels in order, each once."""
    if not isinstance(event, Labelled):
        return
    labels = set(turn.state.labels)
    if event.off:
        labels.discard(event.label)
    elif len(labels) < MOST_LABELS:
        labels.add(event.label)
    turn.state.labels = tuple(sorted(labels))


def _erasure(turn: Turn, event: Event) -> None:
    """Erase everything about an owner, except a signed application that a lender has or that is on its way."""
    if not isinstance(event, ErasureWanted):
        return
    state = turn.state
    for consent in tuple(state.consents.values()):
        if consent.state in {ConsentState.PENDING, ConsentState.ACTIVE, ConsentState.PAUSED}:
            pulling.refuse(turn, consent.id, ConsentState.REVOKED, "erased on request")
    kept = state.submission is not None or bool(state.past)
    turn.tell("desk.erased_but_kept" if kept else "desk.erased")
    if not kept:
        state.begin_anew(turn.now)
        state.application = state.application.model_copy(update={"values": {}})
        state.consents = {}
        state.welcomed = False
    state.owner_name, state.labels = "", ()
    state.suggestion = state.proposal = None
    state.kept, state.answered_by = "", {}
    state.live = None
    turn.still = True
    turn.do(ForgetOwner())


FLOW = Flow(
    name="desk",
    anywhere={"agree": _agree, "disagree": _disagree},
    reacts={
        "staff_proposed": _proposed,
        "pull_wanted": _pull_wanted,
        "labelled": _labelled,
        "erasure_wanted": _erasure,
    },
)
