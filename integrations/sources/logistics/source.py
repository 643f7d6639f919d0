"""Parcels through a gateway of a carrier or shipping platform: there is no common public interface for this.

Contract: OAuth 2 client credentials at POST /oauth/token; POST /links gives a handle for one account, sent from
then on as the header Link-Handle: GET /parcels in pages; DELETE /links ends it. Bodies: records.py.
401/403 refused, 404 account unknown, 410 link ended, 429 and 5xx try later.
"""

from collections.abc import Awaitable, Callable
from datetime import date

from flows.application.months import complete, month_of, window
from flows.application.records import Records
from flows.consent import Consent
from flows.ports import Evidence, Grant, Manifest, Source, Subject
from integrations.sources.logistics.records import Link, Linked, Parcels
from integrations.toolkit.http import Call, Empty
from integrations.toolkit.oauth import ClientToken
from integrations.toolkit.source import Gathering, Setup

Headers = Callable[[], Awaitable[dict[str, str]]]
HANDLE = "Link-Handle"
YEAR = 12


def open_source(setup: Setup) -> Source:
    """The gateway behind `setup.client`."""
    return Logistics(setup)


class Logistics:
    """See the module. The grant's token is the gateway's handle."""

    def __init__(self, setup: Setup) -> None:
        self.manifest: Manifest = setup.manifest
        self._client, self._clock = setup.client, setup.clock
        self._headers: Headers = ClientToken(
            setup.client, setup.credentials, setup.clock, path="oauth/token", scope="parcels.read"
        ).header

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Hand the owner's consent to the gateway."""
        consent.require(self.manifest.name, self._clock())
        body = Link(
            consent_id=consent.id,
            account=subject.registration_number,
            country=subject.country,
            purpose=consent.purpose,
            data_from=consent.data_from.date(),
            data_to=consent.data_to.date(),
            expires_at=consent.valid_until,
        )
        call = Call("POST", "links", await self._headers(), body=body, subject=subject.registration_number)
        linked = await self._client.send(call, Linked)
        return Grant(token=linked.handle, expires_at=linked.expires_at or consent.valid_until)

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Count the parcels handed over in the last twelve complete months, each once."""
        now = self._clock()
        consent.require(self.manifest.name, now)
        found = Gathering(self.manifest, consent, now)
        first = await self._ask("GET", "parcels", grant)
        pages = [page async for page in self._client.pages(first, Parcels, lambda page: page.next)]
        told = [each.told() for page in pages for each in page.items]
        shipments = [each for each in told if each is not None]
        found.ledger = Records(shipments=shipments)
        sent = {each.id: each.day for each in shipments}
        year = complete(as_of, YEAR)
        if max((page.since for page in pages), default=as_of) <= year[0]:
            count = sum(month_of(day) in year for day in sent.values())
            found.value("shipments_12m", count, "parcels", window=window(year))
        elif sent:
            found.note("short_history")
        return found.evidence(len(sent), min(sent.values(), default=None), max(sent.values(), default=None))

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """End the link; one that the gateway has ended already is forgotten just as well."""
        await self._client.send(await self._ask("DELETE", "links", grant), Empty)

    async def _ask(self, method: str, resource: str, grant: Grant) -> Call:
        """A request under the handle. It travels as a header: addresses end up in logs."""
        accept = (200, 204, 404, 410) if method == "DELETE" else (200,)
        return Call(method, resource, {**await self._headers(), HANDLE: grant.token}, accept=accept)
