"""What a member of staff is told when the assistant calls for one, so that the owner repeats nothing."""

from flows.application import prefill
from flows.application.display import show_value
from flows.application.fields import FIELDS
from flows.conversation import Conversation
from flows.effects import Briefing
from flows.engine.library import Library
from flows.messages import Fact

WISHES = ("amount_requested", "loan_term_months", "credit_purpose")
LONGEST_WORDS = 300


def brief(library: Library, state: Conversation, reason: str, detail: str = "", last_words: str = "") -> Briefing:
    """The briefing of this moment: who, where in the form, what is wanted and missing, what was tried."""
    return Briefing(
        reason=reason,
        detail=detail,
        owner=state.owner_name,
        business=state.application.text("business_legal_name") or "",
        lang=state.lang,
        step=state.live.step if state.live is not None else "welcome",
        status=state.submission.status.value if state.submission is not None else "draft",
        wishes=tuple(_wishes(library, state)),
        missing=prefill.missing(state.application) if state.subject is not None else (),
        tried=state.tried,
        last_words=last_words[:LONGEST_WORDS],
    )


def _wishes(library: Library, state: Conversation) -> list[Fact]:
    """What the owner asked for, as the owner sees it."""
    found = []
    for field in WISHES:
        chosen = state.application.chosen(field)
        if chosen is not None:
            shown = show_value(library.texts, state.lang, FIELDS[field], chosen.value)
            found.append(Fact(label=library.texts.get(state.lang, f"field.{field}.label"), value=shown))
    return found
