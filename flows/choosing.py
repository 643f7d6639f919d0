"""Choosing: which products suit before anything is sent, and which lenders are to get the application."""

from flows.application.suiting import Suited, best_of
from flows.engine.flow import Flow, Step
from flows.engine.pulling import lender_name
from flows.engine.submitting import recipients, suited_products
from flows.engine.suitability import line, linkable, tell_suited
from flows.engine.turn import Turn
from flows.messages import Choice, Tone

MOST_LENDERS = 6


def _never(_turn: Turn) -> str | None:
    return None


def _by_lender(turn: Turn) -> tuple[Suited, ...]:
    """The product of each lender that suits best, in the order that is shown."""
    found = suited_products(turn)
    lenders = dict.fromkeys(each.sheet.lender.id for each in found)
    best = (best_of(found, lender) for lender in lenders)
    return tuple(each for each in best if each is not None)[:MOST_LENDERS]


def _choose(turn: Turn, _arg: str) -> None:
    if turn.state.application.signed_at is not None:
        turn.tell("choosing.sent")
    elif turn.state.subject is None:
        turn.tell("choosing.later")
    else:
        turn.state.lenders = turn.state.lenders or tuple(each.sheet.lender.id for each in recipients(turn))
        turn.goes_to("choosing.lenders")


def _show(turn: Turn, _arg: str) -> None:
    found = _by_lender(turn)
    toggles = tuple(
        (
            Choice(
                label=turn.t(
                    "choosing.on" if each.sheet.lender.id in turn.state.lenders else "choosing.off",
                    lender=lender_name(turn, each.sheet.lender.id),
                )[:64],
                action="toggle_lender",
                arg=str(place),
            ),
        )
        for place, each in enumerate(found)
    )
    turn.card(
        "choosing.lenders",
        title=turn.t("choosing.who_title"),
        text=turn.t("choosing.who_text"),
        facts=tuple(line(turn, each) for each in found),
        note=turn.t("choosing.order"),
        rows=(*toggles, (turn.button("choosing.done", "chosen", tone=Tone.PRIMARY),)),
    )


def _toggle(turn: Turn, arg: str) -> None:
    found = _by_lender(turn)
    if not arg.isdecimal() or int(arg) >= len(found):
        return
    lender, chosen = found[int(arg)].sheet.lender.id, turn.state.lenders
    turn.state.lenders = tuple(each for each in chosen if each != lender) if lender in chosen else (*chosen, lender)
    turn.again = True


def _chosen(turn: Turn, _arg: str) -> None:
    if not turn.state.lenders:
        turn.tell("choosing.at_least_one")
        turn.again = True
        return
    names = turn.t("value.comma").join(lender_name(turn, lender) for lender in turn.state.lenders)
    turn.echo.append(turn.t("choosing.goes_to", lenders=names))
    turn.moves()


def _link(turn: Turn, source: str) -> None:
    """Go back to connecting for one more source; what was filled stays."""
    if turn.state.application.signed_at is not None:
        turn.tell("choosing.sent")
    elif source in linkable(turn, suited_products(turn)):
        turn.state.connected = False
        turn.state.declined = tuple(each for each in turn.state.declined if each != source)
        turn.state.pages_seen = ()
        turn.state.page = 0
        turn.moves()
    else:
        turn.tell("choosing.linked")


def _products(turn: Turn, _arg: str) -> None:
    if turn.state.subject is None:
        turn.tell("choosing.later")
    else:
        tell_suited(turn)
        turn.still = True


FLOW = Flow(
    name="choosing",
    steps=(Step("choosing.lenders", _never, _show, {"toggle_lender": _toggle, "chosen": _chosen}),),
    anywhere={"choose_lenders": _choose, "link_source": _link, "products": _products},
    commands={"products": _products},
)
