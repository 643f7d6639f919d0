"""What a bank answers: OBIE Account Information 4.0, with the spellings of 3.1 accepted beside its own.

The other profile is turned into these records too.

Names follow the specification through one alias generator; only what is read is declared.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AliasChoices, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_pascal

from flows.application.money import Currency
from integrations.toolkit.oauth import EARLY, Token


class BankGrant(BaseModel):
    """What the grant's token holds: the bank's consent id, our access token for it, and what renews that."""

    intent: str
    access: str
    renewal: str = ""
    until: AwareDatetime | None = None

    @classmethod
    def of(cls, intent: str, token: Token, now: datetime) -> "BankGrant":
        """What a token given at `now` opens."""
        until = now + timedelta(seconds=token.expires_in) - EARLY
        return cls(intent=intent, access=token.access_token, renewal=token.refresh_token or "", until=until)


class Obie(BaseModel):
    """Base of OBIE payloads: AccountId and the like."""

    model_config = ConfigDict(alias_generator=to_pascal, populate_by_name=True, frozen=True)


class AccessRequestData(Obie):
    """What is asked for; times with zone."""

    permissions: tuple[str, ...]
    expiration_date_time: AwareDatetime
    transaction_from_date_time: AwareDatetime
    transaction_to_date_time: AwareDatetime


class NoRisk(Obie):
    """The specification wants an empty object."""


class AccessRequest(Obie):
    """POST /account-access-consents (OBReadConsent1)."""

    data: AccessRequestData
    risk: NoRisk = NoRisk()


class AccessData(Obie):
    """The consent as the bank holds it. AUTH or Authorised opens the accounts."""

    consent_id: str = Field(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9._~-]+$")
    status: str


class Access(Obie):
    """OBReadConsentResponse1."""

    data: AccessData


class Identification(Obie):
    """How an account is numbered, and in whose name it is."""

    scheme_name: str | None = None
    identification: str | None = Field(default=None, max_length=256)
    name: str | None = Field(default=None, max_length=350)


class Servicer(Obie):
    """The bank that keeps the account."""

    identification: str
    name: str | None = None


class Account(Obie):
    """One of Data.Account. Category and type code were AccountType and AccountSubType before 4.0."""

    account_id: str = Field(pattern=r"^[A-Za-z0-9._~-]{1,40}$")
    status: str | None = None
    currency: Currency | None = None
    category: str | None = Field(default=None, validation_alias=AliasChoices("AccountCategory", "AccountType"))
    type_code: str | None = Field(default=None, validation_alias=AliasChoices("AccountTypeCode", "AccountSubType"))
    opening_date: AwareDatetime | date | None = None
    account: tuple[Identification, ...] = ()
    servicer: Servicer | None = None


class AccountsData(Obie):
    """Data of OBReadAccount6."""

    account: tuple[Account, ...] = Field(default=(), max_length=100)


class Accounts(Obie):
    """GET /accounts (OBReadAccount6)."""

    data: AccountsData


class Amount(Obie):
    """An amount without sign; the indicator beside it says which way."""

    amount: Annotated[Decimal, Field(ge=0, max_digits=18)]
    currency: Currency


class Balance(Obie):
    """One of Data.Balance. ITBD is the booked balance now, CLBD that of the last closing."""

    account_id: str
    amount: Amount
    credit_debit_indicator: Literal["Credit", "Debit"]
    type: str


class BalancesData(Obie):
    """Data of OBReadBalance1."""

    balance: tuple[Balance, ...] = Field(default=(), max_length=200)


class Balances(Obie):
    """GET /accounts/{AccountId}/balances (OBReadBalance1)."""

    data: BalancesData


class Code(Obie):
    """ISO 20022 bank transaction code: family and sub-family."""

    code: str
    sub_code: str


class Transaction(Obie):
    """One of Data.Transaction (OBTransaction6). `transaction_information` is text from outside: only data."""

    account_id: str
    transaction_id: str | None = None
    amount: Amount
    credit_debit_indicator: Literal["Credit", "Debit"]
    status: str
    booking_date_time: AwareDatetime
    transaction_information: str = Field(default="", max_length=500)
    bank_transaction_code: Code | None = None
    creditor_account: Identification | None = None
    debtor_account: Identification | None = None


class Links(Obie):
    """Links of a page; absolute addresses on the bank's own origin."""

    next: str | None = None


class TransactionsData(Obie):
    """Data of OBReadTransaction6."""

    transaction: tuple[Transaction, ...] = Field(default=(), max_length=2000)


class Transactions(Obie):
    """A page of GET /accounts/{AccountId}/transactions (OBReadTransaction6)."""

    data: TransactionsData
    links: Links = Links()


class PartyFacts(Obie):
    """The party that owns an account."""

    full_legal_name: str | None = Field(default=None, max_length=350)
    name: str | None = Field(default=None, max_length=350)
    email_address: str | None = Field(default=None, max_length=256)


class PartyData(Obie):
    """Data of OBReadParty2."""

    party: PartyFacts = PartyFacts()


class Party(Obie):
    """GET /accounts/{AccountId}/party (OBReadParty2)."""

    data: PartyData
