"""Open banking: what the owner's bank has booked, in one of two standards, OBIE or Berlin Group.

The owner approves at the bank's own page, so no password passes through a chat. What differs between the
standards is in `obie` and `berlin`; what the records say is read here, once.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from pydantic import BaseModel

from flows.application import records
from flows.application.attributes.cashflow import CashFlow
from flows.application.attributes.movements import Own, plain, read_movements
from flows.application.months import month_of
from flows.consent import Consent
from flows.errors import SourceRefused, SubjectUnknown
from flows.ports import Evidence, Grant, Manifest, Source, Subject
from integrations.sources.bank import reading
from integrations.sources.bank.berlin import PROFILE as BERLIN
from integrations.sources.bank.berlin import BerlinGroup
from integrations.sources.bank.identity import UserInfo, read_identity
from integrations.sources.bank.movements import canonical
from integrations.sources.bank.obie import Obie, turned
from integrations.sources.bank.records import Account, Balance, BankGrant, PartyFacts, Transaction
from integrations.toolkit import banking
from integrations.toolkit.authorisation import BACK, Approval
from integrations.toolkit.http import together
from integrations.toolkit.source import CURRENCIES, Gathering, Setup

BOOKED_BALANCES = ("ITBD", "CLBD", "InterimBooked", "ClosingBooked")


class Standard(Protocol):
    """What a standard has to say; all of it raises the facts of JsonClient.send."""

    async def ask(self, consent: Consent, subject: Subject, back: str, state: str) -> Approval:
        """Create the bank's consent, and the address where the owner approves it."""
        ...

    async def allowed(self, approval: Approval, answer: str) -> BankGrant:
        """The access, from the address the owner came back to."""
        ...

    async def renew(self, grant: BankGrant) -> BankGrant:
        """The same consent with a new access token."""
        ...

    async def forget(self, grant: BankGrant) -> None:
        """End the consent at the bank, also when it has ended there."""
        ...

    async def accounts(self, grant: BankGrant) -> tuple[Account, ...]:
        """The accounts that the consent opens."""
        ...

    async def transactions(self, account: Account, grant: BankGrant, consent: Consent) -> list[Transaction]:
        """What one account has in the consent's time."""
        ...

    async def balances(self, account: Account, grant: BankGrant) -> tuple[Balance, ...]:
        """The balances of one account."""
        ...

    async def party(self, account: Account, grant: BankGrant) -> PartyFacts | None:
        """Who owns an account, as the bank knows it."""
        ...

    async def identity(self, grant: BankGrant) -> UserInfo | None:
        """What the bank has verified of the signatory."""
        ...


class Fetched(BaseModel):
    """What one pull read. `balance` is the booked balance of all business accounts, None when unknown."""

    accounts: tuple[Account, ...]
    transactions: tuple[Transaction, ...] = ()
    balance: Decimal | None = None


def open_source(setup: Setup) -> Source:
    """The bank behind `setup.client`."""
    return Bank(setup)


class Bank:
    """See the module."""

    def __init__(self, setup: Setup) -> None:
        self.manifest: Manifest = setup.manifest
        self._clock, self._present = setup.clock, setup.present
        self._bank: Standard = BerlinGroup(setup) if setup.profile == BERLIN else Obie(setup)

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Create the bank's consent resource and have the owner approve it at the bank."""
        consent.require(self.manifest.name, self._clock())
        owner = self._present()
        approval = await self.ask(consent, subject)
        return await self.resume(consent, subject, approval, await owner(approval.url))

    async def ask(self, consent: Consent, subject: Subject, back: str = BACK, state: str = "") -> Approval:
        """Create the bank's consent resource, and the address where the owner approves it."""
        consent.require(self.manifest.name, self._clock())
        return await self._bank.ask(consent, subject, back, state)

    async def resume(self, consent: Consent, subject: Subject, approval: Approval, answer: str) -> Grant:
        """The access, once the owner has come back from the bank to the address `answer`."""
        consent.require(self.manifest.name, self._clock())
        try:
            grant = await self._bank.allowed(approval, answer)
        except SourceRefused as refused:
            if refused.reason == "unknown_user_id":
                raise SubjectUnknown(self.manifest.name, subject.registration_number) from None
            raise
        return Grant(token=grant.model_dump_json(), expires_at=consent.valid_until)

    async def renew(self, consent: Consent, grant: Grant) -> Grant:
        """A new access token where the old one is worn out and the bank gave what renews it."""
        consent.require(self.manifest.name, self._clock())
        held = BankGrant.model_validate_json(grant.token)
        if held.until is None or self._clock() < held.until or not held.renewal:
            return grant
        return Grant(token=(await self._bank.renew(held)).model_dump_json(), expires_at=consent.valid_until)

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Read accounts, balances, transactions and identity, as far as the consent covers them."""
        now = self._clock()
        consent.require(self.manifest.name, now)
        found = Gathering(self.manifest, consent, now)
        currency = CURRENCIES[subject.country]
        access = BankGrant.model_validate_json(grant.token)
        fetched = await self._fetch(found, access, consent, currency)
        business = [each for each in fetched.accounts if reading.is_business(each, currency)]
        party = await self._party(access, business) if found.covers("accounts") else None
        signatory: str | None = None
        if found.covers("identity"):
            signatory = read_identity(found, await self._bank.identity(access), subject.country)
        if party is not None:
            found.value("contact_email", party.email_address, "party")
            reading.read_payout(found, fetched.accounts, party.full_legal_name, currency)
        days = [each.booking_date_time.date() for each in fetched.transactions]
        if found.covers("transactions") and business:
            own = _own(fetched.accounts, party, signatory)
            ids = {each.account_id for each in business}
            theirs = [
                each for each in fetched.transactions if each.account_id in ids and each.amount.currency == currency
            ]
            booked = canonical(theirs, _numbers(business))
            movements = read_movements(booked, own)
            since = _since(business, consent.data_from, [each.day for each in movements], as_of)
            flow = CashFlow(movements, fetched.balance, since, as_of)
            cards = any(each.bank_transaction_code is not None for each in theirs)
            banking.read_fields(found, flow, currency, cards=cards)
            banking.read_features(found, flow)
            bounds = records.Bounds(since, as_of, tuple(own.accounts), tuple(own.names), fetched.balance)
            found.ledger = records.Records(transactions=booked, bounds=bounds)
        count = len(fetched.accounts) + len(fetched.transactions)
        return found.evidence(count, min(days, default=None), max(days, default=None))

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """End the consent at the bank; one that the bank has ended already is forgotten just as well."""
        await self._bank.forget(BankGrant.model_validate_json(grant.token))

    async def _fetch(self, found: Gathering, grant: BankGrant, consent: Consent, currency: str) -> Fetched:
        """Accounts, and of each the balance and the transactions, side by side."""
        accounts = await self._bank.accounts(grant)
        transactions: tuple[Transaction, ...] = ()
        balance: Decimal | None = None
        if found.covers("transactions"):
            pages = await together(*(self._bank.transactions(each, grant, consent) for each in accounts))
            transactions = tuple(each for page in pages for each in page)
        business = [each for each in accounts if reading.is_business(each, currency)]
        if found.covers("balances") and business:
            known = await together(*(self._balance(each, grant) for each in business))
            amounts = [each for each in known if each is not None]
            balance = sum(amounts, Decimal(0)) if len(amounts) == len(known) else None
        return Fetched(accounts=accounts, transactions=transactions, balance=balance)

    async def _balance(self, account: Account, grant: BankGrant) -> Decimal | None:
        """The booked balance, negative when overdrawn; None when the bank gives no booked one."""
        by_type = {each.type: each for each in await self._bank.balances(account, grant)}
        booked = next((by_type[name] for name in BOOKED_BALANCES if name in by_type), None)
        return None if booked is None else turned(booked.amount.amount, booked.credit_debit_indicator)

    async def _party(self, grant: BankGrant, business: list[Account]) -> PartyFacts | None:
        """Who owns the business accounts, as the bank knows it."""
        first = next((each for each in business if each.status in reading.OPEN), None)
        return None if first is None else await self._bank.party(first, grant)


def _own(accounts: tuple[Account, ...], party: PartyFacts | None, signatory: str | None) -> Own:
    numbers = (number.identification for each in accounts for number in each.account)
    names = (party.full_legal_name if party is not None else None, signatory)
    return Own(
        accounts=frozenset(number for number in numbers if number),
        names=frozenset(plain(name) for name in names if name),
    )


def _numbers(business: list[Account]) -> dict[str, str]:
    """Account numbers by the bank's own ids, so that the same account is known again in a file."""
    return {each.account_id: each.account[0].identification or each.account_id for each in business if each.account}


def _since(business: list[Account], data_from: datetime, days: list[date], as_of: date) -> date:
    """The day from which records are complete: the start asked for, or when the first account was opened.

    Without an opening date the first movement tells, unless it falls into the first month asked for.
    """
    opened = [each.opening_date for each in business if each.opening_date is not None]
    asked = data_from.date()
    if len(opened) == len(business):
        first = min(each.date() if isinstance(each, datetime) else each for each in opened)
        return max(asked, first)
    first = min(days, default=as_of)
    return asked if month_of(first) == month_of(asked) else first
