"""The shapes a field value may have, each with one canonical JSON form.

A value is kept as canonical JSON beside its provenance; `parse` and `dump` convert it, so that two
candidates can be compared and a stored application survives a change of our classes.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from flows.application.money import Money


class Shape(BaseModel):
    """Base of compound values: frozen, closed, short texts only."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=600)


class Address(Shape):
    """A postal address as its source wrote it."""

    text: str
    postcode: str | None = None
    country: str = Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")


class BeneficialOwner(Shape):
    """A person who owns part of the business; `percent` is 0 to 100."""

    name: str
    ownership_percent: Decimal = Field(ge=0, le=100)
    id_ref: str | None = None


class Facility(Shape):
    """A loan or line that the business is paying today."""

    lender: str
    type: str
    outstanding: Money | None = None
    monthly_payment: Money | None = None


class Account(Shape):
    """The account the money is paid to. `number` is an IBAN or a domestic account number."""

    holder: str
    bank: str
    number: str


class Declaration(Shape):
    """A yes or no that the applicant declares, with the explanation a yes calls for."""

    answer: bool
    note: str | None = None


class Licence(Shape):
    """A trade licence (tobacco, food, medical)."""

    type: str
    number: str
    expiry: date | None = None


class InvoiceTotal(Shape):
    """Valid invoices issued in twelve months: how many and their net sum."""

    count: int = Field(ge=0)
    amount: Money


class OnlineSales(Shape):
    """Online orders of twelve months; `refund_rate` is refunds / sales, 0 to 1."""

    amount: Money
    orders: int = Field(ge=0)
    refund_rate: Decimal = Field(ge=0, le=1)


class Collateral(Shape):
    """An asset offered as security."""

    type: str
    value: Money | None = None
    ref: str | None = None


class Signature(Shape):
    """How and when the applicant confirmed that the application is true."""

    signed_at: AwareDatetime
    text_version: str
    method: str


class Kind(StrEnum):
    """What kind of value a field holds; decides shape, reader and display."""

    TEXT = "text"
    ENUM = "enum"
    CODES = "codes"
    DATE = "date"
    TIMESTAMP = "timestamp"
    INTEGER = "integer"
    PERCENT = "percent"
    MONEY = "money"
    MONEY_SERIES = "money_series"
    CURRENCY = "currency"
    ADDRESS = "address"
    OWNERS = "owners"
    FACILITIES = "facilities"
    ACCOUNT = "account"
    DECLARATION = "declaration"
    LICENCES = "licences"
    INVOICES = "invoices"
    ONLINE_SALES = "online_sales"
    COLLATERAL = "collateral"
    PHONE = "phone"
    EMAIL = "email"
    BUSINESS_ID = "business_id"
    PERSON_ID = "person_id"
    LANGUAGE = "language"
    IDS = "ids"
    SIGNATURE = "signature"


Text = Annotated[str, Field(min_length=1, max_length=600)]
Email = Annotated[str, Field(pattern=r"^[^@\s]{1,64}@[^@\s]{1,185}\.[^@\s.]{2,24}$")]
Phone = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]

_ADAPTERS: dict[Kind, TypeAdapter[Any]] = {
    Kind.TEXT: TypeAdapter(Text),
    Kind.ENUM: TypeAdapter(Text),
    Kind.CODES: TypeAdapter(Annotated[tuple[Text, ...], Field(min_length=1, max_length=3)]),
    Kind.DATE: TypeAdapter(date),
    Kind.TIMESTAMP: TypeAdapter(Annotated[datetime, AwareDatetime]),
    Kind.INTEGER: TypeAdapter(Annotated[int, Field(ge=0, le=10_000_000)]),
    Kind.PERCENT: TypeAdapter(Annotated[Decimal, Field(ge=0, le=100)]),
    Kind.MONEY: TypeAdapter(Money),
    Kind.MONEY_SERIES: TypeAdapter(Annotated[tuple[Money, ...], Field(min_length=1, max_length=12)]),
    Kind.CURRENCY: TypeAdapter(Annotated[str, Field(pattern=r"^[A-Z]{3}$")]),
    Kind.ADDRESS: TypeAdapter(Address),
    Kind.OWNERS: TypeAdapter(Annotated[tuple[BeneficialOwner, ...], Field(max_length=40)]),
    Kind.FACILITIES: TypeAdapter(Annotated[tuple[Facility, ...], Field(max_length=40)]),
    Kind.ACCOUNT: TypeAdapter(Account),
    Kind.DECLARATION: TypeAdapter(Declaration),
    Kind.LICENCES: TypeAdapter(Annotated[tuple[Licence, ...], Field(max_length=20)]),
    Kind.INVOICES: TypeAdapter(InvoiceTotal),
    Kind.ONLINE_SALES: TypeAdapter(OnlineSales),
    Kind.COLLATERAL: TypeAdapter(Annotated[tuple[Collateral, ...], Field(max_length=20)]),
    Kind.PHONE: TypeAdapter(Phone),
    Kind.EMAIL: TypeAdapter(Email),
    Kind.BUSINESS_ID: TypeAdapter(Text),
    Kind.PERSON_ID: TypeAdapter(Text),
    Kind.LANGUAGE: TypeAdapter(Text),
    Kind.IDS: TypeAdapter(tuple[Text, ...]),
    Kind.SIGNATURE: TypeAdapter(Signature),
}


def parse(kind: Kind, value: object) -> Any:  # noqa: ANN401 - the adapter of the kind decides
    """The typed value of `kind` from canonical JSON or from a typed value.

    Raises pydantic.ValidationError when it is not of that shape.
    """
    return _ADAPTERS[kind].validate_python(value)


def dump(kind: Kind, value: object) -> JsonValue:
    """The canonical JSON of a value, after checking its shape.

    Raises pydantic.ValidationError when it is not of that shape.
    """
    adapter = _ADAPTERS[kind]
    written: JsonValue = adapter.dump_python(adapter.validate_python(value), mode="json")
    return written
