"""Sums that should be alike and are not: shown side by side, and explained by the owner in a tap or a sentence."""

from collections.abc import Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

# From a tenth on the gap between invoiced and declared sales is worth a look (Chinese tax warning lists).
WORTH_A_LOOK = Decimal("0.1")
REASONS = ("tax_in_it", "paid_later", "cash", "other_account", "not_sales")


class Side(BaseModel):
    """One of the sums: `how` it was seen (invoiced, declared, banked), over which months, by which source."""

    model_config = ConfigDict(frozen=True)

    how: str
    amount: Decimal
    window: str
    source: str

    def __init__(self, how: str, amount: Decimal, window: str, source: str) -> None:
        super().__init__(how=how, amount=amount, window=window, source=source)


class Difference(BaseModel):
    """Sums of one thing that are a tenth or more apart. `gap` is largest - smallest, `share` gap / largest.

    `reason` is one of REASONS that the owner tapped, `words` what the owner wrote.
    """

    model_config = ConfigDict(frozen=True)

    about: str
    currency: str
    sides: tuple[Side, ...] = Field(min_length=2)
    gap: Decimal
    share: Decimal
    reason: str = ""
    words: str = Field(default="", max_length=600)

    @property
    def explained(self) -> bool:
        """Whether the owner has said something about it."""
        return bool(self.reason or self.words)


def difference(about: str, currency: str, sides: Sequence[Side]) -> Difference | None:
    """The difference between the sums; None when there are fewer than two or they are near each other."""
    if len(sides) < 2:
        return None
    amounts = [each.amount for each in sides]
    largest, gap = max(amounts), max(amounts) - min(amounts)
    if largest <= 0 or gap / largest < WORTH_A_LOOK:
        return None
    share = (gap / largest).quantize(Decimal("0.0001"))
    return Difference(about=about, currency=currency, sides=tuple(sides), gap=gap, share=share)
