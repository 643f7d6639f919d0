"""What an owner is told before signing: which products suit, what would settle the others, what each costs.

The order is the lenders' own conditions first and then the total cost; it is said openly, and nothing is predicted.
"""

from flows.application.display import show_money
from flows.application.matching import Finding, Result
from flows.application.money import Money
from flows.application.suiting import Suited
from flows.conversation import PullState
from flows.engine.pulling import source_title
from flows.engine.submitting import suited_products
from flows.engine.turn import Turn
from flows.messages import Choice, Fact, Say

MOST = 8


def tell_suited(turn: Turn) -> None:
    """Show how the products of the market suit, with a button for each source that would settle one."""
    found = suited_products(turn)
    if not found:
        return
    links = tuple(
        (Choice(label=turn.t("choosing.link", source=source_title(turn, name))[:64], action="link_source", arg=name),)
        for name in linkable(turn, found)[:2]
    )
    several = len({each.sheet.lender.id for each in found}) > 1
    turn.notice(
        Say(
            title=turn.t("choosing.title"),
            text=turn.t("choosing.text"),
            facts=tuple(line(turn, each) for each in found[:MOST]),
            note=turn.t("choosing.order"),
            rows=(*links, (turn.button("choosing.choose", "choose_lenders"),) if several else ()),
        )
    )


def line(turn: Turn, suited: Suited) -> Fact:
    """One product: how it suits, why, and what it would cost in all."""
    lang = turn.state.lang
    sheet, fit = suited.sheet, suited.fit
    if fit.result is Result.ELIGIBLE:
        value = turn.t("choosing.fits")
    elif fit.result is Result.REFERRED:
        value = turn.t("choosing.a_person_looks", why=why(turn, fit.referred[0]))
    elif fit.result is Result.NEED_DATA:
        value = _what_decides(turn, suited)
    else:
        value = turn.t("choosing.not", why=why(turn, fit.failed[0]))
    return Fact(label=turn.t("choosing.product", product=sheet.name[lang], lender=sheet.lender.name[lang]), value=value,
                note=_cost(turn, suited) if fit.result is not Result.DECLINED else "")  # fmt: skip


def linkable(turn: Turn, found: tuple[Suited, ...]) -> tuple[str, ...]:
    """Sources that are here, are not linked yet, and would settle a product: the one that needs least first."""
    market = turn.state.subject.country if turn.state.subject is not None else ""
    waiting = (each for each in found if each.fit.result is Result.NEED_DATA)
    names = dict.fromkeys(name for each in sorted(waiting, key=lambda one: len(one.sources)) for name in each.sources)
    return tuple(
        name
        for name in names
        if name in turn.library.sources and market in turn.library.sources[name].markets and not _linked(turn, name)
    )


def why(turn: Turn, finding: Finding) -> str:
    """The lender's own sentence for a condition that is not met."""
    if finding.rule is not None:
        return finding.rule.say[turn.state.lang]
    return turn.t(f"choosing.built_in.{finding.code}")


def _what_decides(turn: Turn, suited: Suited) -> str:
    """The source that settles it; when one alone would not, or it is linked already, what is lacking."""
    left = [name for name in suited.sources if not _linked(turn, name)]
    if len(left) == 1 and left[0] in turn.library.sources:
        return turn.t("choosing.could", source=source_title(turn, left[0]))
    what = turn.t("value.comma").join(turn.t(f"feature.{name}") for name in suited.fit.ask[:3] if _named(turn, name))
    return turn.t("choosing.lacks", what=what) if what else turn.t("choosing.unknown")


def _linked(turn: Turn, name: str) -> bool:
    """Whether a source was fetched from: what it did not bring, it does not have."""
    pull = turn.state.pulls.get(name)
    return pull is not None and pull.state is PullState.DONE


def _named(turn: Turn, name: str) -> bool:
    return turn.library.texts.has(turn.state.lang, f"feature.{name}")


def _cost(turn: Turn, suited: Suited) -> str:
    if suited.amount is None or suited.cheapest is None or suited.dearest is None:
        return ""

    def shown(amount: object) -> str:
        money = Money.model_validate({"amount": amount, "currency": suited.sheet.currency})
        return show_money(turn.library.texts, turn.state.lang, money)

    key = "choosing.cost" if suited.cheapest != suited.dearest else "choosing.cost_fixed"
    return turn.t(key, amount=shown(suited.amount), low=shown(suited.cheapest), high=shown(suited.dearest))
