"""OBIE Account Information 4.0 and 3.1: consent resource, the owner's approval at the bank, accounts in pages.

Real banks also want mutual TLS and signed request objects of a registered client: that leg is not proved here.
"""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from decimal import Decimal

from flows.consent import Consent
from flows.errors import SourceRefused
from flows.ports import Subject
from integrations.sources.bank.identity import UserInfo
from integrations.sources.bank.records import (
    Access,
    AccessRequest,
    AccessRequestData,
    Account,
    Accounts,
    Balance,
    Balances,
    BankGrant,
    Party,
    PartyFacts,
    Transaction,
    Transactions,
)
from integrations.toolkit.authorisation import Approval, CodeFlow, Doors
from integrations.toolkit.http import Call, Empty
from integrations.toolkit.oauth import ClientToken, bearer
from integrations.toolkit.source import Setup

PATHS = {"obie-4.0": "open-banking/v4.0/aisp", "obie-3.1": "open-banking/v3.1/aisp"}
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


class Obie:
    """See the module."""

    def __init__(self, setup: Setup) -> None:
        self._source, self._client, self._clock = setup.manifest.name, setup.client, setup.clock
        self._at = PATHS[setup.profile]
        self._code = CodeFlow(setup.client, setup.credentials, Doors("authorize", "token", "par"))
        self._ours: Callable[[], Awaitable[dict[str, str]]] = ClientToken(
            setup.client, setup.credentials, setup.clock, path="token", scope="accounts"
        ).header

    async def ask(self, consent: Consent, subject: Subject, back: str, state: str) -> Approval:
        """Create the bank's consent resource, and the address where the owner approves it."""
        wanted = sorted({each for kind in consent.kinds for each in PERMISSIONS.get(kind, ())})
        body = AccessRequest(
            data=AccessRequestData(
                permissions=tuple(wanted),
                expiration_date_time=consent.valid_until,
                transaction_from_date_time=consent.data_from,
                transaction_to_date_time=consent.data_to,
            )
        )
        call = Call("POST", f"{self._at}/account-access-consents", await self._ours(), body=body)
        intent = (await self._client.send(call, Access)).data.consent_id
        claims = {"id_token": {"openbanking_intent_id": {"value": intent, "essential": True}}}
        params = {
            "scope": "openid accounts identity" if "identity" in consent.kinds else "openid accounts",
            "claims": json.dumps(claims),
            "login_hint": subject.registration_number,
        }
        return await self._code.ask(params, back=back, state=state, reference=intent)

    async def allowed(self, approval: Approval, answer: str) -> BankGrant:
        """The access, once the owner is back and the bank holds the consent as authorised."""
        token = await self._code.redeem(approval, answer)
        state = Call("GET", f"{self._at}/account-access-consents/{approval.reference}", await self._ours())
        status = (await self._client.send(state, Access)).data.status
        if status not in AUTHORISED:
            raise SourceRefused(self._source, f"consent {status[:20]}")
        return BankGrant.of(approval.reference, token, self._clock())

    async def renew(self, grant: BankGrant) -> BankGrant:
        """The same consent with a new access token."""
        return BankGrant.of(grant.intent, await self._code.refresh(grant.renewal), self._clock())

    async def forget(self, grant: BankGrant) -> None:
        """Delete the consent resource; one that the bank has ended already is forgotten just as well."""
        path = f"{self._at}/account-access-consents/{grant.intent}"
        call = Call("DELETE", path, await self._ours(), accept=(200, 204, 400, 404, 410))
        await self._client.send(call, Empty)

    async def accounts(self, grant: BankGrant) -> tuple[Account, ...]:
        """The accounts that the consent opens."""
        return (
            await self._client.send(Call("GET", f"{self._at}/accounts", bearer(grant.access)), Accounts)
        ).data.account

    async def transactions(self, account: Account, grant: BankGrant, consent: Consent) -> list[Transaction]:
        """Everything booked and pending on one account in the consent's time."""
        params = {"fromBookingDateTime": _stamp(consent.data_from), "toBookingDateTime": _stamp(consent.data_to)}
        path = f"{self._at}/accounts/{account.account_id}/transactions"
        first = Call("GET", path, bearer(grant.access), params=params)
        pages = self._client.pages(first, Transactions, lambda page: page.links.next)
        return [each async for page in pages for each in page.data.transaction]

    async def balances(self, account: Account, grant: BankGrant) -> tuple[Balance, ...]:
        """The balances of one account."""
        call = Call("GET", f"{self._at}/accounts/{account.account_id}/balances", bearer(grant.access))
        return (await self._client.send(call, Balances)).data.balance

    async def party(self, account: Account, grant: BankGrant) -> PartyFacts | None:
        """Who owns an account, as the bank knows it."""
        call = Call("GET", f"{self._at}/accounts/{account.account_id}/party", bearer(grant.access))
        return (await self._client.send(call, Party)).data.party

    async def identity(self, grant: BankGrant) -> UserInfo | None:
        """What the bank has verified of the signatory."""
        return await self._client.send(Call("GET", "userinfo", bearer(grant.access)), UserInfo)


def turned(amount: Decimal, indicator: str) -> Decimal:
    """An amount with its sign: money that is owed or went out is negative."""
    return amount if indicator == "Credit" else -amount


def _stamp(moment: datetime) -> str:
    """A time as OBIE wants it in a query: without zone, which the bank would ignore (UTC)."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S")
