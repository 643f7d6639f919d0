"""What lists and workers read of a conversation without opening its state, worked out after every turn."""

from dataclasses import replace
from datetime import datetime

from flows.application.lifecycle import Status
from flows.conversation import Conversation, PullState, Speaker
from flows.effects import CallPerson
from flows.engine.decision import Decision
from flows.events import Event, OwnerSaid, PullFinished
from flows.events.staff import Closed, HandedBack, StaffSaid, StaffTook
from integrations.database.queries.conversations import Columns
from integrations.database.tables import Place

TROUBLED = 2  # misunderstandings in a row
_SETTLES = (StaffTook, StaffSaid, HandedBack, Closed)


def of_new(conversation: Conversation, now: datetime) -> Columns:
    """The columns of an owner who was never heard before."""
    return Columns(conversation.lang, conversation.speaker, "", "", "", "", Status.DRAFT, None, None, progress_at=now)


def after(was: Columns, event: Event, decision: Decision, seq: int, now: datetime) -> Columns:
    """The columns after the turn of `event`, whose line in the log has the number `seq`."""
    state = decision.conversation
    called = next((effect.reason for effect in decision.effects if isinstance(effect, CallPerson)), "")
    person_wanted = state.person_wanted or called
    alert = "" if isinstance(event, _SETTLES) else was.alert
    shop = state.application.text("business_legal_name") or state.owner_name
    names = {shop, state.owner_name, state.application.text("trading_name") or "", state.application.id, state.id}
    status = _status(state)
    step = state.live.step if state.live is not None else ""
    return Columns(
        lang=state.lang,
        speaker=state.speaker,
        person_wanted=person_wanted,
        alert=alert,
        step=step,
        shop=shop,
        status=status,
        waiting_since=_waiting_since(was, event, state, now, wanted=bool(person_wanted) or alert == "turn_failed"),
        blocked_at=None if isinstance(event, OwnerSaid) else was.blocked_at,
        owner=state.owner_name,
        product=state.application.product or "",
        application_id=state.application.id,
        find=" ".join(sorted(name for name in names if name)).lower(),
        place=_place(state, needs=bool(person_wanted or alert)),
        assignee=state.staff,
        person=state.person,
        snoozed_until=state.snoozed_until,
        stuck=_stuck(state),
        progress_at=now if _gets_on(event, state, step != was.step or status != was.status) else was.progress_at,
        labels="".join(f"|{label}" for label in state.labels) + ("|" if state.labels else ""),
        heard_seq=seq if isinstance(event, OwnerSaid) else was.heard_seq,
    )


def after_failure(was: Columns, now: datetime) -> Columns:
    """The columns after a turn that failed by our mistake: staff must look."""
    place = Place.PERSON if was.speaker == Speaker.PERSON else Place.NEEDS
    return replace(was, alert="turn_failed", waiting_since=was.waiting_since or now, place=place)


def _waiting_since(was: Columns, event: Event, state: Conversation, now: datetime, *, wanted: bool) -> datetime | None:
    if isinstance(event, StaffSaid):
        return None
    if state.speaker is Speaker.PERSON:
        return was.waiting_since or (now if isinstance(event, OwnerSaid) else None)
    return (was.waiting_since or now) if wanted else None


def _place(state: Conversation, *, needs: bool) -> Place:
    if state.snoozed_until is not None:
        return Place.SNOOZED
    if state.speaker is Speaker.PERSON:
        return Place.PERSON
    if needs:
        return Place.NEEDS
    return Place.CLOSED if state.closed else Place.ASSISTANT


def _stuck(state: Conversation) -> str:
    if any(pull.state is PullState.FAILED for pull in state.pulls.values()):
        return "source"
    return "trouble" if state.trouble >= TROUBLED else ""


def _gets_on(event: Event, state: Conversation, moved: bool) -> bool:
    return moved or isinstance(event, PullFinished) or (isinstance(event, OwnerSaid) and state.trouble == 0)


def _status(state: Conversation) -> str:
    return state.submission.status if state.submission is not None else Status.DRAFT
