"""Fill: only what is left, one question at a time, each with the reason why it is asked."""

from pydantic import JsonValue

from flows.application import prefill
from flows.application.display import show_value
from flows.application.fields import FIELDS, FieldSpec
from flows.application.shapes import Kind
from flows.engine.flow import Flow, Step
from flows.engine.taking import canonical, problem_with, propose, take, take_all
from flows.engine.turn import Turn
from flows.engine.weighing import ask_about, take_said, weigh
from flows.messages import Choice, Heard, Tone
from flows.understanding import read
from flows.understanding.prose import free_text
from flows.understanding.reading import Act, Reading, ReadValue

# What an owner may correct without naming it.
CORRECTABLE = ("amount_requested", "loan_term_months", "number_of_employees")
PURPOSE = "credit_purpose"
# Without these an application makes no sense; every other field may be left open.
NEVER_OPEN = (
    "amount_requested",
    "credit_purpose",
    "loan_term_months",
    "legal_or_insolvency_declaration",
    "contact_phone",
)

# What is answered in words that may hold numbers and names.
PROSE = frozenset(
    {Kind.ADDRESS, Kind.OWNERS, Kind.ACCOUNT, Kind.FACILITIES, Kind.MONEY_SERIES, Kind.DECLARATION, Kind.TEXT}
)


def _pending(turn: Turn) -> str | None:
    if turn.state.application.signed_at is not None or turn.state.subject is None:
        return None
    skipped_phone = turn.state.application.skipped("contact_phone") and not turn.state.application.has("contact_phone")
    left = prefill.missing(turn.state.application)
    return next(iter(left), "contact_phone" if skipped_phone else None)


def _show(turn: Turn, field: str) -> None:
    left = prefill.missing(turn.state.application)
    more = turn.t("fill.left", count=len(left)) if field in left and len(left) > 1 else ""
    turn.card(
        "fill.field",
        title=turn.t(f"field.{field}.label"),
        text=turn.t(f"field.{field}.question"),
        note=more,
        rows=(*_answers(turn, FIELDS[field]), _navigation(turn, field)),
        private=FIELDS[field].sensitive,
    )


def _navigation(turn: Turn, field: str) -> tuple[Choice, ...]:
    row = [turn.button("button.back", "back"), turn.button("button.why", "why", field)]
    if field not in NEVER_OPEN:
        row.append(turn.button("button.leave_open", "leave_open", field))
    return tuple(row)


def _answers(turn: Turn, spec: FieldSpec) -> tuple[tuple[Choice, ...], ...]:
    """The closed choices of a field as buttons."""
    labels: list[Choice] = []
    if spec.kind is Kind.DECLARATION:
        labels = [
            turn.button(f"field.{spec.name}.no", "set", "no", Tone.PRIMARY),
            turn.button(f"field.{spec.name}.yes", "set", "yes"),
        ]
    elif spec.kind is Kind.PHONE:
        return ((Choice(label=turn.t("identify.phone.share"), kind="contact", tone=Tone.PRIMARY),),)
    elif spec.kind in {Kind.FACILITIES, Kind.LICENCES, Kind.COLLATERAL}:
        labels = [turn.button("value.none", "set", "none")]
    elif spec.options:
        labels = [
            Choice(label=turn.t(f"code.{spec.name}.{option}"), action="set", arg=option)
            for option in spec.options
            if turn.library.texts.has(turn.state.lang, f"code.{spec.name}.{option}")
        ]
    return tuple(tuple(labels[start : start + 2]) for start in range(0, len(labels), 2))


def _set(turn: Turn, arg: str) -> None:
    field = _current(turn)
    value: JsonValue = arg
    kind = FIELDS[field].kind
    if kind is Kind.DECLARATION:
        value = {"answer": arg == "yes", "note": None}
    elif kind in {Kind.FACILITIES, Kind.LICENCES, Kind.COLLATERAL}:
        value = []
    elif kind is Kind.CODES:
        value = [arg]
    if take(turn, field, value):
        turn.moves()


def _leave_open(turn: Turn, field: str) -> None:
    if field in FIELDS and field not in NEVER_OPEN:
        turn.state.application = prefill.skip(turn.state.application, field)
        turn.echo.append(turn.t("fill.left_open", field=turn.t(f"field.{field}.label")))
        turn.moves()


def _current(turn: Turn) -> str:
    """The field this step is about: the one gone back to, else the first that is missing."""
    if turn.state.at is not None:
        return turn.state.at.partition(":")[2]
    return _pending(turn) or "contact_phone"


def _hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    field = _current(turn)
    if heard.kind == "contact":
        if field != "contact_phone" or not heard.phone_is_own:
            return False
        return _took(turn, field, heard.phone)
    kind, value = FIELDS[field].kind, reading.value(field)
    if value is not None:
        # A note such as "yes, sued for 3,000" is one answer; the number in it is no other.
        taken = take_all(turn, (value,)) if kind in PROSE else take_said(turn, reading, (field,))
        if field in taken:
            turn.moves()
        return field in taken
    if reading.did(Act.SKIP) or reading.did(Act.DONT_KNOW):
        return _unknown(turn, field)
    unclear = next((each for each in reading.unclear if each.field == field), None)
    if unclear is not None:
        turn.tell(_why_unclear(turn, kind, unclear.why), example=turn.t(f"field.{field}.example"))
        return False
    if reading.did(Act.QUESTION) or (reading.values and not _is_one_answer(kind, reading)):
        return False
    written = free_text(FIELDS[field], heard.text, turn.state.subject.country if turn.state.subject else "GB")
    return written is not None and _took(turn, field, written)


def _why_unclear(turn: Turn, kind: Kind, why: str) -> str:
    """The text that says what is wrong with a value; a general one when nothing finer is known."""
    finer = f"fill.wrong.{kind.value}_{why}"
    return finer if turn.library.texts.has(turn.state.lang, finer) else "fill.unclear"


def _is_one_answer(kind: Kind, reading: Reading) -> bool:
    """Whether what was read of a message is only a part of an answer in words: the 12 of "Flat 12, Mill Road"."""
    read_of_it = sum(end - start for start, end in {each.span for each in reading.values})
    return kind in PROSE and not reading.did(Act.CORRECT) and 2 * read_of_it < len(reading.text)


def _unknown(turn: Turn, field: str) -> bool:
    if field in NEVER_OPEN:
        if FIELDS[field].kind is Kind.DECLARATION:
            turn.tell("fill.needed_choice")
        else:
            turn.tell("fill.needed", example=turn.t(f"field.{field}.example"))
        return False
    _leave_open(turn, field)
    return True


def _took(turn: Turn, field: str, value: JsonValue) -> bool:
    if take(turn, field, value):
        turn.moves()
        return True
    return False


def _asked(_turn: Turn, field: str) -> str | None:
    return field


def _other_fields(turn: Turn, reading: Reading) -> bool:
    """Take values for other fields than the one asked, wherever the owner is in the form."""
    if not turn.state.welcomed or not reading.values:
        return False
    taken = take_said(turn, reading, ())
    turn.again = True
    return bool(taken) or bool(turn.effects) or turn.state.proposal is not None


def _correct(turn: Turn, reading: Reading) -> bool:
    """Correct earlier answers in words, wherever the owner is, and stay at the step."""
    if not turn.state.welcomed:
        return False
    wrong = next((each.field for each in reading.unclear if each.why == "wrong"), None)
    if wrong is not None and not reading.values:
        return _ask_anew(turn, wrong)
    usable = tuple(each for each in reading.values if each.field in FIELDS) or _replacing(turn, reading.text)
    usable = tuple(_for_its_field(turn, each) for each in usable)
    known = tuple(each for each in usable if not _replaces_nothing(turn, each))
    meant = weigh(turn, reading, known, (_current(turn),))
    ask_about(turn, tuple(each for each in usable if each not in meant))
    for value in meant:
        old = turn.state.application.chosen(value.field)
        new = canonical(turn, value)
        if old is not None and old.value == new:
            turn.tell("engine.already_so", field=turn.t(f"field.{value.field}.label"))
        elif take(turn, value.field, new):
            turn.moved = True
            turn.calm()
            if turn.state.at == f"fill.field:{value.field}":
                turn.state.at = None  # the question gone back to is answered
    turn.again = bool(usable)
    return bool(usable)


def _ask_anew(turn: Turn, field: str) -> bool:
    """Go to the question whose answer the owner calls wrong, and show what it says now."""
    chosen = turn.state.application.chosen(field)
    if chosen is None or turn.state.application.signed_at is not None:
        return False
    spec = FIELDS[field]
    now = show_value(turn.library.texts, turn.state.lang, spec, chosen.value, masked=spec.sensitive)
    turn.tell("fill.put_right", field=turn.t(f"field.{field}.label"), value=now)
    turn.goes_to("fill.field", field)
    return True


def _replaces_nothing(turn: Turn, value: ReadValue) -> bool:
    """Whether the old value of a correction stands in no field: then the field is a guess and is asked about."""
    chosen = turn.state.application.chosen(value.field)
    if value.old is None or chosen is None or FIELDS[value.field].kind not in {Kind.MONEY, Kind.INTEGER}:
        return False
    return _plain(canonical(turn, value.model_copy(update={"value": value.old}))) != _plain(chosen.value)


def _for_its_field(turn: Turn, value: ReadValue) -> ReadValue:
    """A correction for the field that says the old value, when that is another one than was read."""
    kind = FIELDS[value.field].kind
    if value.old is None or kind not in {Kind.MONEY, Kind.INTEGER}:
        return value
    old = _plain(canonical(turn, value.model_copy(update={"value": value.old})))
    chosen = {name: turn.state.application.chosen(name) for name in turn.state.application.values}
    holding = [
        name
        for name, candidate in chosen.items()
        if candidate is not None and FIELDS[name].kind is kind and _plain(candidate.value) == old
    ]
    if value.field in holding or len(holding) != 1:
        return value
    return value.model_copy(update={"field": holding[0]})


def _replacing(turn: Turn, text: str) -> tuple[ReadValue, ...]:
    """The value of "not 12, 18": it is for the field that says 12 now."""
    for field in CORRECTABLE:
        value = read(text, turn.state.lang, field, today=turn.today).value(field)
        chosen = turn.state.application.chosen(field)
        if value is None or value.old is None or chosen is None:
            continue
        if canonical(turn, value.model_copy(update={"value": value.old})) == _plain(chosen.value):
            return (value,)
    return ()


def _plain(value: JsonValue) -> JsonValue:
    """An amount without its cents where there are none, as readers write it."""
    if isinstance(value, dict) and isinstance(value.get("amount"), str):
        return {**value, "amount": str(value["amount"]).removesuffix(".00")}
    return value


def _perhaps_a_correction(turn: Turn, reading: Reading) -> bool:
    """Ask whether "make it 25k" was meant for the loan, when it can only be one thing."""
    if not turn.state.welcomed or len(reading.text) > 40 or reading.did(Act.NO):
        return False
    known = [field for field in CORRECTABLE if turn.state.application.has(field)]
    readings = (read(reading.text, turn.state.lang, field, today=turn.today).value(field) for field in known)
    meant = [value for value in readings if value is not None and value.value != 0]
    purpose = read(reading.text, turn.state.lang, PURPOSE, today=turn.today).value(PURPOSE)
    if not meant and purpose is not None and purpose.old is not None:  # "not for an oven, for a van"
        meant = [purpose]
    if len(meant) != 1 or problem_with(turn, meant[0].field, canonical(turn, meant[0])) is not None:
        return False
    propose(turn, {meant[0].field: canonical(turn, meant[0])})
    return True


FLOW = Flow(
    name="fill",
    steps=(Step("fill.field", _pending, _show, {"set": _set, "leave_open": _leave_open}, hear=_hear, asked=_asked),),
    acts={Act.CORRECT: _correct, Act.ANSWER: _other_fields, Act.OTHER: _perhaps_a_correction},
)
