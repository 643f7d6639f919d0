"""Money is a Decimal and an ISO 4217 currency, never a float and never a bare number."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_serializer

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]

CENT = Decimal("0.01")


class CurrencyMismatch(ValueError):
    """Two amounts in different currencies were added or compared."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"amounts in {left} and {right} cannot be combined")
        self.left, self.right = left, right


class Money(BaseModel):
    """An amount in major units of one currency (yuan, pounds), kept to two decimals when written."""

    model_config = ConfigDict(frozen=True)

    amount: Decimal = Field(max_digits=18)
    currency: Currency

    @field_serializer("amount")
    def _written(self, amount: Decimal) -> str:
        return str(to_cents(amount))

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(amount=self.amount + other.amount, currency=self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(amount=self.amount - other.amount, currency=self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount < other.amount

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(self.currency, other.currency)


def to_cents(amount: Decimal) -> Decimal:
    """Round half up to two decimals: the rounding a customer checks by hand."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def total(amounts: "tuple[Money, ...]", currency: str) -> Money:
    """Sum of amounts of one currency; zero of that currency when there are none."""
    result = Money(amount=Decimal(0), currency=currency)
    for each in amounts:
        result = result + each
    return result
