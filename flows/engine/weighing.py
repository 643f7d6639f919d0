"""Which values of a sentence are kept at once, and which the owner is asked about first.

A number in an explanation is no request: another answer changes only by an explicit correction or a tap on a
confirmation. A number that says how much more or less is worked out and confirmed.
"""

from collections.abc import Collection
from decimal import Decimal

from pydantic import JsonValue

from flows.application import prefill
from flows.application.fields import FIELDS
from flows.application.money import Money
from flows.engine.taking import canonical, currency_of, problem_with, propose, take, take_all
from flows.engine.turn import Turn
from flows.understanding.describing import purpose_words
from flows.understanding.outright import is_outright
from flows.understanding.reading import Act, Reading, ReadValue, Unclear

PURPOSE, DESCRIPTION = "credit_purpose", "purpose_description"


def take_said(turn: Turn, reading: Reading, asked: Collection[str]) -> tuple[str, ...]:
    """Take what a message says for the fields that were `asked`, and what it plainly corrects; the fields taken.

    A change of any other answer is proposed to the owner.
    """
    values = tuple(each for each in reading.values if each.field in FIELDS)
    kept = weigh(turn, reading, values, asked)
    taken = take_all(turn, kept)
    if PURPOSE in taken:
        describe(turn, reading)
    ask_about(turn, tuple(each for each in values if each not in kept))
    return taken


def weigh(turn: Turn, reading: Reading, values: tuple[ReadValue, ...], asked: Collection[str]) -> tuple[ReadValue, ...]:
    """Those of the values that may be kept without asking back."""
    return tuple(each for each in values if each.field in asked or _is_meant(turn, reading, each))


def ask_about(turn: Turn, values: tuple[ReadValue, ...]) -> None:
    """Have values confirmed that are possible at all and that the owner may not have meant."""
    if turn.state.application.signed_at is not None:
        return
    doubtful = {each.field: canonical(turn, each) for each in values}
    doubtful = {field: value for field, value in doubtful.items() if problem_with(turn, field, value) is None}
    if doubtful:
        propose(turn, doubtful)


def describe(turn: Turn, reading: Reading) -> None:
    """Keep the owner's own words for the purpose, in place of earlier ones."""
    words = purpose_words(reading)
    if words is not None:
        take(turn, DESCRIPTION, words, echo=False)


def ask_whether_meant(turn: Turn, reading: Reading) -> bool:
    """Have a number confirmed that was only mentioned: "the oven is 20,000"; False when there is none."""
    fields = dict.fromkeys(each.field for each in reading.unclear if each.value is not None)
    found = tuple(each for each in map(reading.mentioned, fields) if each is not None)
    if not found or not turn.state.welcomed:
        return False
    ask_about(turn, found)
    return turn.state.proposal is not None


def ask_about_change(turn: Turn, reading: Reading) -> bool:
    """Work out "5k more" and have it confirmed; False when nothing of the kind was said."""
    changes = [each for each in reading.unclear if each.why == "relative"]
    if not changes or not turn.state.welcomed or turn.state.application.signed_at is not None:
        return False
    changed: dict[str, JsonValue] = {}
    for each in changes:
        value = _changed(turn, each)
        problem = problem_with(turn, each.field, value)
        if problem is not None:
            turn.say(problem)
            turn.again = True
            return True
        changed[each.field] = value
    propose(turn, changed)
    return True


def _changed(turn: Turn, change: Unclear) -> JsonValue:
    """What a field says after the change; the number itself when the field says nothing yet."""
    by, now = Decimal(str(change.by)), turn.state.application.get(change.field)
    if isinstance(now, Money) and change.currency in {None, now.currency}:
        return {"amount": str(now.amount + by), "currency": now.currency}
    if isinstance(now, int):
        return max(0, now + int(by))
    if change.field == "amount_requested":
        return {"amount": str(abs(by)), "currency": change.currency or currency_of(turn)}
    return abs(int(by))


def _is_meant(turn: Turn, reading: Reading, value: ReadValue) -> bool:
    """Whether a value that was not asked for may be kept without asking back."""
    chosen = turn.state.application.chosen(value.field)
    if chosen is None or prefill.same(FIELDS[value.field], chosen.value, canonical(turn, value)):
        return True
    if not reading.did(Act.CORRECT):
        return False
    return is_outright(reading) if value.old is None else _as_before(turn, value, chosen.value)


def _as_before(turn: Turn, value: ReadValue, before: JsonValue) -> bool:
    old = canonical(turn, value.model_copy(update={"value": value.old}))
    return problem_with(turn, value.field, old) is None and prefill.same(FIELDS[value.field], before, old)
