"""A Vendure server with a channel for each shop: placed orders over its Admin API, with an API key that may read.

The key belongs to the server's operator; `vendure-token` names the shop's channel, by its registration number.
"""

from collections.abc import Sequence
from datetime import date

from flows.application.records import Records
from flows.consent import Consent
from flows.errors import SourceRefused, SourceUnreadable, SubjectUnknown
from flows.ports import Evidence, Grant, Manifest, Source, Subject
from integrations.sources.shop_vendure.records import (
    CHANNEL,
    ORDERS,
    Asked,
    Channel,
    ChannelAnswer,
    Order,
    OrderAnswer,
    OrderList,
    Problem,
)
from integrations.toolkit.http import Call
from integrations.toolkit.source import CURRENCIES, Gathering, Setup
from integrations.toolkit.trade import Trade, read_shop

API = "admin-api"
PAGE = 500
REFUSED = frozenset({"FORBIDDEN", "UNAUTHORIZED"})


def open_source(setup: Setup) -> Source:
    """The server behind `setup.client`."""
    return VendureShop(setup)


class VendureShop:
    """See the module. The grant's token is the shop's channel token."""

    def __init__(self, setup: Setup) -> None:
        self.manifest: Manifest = setup.manifest
        self._client, self._clock = setup.client, setup.clock
        self._key = setup.credentials.id.get_secret_value()

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Check that the server has a channel for the shop."""
        consent.require(self.manifest.name, self._clock())
        await self._channel(subject.registration_number, subject)
        return Grant(token=subject.registration_number, expires_at=consent.valid_until)

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Read the shop and, as far as the consent covers them, the orders placed in its time."""
        now = self._clock()
        consent.require(self.manifest.name, now)
        found = Gathering(self.manifest, consent, now)
        channel = await self._channel(grant.token, subject)
        if found.covers("shop_profile") and channel.seller is not None:
            found.value("trading_name", channel.seller.name, f"channel {channel.code}")
        if not found.covers("shop_orders"):
            return found.evidence(1)
        currency = CURRENCIES[subject.country]
        orders = [each.told() for each in await self._orders(grant.token, subject, consent)]
        found.ledger = Records(orders=orders)
        read_shop(found, Trade.of(orders, currency, as_of), currency, "orders")
        days = [each.at.date() for each in orders]
        return found.evidence(1 + len(orders), min(days, default=None), max(days, default=None))

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """Nothing to end: the key is the operator's, and nothing of this consent is kept there."""

    async def _channel(self, token: str, subject: Subject) -> Channel:
        answer = await self._client.send(self._call(token, Asked(query=CHANNEL)), ChannelAnswer)
        if answer.data is None:
            raise self._fact(answer.errors, subject)
        channel = answer.data.active_channel
        if channel.token != token:  # a server with one channel gives that one to whatever token
            raise SubjectUnknown(self.manifest.name, subject.registration_number)
        return channel

    async def _orders(self, token: str, subject: Subject, consent: Consent) -> list[Order]:
        placed = {"between": {"start": consent.data_from.isoformat(), "end": consent.data_to.isoformat()}}
        found: list[Order] = []

        def ask(skip: int) -> Call:
            options = {
                "skip": skip,
                "take": PAGE,
                "sort": {"orderPlacedAt": "ASC"},
                "filter": {"active": {"eq": False}, "orderPlacedAt": placed},
            }
            return self._call(token, Asked(query=ORDERS, variables={"options": options}))

        def following(page: OrderAnswer) -> Call | None:
            shown = self._page(page, subject)
            found.extend(shown.items)
            return ask(len(found)) if shown.items and len(found) < shown.total_items else None

        async for _ in self._client.turns(ask(0), OrderAnswer, following):
            pass
        return found

    def _page(self, answer: OrderAnswer, subject: Subject) -> OrderList:
        if answer.data is None:
            raise self._fact(answer.errors, subject)
        return answer.data.orders

    def _call(self, token: str, asked: Asked) -> Call:
        return Call("POST", API, {"vendure-api-key": self._key, "vendure-token": token}, body=asked)

    def _fact(self, errors: Sequence[Problem], subject: Subject) -> SourceRefused | SubjectUnknown | SourceUnreadable:
        """What the first error means; GraphQL tells it with status 200."""
        code = errors[0].extensions.code[:60] if errors else ""
        if code == "CHANNEL_NOT_FOUND":
            return SubjectUnknown(self.manifest.name, subject.registration_number)
        if code in REFUSED:
            return SourceRefused(self.manifest.name, code)
        return SourceUnreadable(self.manifest.name, "neither data nor a known error")
