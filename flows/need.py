"""What is needed: amount, purpose and term, from one free sentence or from buttons."""

from decimal import Decimal

from pydantic import JsonValue

from flows.application.display import show_money
from flows.application.money import Money
from flows.engine.flow import Flow, Step
from flows.engine.taking import amount_range, currency_of, take, term_range
from flows.engine.turn import Turn
from flows.engine.weighing import take_said
from flows.messages import Choice, Heard
from flows.understanding.reading import Act, Reading

WANTED = ("amount_requested", "credit_purpose", "loan_term_months")
PURPOSES = ("working_capital", "equipment", "expansion", "vehicles", "refinance", "other")
TERMS = (6, 12, 18, 24)
SHARES = (Decimal("0.1"), Decimal("0.25"), Decimal("0.5"))


def _pending(turn: Turn) -> str | None:
    if turn.state.subject is None or turn.state.report.alone:
        return None
    return next((name for name in WANTED if not turn.state.application.has(name)), None)


def _show(turn: Turn, field: str) -> None:
    nothing_yet = not any(turn.state.application.has(name) for name in WANTED)
    if field == "amount_requested":
        limits = amount_range(turn)
        low, high = ("", "") if limits is None else (_money(turn, limits[0]), _money(turn, limits[1]))
        key = "need.sentence" if nothing_yet else "need.amount"
        text, note = turn.t(key, low=low, high=high), turn.t("need.example")
    else:
        text, note = turn.t(f"field.{field}.question"), ""
    turn.card(
        "need.loan",
        title=turn.t("need.title"),
        text=text,
        note=note if nothing_yet else "",
        rows=(*_buttons(turn, field), (turn.button("button.back", "back"), turn.button("button.why", "why"))),
    )


def _buttons(turn: Turn, field: str) -> tuple[tuple[Choice, ...], ...]:
    if field == "amount_requested":
        return (
            tuple(Choice(label=_money(turn, each), action="amount", arg=str(each.amount)) for each in _amounts(turn)),
        )
    if field == "loan_term_months":
        shortest, longest = term_range(turn)
        months = [each for each in TERMS if shortest <= each <= longest]
        return (
            tuple(Choice(label=turn.t("value.months", count=each), action="term", arg=str(each)) for each in months),
        )
    labels = [Choice(label=turn.t(f"code.credit_purpose.{each}"), action="purpose", arg=each) for each in PURPOSES]
    return tuple(tuple(labels[start : start + 2]) for start in range(0, len(labels), 2))


def _amounts(turn: Turn) -> tuple[Money, ...]:
    """Three round amounts within what the market lends; suggestions to tap, not a limit."""
    limits = amount_range(turn)
    if limits is None:
        return ()
    high = limits[1]
    return tuple(Money(amount=(high.amount * share).quantize(Decimal(1)), currency=high.currency) for share in SHARES)


def _money(turn: Turn, money: Money) -> str:
    return show_money(turn.library.texts, turn.state.lang, money)


def _amount(turn: Turn, arg: str) -> None:
    _take(turn, "amount_requested", {"amount": arg, "currency": currency_of(turn)})


def _term(turn: Turn, arg: str) -> None:
    _take(turn, "loan_term_months", int(arg) if arg.isdecimal() else arg)


def _purpose(turn: Turn, arg: str) -> None:
    _take(turn, "credit_purpose", [arg])


def _take(turn: Turn, field: str, value: JsonValue) -> None:
    if take(turn, field, value):
        turn.moves()


def _hear(turn: Turn, _heard: Heard, reading: Reading) -> bool:
    taken = take_said(turn, reading, WANTED)
    if taken:
        turn.moves()
        return True
    vague = next((each for each in reading.unclear if each.field in WANTED), None)
    if vague is not None and not turn.effects:
        turn.say(turn.t(f"need.unclear.{'range' if vague.why == 'range' else 'vague'}", text=vague.text))
    elif reading.did(Act.DONT_KNOW):
        turn.tell("need.dont_know")
    return False


def _asked(_turn: Turn, field: str) -> str | None:
    return field


FLOW = Flow(
    name="need",
    steps=(
        Step(
            "need.loan",
            _pending,
            _show,
            {"amount": _amount, "term": _term, "purpose": _purpose},
            hear=_hear,
            asked=_asked,
        ),
    ),
)
