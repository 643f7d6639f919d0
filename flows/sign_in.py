"""Sign in: the owner approves a source at its own page, so that no password passes through us, and comes back."""

from flows.consent import ConsentState
from flows.conversation import Pull, PullState
from flows.engine.flow import Flow, Step
from flows.engine.pulling import fetch_on, refuse, source_title
from flows.engine.turn import Turn
from flows.events import Event, OwnerReturned, OwnerWanted
from flows.messages import Choice, Tone

SIGN_IN_PAGE = "lendline:sign-in/"


def _pending(turn: Turn) -> str | None:
    if turn.state.application.signed_at is not None:
        return None
    return next((each.source for each in turn.state.pulls.values() if each.state is PullState.SIGN_IN), None)


def _show(turn: Turn, name: str) -> None:
    title = source_title(turn, name)
    page = f"{SIGN_IN_PAGE}{turn.state.pulls[name].consent_id}"
    turn.card(
        "sign_in.page",
        title=title,
        text=turn.t("sign_in.text", source=title),
        note=turn.t("sign_in.note"),
        rows=(
            (Choice(label=turn.t("sign_in.open"), kind="url", url=page, tone=Tone.PRIMARY),),
            (turn.button("sign_in.later", "later", name), turn.button("button.person", "human")),
        ),
    )


def _later(turn: Turn, name: str) -> None:
    """Go on without it; who signs in later through the same link is still welcome."""
    pull = turn.state.pulls.get(name)
    if pull is not None and pull.state is PullState.SIGN_IN:
        turn.state.pulls[name] = pull.model_copy(update={"state": PullState.SKIPPED, "fact": "later"})
        turn.tell("sign_in.skipped", source=source_title(turn, name))
        turn.moves()


def _wanted(turn: Turn, event: Event) -> None:
    if not isinstance(event, OwnerWanted):
        return
    pull = turn.state.pulls.get(event.source)
    if pull is None or pull.attempt != event.attempt:
        return
    turn.let_sleep("patience", event.source)
    here = turn.library.has_consent_page(turn.state.channel)
    turn.note("sign_in", f"{event.source}: {'the owner is wanted' if here else 'no page to come back to'}")
    waiting = {"state": PullState.SIGN_IN} if here else {"state": PullState.FAILED, "fact": "no_page"}
    turn.state.pulls[event.source] = pull.model_copy(update={**waiting, "quiet": False})


def _returned(turn: Turn, event: Event) -> None:
    if not isinstance(event, OwnerReturned):
        return
    consent = turn.state.consents.get(event.consent_id)
    pull = _waiting_for(turn, event.consent_id)
    if consent is None or pull is None or turn.state.application.signed_at is not None:
        return
    if event.allowed and consent.allows(consent.source, turn.now):
        fetch_on(turn, consent, pull)
    else:
        refuse(turn, consent.id, ConsentState.REJECTED, "at the source")
        turn.state.pulls[pull.source] = pull.model_copy(update={"state": PullState.FAILED, "fact": "declined"})


def _waiting_for(turn: Turn, consent_id: str) -> Pull | None:
    """The fetching that waits for the owner's approval, also when the owner has put it off."""
    pulls = turn.state.pulls.values()
    off = {PullState.SIGN_IN, PullState.SKIPPED}
    return next((each for each in pulls if each.consent_id == consent_id and each.state in off), None)


FLOW = Flow(
    name="sign_in",
    steps=(Step("sign_in.page", _pending, _show, {"later": _later}, back=False),),
    reacts={"owner_wanted": _wanted, "owner_returned": _returned},
)
