"""Handover: a person one tap away; complaint and distress go straight there; one speaker at a time."""

from flows.conversation import Speaker
from flows.effects import CallPerson, Speak
from flows.engine.flow import Flow
from flows.engine.turn import PICKUP, REPLY, Turn
from flows.events import Event, TimerFired
from flows.events.staff import Closed, HandedBack, Reopened, Snoozed, StaffSaid, StaffTook, Transferred
from flows.messages import Say
from flows.understanding.reading import Act, Reading

SNOOZE = "snooze"
# Reasons for which the owner was told that a person is coming, and therefore waits for one.
_AWAITED = frozenset({"asked", "complaint", "distress", "not_understood", "existing_loan", "no_product", "no_reply"})


def _human(turn: Turn, _arg: str) -> None:
    if turn.state.person_wanted:
        turn.tell("handover.already")
    else:
        turn.call_person("asked")
        turn.tell("handover.called")
    turn.again = True


def _asked(turn: Turn, _reading: Reading) -> bool:
    _human(turn, "")
    return True


def _complaint(turn: Turn, _reading: Reading) -> bool:
    turn.call_person("complaint")
    turn.tell("handover.complaint")
    turn.still = True
    return True


def _distress(turn: Turn, _reading: Reading) -> bool:
    turn.call_person("distress")
    turn.tell("handover.distress")
    turn.still = True
    return True


def _took(turn: Turn, event: Event) -> None:
    if isinstance(event, StaffTook):
        _begin(turn, event.staff, event.first_name)


def _begin(turn: Turn, staff: str, first_name: str) -> None:
    """Let a person speak. Taking over again what one has already says nothing twice."""
    state = turn.state
    if state.speaker is Speaker.PERSON and state.staff == staff:
        return
    state.speaker = Speaker.PERSON
    state.staff, state.person = staff, first_name
    state.person_wanted = ""
    state.closed = False
    state.snoozed_until = None
    turn.let_sleep(PICKUP)
    turn.do(Speak(say=Say(text=turn.t("handover.here", name=first_name)), by=first_name))


def _said(turn: Turn, event: Event) -> None:
    if isinstance(event, StaffSaid):
        _begin(turn, event.staff, event.first_name)
        turn.state.notice = ()
        turn.state.awaits_reply = False
        turn.let_sleep(REPLY)
        turn.do(Speak(say=Say(title=event.first_name, text=event.text), by=event.first_name))


def _transferred(turn: Turn, event: Event) -> None:
    if isinstance(event, Transferred) and turn.state.speaker is Speaker.PERSON:
        before = turn.state.person
        turn.state.staff, turn.state.person = event.to, event.first_name
        text = turn.t("handover.transferred", name=event.first_name, before=before)
        turn.do(Speak(say=Say(text=text), by=event.first_name))


def _back(turn: Turn, event: Event) -> None:
    if isinstance(event, HandedBack) and turn.state.speaker is Speaker.PERSON:
        name = _end(turn)
        turn.tell("handover.back", name=name)
        turn.again = True


def _end(turn: Turn) -> str:
    """Let the assistant speak again; the name of the person who spoke."""
    state = turn.state
    name, state.person, state.staff = state.person, "", ""
    state.speaker = Speaker.ASSISTANT
    state.awaits_reply = False
    turn.let_sleep(REPLY)
    return name


def _waits(turn: Turn, event: Event) -> None:
    """Watch the clock for an owner who waits for a person."""
    if not isinstance(event, TimerFired):
        return
    state = turn.state
    if event.name == PICKUP and state.person_wanted and state.speaker is Speaker.ASSISTANT:
        if state.person_wanted in _AWAITED:
            turn.tell("handover.nobody_yet")
        turn.do(CallPerson(reason=state.person_wanted, summary="nobody has come yet"))
    elif event.name == SNOOZE:
        state.snoozed_until = None
    elif event.name == REPLY and state.speaker is Speaker.PERSON:
        name = _end(turn)
        turn.call_person("no_reply", name)
        turn.tell("handover.no_reply", name=name)
        turn.again = True


def _snoozed(turn: Turn, event: Event) -> None:
    if isinstance(event, Snoozed) and turn.now < event.until:
        turn.state.snoozed_until = event.until
        turn.wake(SNOOZE, "", event.until - turn.now)


def _closed(turn: Turn, event: Event) -> None:
    """End the help of staff. An owner who waited for a person is told; the application goes on as it is."""
    if not isinstance(event, Closed):
        return
    state = turn.state
    if state.speaker is Speaker.PERSON:
        turn.tell("handover.closed", name=_end(turn))
    state.closed = True
    state.person_wanted = ""
    state.snoozed_until = None
    turn.let_sleep(PICKUP)
    turn.still = True


def _reopened(turn: Turn, event: Event) -> None:
    if isinstance(event, Reopened):
        turn.state.closed = False


FLOW = Flow(
    name="handover",
    anywhere={"human": _human},
    acts={Act.HUMAN: _asked, Act.COMPLAINT: _complaint, Act.DISTRESS: _distress},
    commands={"human": _human},
    reacts={
        "staff_took": _took,
        "staff_said": _said,
        "transferred": _transferred,
        "handed_back": _back,
        "snoozed": _snoozed,
        "closed": _closed,
        "reopened": _reopened,
        "timer_fired": _waits,
    },
)
