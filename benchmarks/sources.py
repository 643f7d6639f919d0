"""Eight sources at once against the slowest of them alone, each over its sandbox with the latency of a network.

`uv run python benchmarks/sources.py`. The ratio is what counts: 1.0 would mean that seven of them cost no time.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from time import perf_counter

import httpx

from flows.consent import Consent, ConsentState
from flows.ports import Source, Subject
from integrations.merchants import Merchant, load
from integrations.sources import catalog
from integrations.sources.declared import manifests
from integrations.toolkit.http import JsonClient, Limits
from integrations.toolkit.signing_in import approving

BAR = 1.15
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SLOWEST, STEP = 0.4, 0.04  # seconds a request: the first source is the slowest, each next one a little faster
ROUNDS = 2


class Distant(httpx.AsyncBaseTransport):
    """A sandbox that is some time away."""

    def __init__(self, inner: httpx.AsyncBaseTransport, seconds: float) -> None:
        self.inner, self.seconds = inner, seconds

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(self.seconds)
        return await self.inner.handle_async_request(request)


def small(merchant: Merchant) -> Merchant:
    """The business with little to read, so that waiting and not parsing is measured."""
    profile = merchant.profile
    changes = {
        "trouble": (),
        "selling": profile.selling.model_copy(update={"orders_a_day": 1}),
        "trade": profile.trade.model_copy(update={"tickets": 1}),
    }
    return Merchant(profile.model_copy(update=changes))


def opened(name: str, merchants: tuple[Merchant, ...], seconds: float) -> tuple[Source, JsonClient]:
    app = catalog.sandbox(name, catalog.desk_for(name, merchants, lambda: NOW))
    transport = Distant(httpx.ASGITransport(app=app), seconds)
    manifest = next(each for each in manifests() if each.name == name)
    return catalog.open_source(
        manifest,
        f"http://{name}.sandbox",
        clock=lambda: NOW,
        limits=Limits(seconds=20),
        transport=transport,
        owner=approving(transport),
    )


async def pull(source: Source, merchant: Merchant) -> None:
    manifest = source.manifest
    consent = Consent(
        id=f"c-{manifest.name}",
        source=manifest.name,
        kinds=manifest.kinds,
        purpose="loan_application",
        recipients=(),
        state=ConsentState.ACTIVE,
        asked_at=NOW,
        valid_until=NOW + timedelta(days=1),
        data_from=NOW - timedelta(days=31 * max(manifest.months, 1)),
        data_to=NOW,
        keep_days=90,
    )
    subject = Subject(registration_number=merchant.registration_number, country=merchant.country)
    await source.pull(consent, subject, await source.connect(consent, subject), NOW.date())


async def main() -> None:
    merchants = tuple(small(each) for each in load())
    names = ("bank", "registry", "tax", "pos_square", "shop_vendure", "logistics", "erp_tryton", "erp_kingdee")
    pairs: list[tuple[Source, Merchant]] = []
    clients: list[JsonClient] = []
    for place, name in enumerate(names):
        merchant = next(each for each in merchants if catalog.serves(name, each))
        source, client = opened(name, merchants, SLOWEST - STEP * place)
        pairs.append((source, merchant))
        clients.append(client)
        await pull(source, merchant)  # ledgers are made once
    for number in range(ROUNDS):
        alone: dict[str, float] = {}
        for source, merchant in pairs:
            start = perf_counter()
            await pull(source, merchant)
            alone[source.manifest.name] = perf_counter() - start
        start = perf_counter()
        await asyncio.gather(*(pull(source, merchant) for source, merchant in pairs))
        together = perf_counter() - start
        slowest = max(alone, key=lambda name: alone[name])
        ratio = together / alone[slowest]
        one_by_one = sum(alone.values()) / together
        print(
            f"round {number + 1}: {len(pairs)} together {together:.2f} s, slowest alone ({slowest}) "
            f"{alone[slowest]:.2f} s: {ratio:.2f} times (bar {BAR}); one after the other {one_by_one:.1f} times as long"
        )
    for client in clients:
        await client.aclose()


if __name__ == "__main__":
    asyncio.run(main())
