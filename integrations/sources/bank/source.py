"""Open banking after OBIE 4.0 (3.1 spellings read too): consent resource, accounts, balances, transactions.

The owner approves in the bank's own app (CIBA, decoupled flow), so no password passes through a chat;
identity comes from userinfo as `verified_claims`. Real banks also want mutual TLS and signed requests
by a registered client: that leg is not proved here.
"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel, Field

from flows.consent import Consent
from flows.errors import SourceRefused, SourceUnavailable, SourceUnreadable, SubjectUnknown
from flows.ports import Evidence, Grant, Manifest, Source, Subject
from integrations.sources.bank import reading
from integrations.sources.bank.cashflow import CashFlow
from integrations.sources.bank.identity import UserInfo, read_identity
from integrations.sources.bank.movements import Own, plain, read_movements
from integrations.sources.bank.records import (
    Access,
    AccessRequest,
    AccessRequestData,
    Account,
    Accounts,
    Balances,
    Party,
    Transaction,
    Transactions,
)
from integrations.toolkit.http import Call, Empty, together
from integrations.toolkit.months import month_of
from integrations.toolkit.oauth import BearerToken, ClientToken, bearer
from integrations.toolkit.source import CURRENCIES, Gathering, Setup

AISP = "open-banking/v4.0/aisp"
CIBA = "urn:openid:params:grant-type:ciba"
PERMISSIONS = {
    "accounts": ("ReadAccountsDetail", "ReadParty"),
    "balances": ("ReadAccountsDetail", "ReadBalances"),
    "transactions": (
        "ReadAccountsDetail",
        "ReadTransactionsDetail",
        "ReadTransactionsCredits",
        "ReadTransactionsDebits",
    ),
    "identity": ("ReadAccountsBasic",),
}
AUTHORISED = frozenset({"AUTH", "Authorised"})
BOOKED_BALANCES = ("ITBD", "CLBD", "InterimBooked", "ClosingBooked")
POLLS = 5


class BankGrant(BaseModel):
    """What the grant's token holds: the bank's consent id and our access token for it."""

    intent: str
    access: str


class Backchannel(BaseModel):
    """The answer of /bc-authorize, or its error. `interval` is in seconds."""

    auth_req_id: str | None = Field(default=None, max_length=1000)
    interval: float = Field(default=5, ge=0, le=60)
    error: str | None = None


class CibaToken(BaseModel):
    """The answer of the token endpoint while the owner decides, and after."""

    access_token: BearerToken | None = None
    expires_in: int = 300
    error: str | None = None


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
        self._client, self._clock, self._sleep = setup.client, setup.clock, setup.sleep
        self._basic = {"Authorization": setup.credentials.basic}
        self._ours: Callable[[], Awaitable[dict[str, str]]] = ClientToken(
            setup.client, setup.credentials, setup.clock, path="token", scope="accounts"
        ).header

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Create the bank's consent resource and have the owner approve it in the bank's app."""
        consent.require(self.manifest.name, self._clock())
        wanted = sorted({each for kind in consent.kinds for each in PERMISSIONS.get(kind, ())})
        body = AccessRequest(
            data=AccessRequestData(
                permissions=tuple(wanted),
                expiration_date_time=consent.valid_until,
                transaction_from_date_time=consent.data_from,
                transaction_to_date_time=consent.data_to,
            )
        )
        call = Call("POST", f"{AISP}/account-access-consents", await self._ours(), body=body)
        intent = (await self._client.send(call, Access)).data.consent_id
        scope = "openid accounts identity" if "identity" in consent.kinds else "openid accounts"
        token = await self._approved(intent, subject, scope)
        state = Call("GET", f"{AISP}/account-access-consents/{intent}", await self._ours())
        status = (await self._client.send(state, Access)).data.status
        if status not in AUTHORISED:
            raise SourceRefused(self.manifest.name, f"consent {status[:20]}")
        return Grant(token=BankGrant(intent=intent, access=token).model_dump_json(), expires_at=consent.valid_until)

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Read accounts, balances, transactions and identity, as far as the consent covers them."""
        now = self._clock()
        consent.require(self.manifest.name, now)
        found = Gathering(self.manifest, consent, now)
        currency = CURRENCIES[subject.country]
        headers = bearer(BankGrant.model_validate_json(grant.token).access)
        fetched = await self._fetch(found, headers, consent, currency)
        business = [each for each in fetched.accounts if reading.is_business(each, currency)]
        party = await self._party(headers, business) if found.covers("accounts") else None
        signatory: str | None = None
        if found.covers("identity"):
            info = await self._client.send(Call("GET", "userinfo", headers), UserInfo)
            signatory = read_identity(found, info, subject.country)
        if party is not None:
            found.value("contact_email", party.data.party.email_address, "party")
            reading.read_payout(found, fetched.accounts, party.data.party.full_legal_name, currency)
        days = [each.booking_date_time.date() for each in fetched.transactions]
        if found.covers("transactions") and business:
            own = _own(fetched.accounts, party, signatory)
            ids = {each.account_id for each in business}
            theirs = [
                each for each in fetched.transactions if each.account_id in ids and each.amount.currency == currency
            ]
            movements = read_movements(theirs, own)
            since = _since(business, consent.data_from, [each.day for each in movements], as_of)
            flow = CashFlow(movements, fetched.balance, since, as_of)
            reading.read_fields(found, flow, theirs, currency)
            reading.read_features(found, flow)
        records = len(fetched.accounts) + len(fetched.transactions)
        return found.evidence(records, min(days, default=None), max(days, default=None))

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """Delete the consent resource; one that the bank has ended already is forgotten just as well."""
        intent = BankGrant.model_validate_json(grant.token).intent
        path = f"{AISP}/account-access-consents/{intent}"
        call = Call("DELETE", path, await self._ours(), accept=(200, 204, 400, 404, 410))
        await self._client.send(call, Empty)

    async def _approved(self, intent: str, subject: Subject, scope: str) -> str:
        """Ask the bank to ask the owner, and wait a bounded time for the answer."""
        form = {"scope": scope, "login_hint": subject.registration_number, "openbanking_intent_id": intent}
        call = Call("POST", "bc-authorize", self._basic, form=form, accept=(200, 400))
        asked = await self._client.send(call, Backchannel)
        if asked.error == "unknown_user_id":
            raise SubjectUnknown(self.manifest.name, subject.registration_number)
        if asked.auth_req_id is None:
            raise SourceUnreadable(self.manifest.name, "no auth_req_id")
        poll = {"grant_type": CIBA, "auth_req_id": asked.auth_req_id}
        for _ in range(POLLS):
            call = Call("POST", "token", self._basic, form=poll, accept=(200, 400))
            answer = await self._client.send(call, CibaToken)
            if answer.access_token is not None:
                return answer.access_token
            if answer.error not in {"authorization_pending", "slow_down"}:
                raise SourceRefused(self.manifest.name, (answer.error or "no token")[:60])
            await self._sleep(asked.interval)
        raise SourceUnavailable(self.manifest.name, "the owner has not approved in the bank's app yet", asked.interval)

    async def _fetch(self, found: Gathering, headers: dict[str, str], consent: Consent, currency: str) -> Fetched:
        """Accounts, and of each the balance and the transactions, side by side."""
        answer = await self._client.send(Call("GET", f"{AISP}/accounts", headers), Accounts)
        accounts = answer.data.account
        transactions: tuple[Transaction, ...] = ()
        balance: Decimal | None = None
        if found.covers("transactions"):
            pages = await together(*(self._transactions(each, headers, consent) for each in accounts))
            transactions = tuple(each for page in pages for each in page)
        business = [each for each in accounts if reading.is_business(each, currency)]
        if found.covers("balances") and business:
            known = await together(*(self._balance(each, headers) for each in business))
            amounts = [each for each in known if each is not None]
            balance = sum(amounts, Decimal(0)) if len(amounts) == len(known) else None
        return Fetched(accounts=accounts, transactions=transactions, balance=balance)

    async def _transactions(self, account: Account, headers: dict[str, str], consent: Consent) -> list[Transaction]:
        params = {"fromBookingDateTime": _stamp(consent.data_from), "toBookingDateTime": _stamp(consent.data_to)}
        first = Call("GET", f"{AISP}/accounts/{account.account_id}/transactions", headers, params=params)
        pages = self._client.pages(first, Transactions, lambda page: page.links.next)
        return [each async for page in pages for each in page.data.transaction]

    async def _balance(self, account: Account, headers: dict[str, str]) -> Decimal | None:
        """The booked balance, negative when overdrawn; None when the bank gives no booked one."""
        call = Call("GET", f"{AISP}/accounts/{account.account_id}/balances", headers)
        by_type = {each.type: each for each in (await self._client.send(call, Balances)).data.balance}
        booked = next((by_type[name] for name in BOOKED_BALANCES if name in by_type), None)
        if booked is None:
            return None
        return booked.amount.amount if booked.credit_debit_indicator == "Credit" else -booked.amount.amount

    async def _party(self, headers: dict[str, str], business: list[Account]) -> Party | None:
        """Who owns the business accounts, as the bank knows it."""
        first = next((each for each in business if each.status in reading.OPEN), None)
        if first is None:
            return None
        return await self._client.send(Call("GET", f"{AISP}/accounts/{first.account_id}/party", headers), Party)


def _own(accounts: tuple[Account, ...], party: Party | None, signatory: str | None) -> Own:
    numbers = (number.identification for each in accounts for number in each.account)
    names = (party.data.party.full_legal_name if party is not None else None, signatory)
    return Own(
        accounts=frozenset(number for number in numbers if number),
        names=frozenset(plain(name) for name in names if name),
    )


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


def _stamp(moment: datetime) -> str:
    """A time as OBIE wants it in a query: without zone, which the bank would ignore (UTC)."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S")
