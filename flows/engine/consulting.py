"""Asking the language model, when one is configured. The turn does not wait: what it says comes back as an event.

A model only proposes: `flows.consult` checks what it says, and without an answer the offline way goes on.
"""

from datetime import timedelta

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.conversation import Consultation, Conversation
from flows.effects import AskModel
from flows.engine.turn import Turn
from flows.knowledge.passages import plain
from flows.ports import AnswerRequest, Passage, ReadRequest

TIMER = "model"
PATIENCE = timedelta(seconds=20)  # the model has 8 s; after this nobody is answering
AT_ONCE = 3
LONGEST = 1_000
# What an owner may say in words. Identity, account and consent are not for a model to propose.
PROPOSABLE = (
    "amount_requested",
    "loan_term_months",
    "credit_purpose",
    "number_of_employees",
    "gross_annual_revenue",
    "trading_name",
    "business_description",
)
_NAMING = ("business_legal_name", "trading_name", "representative_name", "registered_address", "operating_address")


def read_again(turn: Turn, asked: str | None, text: str) -> bool:
    """Ask what an unclear message means; False when there is no model to ask."""
    request = ReadRequest(
        text=text[:LONGEST],
        lang=turn.state.lang,
        asked=asked,
        fields={name: turn.library.texts.get("en", f"field.{name}.label") for name in PROPOSABLE},
        purposes=FIELDS["credit_purpose"].options,
        known=names_in(turn.state),
    )
    return _ask(turn, Consultation(number=_next(turn), text=text, asked=asked, message_id=turn.message_id), request)


def answer_from(turn: Turn, text: str, candidates: tuple[str, ...], *, offer: bool) -> bool:
    """Ask for an answer from the nearest articles; `offer` says what is done without one. False without a model."""
    found = [turn.library.knowledge.article(turn.state.lang, article) for article in candidates]
    passages = tuple(Passage(id=each.id, title=each.title, text=plain(each.body)) for each in found if each is not None)
    if not passages:
        return False
    request = AnswerRequest(text=text[:LONGEST], lang=turn.state.lang, passages=passages, known=names_in(turn.state))
    consultation = Consultation(number=_next(turn), text=text, candidates=candidates, offer=offer)
    return _ask(turn, consultation, request)


def supersede(turn: Turn) -> None:
    """Forget what unclear messages were asked about: the owner has said something else."""
    turn.state.consulted = tuple(each for each in turn.state.consulted if each.candidates)


def _ask(turn: Turn, consultation: Consultation, request: ReadRequest | AnswerRequest) -> bool:
    state = turn.state
    if not turn.library.model or len(state.consulted) >= AT_ONCE:
        return False
    state.consultations = consultation.number
    state.consulted = (*state.consulted, consultation)
    turn.do(AskModel(number=consultation.number, request=request))
    turn.wake(TIMER, str(consultation.number), PATIENCE)
    turn.tell("consult.one_moment")
    turn.still = True
    return True


def _next(turn: Turn) -> int:
    return turn.state.consultations + 1


def names_in(state: Conversation) -> tuple[str, ...]:
    """Words of the record that say who somebody is."""
    words = [state.owner_name]
    for field in _NAMING:
        chosen = state.application.chosen(field)
        if chosen is None:
            continue
        value = chosen.value
        if FIELDS[field].kind is Kind.ADDRESS and isinstance(value, dict):
            words.append(str(value.get("text", "")))
        elif isinstance(value, str):
            words.append(value)
    return tuple(word for word in words if len(word) > 1)
