"""Completing an application with what the system knows, and opening its submissions at the chosen lenders."""

from datetime import datetime
from decimal import Decimal

from flows.application import prefill
from flows.application.lifecycle import Status, is_final
from flows.application.matching import Result
from flows.application.products import ProductSheet
from flows.application.suiting import Suited, best_of, suiting
from flows.conversation import Submission, TimelineEntry
from flows.effects import Submit
from flows.engine.clocks import watch
from flows.engine.turn import Turn
from flows.ports import Offer

TIMELINE = 200
MOST_PAST_OFFERS = 50
_CHANNELS = {"telegram": "telegram", "whatsapp": "whatsapp", "terminal": "agent"}
_WORTH_SENDING = (Result.ELIGIBLE, Result.REFERRED)


def suited_products(turn: Turn) -> tuple[Suited, ...]:
    """The products of the market, those that suit first, among equals the one that costs least."""
    subject = turn.state.subject
    sheets = turn.library.products_in(subject.country) if subject is not None else ()
    return suiting(turn.state.application, sheets, turn.today)


def recipients(turn: Turn) -> tuple[Suited, ...]:
    """The product of each lender that is to get the application: the owner's choice, else our suggestion.

    We suggest the lender of the product that suits best. When none suits, the first whose ranges hold the request:
    it will decide, and say why.
    """
    found = suited_products(turn)
    chosen = tuple(each for each in (best_of(found, lender) for lender in turn.state.lenders) if each is not None)
    if chosen:
        return chosen
    if found and found[0].fit.result in _WORTH_SENDING:
        return found[:1]
    near = _holding(turn, found)
    return (near,) if near is not None else ()


def _holding(turn: Turn, found: tuple[Suited, ...]) -> Suited | None:
    """The first sheet by key whose amount and term ranges hold the request, else the first."""
    by_key = sorted(found, key=lambda each: each.sheet.key)
    amount, term = turn.state.application.money("amount_requested"), turn.state.application.get("loan_term_months")
    if amount is not None and isinstance(term, int):
        for each in by_key:
            sheet = each.sheet
            fits = Decimal(sheet.amount.minimum) <= amount.amount <= Decimal(sheet.amount.maximum)
            if fits and sheet.term.minimum <= term <= sheet.term.maximum:
                return each
    return by_key[0] if by_key else None


def complete(turn: Turn) -> tuple[ProductSheet, ...]:
    """Fill the fields the system knows; returns the products that are applied for, the main one first."""
    state, now = turn.state, turn.now
    sheets = tuple(each.sheet for each in recipients(turn))
    application = state.application
    if sheets and application.signed_at is None:
        sheet = sheets[0]
        application = application.model_copy(update={"product": sheet.key})
        application = prefill.put(application, "currency", sheet.currency, now)
        application = prefill.put(application, "credit_product", sheet.credit_product, now)
        application = prefill.put(application, "repayment_method", sheet.repayment[0], now)
        application = prefill.put(application, "repayment_source", "business_revenue", now)
        application = prefill.put(application, "preferred_language", state.lang, now)
        application = prefill.put(application, "application_channel", _CHANNELS.get(state.channel, "web"), now)
        state.application = prefill.derive(application, now)
    return sheets


def open_submissions(turn: Turn, sheets: tuple[ProductSheet, ...]) -> None:
    """Hand the signed application to the lenders, for the first time or again with what one asked for."""
    state = turn.state
    if state.submission is None:
        opened = tuple(
            Submission(
                application_id=_reference(state.application.id, place),
                lender=sheet.lender.id,
                product=sheet.key,
                status=Status.DRAFT,
                since=turn.now,
            )
            for place, sheet in enumerate(sheets)
        )
        state.submission, state.beside = opened[0], opened[1:]
        for each in opened:
            become(turn, each, Status.SUBMITTED, turn.now)
            turn.do(hand_over(turn, each))
        return
    for each in state.submissions:
        if not is_final(each.status) and each.status in {Status.ACTION_REQUIRED, Status.UNDER_REVIEW}:
            each.attempt += 1
            each.tries, each.taken = 0, False
            each.missing = ()
            each.expected_by = None
            if each.status is Status.ACTION_REQUIRED:
                become(turn, each, Status.UNDER_REVIEW, turn.now)
            turn.do(hand_over(turn, each))


def hand_over(turn: Turn, submission: Submission) -> Submit:
    """The effect that hands the application over; its key is the same at every try of one signature."""
    application = turn.state.application
    if submission.product:
        application = application.model_copy(update={"product": submission.product})
    return Submit(
        application=application,
        lender=submission.lender,
        attempt=submission.attempt,
        known_as=submission.application_id,
    )


def record(submission: Submission, entry: TimelineEntry) -> None:
    """Put an entry on the timeline; the oldest leave it when there are very many (the log keeps all)."""
    submission.timeline = (*submission.timeline, entry)[-TIMELINE:]


def become(
    turn: Turn, submission: Submission, status: Status, occurred_at: datetime, *, raw: str = "", webhook_id: str = ""
) -> None:
    """Move a submission to a status that the transition table allows, and write it on the timeline."""
    entry = TimelineEntry(
        at=turn.now, occurred_at=occurred_at, status=status, raw=raw, shown=True, webhook_id=webhook_id
    )
    submission.status = status
    submission.since = occurred_at
    submission.raw_status = raw
    if status is Status.ACTION_REQUIRED or status is Status.OFFERED:
        submission.reminders = 0
    watch(turn, submission)
    record(submission, entry)
    turn.note("status", f"{submission.application_id} {status.value}")


def put_offers_away(submission: Submission, replaced_by: tuple[Offer, ...] = ()) -> None:
    """Keep the offers that end now as history, and put others in their place."""
    ended = tuple(each for each in submission.offers if each not in replaced_by)
    submission.past_offers = (*submission.past_offers, *ended)[-MOST_PAST_OFFERS:]
    submission.offers = replaced_by


def _reference(application_id: str, place: int) -> str:
    """What a lender knows the application by: its id, for a further lender with a letter behind it."""
    return application_id if not place else f"{application_id}{chr(ord('A') + place)}"
