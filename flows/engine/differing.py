"""How a difference between sums is shown: side by side, with the gap and what the owner said about it."""

from flows.application.attributes.differences import Difference
from flows.application.display import show_money
from flows.application.money import Money
from flows.engine.pulling import source_title
from flows.engine.turn import Turn
from flows.messages import Fact


def difference_facts(turn: Turn, difference: Difference) -> tuple[Fact, ...]:
    """The sums side by side, the gap between them, and what the owner said about it."""
    facts = [
        Fact(
            label=turn.t(f"explain.how.{side.how}"),
            value=show_money(
                turn.library.texts, turn.state.lang, Money(amount=side.amount, currency=difference.currency)
            ),
            note=source_title(turn, side.source) if side.source in turn.library.sources else "",
        )
        for side in difference.sides
    ]
    gap = show_money(turn.library.texts, turn.state.lang, Money(amount=difference.gap, currency=difference.currency))
    facts.append(
        Fact(label=turn.t("explain.gap"), value=turn.t("explain.apart", gap=gap, percent=f"{difference.share:.0%}"))
    )
    if difference.explained:
        said = difference.words or turn.t(f"explain.reason.{difference.reason}")
        facts.append(Fact(label=turn.t("explain.you_said"), value=said))
    return tuple(facts)
