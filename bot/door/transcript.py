"""One readable, masked line for what happens, as the log, the console and a search show it."""

import re

from flows.conversation import Conversation
from flows.events import (
    Assessed,
    BusinessesFound,
    ConsentAnswered,
    DataRead,
    Decided,
    Event,
    FileRead,
    FileRefused,
    LenderPushed,
    ModelAnswered,
    OwnerReturned,
    OwnerSaid,
    OwnerWanted,
    PaperRead,
    PartyAnswered,
    PullFailed,
    PullFinished,
    PullStarted,
    ReportMade,
    ReportOpened,
    SubmissionFailed,
    TimerFired,
)
from flows.events.staff import (
    Closed,
    ErasureWanted,
    HandedBack,
    Labelled,
    MarkedWrong,
    PullWanted,
    Reopened,
    Snoozed,
    StaffNoted,
    StaffProposed,
    StaffSaid,
    StaffTook,
    Transferred,
)
from flows.messages import Heard, Say
from integrations.toolkit.redaction import redact

LONGEST = 500
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ACTORS: dict[type, str] = {
    OwnerSaid: "owner",
    ConsentAnswered: "owner",
    StaffTook: "staff",
    StaffSaid: "staff",
    HandedBack: "staff",
    Transferred: "staff",
    StaffNoted: "staff",
    StaffProposed: "staff",
    PullWanted: "staff",
    Snoozed: "staff",
    Labelled: "staff",
    Closed: "staff",
    Reopened: "staff",
    MarkedWrong: "staff",
    ErasureWanted: "staff",
    LenderPushed: "lender",
    Decided: "lender",
    PartyAnswered: "lender",
    PullStarted: "source",
    PullFinished: "source",
    PullFailed: "source",
    OwnerWanted: "source",
    OwnerReturned: "owner",
    Assessed: "system",
    BusinessesFound: "source",
    DataRead: "lender",
    ReportMade: "system",
    ReportOpened: "lender",
    FileRead: "source",
    FileRefused: "source",
    PaperRead: "source",
    TimerFired: "clock",
    SubmissionFailed: "system",
    ModelAnswered: "system",
}


def actor(event: Event) -> str:
    """Who did it: owner, staff, lender, source, clock or system."""
    return _ACTORS[type(event)]


def line(text: str) -> str:
    """A text as it may stand in the log: identifying numbers masked, short, without control characters."""
    return redact(_CONTROL.sub(" ", text[: 2 * LONGEST])).strip()[:LONGEST]


def of_event(event: Event, conversation: Conversation | None) -> str:
    """The line of an event; `conversation` is the state before it, in which pressed buttons have their labels."""
    match event:
        case OwnerSaid(heard=heard):
            return line(_heard(heard, conversation))
        case ConsentAnswered(allowed=allowed, reason=reason):
            return line(f"[{'allowed' if allowed else 'refused'}] {reason}")
        case OwnerReturned(allowed=allowed):
            return f"[{'approved' if allowed else 'refused'} at the source]"
        case PullFinished(evidence=evidence):
            return f"{evidence.source}: {evidence.records}"
        case PullFailed(source=source, fact=fact, detail=detail):
            return line(f"{source}: {fact} {detail}")
        case LenderPushed(lender=lender, data=data):
            return line(f"{lender}: {data.status}")
        case Decided(decision=decision):
            return line(decision.decision) if decision is not None else "accepted"
        case ModelAnswered(fact=detail) | SubmissionFailed(detail=detail):
            return line(detail)
        case TimerFired(name=name, arg=arg):
            return line(f"{name} {arg}")
        case PullStarted() | OwnerWanted() | FileRead() | FileRefused() | PaperRead():
            return _arrived(event)
        case _:
            return line(_of_staff(event))


def _of_staff(event: Event) -> str:
    match event:
        case StaffTook(first_name=text) | Transferred(first_name=text) | StaffSaid(text=text) | StaffNoted(text=text):
            return text
        case StaffProposed(values=values, press=press):
            return ", ".join(values) or press
        case PullWanted(source=source):
            return source
        case Labelled(label=label, off=off):
            return f"{'-' if off else '+'} {label}"
        case Snoozed(until=until):
            return until.isoformat(timespec="minutes")
        case MarkedWrong(seq=seq, comment=comment):
            return f"{seq} {comment}"
        case Assessed(features=features):
            return f"{sum(each.value is not None for each in features)} of {len(features)} attributes"
        case BusinessesFound(found=found, fact=fact):
            return fact or f"{len(found)} listed"
        case ReportMade(report=report):
            return f"{report.reference} {report.records}"
        case ReportOpened(share_id=share_id):
            return share_id
        case DataRead(lender=lender, application_id=application_id):
            return f"{lender} {application_id}"
        case _:
            return ""


def _arrived(event: PullStarted | OwnerWanted | FileRead | FileRefused | PaperRead) -> str:
    """What a source has begun, or what became of a file, without its name."""
    if isinstance(event, PullStarted | OwnerWanted):
        return event.source
    if isinstance(event, FileRead):
        return f"{event.source}: {event.format} {event.rows}"
    if isinstance(event, PaperRead):
        return f"{event.document_id}: {event.paper} {event.problem}"[:LONGEST]  # our own words; by its id it is found
    return line(f"{event.fact} {event.detail}")


def of_say(say: Say) -> str:
    """The line of a message. Facts of a card are left out: values live only in sealed rows."""
    buttons = " ".join(f"[{choice.label}]" for choice in say.choices)
    return line("\n".join(part for part in (say.title, say.text, say.note, buttons) if part))


def _heard(heard: Heard, conversation: Conversation | None) -> str:
    match heard.kind:
        case "text":
            return heard.text
        case "choice":
            return f"[{_label(heard.choice, conversation)}]"
        case "start":
            return "/start"
        case "contact":
            return f"[contact] {heard.phone}"
        case "file":
            return "[file] " + ", ".join(each.name or each.media_type for each in heard.files)
        case kind:
            return f"[{kind}] {heard.text}"


def _label(data: str, conversation: Conversation | None) -> str:
    _, _, pressed = data.partition(":")
    live = conversation.live if conversation is not None else None
    for choice in live.choices if live is not None else ():
        if f"{choice.action}:{choice.arg}" == pressed:
            return choice.label
    return pressed
