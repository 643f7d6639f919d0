"""Completing an application with what the system knows, and opening its submission at a lender."""

from datetime import datetime
from decimal import Decimal

from flows.application import prefill
from flows.application.lifecycle import Status
from flows.application.products import ProductSheet
from flows.conversation import Submission, TimelineEntry
from flows.effects import Submit
from flows.engine.turn import Turn

TIMELINE = 200
_CHANNELS = {"telegram": "telegram", "whatsapp": "whatsapp", "terminal": "agent"}


def fitting_product(turn: Turn) -> ProductSheet | None:
    """The first sheet of the market whose amount and term ranges hold the request, else the nearest one.

    This says only what may be asked for. Whether it is granted, and how much, is the lender's decision.
    """
    state = turn.state
    sheets = turn.library.products_in(state.subject.country) if state.subject is not None else ()
    amount, term = state.application.money("amount_requested"), state.application.get("loan_term_months")
    if amount is None or not isinstance(term, int):
        return sheets[0] if sheets else None
    for sheet in sheets:
        fits = Decimal(sheet.amount.minimum) <= amount.amount <= Decimal(sheet.amount.maximum)
        if fits and sheet.term.minimum <= term <= sheet.term.maximum:
            return sheet
    return sheets[0] if sheets else None


def complete(turn: Turn) -> ProductSheet | None:
    """Fill the fields the system knows; returns the product they were filled for."""
    state, now = turn.state, turn.now
    sheet = fitting_product(turn)
    application = state.application
    if sheet is not None and application.signed_at is None:
        application = application.model_copy(update={"product": sheet.key})
        application = prefill.put(application, "currency", sheet.currency, now)
        application = prefill.put(application, "credit_product", sheet.credit_product, now)
        application = prefill.put(application, "repayment_method", sheet.repayment[0], now)
        application = prefill.put(application, "repayment_source", "business_revenue", now)
        application = prefill.put(application, "preferred_language", state.lang, now)
        application = prefill.put(application, "application_channel", _CHANNELS.get(state.channel, "web"), now)
        state.application = prefill.derive(application, now)
    return sheet


def open_submission(turn: Turn, sheet: ProductSheet) -> None:
    """Hand the signed application to the product's lender, for the first time or with what it asked for."""
    state = turn.state
    if state.submission is None:
        state.submission = Submission(
            application_id=state.application.id, lender=sheet.lender.id, status=Status.DRAFT, since=turn.now
        )
        become(turn, Status.SUBMITTED, turn.now)
    else:
        state.submission.attempt += 1
        state.submission.missing = ()
        become(turn, Status.UNDER_REVIEW, turn.now)
    turn.do(hand_over(turn, state.submission))


def hand_over(turn: Turn, submission: Submission) -> Submit:
    """The effect that hands the application over; its key is the same at every try of one signature."""
    return Submit(application=turn.state.application, lender=submission.lender, attempt=submission.attempt)


def record(submission: Submission, entry: TimelineEntry) -> None:
    """Put an entry on the timeline; the oldest leave it when there are very many (the log keeps all)."""
    submission.timeline = (*submission.timeline, entry)[-TIMELINE:]


def become(turn: Turn, status: Status, occurred_at: datetime, raw: str = "", webhook_id: str = "") -> None:
    """Move the submission to a status that the transition table allows, and write it on the timeline."""
    submission = turn.state.submission
    if submission is None:
        return
    entry = TimelineEntry(
        at=turn.now, occurred_at=occurred_at, status=status, raw=raw, shown=True, webhook_id=webhook_id
    )
    submission.status = status
    submission.since = occurred_at
    submission.raw_status = raw
    record(submission, entry)
    turn.state.at = turn.state.proposal = None  # whatever side step was open, the news comes first
    turn.note("status", f"{submission.application_id} {status.value}")
