"""The acts of staff that are one event: what a form asks for, as that event. Raises NotPossible for what cannot be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.web.console.forms import Form
from bot.web.console.guard import NotPossible
from bot.web.console.people import Member
from bot.web.problem import Problem
from flows.events import Event
from flows.events.staff import Closed, HandedBack, Labelled, MarkedWrong, PullWanted, Reopened, Snoozed, StaffTook

LONGEST_LABEL = 30
LATEST = timedelta(days=366)
SNOOZES: Mapping[str, timedelta] = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
# What may happen to a conversation as soon as a reply is sent.
NEXT = ("back", "close", *SNOOZES)
# What an owner may have meant where the assistant was wrong: the acts that the evaluation kit knows.
MEANINGS = ("answer", "question", "correct", "human", "complaint", "distress", "status", "yes", "no", "cancel")


@dataclass(frozen=True)
class Simple:
    """An act that is one event. With `own`, only whoever has the conversation (or a supervisor) may do it."""

    make: Callable[[Member, Form, datetime], Event]
    own: bool = True


def _snooze(member: Member, form: Form, now: datetime) -> Event:
    """For a while, or until a time: `at` as a page's script reads it in the reader's zone, else `until` in UTC."""
    until = _time_in(form)
    if until is None:
        until = now + SNOOZES.get(form.get("for", ""), SNOOZES["hour"])
    if not now < until <= now + LATEST:
        raise NotPossible("console.act.no_such_time")
    return Snoozed(staff=member.id, until=until)


def _time_in(form: Form) -> datetime | None:
    given = form.get("at") or form.get("until", "")
    if not given or form.get("for"):
        return None
    try:
        found = datetime.fromisoformat(given)
        return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotPossible("console.act.no_such_time") from None


def _label(member: Member, form: Form, _now: datetime) -> Event:
    label = " ".join(form.get("label", "").replace("|", " ").lower().split())
    if not 0 < len(label) <= LONGEST_LABEL or not label.isprintable():
        raise NotPossible("console.act.no_such_label")
    return Labelled(staff=member.id, label=label, off=form.get("do") == "remove")


def _fetch(member: Member, form: Form, _now: datetime) -> Event:
    return PullWanted(staff=member.id, source=form.get("source", "")[:40])


def _mark(member: Member, form: Form, _now: datetime) -> Event:
    seq = form.get("seq", "")[:9]
    if not (seq.isascii() and seq.isdecimal() and int(seq) > 0):
        raise Problem(422, "There is no such line.")
    meant = form.get("meant", "")
    comment = form.get("comment", "").strip()[:500]
    return MarkedWrong(staff=member.id, seq=int(seq), comment=comment, meant=meant if meant in MEANINGS else "")


SIMPLE: Mapping[str, Simple] = {
    "take": Simple(lambda member, _form, _now: StaffTook(staff=member.id, first_name=member.first_name)),
    "back": Simple(lambda member, _form, _now: HandedBack(staff=member.id)),
    "close": Simple(lambda member, _form, _now: Closed(staff=member.id)),
    "reopen": Simple(lambda member, _form, _now: Reopened(staff=member.id), own=False),
    "snooze": Simple(_snooze, own=False),
    "label": Simple(_label, own=False),
    "fetch": Simple(_fetch, own=False),
    "mark": Simple(_mark, own=False),
}
