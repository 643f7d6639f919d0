"""Find: an owner who does not have the number at hand gives the name, and picks the business from the register."""

from datetime import timedelta

from flows.conversation import Search
from flows.effects import FindBusiness
from flows.engine.finding import is_name, offer_search
from flows.engine.flow import Flow, Step
from flows.engine.taking import take
from flows.engine.turn import Turn
from flows.events import BusinessesFound, Event, TimerFired
from flows.messages import Choice, Fact, Heard, Tone
from flows.understanding.reading import Act, Reading

PATIENCE = timedelta(seconds=12)
LONGEST_LABEL = 60


def _open(turn: Turn, state: str) -> Search | None:
    search = turn.state.search
    return search if search is not None and turn.state.subject is None and search.state == state else None


# May the register be searched?


def _offer_pending(turn: Turn) -> str | None:
    return None if _open(turn, "offered") is None else ""


def _offer_show(turn: Turn, _arg: str) -> None:
    search = _open(turn, "offered")
    turn.card(
        "find.offer",
        title=turn.t("find.offer.title"),
        text=turn.t("find.offer.text", name=search.name if search is not None else ""),
        rows=(
            (turn.button("find.offer.yes", "search", tone=Tone.PRIMARY),),
            (turn.button("find.number", "number"), turn.button("button.person", "human")),
        ),
    )


def _search(turn: Turn, _arg: str) -> None:
    search = _open(turn, "offered")
    if search is not None:
        turn.state.search = search.model_copy(update={"state": "running"})
        turn.do(FindBusiness(number=search.number, name=search.name, country=search.country))
        turn.wake("find", str(search.number), PATIENCE)
        turn.moves()


def _number(turn: Turn, _arg: str) -> None:
    turn.state.search = None
    turn.moves()


def _offer_hear(turn: Turn, _heard: Heard, reading: Reading) -> bool:
    if reading.did(Act.YES) and not reading.values:
        _search(turn, "")
        return True
    return _hear(turn, _heard, reading)


def _hear(turn: Turn, _heard: Heard, reading: Reading) -> bool:
    """A number after all, a no, or another name."""
    value = reading.value("registration_number")
    if value is not None:
        if take(turn, "registration_number", value.value):
            _number(turn, "")
            return True
        return False
    if reading.did(Act.NO) and not reading.values:
        _number(turn, "")
        return True
    if is_name(reading):
        offer_search(turn, reading.text)
        return True
    return False


# Under way


def _wait_pending(turn: Turn) -> str | None:
    return None if _open(turn, "running") is None else ""


def _wait_show(turn: Turn, _arg: str) -> None:
    turn.card("find.wait", text=turn.t("find.wait"), waiting=True)


# Which one is it?


def _choose_pending(turn: Turn) -> str | None:
    return None if _open(turn, "found") is None else ""


def _choose_show(turn: Turn, _arg: str) -> None:
    search = _open(turn, "found")
    found = search.found if search is not None else ()
    turn.card(
        "find.choose",
        title=turn.t("find.choose.title"),
        text=turn.t("find.choose.text", count=len(found)),
        facts=tuple(Fact(label=each.name, value=each.place, note=each.registration_number) for each in found),
        rows=(
            *(
                (Choice(label=each.name[:LONGEST_LABEL], action="mine", arg=each.registration_number),)
                for each in found
            ),
            (turn.button("find.none", "number"), turn.button("button.person", "human")),
        ),
    )


def _mine(turn: Turn, number: str) -> None:
    search = _open(turn, "found")
    if search is None or number not in {each.registration_number for each in search.found}:
        turn.tell("engine.old_card")
        return
    if take(turn, "registration_number", number):
        turn.state.search = None
        turn.moves()


# What the register answers


def _found(turn: Turn, event: Event) -> None:
    search = _open(turn, "running")
    if not isinstance(event, BusinessesFound) or search is None or search.number != event.number:
        return
    turn.let_sleep("find", str(search.number))
    if event.found:
        turn.state.search = search.model_copy(update={"state": "found", "found": event.found})
        return
    turn.state.search = None
    turn.tell("find.unavailable" if event.fact else "find.nothing", name=search.name)


def _impatient(turn: Turn, event: Event) -> None:
    search = _open(turn, "running")
    if isinstance(event, TimerFired) and event.name == "find" and search and event.arg == str(search.number):
        turn.state.search = None
        turn.tell("find.unavailable", name=search.name)


FLOW = Flow(
    name="find",
    steps=(
        Step(
            "find.offer",
            _offer_pending,
            _offer_show,
            {"search": _search, "number": _number},
            hear=_offer_hear,
            asked=lambda _turn, _arg: "registration_number",
            back=False,
        ),
        Step("find.wait", _wait_pending, _wait_show, back=False),
        Step(
            "find.choose",
            _choose_pending,
            _choose_show,
            {"mine": _mine, "number": _number},
            hear=_hear,
            asked=lambda _turn, _arg: "registration_number",
            back=False,
        ),
    ),
    reacts={"businesses_found": _found, "timer_fired": _impatient},
)
