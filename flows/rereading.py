"""Rereading: what a paper says that is wrong or not sure, put right by its owner, one value at a time."""

from flows.application.fields import FIELDS
from flows.application.papers.filling import Filling
from flows.application.papers.values import Confidence
from flows.application.values import DOCUMENT
from flows.engine.flow import Flow, Step
from flows.engine.looking import NUMBER, Looked, look, shown_field, waiting
from flows.engine.receiving import is_quiet
from flows.engine.rewording import correct, settle, worded
from flows.engine.turn import Turn
from flows.engine.using import add, take_number
from flows.messages import Choice, Fact, Heard, Tone
from flows.understanding.reading import Act, Reading

MOST_BUTTONS = 24


def _never(_turn: Turn) -> str | None:
    return None


# Which value is wrong, and what it should be


def _choose_show(turn: Turn, _arg: str) -> None:
    fields = dict.fromkeys(filling.field for each in waiting(turn) for filling in each.fills)
    buttons = [
        Choice(label=turn.t(f"field.{field}.label")[:64], action="reword", arg=str(list(FIELDS).index(field)))
        for field in list(fields)[:MOST_BUTTONS]
    ]
    turn.card(
        "rereading.choose",
        title=turn.t("paper.change.title"),
        text=turn.t("paper.change.text"),
        rows=(
            *(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)),
            (turn.button("paper.change.back", "back_to_card"),),
        ),
    )


def _reword(turn: Turn, arg: str) -> None:
    if arg.isdecimal() and int(arg) < len(FIELDS):
        turn.goes_to("rereading.value", list(FIELDS)[int(arg)])


def _back(turn: Turn, _arg: str) -> None:
    turn.moves()


def _value_show(turn: Turn, field: str) -> None:
    read = [shown_field(turn, field, each.value) for one in waiting(turn) for each in one.fills if each.field == field]
    turn.card(
        "rereading.value",
        title=turn.t(f"field.{field}.label"),
        text=turn.t("paper.change.value"),
        facts=tuple(Fact(label=turn.t("paper.change.read"), value=each) for each in read),
        note=turn.t(f"field.{field}.example"),
        rows=(
            (turn.button("paper.ask.leave_out", "leave_out"), turn.button("paper.change.back", "back_to_card")),
            (turn.button("button.person", "human"),),
        ),
        private=True,
    )


def _value_field(turn: Turn) -> str:
    return (turn.state.at or "").partition(":")[2]


def _value_hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    field = _value_field(turn)
    if heard.kind != "text" or field not in FIELDS or reading.did(Act.QUESTION):
        return False
    correct(turn, field, heard.text, reading)
    return True


def _leave_out(turn: Turn, _arg: str) -> None:
    settle(turn, _value_field(turn))
    turn.moves()


# What is not sure


def _doubt(turn: Turn) -> tuple[Looked, Filling] | None:
    """The first value of a used paper that nobody has decided about and nothing else says."""
    for sent in turn.state.documents.values():
        looked = look(turn, sent) if sent.state == "used" else None
        if looked is None:
            continue
        for filling in looked.doubtful:
            if not turn.state.application.has(filling.field):
                return looked, filling
    return None


def _ask_pending(turn: Turn) -> str | None:
    found = _doubt(turn) if turn.state.application.signed_at is None and is_quiet(turn) else None
    return None if found is None else f"{found[0].sent.id} {found[1].field}"


def _ask_show(turn: Turn, _arg: str) -> None:
    found = _doubt(turn)
    if found is None:
        return
    looked, filling = found
    read = next((each for each in looked.paper.values if each.name == filling.paper_value), None)
    repaired = read is not None and read.repaired
    declared = looked.spec.field(filling.paper_value)
    plain = read is not None and not repaired and read.confidence is not Confidence.UNSURE
    label = turn.t(f"field.{filling.field}.label")
    # read without doubt, and yet it may not be what the field means
    text = "paper.ask.fits" if plain and declared is not None and declared.trust is None else "paper.ask.text"
    turn.card(
        "rereading.ask",
        title=turn.t(looked.spec.title),
        text=turn.t(text, field=label),
        facts=(Fact(label=label, value=shown_field(turn, filling.field, filling.value)),),
        note=turn.t("paper.ask.repaired" if repaired else "paper.ask.note"),
        rows=(
            (turn.button("paper.ask.yes", "yes_read", tone=Tone.PRIMARY),),
            (turn.button("paper.ask.leave_out", "no_read"), turn.button("button.person", "human")),
        ),
        private=True,
    )


def _yes(turn: Turn, _arg: str) -> None:
    found = _doubt(turn)
    if found is None:
        return
    looked, filling = found
    consents = turn.state.consents.values()
    consent = next((each for each in consents if looked.sent.id in each.documents and each.source == DOCUMENT), None)
    if filling.field == NUMBER and not take_number(turn, str(filling.value)):
        return
    if consent is not None:
        add(turn, looked, filling, consent.id)
    _decided(turn, looked, filling)


def _no(turn: Turn, _arg: str) -> None:
    found = _doubt(turn)
    if found is not None:
        _decided(turn, *found)


def _decided(turn: Turn, looked: Looked, filling: Filling) -> None:
    settled = (*looked.sent.settled, filling.field)
    turn.state.documents[looked.sent.id] = looked.sent.model_copy(update={"settled": settled})
    turn.moves()


def _asked(turn: Turn, _arg: str) -> str | None:
    found = _doubt(turn)
    return None if found is None else found[1].field


def _ask_hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    found = _doubt(turn)
    if heard.kind != "text" or found is None or reading.did(Act.QUESTION):
        return False
    if reading.did(Act.YES) != reading.did(Act.NO) and not reading.values:
        (_yes if reading.did(Act.YES) else _no)(turn, "")
        return True
    if reading.did(Act.SKIP) or reading.did(Act.DONT_KNOW):  # no word of what it is: it is left out
        _no(turn, "")
        return True
    if worded(turn, found[1].field, heard.text, reading) is None:
        return False
    correct(turn, found[1].field, heard.text, reading)
    return True


FLOW = Flow(
    name="rereading",
    steps=(
        Step("rereading.choose", _never, _choose_show, {"reword": _reword, "back_to_card": _back}, back=False),
        Step(
            "rereading.value",
            _never,
            _value_show,
            {"leave_out": _leave_out, "back_to_card": _back},
            hear=_value_hear,
            asked=lambda _turn, field: field,
            back=False,
        ),
        Step(
            "rereading.ask",
            _ask_pending,
            _ask_show,
            {"yes_read": _yes, "no_read": _no},
            hear=_ask_hear,
            asked=_asked,
            back=False,
        ),
    ),
)
