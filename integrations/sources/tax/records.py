"""What the gateway of a tax office answers; the adapter contract that a lender's gateway implements.

Amounts are decimal strings in `currency`, dates ISO 8601, months the calendar's.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from flows.application.money import Currency


class ConsentRequest(BaseModel):
    """POST /consents: the taxpayer's permission, as the owner gave it to us."""

    consent_id: str
    taxpayer: str
    country: str
    kinds: tuple[str, ...]
    purpose: str
    data_from: date
    data_to: date
    expires_at: AwareDatetime


class ConsentHandle(BaseModel):
    """The gateway's answer. Only an `active` handle opens the resources below it."""

    handle: str = Field(min_length=8, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")
    status: Literal["active", "pending", "rejected", "revoked", "expired"]
    expires_at: AwareDatetime | None = None


class GatewayAddress(BaseModel):
    """The taxpayer's registered address."""

    text: str = Field(min_length=1, max_length=300)
    postcode: str | None = None


class IdentityDocument(BaseModel):
    """The representative's identity document, where the registration holds one (China)."""

    type: Literal["national_id", "passport", "driving_licence", "residence_permit"]
    number: str = Field(min_length=4, max_length=40)


class Registration(BaseModel):
    """GET /registration. `employees` are those for whom contributions were paid last month."""

    record: str = Field(max_length=80)
    taxpayer_name: str
    tax_number: str
    address: GatewayAddress | None = None
    industry_code: str | None = None
    employees: int | None = Field(default=None, ge=0)
    email: str | None = None
    registered_on: date
    representative_document: IdentityDocument | None = None
    updated_at: AwareDatetime


class Filing(BaseModel):
    """One period to declare. Open while `filed_on` is missing. `sales` are net of VAT."""

    record: str = Field(max_length=80)
    first_month: date
    months: Literal[1, 3]
    due_on: date
    filed_on: date | None = None
    sales: Decimal | None = Field(default=None, max_digits=18)
    currency: Currency
    invoices: int | None = Field(default=None, ge=0)
    invoiced: Decimal | None = Field(default=None, max_digits=18)


class Filings(BaseModel):
    """A page of GET /filings; `next` is the address of the next one."""

    items: tuple[Filing, ...] = Field(max_length=1000)
    next: str | None = None


class Payment(BaseModel):
    """A tax payment that was received."""

    record: str = Field(max_length=80)
    paid_on: date
    amount: Decimal = Field(max_digits=18)
    currency: Currency


class Payments(BaseModel):
    """A page of GET /payments; complete for the months the consent covers."""

    items: tuple[Payment, ...] = Field(max_length=1000)
    next: str | None = None


class Standing(BaseModel):
    """GET /standing: rating, arrears, and the last financial year declared."""

    record: str = Field(max_length=80)
    rating: Literal["A", "B", "M", "C", "D", "compliant"] | None = None
    arrears: Decimal | None = Field(default=None, ge=0, max_digits=18)
    net_profit: Decimal | None = Field(default=None, max_digits=18)
    financial_year: str | None = None
    currency: Currency
    updated_at: AwareDatetime
