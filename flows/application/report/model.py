"""What a business credit report says: facts and definitions, each with where it is from. No score of ours.

Amounts are in major units of `currency` (NO_CURRENCY: the records name none) with two decimals, other numbers have
four; both are texts in JSON, so that every program reads the same. None is unknown, zero is zero. Months are `2026-10`.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from flows.application.features import Unit
from flows.application.money import Currency

FORMAT: Literal["lendline-report/1"] = "lendline-report/1"
NO_CURRENCY = "XXX"
"""The code of ISO 4217 for no currency."""
Month = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]


class Part(BaseModel):
    """Base of the parts of a report: plain, frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Business(Part):
    """Who the report is about. `facts` are codes or texts by field name, numbers of people and identities left out."""

    name: str = Field(max_length=400)
    registration_number: str = ""
    country: str = ""
    facts: dict[str, str] = Field(default_factory=dict)


class SourceUsed(Part):
    """A source, the consent or file it was read by, and the days that were asked for and found."""

    source: str
    consent_id: str
    kinds: tuple[str, ...] = ()
    purpose: str = ""
    state: str = ""
    allowed_at: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    read_at: AwareDatetime | None = None
    asked_from: date | None = None
    first: date | None = None
    last: date | None = None
    records: int = Field(ge=0)
    file: str = Field(default="", max_length=255, description="name of the file, when it was one")
    sha256: str = Field(default="", description="of the file, in hexadecimal")
    left_out: int = Field(default=0, ge=0, description="rows that do not count: totals, repeated rows, drafts")
    unread: int = Field(default=0, ge=0, description="rows that should have been read and could not be")


class MonthSums(Part):
    """One calendar month. Sales and purchases are net of tax, as invoiced; `balance` is that at its end."""

    month: Month
    sales: Decimal | None = None
    purchases: Decimal | None = None
    inflow: Decimal | None = None
    outflow: Decimal | None = None
    balance: Decimal | None = None
    orders: Decimal | None = Field(default=None, description="orders at the till and online, with tax, less refunds")
    tax: Decimal | None = Field(default=None, description="tax paid for it; that of a longer period in its last month")


class Attribute(Part):
    """One standard attribute. Below the coverage its formula wants, the value is None: unknown, never zero."""

    name: str
    number: int
    unit: Unit
    value: Decimal | str | None
    window: str
    records: int = Field(ge=0)
    coverage: Decimal = Field(ge=0, le=1)
    sources: tuple[str, ...]
    consents: tuple[str, ...]
    formula: str


class Party(Part):
    """One customer or supplier; `name` is masked unless the owner allows it."""

    rank: int
    name: str
    amount: Decimal
    share: Decimal
    months: int


class Parties(Part):
    """Who the business sells to or buys from in its window, most first. `others` is what is not listed."""

    window: str
    count: int
    total: Decimal
    named: Decimal = Field(description="part of the total with a party that is known")
    largest: tuple[Party, ...]
    others: Decimal


class TaxPeriod(Part):
    """One return. `days_late` is negative when it was early, None while it is open."""

    first_month: Month
    months: int
    due_on: date
    filed_on: date | None
    days_late: int | None
    sales: Decimal | None
    paid: Decimal | None


class Debt(Part):
    """A loan the account shows being paid, or one the owner states; `monthly` is what is paid in a month."""

    lender: str
    monthly: Decimal | None
    outstanding: Decimal | None = None
    payments: int | None = None
    origin: Literal["records", "stated"]


class Outcome(StrEnum):
    """How a check came out. `impossible`: the records that it needs are not here."""

    AGREES = "agrees"
    DIFFERS = "differs"
    IMPOSSIBLE = "impossible"


class Side(Part):
    """One of two sums that should be alike."""

    how: str
    amount: Decimal
    window: str
    source: str


class Check(Part):
    """Two views of one thing held against each other. `gap` is their difference, `share` that of the larger.

    `needs` are the kinds of source that would make it possible. `reason` and `words` are the owner's explanation.
    """

    name: str
    outcome: Outcome
    sides: tuple[Side, ...] = ()
    gap: Decimal | None = None
    share: Decimal | None = None
    needs: tuple[str, ...] = ()
    reason: str = ""
    words: str = Field(default="", max_length=600)


class Gap(Part):
    """What a kind of source would add: attributes that are unknown now. `linked`: it is here, but too little of it."""

    kind: str
    attributes: tuple[str, ...]
    linked: bool


class Reason(Part):
    """A coded reason, as its sender wrote it."""

    scheme: str
    code: str
    detail: str = ""


class Opinion(Part):
    """What a scoring service or lender said, quoted. It is theirs and no part of the facts."""

    by: str
    version: str
    on: date
    decision: str
    decision_id: str = ""
    score: int | None = None
    score_min: int | None = None
    score_max: int | None = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    asked: Decimal | None = None
    currency: str = ""
    term_months: int | None = None
    valid_until: date | None = None


class Change(Part):
    """An attribute that is not what it was in the report before."""

    name: str
    unit: Unit
    before: Decimal | str | None
    after: Decimal | str | None


class Earlier(Part):
    """What the report before said, as far as it is compared: the value of each attribute."""

    as_of: date
    values: dict[str, Decimal | str | None]


class Disputed(Part):
    """A value the owner says is wrong, with the owner's note."""

    name: str
    note: str = Field(max_length=600)
    on: date


class Report(Part):
    """The whole report. `sample` says that the business is invented. `notes` are codes of what to know when reading."""

    format: Literal["lendline-report/1"] = FORMAT
    reference: str
    issued_at: AwareDatetime
    as_of: date
    currency: Currency
    sample: bool = False
    business: Business
    window: str
    records: int
    sources: tuple[SourceUsed, ...]
    months: tuple[MonthSums, ...]
    attributes: tuple[Attribute, ...]
    customers: Parties | None = None
    suppliers: Parties | None = None
    taxes: tuple[TaxPeriod, ...] = ()
    debts: tuple[Debt, ...] = ()
    checks: tuple[Check, ...] = ()
    gaps: tuple[Gap, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    compared_with: date | None = Field(default=None, description="day of the report before, when there was one")
    changes: tuple[Change, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def summary(self) -> Earlier:
        """What the next report is compared with."""
        return Earlier(as_of=self.as_of, values={each.name: each.value for each in self.attributes})

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name, when the report has it."""
        return next((each for each in self.attributes if each.name == name), None)
