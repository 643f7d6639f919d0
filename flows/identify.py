"""Identify: the owner's phone, the registration number, the public register, "is this you?"."""

from pydantic import JsonValue

from flows import consent as consents
from flows.application import prefill
from flows.application.display import show_value
from flows.application.fields import FIELDS
from flows.application.values import said
from flows.conversation import PullState
from flows.engine.finding import is_name, offer_search
from flows.engine.flow import Flow, Step
from flows.engine.pulling import allow, ask_consent, consent_facts, refuse
from flows.engine.taking import market_of, remember_message, take, take_all
from flows.engine.turn import Turn
from flows.engine.weighing import describe
from flows.events import Event, TimerFired
from flows.messages import Choice, Fact, Heard, Tone
from flows.ports import Subject
from flows.understanding import read
from flows.understanding.identifiers import is_lei
from flows.understanding.reading import Act, Reading
from flows.understanding.wishes import has_none

REGISTRY = "registry"


# The phone


def _phone_pending(turn: Turn) -> str | None:
    known = turn.state.application.has("contact_phone") or turn.state.application.skipped("contact_phone")
    return None if known else ""


def _phone_show(turn: Turn, _arg: str) -> None:
    turn.card(
        "identify.phone",
        title=turn.t("identify.phone.title"),
        text=turn.t("identify.phone.text"),
        rows=(
            (Choice(label=turn.t("identify.phone.share"), kind="contact", tone=Tone.PRIMARY),),
            (turn.button("button.later", "later"), turn.button("button.person", "human")),
        ),
    )


def _phone_later(turn: Turn, _arg: str) -> None:
    turn.state.application = prefill.skip(turn.state.application, "contact_phone")
    turn.moves()


def _phone_hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    if heard.kind == "contact":
        if not heard.phone_is_own:
            turn.tell("engine.foreign_contact")
            return False
        phone: JsonValue = heard.phone
    else:
        if reading.did(Act.SKIP) or reading.did(Act.NO):
            _phone_later(turn, "")
            return True
        value = reading.value("contact_phone")
        if value is None:
            return False
        phone = value.value
    if take(turn, "contact_phone", phone):
        turn.moves()
        return True
    return False


def _phone_asked(_turn: Turn, _arg: str) -> str | None:
    return "contact_phone"


# The number


def _number_pending(turn: Turn) -> str | None:
    return "" if turn.state.subject is None else None


def _number_show(turn: Turn, _arg: str) -> None:
    turn.card(
        "identify.number",
        title=turn.t("identify.number.title"),
        text=turn.t("identify.number.text"),
        note=turn.t("field.registration_number.example"),
        rows=(
            (turn.button("identify.number.have_none", "have_none"), turn.button("button.why", "why")),
            (turn.button("button.back", "back"), turn.button("button.person", "human")),
        ),
    )


def _number_none(turn: Turn, _arg: str) -> None:
    """Say where the number stands, and honestly that nothing can be applied for without one."""
    turn.tell("identify.number.without")
    turn.again = True


def _number_hear(turn: Turn, _heard: Heard, reading: Reading) -> bool:
    value = reading.value("registration_number")
    if value is not None:
        if take(turn, "registration_number", value.value):
            turn.moves()
            return True
        return False
    if any(each.field == "registration_number" for each in reading.unclear):
        turn.tell("identify.number.invalid")
    elif has_none(reading.text) or reading.did(Act.NO) or reading.did(Act.SKIP):
        turn.tell("identify.number.without")
    elif reading.did(Act.DONT_KNOW):
        turn.tell("identify.number.where")
    elif not reading.did(Act.QUESTION) and any(char.isdigit() for char in reading.text) and not reading.values:
        turn.tell("identify.number.invalid")
    elif is_name(reading):
        offer_search(turn, reading.text)
        return True
    return False


def _number_asked(_turn: Turn, _arg: str) -> str | None:
    return "registration_number"


def take_number(turn: Turn, value: JsonValue) -> bool:
    """Take a registration number: the business to look up. Another one starts the look-up anew."""
    state, number = turn.state, str(value)
    country = market_of(turn, number)
    if not country:
        turn.tell("identify.number.lei" if is_lei(number) else "identify.number.no_market")
        return False
    if state.subject is not None and state.subject.registration_number == number:
        return True
    if state.subject is not None:
        _leave_business(turn)
    state.subject = Subject(registration_number=number, country=country)
    state.business_confirmed = False
    state.application = prefill.add(
        state.application, said("registration_number", number, turn.now, record=turn.message_id)
    )
    remember_message(turn, "registration_number")
    currency = turn.library.products_in(country)[0].currency
    state.application = prefill.put(state.application, "currency", currency, turn.now)
    turn.echo.append(turn.t("engine.noted", field=turn.t("field.registration_number.label"), value=number))
    _absorb_kept(turn)
    turn.moves()
    return True


def _absorb_kept(turn: Turn) -> None:
    """Take what the owner's first words said about the loan, now that the market is known."""
    kept, turn.state.kept = turn.state.kept, ""
    if kept:
        reading = read(kept, turn.state.lang, None, today=turn.today)
        taken = take_all(turn, tuple(each for each in reading.values if each.field != "registration_number"))
        if "credit_purpose" in taken:
            describe(turn, reading)


def _leave_business(turn: Turn) -> None:
    """Drop what belongs to the business first named: its consents end and what they brought goes."""
    state = turn.state
    for consent in tuple(state.consents.values()):
        if consent.state is consents.ConsentState.ACTIVE:
            refuse(turn, consent.id, consents.ConsentState.REVOKED)
        state.application = prefill.forget(state.application, consent.id)
    state.application = prefill.derive(state.application, turn.now)
    state.pulls = {}
    state.declined = ()
    state.connected = False
    state.pages_seen = ()


# The register


def _lookup_pending(turn: Turn) -> str | None:
    if turn.state.subject is None or REGISTRY not in turn.library.sources or REGISTRY in turn.state.pulls:
        return None
    return None if REGISTRY in turn.state.declined else ""


def _lookup_show(turn: Turn, _arg: str) -> None:
    consent = ask_consent(turn, REGISTRY)
    turn.card(
        "identify.lookup",
        title=turn.t("identify.lookup.title"),
        text=turn.t("identify.lookup.text"),
        facts=consent_facts(turn, consent),
        note=turn.t("connect.revocable"),
        rows=(
            (turn.button("identify.lookup.allow", "allow", tone=Tone.PRIMARY),),
            (turn.button("identify.lookup.refuse", "refuse"), turn.button("button.back", "back")),
        ),
    )


def _lookup_allow(turn: Turn, _arg: str) -> None:
    allow(turn, REGISTRY)
    turn.moves()


def _lookup_refuse(turn: Turn, _arg: str) -> None:
    refuse(turn, ask_consent(turn, REGISTRY).id, consents.ConsentState.REJECTED)
    turn.state.declined = (*turn.state.declined, REGISTRY)
    turn.state.business_confirmed = True
    turn.tell("identify.lookup.refused")
    turn.moves()


# Waiting for it


def _wait_pending(turn: Turn) -> str | None:
    pull = turn.state.pulls.get(REGISTRY)
    waiting = pull is not None and pull.state in {PullState.WAITING, PullState.RUNNING}
    return "" if waiting and not turn.state.business_confirmed else None


def _wait_show(turn: Turn, _arg: str) -> None:
    turn.card("identify.wait", text=turn.t("identify.wait.text"), waiting=True)


def _impatient(turn: Turn, event: Event) -> None:
    """Offer to go on when the register is slow."""
    if (
        isinstance(event, TimerFired)
        and (event.name, event.arg) == ("patience", REGISTRY)
        and _wait_pending(turn) == ""
    ):
        turn.state.pulls[REGISTRY] = turn.state.pulls[REGISTRY].model_copy(
            update={"state": PullState.FAILED, "fact": "slow"}
        )


# Is this you?


def _confirm_pending(turn: Turn) -> str | None:
    pull = turn.state.pulls.get(REGISTRY)
    if turn.state.business_confirmed or pull is None:
        return None
    return pull.state.value if pull.state in {PullState.DONE, PullState.FAILED} else None


def _confirm_show(turn: Turn, how: str) -> None:
    if how == PullState.FAILED.value:
        _failed_show(turn)
        return
    names = ("business_legal_name", "legal_form", "registration_status", "representative_name", "registered_address")
    application = turn.state.application
    facts: list[Fact] = []
    for name in names:
        candidate = application.chosen(name)
        if candidate is not None:
            shown = show_value(turn.library.texts, turn.state.lang, FIELDS[name], candidate.value)
            facts.append(Fact(label=turn.t(f"field.{name}.label"), value=shown))
    turn.card(
        "identify.confirm",
        title=turn.t("identify.confirm.title"),
        text=turn.t("identify.confirm.text"),
        facts=tuple(facts),
        rows=(
            (turn.button("identify.confirm.yes", "yes", tone=Tone.PRIMARY),),
            (turn.button("identify.confirm.no", "no"), turn.button("button.person", "human")),
        ),
    )


def _failed_show(turn: Turn) -> None:
    fact = turn.state.pulls[REGISTRY].fact
    key = "identify.failed.unknown" if fact == "unknown_subject" else "identify.failed.unavailable"
    turn.card(
        "identify.confirm",
        text=turn.t(key, number=turn.state.application.text("registration_number")),
        rows=(
            (turn.button("button.try_again", "retry", tone=Tone.PRIMARY), turn.button("identify.failed.other", "no")),
            (turn.button("identify.failed.go_on", "go_on"), turn.button("button.person", "human")),
        ),
    )


def _yes(turn: Turn, _arg: str) -> None:
    turn.state.business_confirmed = True
    turn.moves()


def _no(turn: Turn, _arg: str) -> None:
    _leave_business(turn)
    turn.state.subject = None
    turn.moves()


def _retry(turn: Turn, _arg: str) -> None:
    allow(turn, REGISTRY)
    turn.moves()


def _confirm_hear(turn: Turn, _heard: Heard, reading: Reading) -> bool:
    if turn.state.pulls[REGISTRY].state is not PullState.DONE:
        return False
    if reading.did(Act.YES) and not reading.did(Act.NO):
        _yes(turn, "")
        return True
    if reading.did(Act.NO) and not reading.values:
        _no(turn, "")
        return True
    return False


FLOW = Flow(
    name="identify",
    steps=(
        Step(
            "identify.phone", _phone_pending, _phone_show, {"later": _phone_later}, hear=_phone_hear, asked=_phone_asked
        ),
        Step(
            "identify.number",
            _number_pending,
            _number_show,
            {"have_none": _number_none},
            hear=_number_hear,
            asked=_number_asked,
        ),
        Step(
            "identify.lookup",
            _lookup_pending,
            _lookup_show,
            {"allow": _lookup_allow, "refuse": _lookup_refuse},
            back=False,
        ),
        Step("identify.wait", _wait_pending, _wait_show, back=False),
        Step(
            "identify.confirm",
            _confirm_pending,
            _confirm_show,
            {"yes": _yes, "no": _no, "retry": _retry, "go_on": _yes},
            hear=_confirm_hear,
            back=False,
        ),
    ),
    reacts={"timer_fired": _impatient},
    takes={"registration_number": take_number},
)
