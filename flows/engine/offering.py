"""An offer in words: every figure as the lender sent it, and what its product's sheet adds."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from flows.application.display import show_money, show_percent
from flows.application.lifecycle import Status
from flows.application.money import Money
from flows.application.products import ProductSheet
from flows.conversation import Submission
from flows.engine.offered import contradictions, paid_out
from flows.engine.turn import Turn
from flows.messages import Fact
from flows.ports import Fee, Offer


def offer_facts(turn: Turn, offer: Offer) -> tuple[Fact, ...]:
    """Every figure of an offer, as the lender sent it."""
    facts = [Fact(label=turn.t("offers.product"), value=product_name(turn, offer))] if offer.product else []
    facts.append(Fact(label=turn.t("offers.amount"), value=in_its_currency(turn, offer, offer.amount)))
    if offer.fees:
        facts.append(Fact(label=turn.t("offers.paid_out"), value=in_its_currency(turn, offer, paid_out(offer))))
    facts += [
        Fact(label=turn.t("offers.term"), value=turn.t("value.months", count=offer.term_months)),
        Fact(label=turn.t("offers.apr"), value=show_percent(offer.apr)),
        Fact(label=turn.t("offers.total_cost"), value=in_its_currency(turn, offer, offer.total_cost)),
    ]
    if offer.instalment is not None:
        facts.append(Fact(label=turn.t("offers.instalment"), value=in_its_currency(turn, offer, offer.instalment)))
    facts.extend(
        Fact(
            label=turn.t("offers.fee", name=_fee_name(turn, offer, fee)), value=in_its_currency(turn, offer, fee.amount)
        )
        for fee in offer.fees
    )
    facts.extend(_conditions(turn, offer))
    facts.append(Fact(label=turn.t("offers.valid_until"), value=offer.valid_until.date().isoformat()))
    requested = turn.state.application.money("amount_requested")
    if requested is not None and (offer.currency != requested.currency or offer.amount < requested.amount):
        asked = show_money(turn.library.texts, turn.state.lang, requested)
        facts.append(Fact(label=turn.t("offers.less"), value=asked))
    if contradictions(offer):
        facts.append(Fact(label=turn.t("offers.doubt"), value=turn.t("offers.doubt_text")))
    return tuple(facts)


def in_its_currency(turn: Turn, offer: Offer, amount: Decimal) -> str:
    """An amount of an offer, in the offer's currency."""
    return show_money(turn.library.texts, turn.state.lang, Money(amount=amount, currency=offer.currency))


def product_name(turn: Turn, offer: Offer) -> str:
    """The product's name in the owner's language; the lender's own word for it when its sheet is not here."""
    sheet = sheet_of(turn, offer)
    return offer.product if sheet is None else sheet.name[turn.state.lang]


def sheet_of(turn: Turn, offer: Offer) -> ProductSheet | None:
    """The sheet of the product that is offered, when it is here."""
    return next((each for each in turn.library.products if each.key == offer.product), None)


def steps_back_until(turn: Turn, submission: Submission) -> datetime | None:
    """Until when an owner may step back from a loan that was paid out; None when its sheet gives no such time."""
    offers = (*submission.offers, *submission.past_offers)
    taken = next((each for each in offers if each.offer_id == submission.accepted), None)
    sheet = None if taken is None else sheet_of(turn, taken)
    if sheet is None or not sheet.cooling_off_days or submission.status is not Status.DISBURSED:
        return None
    until = submission.since + timedelta(days=sheet.cooling_off_days)
    return until if until > turn.now else None


def _fee_name(turn: Turn, offer: Offer, fee: Fee) -> str:
    sheet = sheet_of(turn, offer)
    known = {} if sheet is None else {each.code: each.name[turn.state.lang] for each in sheet.fees}
    return known.get(fee.name, fee.name)


def _conditions(turn: Turn, offer: Offer) -> Iterable[Fact]:
    """What the product's sheet says of repaying early and of stepping back."""
    sheet = sheet_of(turn, offer)
    said = None if sheet is None else sheet.early_repayment
    early = turn.t("status.not_told") if said is None else said[turn.state.lang]
    yield Fact(label=turn.t("offers.early"), value=early)
    if sheet is not None and sheet.cooling_off_days:
        days = turn.t("offers.cooling_off_days", days=sheet.cooling_off_days)
        yield Fact(label=turn.t("offers.cooling_off"), value=days)
