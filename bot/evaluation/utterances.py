"""Judges how single utterances are read, by the kind of thing they say."""

from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import JsonValue

from bot.evaluation.kit import Group
from bot.evaluation.tally import Tally
from flows.understanding import Act, Reading, read

COUNTED = (Act.HUMAN, Act.YES, Act.NO, Act.CORRECT, Act.STATUS, Act.QUESTION, Act.COMPLAINT, Act.DISTRESS)
_FIELDS = {"amount_requested": "amounts", "loan_term_months": "terms", "credit_purpose": "purposes"}


def judge(group: Group, text: str, tally: Tally, today: date) -> None:
    """Count one utterance. Wrong accepted: a value or an act that was not meant."""
    reading = read(text, group.lang, group.asked, today=today)
    faults = []
    wrong = any(reading.did(act) for act in group.absent)
    if group.reads is not None:
        got = heard(reading)
        wrong = wrong or any(group.reads.get(name, ...) != value for name, value in got.items())
        if got != group.reads:
            faults.append(f"read {got}, unclear {[(each.field, each.why) for each in reading.unclear]}")
        for name, old in group.old.items():
            value = reading.value(name)
            if value is not None and value.old != old:
                faults.append(f"old {value.old}")
    faults += [f"no {act.value}" for act in group.acts if not reading.did(act)]
    faults += [f"{act.value} although not meant" for act in group.absent if reading.did(act)]
    if group.route is not None and reading.route is not group.route:
        faults.append(f"route {reading.route.value}")
    if not faults:
        tally.right += 1
        return
    tally.faults.append(f"{text!r} ({group.lang}, asked {group.asked}): {'; '.join(faults)}")
    if wrong:
        tally.wrong_accepted += 1
    elif reading.did(Act.HUMAN) and Act.HUMAN not in group.acts:
        tally.handed_over += 1
    else:
        tally.asked_again += 1


def heard(reading: Reading) -> dict[str, JsonValue]:
    """What was read, in the kit's form: money without a currency is just its value."""
    return {each.field: [each.value, each.currency] if each.currency else each.value for each in reading.values}


def measure(groups: Iterable[Group], today: date) -> dict[str, Tally]:
    """Tallies by kind; a group counts for every kind it is about."""
    tallies: dict[str, Tally] = {}
    for group in groups:
        for kind in _kinds(group):
            tally = tallies.setdefault(kind, Tally())
            for text in group.say:
                judge(group, text, tally, today)
    return dict(sorted(tallies.items()))


def _kinds(group: Group) -> Iterator[str]:
    yield "all"
    wanted = set(group.reads or ())
    if group.reads == {} and group.asked in _FIELDS:
        wanted.add(group.asked)
    for field, name in _FIELDS.items():
        if field in wanted:
            yield name
    if wanted - _FIELDS.keys():
        yield "other fields"
    if group.absent:
        yield f"not {'/'.join(act.value for act in group.absent)}"
    for act in group.acts:
        if act in COUNTED:
            yield act.value
    if group.route is not None:
        yield "first messages"
