"""Square: places and closed orders of a till, over its public API with the merchant's OAuth approval and PKCE.

The token is read-only and the merchant can end it in the Square dashboard; we end it when the owner revokes.
"""

from datetime import date

from flows.application.records import Records
from flows.application.shapes import Address
from flows.consent import Consent
from flows.errors import SourceRefused, SubjectUnknown
from flows.ports import Evidence, Grant, Manifest, Source, Subject
from integrations.sources.pos_square.records import (
    DateTimeFilter,
    Filter,
    Location,
    Locations,
    Order,
    Orders,
    Query,
    Search,
    TimeRange,
    TokenAsked,
    TokenEnded,
    TokenGiven,
    TokenHeld,
    TokenRenewed,
)
from integrations.toolkit.authorisation import BACK, Approval, CodeFlow, Doors
from integrations.toolkit.http import Call, Empty
from integrations.toolkit.oauth import EARLY, bearer
from integrations.toolkit.source import CURRENCIES, Gathering, Setup
from integrations.toolkit.trade import Trade, read_till

VERSION = {"Square-Version": "2025-10-16"}
SCOPE = "ORDERS_READ MERCHANT_PROFILE_READ"
DOORS = Doors("oauth2/authorize", "oauth2/token")
PLACES_A_SEARCH = 10


def open_source(setup: Setup) -> Source:
    """Square behind `setup.client`."""
    return SquareTill(setup)


class SquareTill:
    """See the module. The grant's token is a TokenHeld."""

    def __init__(self, setup: Setup) -> None:
        self.manifest: Manifest = setup.manifest
        self._client, self._clock, self._credentials = setup.client, setup.clock, setup.credentials
        self._present = setup.present
        self._code = CodeFlow(setup.client, setup.credentials, DOORS)

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Have the merchant approve at Square."""
        owner = self._present()
        approval = await self.ask(consent, subject)
        return await self.resume(consent, subject, approval, await owner(approval.url))

    async def ask(self, consent: Consent, subject: Subject, back: str = BACK, state: str = "") -> Approval:
        """The address where the merchant signs in and approves."""
        consent.require(self.manifest.name, self._clock())
        params = {"scope": SCOPE, "session": "false", "login_hint": subject.registration_number}
        return await self._code.ask(params, back=back, state=state)

    async def resume(self, consent: Consent, subject: Subject, approval: Approval, answer: str) -> Grant:
        """The access, once the merchant has come back from Square to the address `answer`."""
        consent.require(self.manifest.name, self._clock())
        try:
            code = self._code.code(approval, answer)
        except SourceRefused as refused:
            if refused.reason == "unknown_user_id":
                raise SubjectUnknown(self.manifest.name, subject.registration_number) from None
            raise
        body = TokenAsked(
            client_id=self._credentials.id.get_secret_value(),
            client_secret=self._credentials.secret.get_secret_value(),
            code=code,
            redirect_uri=approval.back,
            code_verifier=approval.verifier,
        )
        return await self._token(consent, body)

    async def renew(self, consent: Consent, grant: Grant) -> Grant:
        """A new access token where the old one is worn out; Square's are good for thirty days."""
        consent.require(self.manifest.name, self._clock())
        held = TokenHeld.model_validate_json(grant.token)
        if self._clock() < held.until - EARLY or not held.renewal:
            return grant
        body = TokenRenewed(
            client_id=self._credentials.id.get_secret_value(),
            client_secret=self._credentials.secret.get_secret_value(),
            refresh_token=held.renewal,
        )
        return await self._token(consent, body, held.renewal)

    async def _token(self, consent: Consent, body: TokenAsked | TokenRenewed, renewal: str = "") -> Grant:
        """The access that Square gives; its 400 means that only a new approval helps."""
        call = Call("POST", DOORS.token, VERSION, body=body, refused=(400,))
        token = await self._client.send(call, TokenGiven)
        held = TokenHeld(access=token.access_token, renewal=token.refresh_token or renewal, until=token.expires_at)
        return Grant(token=held.model_dump_json(), expires_at=consent.valid_until)

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Read the places and, as far as the consent covers them, the orders closed in its time."""
        now = self._clock()
        consent.require(self.manifest.name, now)
        found = Gathering(self.manifest, consent, now)
        headers = {**VERSION, **bearer(TokenHeld.model_validate_json(grant.token).access)}
        places = (await self._client.send(Call("GET", "v2/locations", headers), Locations)).locations
        active = [each for each in places if each.status == "ACTIVE"]
        if found.covers("till_locations"):
            _read_places(found, active, subject)
        if not found.covers("till_orders"):
            return found.evidence(len(places))
        currency, zones = CURRENCIES[subject.country], {each.id: each.timezone for each in places}
        orders = [each.told(zones) for each in await self._orders(places, headers, consent)]
        found.ledger = Records(orders=orders)
        read_till(found, Trade.of(orders, currency, as_of), currency, "orders")
        days = [each.at.date() for each in orders]
        return found.evidence(len(places) + len(orders), min(days, default=None), max(days, default=None))

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """Revoke the merchant's token; one that has ended already is forgotten just as well."""
        client_id, secret = self._credentials.id.get_secret_value(), self._credentials.secret.get_secret_value()
        headers = {**VERSION, "Authorization": f"Client {secret}"}
        body = TokenEnded(client_id=client_id, access_token=TokenHeld.model_validate_json(grant.token).access)
        await self._client.send(Call("POST", "oauth2/revoke", headers, body=body, accept=(200, 404)), Empty)

    async def _orders(self, places: tuple[Location, ...], headers: dict[str, str], consent: Consent) -> list[Order]:
        """The closed orders of all places, also of those that are closed now; a search takes ten places."""
        closed = TimeRange(start_at=consent.data_from, end_at=consent.data_to)
        query = Query(filter=Filter(date_time_filter=DateTimeFilter(closed_at=closed)))
        ids = [each.id for each in places]
        found: list[Order] = []
        for start in range(0, len(ids), PLACES_A_SEARCH):
            search = Search(location_ids=tuple(ids[start : start + PLACES_A_SEARCH]), query=query)

            def following(page: Orders, search: Search = search) -> Call | None:
                body = search.model_copy(update={"cursor": page.cursor})
                return Call("POST", "v2/orders/search", headers, body=body) if page.cursor else None

            first = Call("POST", "v2/orders/search", headers, body=search)
            found += [each async for page in self._client.turns(first, Orders, following) for each in page.orders]
        return found


def _read_places(found: Gathering, active: list[Location], subject: Subject) -> None:
    """The first place is where the business trades; its name is the one customers see."""
    if not active:
        return
    first = active[0]
    record = f"locations/{first.id}"
    found.value("trading_name", first.business_name, record)
    if first.address is not None and first.address.text():
        country = first.address.country or subject.country
        written = Address(text=first.address.text(), postcode=first.address.postal_code, country=country)
        found.value("operating_address", written, record)
