"""NextGenPSD2 1.3 of the Berlin Group: consent resource, OAuth approval with PKCE, accounts in pages.

Real banks also want an eIDAS certificate and, some, signed messages: that leg is not proved here.
"""

from uuid import uuid4

from flows.consent import Consent
from flows.errors import SourceRefused, SourceUnreadable
from flows.ports import Subject
from integrations.sources.bank.berlin_records import (
    Accounts,
    AuthorisationServer,
    Balances,
    ConsentAccess,
    ConsentAsked,
    ConsentMade,
    ConsentStatus,
    Transactions,
)
from integrations.sources.bank.identity import UserInfo
from integrations.sources.bank.records import Account, Balance, BankGrant, PartyFacts, Transaction
from integrations.toolkit.authorisation import Approval, CodeFlow, Doors
from integrations.toolkit.http import Call, Empty
from integrations.toolkit.oauth import bearer
from integrations.toolkit.source import Setup

PROFILE = "berlin-group-1.3"
# The header is mandatory and wants the owner's address, or ours where it is not known; a chat does not tell it.
ADDRESS = "127.0.0.1"


class BerlinGroup:
    """See the module."""

    def __init__(self, setup: Setup) -> None:
        self._source, self._client, self._credentials = setup.manifest.name, setup.client, setup.credentials
        self._clock = setup.clock

    async def ask(self, consent: Consent, subject: Subject, back: str, state: str) -> Approval:
        """Create the bank's consent resource, and the address where the owner approves it."""
        everything: tuple[()] = ()
        access = ConsentAccess(
            accounts=everything,
            balances=everything if "balances" in consent.kinds else None,
            transactions=everything if "transactions" in consent.kinds else None,
        )
        headers = {
            **_request(),
            "PSU-IP-Address": ADDRESS,
            "PSU-Corporate-ID": subject.registration_number,
            "TPP-Redirect-Preferred": "true",
            "TPP-Redirect-URI": back,
        }
        body = ConsentAsked(access=access, valid_until=consent.valid_until.date())
        made = await self._client.send(Call("POST", "v1/consents", headers, body=body), ConsentMade)
        if made.links.sca_o_auth is None:
            raise SourceUnreadable(self._source, "the bank offers no approval by OAuth")
        params = {"scope": f"AIS:{made.consent_id}", "login_hint": subject.registration_number}
        code = await self._code(made.links.sca_o_auth.href)
        return await code.ask(params, back=back, state=state, reference=made.consent_id)

    async def allowed(self, approval: Approval, answer: str) -> BankGrant:
        """The access, once the owner is back and the bank holds the consent as valid."""
        token = await (await self._code("")).redeem(approval, answer)
        path = f"v1/consents/{approval.reference}/status"
        status = (await self._client.send(Call("GET", path, _request()), ConsentStatus)).consent_status
        if status != "valid":
            raise SourceRefused(self._source, f"consent {status[:20]}")
        return BankGrant.of(approval.reference, token, self._clock())

    async def renew(self, grant: BankGrant) -> BankGrant:
        """The same consent with a new access token."""
        return BankGrant.of(grant.intent, await (await self._code("")).refresh(grant.renewal), self._clock())

    async def forget(self, grant: BankGrant) -> None:
        """Terminate the consent; one that has ended already is forgotten just as well."""
        accept = (200, 204, 400, 401, 403, 404, 410)
        headers = {**_request(), **bearer(grant.access)}
        await self._client.send(Call("DELETE", f"v1/consents/{grant.intent}", headers, accept=accept), Empty)

    async def accounts(self, grant: BankGrant) -> tuple[Account, ...]:
        """The accounts that the consent opens."""
        found = await self._client.send(Call("GET", "v1/accounts", _under(grant)), Accounts)
        return tuple(each.told() for each in found.accounts)

    async def transactions(self, account: Account, grant: BankGrant, consent: Consent) -> list[Transaction]:
        """Everything booked on one account in the consent's time."""
        params = {
            "bookingStatus": "booked",
            "dateFrom": f"{consent.data_from:%Y-%m-%d}",
            "dateTo": f"{consent.data_to:%Y-%m-%d}",
        }
        first = Call("GET", f"v1/accounts/{account.account_id}/transactions", _under(grant), params=params)
        pages = self._client.pages(first, Transactions, _following)
        return [each.told(account) async for page in pages for each in page.transactions.booked]

    async def balances(self, account: Account, grant: BankGrant) -> tuple[Balance, ...]:
        """The booked balances of one account."""
        call = Call("GET", f"v1/accounts/{account.account_id}/balances", _under(grant))
        found = (each.told(account) for each in (await self._client.send(call, Balances)).balances)
        return tuple(each for each in found if each is not None)

    async def party(self, account: Account, grant: BankGrant) -> PartyFacts | None:
        """The holder's name is all that this standard tells of the owner of an account."""
        del grant
        return PartyFacts(full_legal_name=account.account[0].name)

    async def identity(self, grant: BankGrant) -> UserInfo | None:
        """None: this standard does not tell who has signed in."""
        del grant
        return None

    async def _code(self, metadata: str) -> CodeFlow:
        """The bank's OAuth server as its metadata describe it; by default they are at the well-known place."""
        path = metadata or ".well-known/oauth-authorization-server"
        server = await self._client.send(Call("GET", path), AuthorisationServer)
        doors = Doors(
            server.authorization_endpoint, server.token_endpoint, server.pushed_authorization_request_endpoint
        )
        return CodeFlow(self._client, self._credentials, doors)


def _request() -> dict[str, str]:
    """Each request has an id of its own, also a repeated one is the same request."""
    return {"X-Request-ID": str(uuid4())}


def _under(grant: BankGrant) -> dict[str, str]:
    return {**_request(), **bearer(grant.access), "Consent-ID": grant.intent}


def _following(page: Transactions) -> str | None:
    following = page.transactions.links.next
    return None if following is None else following.href
