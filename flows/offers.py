"""Offers: what the lenders offer, side by side with all costs; accepted or declined by a button and a second look."""

from hashlib import sha256

from flows.application.display import show_money, show_percent
from flows.application.lifecycle import Status, is_final, may_become
from flows.conversation import Submission
from flows.engine.comparing import comparison
from flows.engine.flow import Flow, Step
from flows.engine.offering import in_its_currency, offer_facts, product_name
from flows.engine.pulling import lender_name
from flows.engine.statements import key_facts
from flows.engine.submitting import become, put_offers_away
from flows.engine.turn import Turn
from flows.messages import Choice, Fact, Say, Tone
from flows.ports import Offer

WHY_DECLINED = ("cost", "amount", "term", "other_offer", "not_needed", "other")
MOST_STATEMENTS = 50
MOST_EARLIER = 10
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
            (turn.button("offers.earlier", "earlier_offers"),) if _earlier(turn) else (),
            (turn.button("offers.decline", "decline"), turn.button("button.person", "human")),
        ),
    )
    _picture(turn, found)


def _picture(turn: Turn, found: tuple[Open, ...]) -> None:
    """Put the offers side by side once; the card is there already, so nobody waits for the picture."""
    shown = ",".join(_short(each) for each in found)
    picture = comparison(turn, found) if shown != turn.state.pictured else None
    if picture is not None:
        turn.state.pictured = shown
        turn.notice(picture)


def _line(turn: Turn, place: int, found: Open) -> Fact:
    submission, offer = found
    amount = show_money(turn.library.texts, turn.state.lang, offer.principal)
    cost = in_its_currency(turn, offer, offer.total_cost)
    product = product_name(turn, offer) or lender_name(turn, submission.lender)
    several = len(turn.state.submissions) > 1
    return Fact(
        label=turn.t("offers.number", number=place + 1, product=product),
        value=turn.t("offers.line", amount=amount, months=offer.term_months, apr=show_percent(offer.apr), cost=cost),
        note=lender_name(turn, submission.lender) if several else "",
    )


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
    submission, offer = found
    others = len(_others(turn, submission))
    if arg not in submission.statements:
        _key_facts(turn, arg)  # before the card, so that its buttons stay at the end of the chat
    turn.card(
        "offers.confirm",
        title=turn.t("offers.confirm_title"),
        text=turn.t("offers.confirm_text" if not others else "offers.confirm_one"),
        facts=offer_facts(turn, offer),
        rows=(
            (turn.button("offers.accept", "accept", arg, Tone.PRIMARY),),
            (turn.button("offers.key_facts", "key_facts", arg),),
            (turn.button("offers.not_yet", "not_yet"), turn.button("button.person", "human")),
        ),
    )


def _key_facts(turn: Turn, arg: str) -> None:
    """Give the key facts as a paper: once before an offer can be accepted, and again whenever they are asked for."""
    found = _chosen(turn, arg)
    if found is None:
        turn.tell("offers.gone")
        return
    submission, offer = found
    turn.notice(key_facts(turn, submission, offer, arg[:6]))
    turn.note("offer", f"{submission.application_id}: key facts of {offer.offer_id} given")
    submission.statements = (*(each for each in submission.statements if each != arg), arg)[-MOST_STATEMENTS:]


def _ask_key_facts(turn: Turn, arg: str) -> None:
    _key_facts(turn, arg)
    turn.still = True


def _earlier(turn: Turn) -> tuple[Open, ...]:
    """Offers that others have taken the place of, or whose time is over, the latest first."""
    past = [(each, offer) for each in turn.state.submissions for offer in each.past_offers]
    over = [(each, offer) for each in turn.state.submissions for offer in each.offers if offer.valid_until <= turn.now]
    return tuple(reversed((*past, *over)))


def _show_earlier(turn: Turn, _arg: str) -> None:
    found = _earlier(turn)
    lines = tuple(_line(turn, len(found) - 1 - place, each) for place, each in enumerate(found[:MOST_EARLIER]))
    turn.notice(Say(title=turn.t("offers.earlier_title"), text=turn.t("offers.earlier_text"), facts=lines))
    turn.still = True


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
        put_offers_away(submission)
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
        Step(
            "offers.confirm",
            _never,
            _confirm_show,
            {"accept": _accept, "not_yet": _not_yet, "key_facts": _ask_key_facts},
            back=False,
        ),
        Step("offers.decline", _never, _decline_show, {"decline_yes": _decline_yes, "not_yet": _not_yet}, back=False),
        Step(
            "offers.choose",
            _pending,
            _show,
            {"look": _look, "decline": _decline, "earlier_offers": _show_earlier},
            back=False,
        ),
    ),
)
