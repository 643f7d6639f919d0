"""Signing: the one tap by which an owner stands by what was shown, and the application goes to its lenders."""

from flows.application import prefill
from flows.engine.submitting import complete, open_submissions
from flows.engine.turn import Turn

DECLARATION_VERSION = "accuracy-1"


def sign(turn: Turn) -> bool:
    """Sign what was shown and hand it over; False, with a person called, when no product is there to apply for."""
    state = turn.state
    sheets = complete(turn)
    if not sheets:
        turn.call_person("no_product")
        turn.tell("review.no_product")
        return False
    consents = tuple(each.id for each in state.consents.values() if each.answered_at is not None)
    application = prefill.put(state.application, "data_consents", consents, turn.now)
    signature = {"signed_at": turn.now, "text_version": DECLARATION_VERSION, "method": "button"}
    application = prefill.put(application, "accuracy_declaration", signature, turn.now)
    application = prefill.put(application, "application_date", turn.now, turn.now)
    state.application = prefill.confirm_all(application, turn.now)
    state.proof = None
    open_submissions(turn, sheets)
    turn.note("signature", f"{state.application.id} signed ({DECLARATION_VERSION})")
    turn.moves()
    return True
