"""Asking for the attributes of all records together, once it is settled which records there are."""

from flows.application.values import Feature
from flows.consent import Consent, ConsentState
from flows.conversation import PullState
from flows.effects import Assess
from flows.engine.turn import Turn
from flows.events import Assessed

UNDER_WAY = frozenset({PullState.WAITING, PullState.RUNNING})


def assess_when_settled(turn: Turn) -> None:
    """Have the records assessed anew when others than before are there, or another loan is asked for."""
    state = turn.state
    if state.subject is None or state.application.signed_at is not None:
        return
    if any(each.state in UNDER_WAY for each in state.pulls.values()):
        return
    consents = tuple(_read(turn))
    amount, term = state.application.money("amount_requested"), state.application.get("loan_term_months")
    rests_on = (*(f"{each.id}:{state.pulls[each.source].attempt}" for each in consents), f"{amount} {term}")
    if rests_on == state.assessed or (not consents and not state.assessed):
        return
    state.assessed = rests_on
    state.assessment += 1
    turn.do(
        Assess(
            number=state.assessment,
            consents=consents,
            country=state.subject.country,
            amount=amount.amount if amount is not None else None,
            term_months=term if isinstance(term, int) else None,
        )
    )


def take_assessment(turn: Turn, event: Assessed) -> None:
    """Keep what was computed, unless newer records are being assessed or the application is signed."""
    state = turn.state
    state.assessed_number = max(state.assessed_number, event.number)
    if event.number != state.assessment or state.application.signed_at is not None:
        return
    named = {each.name for each in event.features}
    kept = tuple(each for each in state.application.features if each.name not in named and not each.also)
    said = {each.sides: each for each in state.application.differences}
    differences = tuple(said.get(each.sides, each) for each in event.differences)
    features: tuple[Feature, ...] = (*kept, *event.features)
    state.application = state.application.model_copy(update={"features": features, "differences": differences})


def _read(turn: Turn) -> list[Consent]:
    """Active consents whose records are here, in the order of their sources."""
    state = turn.state
    found: list[Consent] = []
    for source in sorted(state.pulls):
        pull = state.pulls[source]
        consent = state.consents.get(pull.consent_id)
        if consent is not None and consent.state is ConsentState.ACTIVE and pull.state is PullState.DONE:
            found.append(consent)
    return found
