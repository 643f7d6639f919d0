"""Offers: what a lender offers, all its costs, accepted or declined by a button and a second look."""

from flows.application.display import show_money, show_percent
from flows.application.lifecycle import Status
from flows.application.money import Money
from flows.conversation import Submission
from flows.engine.flow import Flow, Step
from flows.engine.pulling import lender_name
from flows.engine.submitting import become
from flows.engine.turn import Turn
from flows.messages import Choice, Fact, Tone
from flows.ports import Offer


def _open(turn: Turn) -> tuple[Offer, ...]:
    submission = turn.state.submission
    if submission is None or submission.status is not Status.OFFERED:
        return ()
    return tuple(offer for offer in submission.offers if offer.valid_until > turn.now)


def _pending(turn: Turn) -> str | None:
    return "" if _open(turn) else None


def _show(turn: Turn, _arg: str) -> None:
    offers = _open(turn)
    if len(offers) == 1:
        facts = offer_facts(turn, offers[0])
        accepts: tuple[tuple[Choice, ...], ...] = ((turn.button("offers.look", "look", "0", Tone.PRIMARY),),)
    else:
        facts = tuple(_line(turn, place, offer) for place, offer in enumerate(offers))
        accepts = tuple(
            (Choice(label=turn.t("offers.look_at", number=place + 1), action="look", arg=str(place)),)
            for place in range(len(offers))
        )
    lender = lender_name(turn, turn.state.submission.lender) if turn.state.submission is not None else ""
    turn.card(
        "offers.choose",
        title=turn.t("offers.title", lender=lender),
        text=turn.t("offers.text", count=len(offers)),
        facts=facts,
        note=_decided_by(turn),
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
    facts += [
        Fact(label=turn.t("offers.amount"), value=money(offer.amount)),
        Fact(label=turn.t("offers.term"), value=turn.t("value.months", count=offer.term_months)),
        Fact(label=turn.t("offers.apr"), value=show_percent(offer.apr)),
        Fact(label=turn.t("offers.total_cost"), value=money(offer.total_cost)),
    ]
    if offer.instalment is not None:
        facts.append(Fact(label=turn.t("offers.instalment"), value=money(offer.instalment)))
    facts.extend(Fact(label=turn.t("offers.fee", name=fee.name), value=money(fee.amount)) for fee in offer.fees)
    facts.append(Fact(label=turn.t("offers.valid_until"), value=offer.valid_until.date().isoformat()))
    requested = turn.state.application.money("amount_requested")
    if requested is not None and offer.amount < requested.amount:
        facts.append(Fact(label=turn.t("offers.less"), value=money(requested.amount)))
    return tuple(facts)


def _line(turn: Turn, place: int, offer: Offer) -> Fact:
    amount = show_money(turn.library.texts, turn.state.lang, offer.principal)
    cost = show_money(turn.library.texts, turn.state.lang, Money(amount=offer.total_cost, currency=offer.currency))
    return Fact(
        label=turn.t("offers.number", number=place + 1, product=_product(turn, offer)),
        value=turn.t("offers.line", amount=amount, months=offer.term_months, apr=show_percent(offer.apr), cost=cost),
    )


def _product(turn: Turn, offer: Offer) -> str:
    """The product's name in the owner's language; the lender's own word for it when its sheet is not here."""
    sheet = next((each for each in turn.library.products if each.key == offer.product), None)
    return offer.product if sheet is None else sheet.name[turn.state.lang]


def _decided_by(turn: Turn) -> str:
    submission = turn.state.submission
    return turn.t("offers.decided_by", model=submission.decided_by) if submission and submission.decided_by else ""


def _look(turn: Turn, arg: str) -> None:
    if _chosen(turn, arg) is not None:
        turn.goes_to("offers.confirm", arg)


def _chosen(turn: Turn, arg: str) -> Offer | None:
    offers = _open(turn)
    return offers[int(arg)] if arg.isdecimal() and int(arg) < len(offers) else None


def _confirm_show(turn: Turn, arg: str) -> None:
    offer = _chosen(turn, arg)
    if offer is None:
        turn.state.at = None
        turn.tell("offers.gone")
        return
    turn.card(
        "offers.confirm",
        title=turn.t("offers.confirm_title"),
        text=turn.t("offers.confirm_text"),
        facts=offer_facts(turn, offer),
        rows=(
            (turn.button("offers.accept", "accept", arg, Tone.PRIMARY),),
            (turn.button("offers.not_yet", "not_yet"), turn.button("button.person", "human")),
        ),
    )


def _accept(turn: Turn, arg: str) -> None:
    offer, submission = _chosen(turn, arg), turn.state.submission
    if offer is None or submission is None:
        turn.tell("offers.gone")
        return
    submission.accepted = offer.offer_id
    become(turn, Status.OFFER_ACCEPTED, turn.now)
    turn.moves()


def _not_yet(turn: Turn, _arg: str) -> None:
    turn.moves()


def _decline(turn: Turn, _arg: str) -> None:
    turn.goes_to("offers.decline", "")


def _decline_show(turn: Turn, _arg: str) -> None:
    turn.card(
        "offers.decline",
        text=turn.t("offers.decline_text"),
        rows=((turn.button("offers.decline_yes", "decline_yes", tone=Tone.DANGER),
               turn.button("offers.not_yet", "not_yet")),),
    )  # fmt: skip


def _decline_yes(turn: Turn, _arg: str) -> None:
    submission: Submission | None = turn.state.submission
    if submission is not None and submission.status is Status.OFFERED:
        submission.past_offers = (*submission.past_offers, *submission.offers)
        submission.offers = ()
        become(turn, Status.OFFER_DECLINED, turn.now)
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
