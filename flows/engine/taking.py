"""Taking a value the owner gave: check it, keep it with its provenance, say back what was understood."""

import re
from decimal import Decimal
from itertools import islice

from pydantic import JsonValue, ValidationError

from flows.application import prefill, shapes
from flows.application.display import show_value
from flows.application.fields import FIELDS
from flows.application.money import Money
from flows.application.products import ProductSheet
from flows.application.shapes import Kind
from flows.application.values import said
from flows.conversation import Proposal
from flows.engine.turn import Turn
from flows.understanding.prose import free_text
from flows.understanding.reading import ReadValue

MESSAGES_KEPT = 60
# Unified social credit code (GB 32100-2015) and Companies House number; their reader has checked the digits.
FORMS = {"CN": re.compile(r"[0-9A-Z]{18}"), "GB": re.compile(r"[A-Z]{2}\d{6}|\d{8}")}


def canonical(turn: Turn, value: ReadValue) -> JsonValue:
    """The canonical JSON of a value read from text, with the market's currency or country where none was named."""
    if FIELDS[value.field].kind is Kind.MONEY:
        return {"amount": str(value.value), "currency": value.currency or currency_of(turn)}
    if FIELDS[value.field].kind is Kind.ADDRESS and isinstance(value.value, str):
        country = turn.state.subject.country if turn.state.subject is not None else "GB"
        return free_text(FIELDS[value.field], value.value, country)
    if FIELDS[value.field].kind in {Kind.FACILITIES, Kind.MONEY_SERIES}:
        return in_currency(value.value, currency_of(turn))
    return value.value


def in_currency(value: JsonValue, currency: str) -> JsonValue:
    """A value with `currency` in every amount that names none."""
    if isinstance(value, list):
        return [in_currency(each, currency) for each in value]
    if isinstance(value, dict):
        filled = {key: in_currency(each, currency) for key, each in value.items()}
        return {**filled, "currency": currency} if "currency" in filled and filled["currency"] is None else filled
    return value


def currency_of(turn: Turn) -> str:
    """The currency of the owner's market; CNY for a Chinese conversation before the market is known."""
    chosen = turn.state.application.text("currency")
    if chosen is not None:
        return chosen
    return "CNY" if turn.state.lang == "zh" else "GBP"


def problem_with(turn: Turn, field: str, value: JsonValue) -> str | None:
    """A sentence that says why a value cannot be taken, or None."""
    spec = FIELDS[field]
    try:
        typed = shapes.parse(spec.kind, value)
    except ValidationError:
        return turn.t("engine.problem.shape", field=turn.t(f"field.{field}.label"))
    if spec.options:
        codes = typed if isinstance(typed, tuple) else (typed,)
        if any(code not in spec.options for code in codes):
            return turn.t("engine.problem.shape", field=turn.t(f"field.{field}.label"))
    if field == "amount_requested" and isinstance(typed, Money):
        return _amount_problem(turn, typed)
    if field == "loan_term_months" and isinstance(typed, int):
        shortest, longest = term_range(turn)
        if not shortest <= typed <= longest:
            return turn.t("engine.problem.term", shortest=shortest, longest=longest)
    if field == "number_of_employees" and isinstance(typed, int) and typed > 10_000:
        return turn.t("engine.problem.employees")
    return None


def amount_range(turn: Turn) -> tuple[Money, Money] | None:
    """The smallest and the largest amount any product of the market lends."""
    sheets = _sheets(turn)
    if not sheets:
        return None
    currency = sheets[0].currency
    return (
        Money(amount=min(Decimal(sheet.amount.minimum) for sheet in sheets), currency=currency),
        Money(amount=max(Decimal(sheet.amount.maximum) for sheet in sheets), currency=currency),
    )


def market_of(turn: Turn, number: str) -> str:
    """The market (ISO 3166-1) that a registration number belongs to, where we have products; empty for any other."""
    country = next((each for each, form in FORMS.items() if form.fullmatch(number)), "")
    return country if turn.library.products_in(country) else ""


def term_range(turn: Turn) -> tuple[int, int]:
    """The shortest and the longest term in months any product of the market has."""
    sheets = _sheets(turn)
    if not sheets:
        return 1, 60
    return min(sheet.term.minimum for sheet in sheets), max(sheet.term.maximum for sheet in sheets)


def take(turn: Turn, field: str, value: JsonValue, *, echo: bool = True) -> bool:
    """Keep what the owner gave for a field; False, with a sentence said, when it cannot be taken."""
    state = turn.state
    if state.application.signed_at is not None:
        turn.tell("engine.already_signed")
        return False
    special = turn.takers.get(field)
    if special is not None:
        return special(turn, value)
    problem = problem_with(turn, field, value)
    if problem is not None:
        turn.say(problem)
        return False
    before, given = state.application.chosen(field), said(field, value, turn.now, record=turn.message_id)
    if field == "credit_purpose" and before is not None and before.value != given.value:
        state.application = prefill.drop(state.application, "purpose_description")  # it told of the other purpose
    state.application = prefill.add(state.application, given)
    remember_message(turn, field)
    if echo:
        new = _shown(turn, field, given.value)
        label = turn.t(f"field.{field}.label")
        if before is not None and before.value != given.value:
            old = _shown(turn, field, before.value)
            turn.echo.append(turn.t("engine.changed", field=label, old=old, new=new))
        else:
            turn.echo.append(turn.t("engine.noted", field=label, value=new))
    turn.note("field", f"{field} <- owner")
    return True


def take_all(turn: Turn, values: tuple[ReadValue, ...]) -> tuple[str, ...]:
    """Take every value the owner may give in words; the fields that were taken."""
    taken: list[str] = []
    for value in values:
        if value.field in FIELDS and value.field not in taken and take(turn, value.field, canonical(turn, value)):
            taken.append(value.field)
    return tuple(taken)


def propose(turn: Turn, values: dict[str, JsonValue]) -> None:
    """Have values confirmed before they count."""
    turn.state.proposal = Proposal(values=values, message_id=turn.message_id)
    turn.again = True


def remember_message(turn: Turn, field: str) -> None:
    """Remember which fields a message answered, so that editing the message corrects them."""
    if not turn.message_id:
        return
    answered = dict(turn.state.answered_by)
    fields = answered.pop(turn.message_id, ())
    answered[turn.message_id] = (*fields, field) if field not in fields else fields
    turn.state.answered_by = dict(islice(answered.items(), max(0, len(answered) - MESSAGES_KEPT), None))


def _shown(turn: Turn, field: str, value: JsonValue) -> str:
    spec = FIELDS[field]
    return show_value(turn.library.texts, turn.state.lang, spec, value, masked=spec.sensitive)


def _amount_problem(turn: Turn, amount: Money) -> str | None:
    limits = amount_range(turn)
    if limits is None:
        return None
    low, high = limits
    texts, lang, spec = turn.library.texts, turn.state.lang, FIELDS["amount_requested"]
    if amount.currency != low.currency:
        return turn.t("engine.problem.currency", wanted=low.currency, said=amount.currency)
    if amount < low or high < amount:
        return turn.t(
            "engine.problem.amount",
            low=show_value(texts, lang, spec, low.model_dump(mode="json")),
            high=show_value(texts, lang, spec, high.model_dump(mode="json")),
        )
    return None


def _sheets(turn: Turn) -> tuple[ProductSheet, ...]:
    return turn.library.products_in(turn.state.subject.country) if turn.state.subject is not None else ()
