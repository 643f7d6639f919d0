"""The YAML profile of an invented business: who it is, how it trades, what is dirty, what its owner says.

Everything here is invented. Amounts are in the profile's currency; "months ago" and "days ago" count
back from the day of the demonstration, so that a profile never goes stale.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from flows.application.money import Currency
from integrations.merchants.parts import Part, Place
from integrations.merchants.selling import Selling

Word = Literal[
    "names_disagree",
    "tax_months_missing",
    "bank_month_missing",
    "closed_account",
    "expired_bank_consent",
    "renamed_firm",
    "new_shop",
    "instructions_in_memo",
    "own_transfers",
    "loan_proceeds",
    "refunds",
    "slow_source",
    "failing_source",
    "no_bank_identity",
    "underdeclared",
    "uncoded_bank",
    "arrears",
    "insolvency",
    "stacked_loans",
    "private_account",
    "repeated_rows",
    "currency_mix",
    "round_tripping",
    "void_invoices",
    "renamed_customer",
    "look_alike_letters",
    "licence_expiring",
    "several_shops",
    "late_payers",
    "takings_with_vat",
    "night_trade",
    "unshipped_orders",
]
Outcome = Literal["offered", "rejected", "action_required"]


class Dirt(Part):
    """One thing that is wrong with the records on purpose, and why it is there."""

    word: Word
    why: str = Field(max_length=160)


class Names(Part):
    """`tax` and `bank` are the names those systems hold when they differ from the legal one."""

    legal: str
    trading: str | None = None
    tax: str | None = None
    bank: str | None = None
    previous: tuple[str, ...] = ()


class Person(Part):
    """The representative. `share` is the percentage of the business owned, 0 to 100."""

    name: str
    given: str
    family: str
    role: Literal["owner", "director", "legal_representative"]
    birth_date: date
    id_type: Literal["national_id", "passport", "driving_licence"]
    id_number: str
    address: Place
    share: Decimal = Field(ge=0, le=100)


class Shareholder(Part):
    """Another owner of a quarter or more."""

    name: str
    share: Decimal = Field(ge=0, le=100)


class Registered(Part):
    """What the company register holds. A young firm is dated by `founded_days_ago` instead."""

    type: str
    form: Literal["sole_proprietor", "partnership", "limited_company", "cooperative", "other"]
    company_status: str = "active"
    status: Literal["active", "dormant", "in_insolvency", "dissolved"] = "active"
    founded: date | None = None
    founded_days_ago: int | None = None
    address: Place
    industry_code: str
    scope: str | None = None
    email: str | None = None
    penalties: int = Field(default=0, description="enforcement cases on record")
    representative_changed_days_ago: int | None = None


class Trade(Part):
    """How much is sold, net of VAT. `monthly` is the mean month of the latest year.

    `weekday` (Monday first) and `season` (January first) are relative weights; `growth` is a year's
    growth (0.06 = 6 %), `noise` the spread of a day, `card_share` what is paid by card or wallet.
    """

    monthly: Decimal
    weekday: tuple[float, ...] = Field(min_length=7, max_length=7)
    season: tuple[float, ...] = Field(min_length=12, max_length=12)
    growth: float = 0.05
    noise: float = 0.12
    card_share: Decimal = Decimal("0.7")
    vat: Decimal = Decimal(0)
    supplies: Decimal = Decimal("0.5")
    rent: Decimal
    wages: Decimal
    drawings: Decimal = Field(default=Decimal(0), description="taken out by the owner each month")
    tickets: int = Field(default=1, ge=1, description="card settlements a day")


class RunningLoan(Part):
    """A loan being paid back, the same amount on the same day of each month."""

    lender: str
    monthly: Decimal
    day: int = Field(ge=1, le=28)


class Proceeds(Part):
    """A loan paid out to the account."""

    lender: str
    amount: Decimal
    days_ago: int


class OwnTransfers(Part):
    """Money moved in from another account of the same owner, and half of it back ten days later."""

    amount: Decimal
    every_months: int = Field(ge=1)


class Memo(Part):
    """A payer's own words on an incoming payment of `amount` (a sale)."""

    text: str
    days_ago: int
    amount: Decimal


class Banked(Part):
    """What the bank holds. `account` is an IBAN or a domestic number; `coded` = ISO 20022 codes given."""

    name: str
    account: str
    opening: Decimal
    coded: bool = True
    closed_account: str | None = None
    closed_months_ago: int = 0
    private_account: str | None = None
    missing_months: tuple[int, ...] = ()
    identity: bool = True
    loans: tuple[RunningLoan, ...] = ()
    proceeds: tuple[Proceeds, ...] = ()
    own_transfers: OwnTransfers | None = None
    refunds_every_days: int | None = None
    memos: tuple[Memo, ...] = ()
    returned_days_ago: tuple[int, ...] = ()


class Taxed(Part):
    """What the tax office holds. `rate` is tax paid per unit declared, `declared_share` declared / sold."""

    number: str
    regime: Literal["monthly", "quarterly"]
    rate: Decimal
    grade: Literal["A", "B", "M", "C", "D", "compliant"]
    arrears: Decimal = Decimal(0)
    declared_share: Decimal = Decimal(1)
    net_profit: Decimal | None = Field(default=None, description="of the last financial year declared")
    invoice_mean: Decimal | None = Field(default=None, description="mean net amount of an invoice, where registered")
    missing_months: tuple[int, ...] = ()
    late_months: tuple[int, ...] = ()
    payment_parts: int = Field(default=1, ge=1, description="instalments a tax payment is made in")


class Trouble(Part):
    """A source that misbehaves the first `times` times it is asked about this business."""

    source: str
    how: Literal["slow", "unavailable", "consent_expired"]
    times: int = Field(ge=1, le=9)


class Request(Part):
    """What the owner wants."""

    amount: Decimal
    term_months: int
    purpose: tuple[str, ...]


class Profile(Part):
    """One invented business."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{2,30}$")
    lang: Literal["en", "zh"]
    country: Literal["CN", "GB"]
    currency: Currency
    registration_number: str
    phone: str = Field(pattern=r"^\+[1-9][0-9]{6,14}$")
    email: str
    employees: int
    names: Names
    registered: Registered
    representative: Person
    shareholders: tuple[Shareholder, ...] = ()
    trade: Trade
    selling: Selling = Selling()
    bank: Banked
    tax: Taxed
    trouble: tuple[Trouble, ...] = ()
    request: Request
    dirt: tuple[Dirt, ...] = ()
    expect: Outcome
    need: str = Field(description="the owner's first sentence: amount, term, purpose")
    filings: int = Field(default=0, description="filings beside the usual ones, for tests of long lists")
    voice: dict[str, str] = Field(default_factory=dict)
    choices: dict[str, str] = Field(default_factory=dict, description="field to the source the owner takes")
