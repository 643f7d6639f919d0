"""Handover: a person one tap away; complaint and distress go straight there; one speaker at a time."""

from flows.conversation import Speaker
from flows.effects import Speak
from flows.engine.flow import Flow
from flows.engine.turn import Turn
from flows.events import Event, HandedBack, StaffSaid, StaffTook
from flows.messages import Say
from flows.understanding.reading import Act, Reading


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
        turn.state.speaker = Speaker.PERSON
        turn.state.person = event.first_name
        turn.state.person_wanted = ""
        turn.do(Speak(say=Say(text=turn.t("handover.here", name=event.first_name)), by=event.first_name))


def _said(turn: Turn, event: Event) -> None:
    if isinstance(event, StaffSaid):
        _took(turn, StaffTook(staff=event.staff, first_name=event.first_name)) if (
            turn.state.speaker is Speaker.ASSISTANT
        ) else None
        turn.do(Speak(say=Say(title=event.first_name, text=event.text), by=event.first_name))


def _back(turn: Turn, event: Event) -> None:
    if isinstance(event, HandedBack) and turn.state.speaker is Speaker.PERSON:
        name, turn.state.person = turn.state.person, ""
        turn.state.speaker = Speaker.ASSISTANT
        turn.tell("handover.back", name=name)
        turn.again = True


FLOW = Flow(
    name="handover",
    anywhere={"human": _human},
    acts={Act.HUMAN: _asked, Act.COMPLAINT: _complaint, Act.DISTRESS: _distress},
    commands={"human": _human},
    reacts={"staff_took": _took, "staff_said": _said, "handed_back": _back},
)
