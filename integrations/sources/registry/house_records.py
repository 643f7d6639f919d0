"""What the register answers, after the Companies House public data API.

Two additions that commercial registers make are read when present: `shareholding_percentage` of an
owner (the public API gives bands only) and `business_scope`.
"""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, Field


class RegisterAddress(BaseModel):
    """An address in parts, or as one line where the register keeps no parts (China)."""

    address_line_1: str | None = Field(default=None, max_length=300)
    address_line_2: str | None = None
    locality: str | None = None
    postal_code: str | None = None
    country: str | None = None

    def text(self) -> str:
        """The parts in their order, the postcode left out; empty when there are none."""
        return ", ".join(part for part in (self.address_line_1, self.address_line_2, self.locality) if part)


class Company(BaseModel):
    """GET /company/{number}."""

    company_number: str = Field(max_length=18)
    company_name: str = Field(max_length=300)
    company_status: str | None = None
    type: str
    date_of_creation: date | None = None
    registered_office_address: RegisterAddress = RegisterAddress()
    sic_codes: tuple[str, ...] = ()
    jurisdiction: str | None = None
    business_scope: str | None = None
    trading_name: str | None = None
    registered_email_address: str | None = None
    has_dormant_accounts: bool = False


class Officer(BaseModel):
    """One of `items` of GET /company/{number}/officers."""

    name: str = Field(max_length=300)
    officer_role: str
    appointed_on: date | None = None
    resigned_on: date | None = None


class Officers(BaseModel):
    """GET /company/{number}/officers."""

    items: tuple[Officer, ...] = Field(default=(), max_length=200)
    total_results: int = 0


class Hit(BaseModel):
    """One of `items` of GET /search/companies."""

    company_number: str = Field(max_length=40)
    title: str = Field(max_length=300)
    address_snippet: str | None = Field(default=None, max_length=400)
    company_status: str | None = None


class Hits(BaseModel):
    """GET /search/companies."""

    items: tuple[Hit, ...] = Field(default=(), max_length=100)


class NameParts(BaseModel):
    """How the register splits the name of a person."""

    forename: str | None = None
    middle_name: str | None = None
    surname: str


class Controller(BaseModel):
    """One of `items` of GET /company/{number}/persons-with-significant-control."""

    name: str = Field(max_length=300)
    name_elements: NameParts | None = None
    natures_of_control: tuple[str, ...] = ()
    ceased_on: date | None = None
    shareholding_percentage: Decimal | None = Field(default=None, ge=0, le=100)


class Controllers(BaseModel):
    """GET /company/{number}/persons-with-significant-control."""

    items: tuple[Controller, ...] = Field(default=(), max_length=200)


class Filing(BaseModel):
    """One of `items` of GET /company/{number}/filing-history."""

    transaction_id: str
    category: str
    day: date = Field(alias="date")
    subcategory: str | None = None
    description: str = ""


class Filings(BaseModel):
    """A page of GET /company/{number}/filing-history."""

    items: tuple[Filing, ...] = Field(default=(), max_length=1000)
    start_index: int = 0
    total_count: int = 0
