"""What a Tryton server (8.x, REST) answers, and an invoice in the words of all sources.

Decimals and dates come as objects with `__class__`. Only what is read is declared.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel

from flows.application import records
from flows.application.money import Currency

CUSTOMER, SUPPLIER = "out", "in"
FIELDS = (
    "number",
    "type",
    "state",
    "invoice_date",
    "untaxed_amount",
    "tax_amount",
    "total_amount",
    "amount_to_pay",
    "currency.code",
    "party.name",
)
COMPANY_FIELDS = ("party.name", "party.email", "currency.code")


def _plain(given: Any) -> Any:  # noqa: ANN401 - what was sent, before it is checked
    """A typed value of Tryton's JSON as text that pydantic reads."""
    if not isinstance(given, dict):
        return given
    if given.get("__class__") == "Decimal":
        return given.get("decimal")
    if given.get("__class__") == "date":
        return f"{given.get('year'):04}-{given.get('month'):02}-{given.get('day'):02}"
    return given


TrytonDecimal = Annotated[Decimal, BeforeValidator(_plain), Field(max_digits=24)]
TrytonDate = Annotated[date, BeforeValidator(_plain)]


class Tryton(BaseModel):
    """Base of the payloads."""

    model_config = ConfigDict(frozen=True)


class KeyAsked(Tryton):
    """POST and DELETE /{database}/r/user/application/."""

    user: str
    application: str = "rest"
    key: str | None = None


class Key(RootModel[Annotated[str, Field(min_length=8, max_length=200, pattern=r"^[\x21-\x7e]+$")]]):
    """The key that was made; it opens nothing until the owner has allowed it in Tryton."""


class Money(Tryton):
    """A currency."""

    code: Currency


class Party(Tryton):
    """The other side, or the company's own party."""

    name: str | None = Field(default=None, max_length=400)
    email: str | None = Field(default=None, max_length=256)


class Company(Tryton):
    """One of company.company."""

    id: int
    party: Party
    currency: Money


class Companies(RootModel[Annotated[tuple[Company, ...], Field(max_length=100)]]):
    """The companies of the database."""


class Invoice(Tryton):
    """One of account.invoice. `amount_to_pay` is what is still open, negative on a credit note."""

    id: int
    number: str | None = Field(default=None, max_length=200)
    type: Literal["out", "in"]
    state: str
    invoice_date: TrytonDate | None = None
    untaxed_amount: TrytonDecimal
    tax_amount: TrytonDecimal
    amount_to_pay: TrytonDecimal
    currency: Money
    party: Party | None = None

    def told(self) -> records.Invoice | None:
        """The invoice in the words of all sources; None for one that was never posted."""
        if self.invoice_date is None:
            return None
        return records.Invoice(
            number=self.number or str(self.id),
            day=self.invoice_date,
            issued=self.type == CUSTOMER,
            party=(self.party.name if self.party is not None else None) or "",
            party_number="",
            net=self.untaxed_amount,
            tax=self.tax_amount,
            currency=self.currency.code,
            standing=records.Standing.RED if self.untaxed_amount < 0 else records.Standing.VALID,
            open_amount=self.amount_to_pay,
        )


class Invoices(RootModel[Annotated[tuple[Invoice, ...], Field(max_length=1000)]]):
    """A page of invoices."""
