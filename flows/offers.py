"""Offers: what the lenders offer, side by side with all costs; accepted or declined by a button and a second look."""

from collections.abc import Iterable
from hashlib import sha256

from flows.application.display import show_money, show_percent
from flows.application.lifecycle import Status, is_final, may_become
from flows.application.money import Money
from flows.conversation import Submission
from flows.engine.flow import Flow, Step
from flows.engine.pulling import lender_name
from flows.engine.submitting import become
from flows.engine.turn import Turn
from flows.messages import Choice, Fact, Tone
from flows.ports import Offer

WHY_DECLINED = ("cost", "amount", "term", "other_offer", "not_needed", "other")
Open = tuple[Submission, Offer]


def _open(turn: Turn) -> tuple[Open, ...]:
    """The offers that can be accepted now, what costs least a year first."""
    found = [
        (submission, offer)
        for submission in turn.state.submissions
        if submission.status is Status.OFFERED
        for offer in submission.offers
        if offer.valid_until > turn.now
    ]
    return tuple(sorted(found, key=lambda each: (each[1].apr, each[1].total_cost)))


def _pending(turn: Turn) -> str | None:
    return "" if _open(turn) else None


def _show(turn: Turn, _arg: str) -> None:
    found = _open(turn)
    if len(found) == 1:
        facts = offer_facts(turn, found[0][1])
        accepts: tuple[tuple[Choice, ...], ...] = (
            (turn.button("offers.look", "look", _short(found[0]), Tone.PRIMARY),),
        )
    else:
        facts = tuple(_line(turn, place, each) for place, each in enumerate(found))
        accepts = tuple(
            (Choice(label=turn.t("offers.look_at", number=place + 1), action="look", arg=_short(each)),)
            for place, each in enumerate(found)
        )
    lenders = dict.fromkeys(lender_name(turn, submission.lender) for submission, _ in found)
    turn.card(
        "offers.choose",
        title=turn.t("offers.title", lender=turn.t("value.comma").join(lenders)),
        text=turn.t("offers.text") if len(found) == 1 else f"{turn.t('offers.text')}\n{turn.t('offers.compare')}",
        facts=facts,
        note=_decided_by(turn, found),
        rows=(
            *accepts,
            (turn.button("offers.decline", "decline"), turn.button("button.person", "human")),
        ),
    )


def offer_facts(turn: Turn, offer: Offer) -> tuple[Fact, ...]:
    """Every figure of an offer, as the lender sent it."""

    def money(amount: object) -> str:
        return show_money(turn.library.texts, turn.state.lang, Money.model_validate(
            {"amount": amount, "currency": offer.currency}
        ))  # fmt: skip

    facts = [Fact(label=turn.t("offers.product"), value=_product(turn, offer))] if offer.product else []
    facts.append(Fact(label=turn.t("offers.amount"), value=money(offer.amount)))
    if offer.fees:
        paid_out = offer.amount - sum(fee.amount for fee in offer.fees)
        facts.append(Fact(label=turn.t("offers.paid_out"), value=money(paid_out)))
    facts += [
        Fact(label=turn.t("offers.term"), value=turn.t("value.months", count=offer.term_months)),
        Fact(label=turn.t("offers.apr"), value=show_percent(offer.apr)),
        Fact(label=turn.t("offers.total_cost"), value=money(offer.total_cost)),
    ]
    if offer.instalment is not None:
        facts.append(Fact(label=turn.t("offers.instalment"), value=money(offer.instalment)))
    facts.extend(Fact(label=turn.t("offers.fee", name=fee.name), value=money(fee.amount)) for fee in offer.fees)
    facts.extend(_conditions(turn, offer))
    facts.append(Fact(label=turn.t("offers.valid_until"), value=offer.valid_until.date().isoformat()))
    requested = turn.state.application.money("amount_requested")
    if requested is not None and (offer.currency != requested.currency or offer.amount < requested.amount):
        asked = show_money(turn.library.texts, turn.state.lang, requested)
        facts.append(Fact(label=turn.t("offers.less"), value=asked))
    return tuple(facts)


def _conditions(turn: Turn, offer: Offer) -> Iterable[Fact]:
    """What the product's sheet says of repaying early and of stepping back."""
    sheet = next((each for each in turn.library.products if each.key == offer.product), None)
    if sheet is None:
        return
    if sheet.early_repayment is not None:
        yield Fact(label=turn.t("offers.early"), value=sheet.early_repayment[turn.state.lang])
    if sheet.cooling_off_days:
        days = turn.t("offers.cooling_off_days", days=sheet.cooling_off_days)
        yield Fact(label=turn.t("offers.cooling_off"), value=days)


def _line(turn: Turn, place: int, found: Open) -> Fact:
    submission, offer = found
    amount = show_money(turn.library.texts, turn.state.lang, offer.principal)
    cost = show_money(turn.library.texts, turn.state.lang, Money(amount=offer.total_cost, currency=offer.currency))
    product = _product(turn, offer) or lender_name(turn, submission.lender)
    several = len(turn.state.submissions) > 1
    return Fact(
        label=turn.t("offers.number", number=place + 1, product=product),
        value=turn.t("offers.line", amount=amount, months=offer.term_months, apr=show_percent(offer.apr), cost=cost),
        note=lender_name(turn, submission.lender) if several else "",
    )


def _product(turn: Turn, offer: Offer) -> str:
    """The product's name in the owner's language; the lender's own word for it when its sheet is not here."""
    sheet = next((each for each in turn.library.products if each.key == offer.product), None)
    return offer.product if sheet is None else sheet.name[turn.state.lang]


def _decided_by(turn: Turn, found: tuple[Open, ...]) -> str:
    models = dict.fromkeys(submission.decided_by for submission, _ in found if submission.decided_by)
    return turn.t("offers.decided_by", model=", ".join(models)) if models else ""


def _look(turn: Turn, arg: str) -> None:
    if _chosen(turn, arg) is not None:
        turn.goes_to("offers.confirm", arg)
    else:
        turn.tell("offers.gone")


def _chosen(turn: Turn, arg: str) -> Open | None:
    return next((each for each in _open(turn) if _short(each) == arg), None)


def _short(found: Open) -> str:
    """An offer as a button argument. Not its place: an offer that runs out must not make a tap mean another one."""
    submission, offer = found
    return sha256(f"{submission.application_id}\n{offer.offer_id}\n{offer.amount}\n{offer.apr}".encode()).hexdigest()[
        :16
    ]


def _confirm_show(turn: Turn, arg: str) -> None:
    found = _chosen(turn, arg)
    if found is None:
        turn.state.at = None
        turn.tell("offers.gone")
        return
    others = len(_others(turn, found[0]))
    turn.card(
        "offers.confirm",
        title=turn.t("offers.confirm_title"),
        text=turn.t("offers.confirm_text" if not others else "offers.confirm_one"),
        facts=offer_facts(turn, found[1]),
        rows=(
            (turn.button("offers.accept", "accept", arg, Tone.PRIMARY),),
            (turn.button("offers.not_yet", "not_yet"), turn.button("button.person", "human")),
        ),
    )


def _others(turn: Turn, chosen: Submission) -> tuple[Submission, ...]:
    """Open applications at other lenders, which end when one offer is accepted."""
    return tuple(each for each in turn.state.submissions if each is not chosen and not is_final(each.status))


def _accept(turn: Turn, arg: str) -> None:
    found = _chosen(turn, arg)
    if found is None:
        turn.tell("offers.gone")
        return
    submission, offer = found
    submission.accepted = offer.offer_id
    become(turn, submission, Status.OFFER_ACCEPTED, turn.now)
    for other in _others(turn, submission):
        other.why_ended = "other_offer"
        _end(turn, other)
    turn.state.put_first(submission)
    turn.moves()


def _end(turn: Turn, submission: Submission) -> None:
    """Decline a lender's offers, or withdraw where it has made none."""
    ends = Status.OFFER_DECLINED if submission.status is Status.OFFERED else Status.WITHDRAWN
    if may_become(submission.status, ends):
        submission.past_offers = (*submission.past_offers, *submission.offers)
        submission.offers = ()
        become(turn, submission, ends, turn.now)


def _not_yet(turn: Turn, _arg: str) -> None:
    turn.moves()


def _decline(turn: Turn, _arg: str) -> None:
    turn.goes_to("offers.decline", "")


def _decline_show(turn: Turn, _arg: str) -> None:
    whys = tuple(turn.button(f"offers.why.{why}", "decline_yes", why, Tone.DANGER) for why in WHY_DECLINED)
    pairs = tuple(whys[start : start + 2] for start in range(0, len(whys), 2))
    turn.card(
        "offers.decline",
        title=turn.t("offers.decline_title"),
        text=turn.t("offers.decline_text"),
        rows=(*pairs, (turn.button("offers.not_yet", "not_yet"),)),
    )


def _decline_yes(turn: Turn, why: str) -> None:
    for submission in dict.fromkeys(each.application_id for each, _ in _open(turn)):
        declined = turn.state.at_lender(submission)
        if declined is not None:
            declined.why_ended = why if why in WHY_DECLINED else "other"
            _end(turn, declined)
    turn.moves()


def _never(_turn: Turn) -> str | None:
    return None


FLOW = Flow(
    name="offers",
    steps=(
        Step("offers.confirm", _never, _confirm_show, {"accept": _accept, "not_yet": _not_yet}, back=False),
        Step("offers.decline", _never, _decline_show, {"decline_yes": _decline_yes, "not_yet": _not_yet}, back=False),
        Step("offers.choose", _pending, _show, {"look": _look, "decline": _decline}, back=False),
    ),
)
