"""What a bank answers in the Berlin Group's NextGenPSD2 1.3.11, and the same in the words of `records`.

Only what is read is declared. Amounts carry their sign here: money out is negative.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from flows.application.money import Currency
from integrations.sources.bank import records

STATUSES = {"enabled": "Enabled", "deleted": "Disabled", "blocked": "Disabled"}
BALANCES = {"closingBooked": "ClosingBooked", "interimBooked": "InterimBooked"}


class Berlin(BaseModel):
    """Base of the payloads: resourceId and the like."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Href(Berlin):
    """A link; on the bank's own origin, or refused by the client."""

    href: str = Field(max_length=2000)


class ConsentAccess(Berlin):
    """What is asked for; an empty list means all accounts of the owner."""

    accounts: tuple[()] | None = None
    balances: tuple[()] | None = None
    transactions: tuple[()] | None = None


class ConsentAsked(Berlin):
    """POST /v1/consents: one fetch, valid to the end of `valid_until`."""

    access: ConsentAccess
    valid_until: date
    recurring_indicator: bool = False
    frequency_per_day: int = 1
    combined_service_indicator: bool = False


class ConsentLinks(Berlin):
    """Where the owner's approval goes on: the metadata of the bank's OAuth server."""

    sca_o_auth: Href | None = Field(default=None, alias="scaOAuth")


class ConsentMade(Berlin):
    """The answer of POST /v1/consents."""

    consent_id: str = Field(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9._~-]+$")
    consent_status: str
    links: ConsentLinks = Field(alias="_links")


class ConsentStatus(Berlin):
    """GET /v1/consents/{consentId}/status."""

    consent_status: str


class AuthorisationServer(BaseModel):
    """Authorization server metadata (RFC 8414, 2)."""

    authorization_endpoint: str = Field(max_length=2000)
    token_endpoint: str = Field(max_length=2000)
    pushed_authorization_request_endpoint: str = Field(default="", max_length=2000)


class Account(Berlin):
    """One of `accounts`. `usage` PRIV is a private account, ORGA one of a business."""

    resource_id: str = Field(pattern=r"^[A-Za-z0-9._~-]{1,40}$")
    iban: str | None = Field(default=None, max_length=34)
    bban: str | None = Field(default=None, max_length=30)
    currency: Currency
    name: str | None = Field(default=None, max_length=70)
    owner_name: str | None = Field(default=None, max_length=140)
    cash_account_type: str | None = None
    status: str | None = None
    usage: str | None = None
    bic: str | None = None

    def told(self) -> records.Account:
        """The account as `records` has it."""
        number = self.iban or self.bban
        name = self.owner_name or self.name
        held = records.Identification(scheme_name=None, identification=number, name=name)
        return records.Account(
            account_id=self.resource_id,
            status=STATUSES.get(self.status or "enabled"),
            currency=self.currency,
            category="Personal" if self.usage == "PRIV" else "Business",
            type_code=self.cash_account_type,
            account=(held,),
            servicer=None if self.bic is None else records.Servicer(identification=self.bic),
        )


class Accounts(Berlin):
    """GET /v1/accounts."""

    accounts: tuple[Account, ...] = Field(max_length=100)


class Amount(Berlin):
    """An amount with its sign."""

    amount: Annotated[Decimal, Field(max_digits=18)]
    currency: Currency


class Balance(Berlin):
    """One of `balances`."""

    balance_amount: Amount
    balance_type: str

    def told(self, account: records.Account) -> records.Balance | None:
        """The booked balance as `records` has it; None for another kind."""
        kind = BALANCES.get(self.balance_type)
        if kind is None:
            return None
        return records.Balance(
            account_id=account.account_id,
            amount=_unsigned(self.balance_amount),
            credit_debit_indicator="Credit" if self.balance_amount.amount >= 0 else "Debit",
            type=kind,
        )


class Balances(Berlin):
    """GET /v1/accounts/{account-id}/balances."""

    balances: tuple[Balance, ...] = Field(max_length=200)


class Reference(Berlin):
    """The account on the other side."""

    iban: str | None = None
    bban: str | None = None


class Transaction(Berlin):
    """One of `booked`. The remittance information is text from outside: only data."""

    transaction_id: str | None = None
    booking_date: date
    transaction_amount: Amount
    creditor_name: str | None = Field(default=None, max_length=140)
    creditor_account: Reference | None = None
    debtor_name: str | None = Field(default=None, max_length=140)
    debtor_account: Reference | None = None
    remittance_information_unstructured: str = Field(default="", max_length=500)
    bank_transaction_code: str | None = Field(default=None, max_length=35)

    def told(self, account: records.Account) -> records.Transaction:
        """The transaction as `records` has it; a code is domain-family-subfamily of ISO 20022."""
        family = (self.bank_transaction_code or "").split("-")
        amount = self.transaction_amount
        return records.Transaction(
            account_id=account.account_id,
            transaction_id=self.transaction_id,
            amount=_unsigned(amount),
            credit_debit_indicator="Credit" if amount.amount >= 0 else "Debit",
            status="BOOK",
            booking_date_time=datetime.combine(self.booking_date, time(12), tzinfo=UTC),
            transaction_information=self.remittance_information_unstructured,
            bank_transaction_code=records.Code(code=family[1], sub_code=family[2]) if len(family) == 3 else None,
            creditor_account=_other(self.creditor_name, self.creditor_account),
            debtor_account=_other(self.debtor_name, self.debtor_account),
        )


class ReportLinks(Berlin):
    """Links of a page of transactions."""

    next: Href | None = None


class Report(Berlin):
    """Booked transactions of one page."""

    booked: tuple[Transaction, ...] = Field(default=(), max_length=2000)
    links: ReportLinks = Field(alias="_links")


class Transactions(Berlin):
    """GET /v1/accounts/{account-id}/transactions."""

    transactions: Report


def _unsigned(amount: Amount) -> records.Amount:
    return records.Amount(amount=abs(amount.amount), currency=amount.currency)


def _other(name: str | None, reference: Reference | None) -> records.Identification | None:
    if name is None and reference is None:
        return None
    number = None if reference is None else reference.iban or reference.bban
    return records.Identification(identification=number, name=name)
