"""A source on the bench: its own sandbox behind a transport that counts requests and can break them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

from flows.consent import Consent, ConsentState
from flows.ports import Evidence, Grant, Manifest, Source, Subject
from integrations.documents import recognise
from integrations.documents.document import Document
from integrations.merchants import Merchant, load
from integrations.sources import catalog, declared
from integrations.toolkit.http import Limits
from integrations.toolkit.signing_in import approving

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
FILES = "upload"  # how a source is reached that reads what its owner sends
# Those of whom most sources know most come first.
RICH = sorted(load(), key=lambda each: (not each.profile.selling.sites, each.id))
LIMITS = Limits(seconds=5.0)
Break = Callable[[httpx.Request], httpx.Response | None]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Naps:
    """A sleep that only writes down how long it should have been."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)


class Faults(httpx.AsyncBaseTransport):
    """Passes requests on; those in `broken` (by number, from 0) get another answer, or hang."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.seen: list[httpx.Request] = []
        self.answers: list[httpx.Response] = []
        self.broken: dict[int, Break] = {}

    def break_next(self, *breaks: Break) -> None:
        """Break the coming requests, one after the other."""
        for offset, each in enumerate(breaks):
            self.broken[len(self.seen) + offset] = each

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        number = len(self.seen)
        self.seen.append(request)
        if number in self.broken:
            response = self.broken[number](request)
            if response is None:
                await asyncio.Event().wait()
                raise AssertionError("never")
            return response
        response = await self.inner.handle_async_request(request)
        await response.aread()
        self.answers.append(response)
        return response


def status(code: int, headers: dict[str, str] | None = None, body: bytes = b"{}") -> Break:
    """Answer with this status."""
    return lambda request: httpx.Response(code, headers=headers, content=body, request=request)


def hang(_request: httpx.Request) -> None:
    """Never answer."""


def cut_off(request: httpx.Request) -> httpx.Response:
    """Break the connection in the middle of the body."""

    async def body() -> AsyncIterator[bytes]:
        yield b'{"Data": {'
        raise httpx.RemoteProtocolError("peer closed connection", request=request)

    return httpx.Response(200, content=body(), request=request)


def refuse_connection(request: httpx.Request) -> httpx.Response:
    """Nobody listens."""
    raise httpx.ConnectError("refused", request=request)


@dataclass
class Bench:
    """One source, its sandbox, and what passed between them."""

    manifest: Manifest
    source: Source
    faults: Faults
    clock: Clock
    naps: Naps = field(default_factory=Naps)

    def consent(
        self, *, state: ConsentState = ConsentState.ACTIVE, kinds: tuple[str, ...] | None = None, name: str = ""
    ) -> Consent:
        """A consent for this source, as the connect flow makes it."""
        return Consent(
            id="c-1",
            source=name or self.manifest.name,
            kinds=self.manifest.kinds if kinds is None else kinds,
            purpose="loan_application",
            recipients=("lender",),
            state=state,
            asked_at=self.clock.now,
            valid_until=self.clock.now + timedelta(days=1),
            data_from=months_before(self.clock.now, self.manifest.months),
            data_to=self.clock.now,
            keep_days=90,
        )

    async def connect(self, merchant: Merchant) -> tuple[Consent, Subject, Grant]:
        """An active consent and its grant."""
        consent, subject = self.consent(), subject_of(merchant)
        return consent, subject, await self.source.connect(consent, subject)

    async def pull(self, merchant: Merchant) -> Evidence:
        """Connect and pull everything."""
        consent, subject, grant = await self.connect(merchant)
        return await self.source.pull(consent, subject, grant, self.clock.now.date())


@asynccontextmanager
async def bench(
    name: str,
    merchants: tuple[Merchant, ...],
    *,
    limits: Limits = LIMITS,
    clock: Clock | None = None,
    owner_is_there: bool = True,
) -> AsyncIterator[Bench]:
    """Open one source against its own sandbox with these merchants; `name:profile` names a profile too.

    Where the owner is not there, nobody signs in at the sandbox's page.
    """
    name, _, profile = name.partition(":")
    clock = clock or Clock()
    manifest = next(each for each in declared.manifests() if each.name == name)
    app = catalog.sandbox(name, catalog.desk_for(name, merchants, clock, sleep=_for_ever))
    faults, naps = Faults(httpx.ASGITransport(app=app)), Naps()
    source, client = catalog.open_source(
        manifest,
        f"http://{name}.sandbox",
        clock=clock,
        limits=limits,
        transport=faults,
        sleep=naps,
        profile=profile,
        owner=approving(faults, limits.seconds) if owner_is_there else None,
        read=_read_here,
    )
    try:
        yield Bench(source.manifest, source, faults, clock, naps)
    finally:
        await client.aclose()


def subject_of(merchant: Merchant) -> Subject:
    """The business whose records are asked for."""
    return Subject(registration_number=merchant.registration_number, country=merchant.country)


def calm(merchant: Merchant) -> Merchant:
    """The same business, with sources that behave."""
    return Merchant(merchant.profile.model_copy(update={"trouble": ()}))


def quiet(merchant: Merchant) -> Merchant:
    """The same business with an order or two a day, and sources that behave; enough for what is not about numbers."""
    profile = calm(merchant).profile
    return Merchant(profile.model_copy(update={"selling": profile.selling.model_copy(update={"orders_a_day": 1})}))


def just_opened(merchant: Merchant) -> Merchant:
    """The same business, founded today: known everywhere, with nothing on record yet."""
    profile = calm(merchant).profile
    registered = profile.registered.model_copy(update={"founded_days_ago": 0, "founded": None})
    tax = profile.tax.model_copy(update={"net_profit": None})
    return Merchant(profile.model_copy(update={"registered": registered, "tax": tax}))


def busy(merchant: Merchant) -> Merchant:
    """The same business with more than 10,000 records at every source that knows it."""
    profile = calm(merchant).profile
    changes: dict[str, object] = {
        "filings": 10_000,
        "trade": profile.trade.model_copy(update={"tickets": 28}),
        "tax": profile.tax.model_copy(update={"payment_parts": 460}),
        "selling": profile.selling.model_copy(update={"orders_a_day": 29, "customers": ()}),
    }
    if profile.selling.customers:
        few = profile.tax.model_copy(update={"invoice_mean": profile.trade.monthly / 500})
        changes["tax"] = few
    return Merchant(profile.model_copy(update=changes))


def months_before(moment: datetime, months: int) -> datetime:
    """The start of the month so many months ago; the moment itself for none."""
    index = moment.year * 12 + moment.month - 1 - months
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=UTC) if months else moment


async def _read_here(content: bytes) -> Document:
    """In this process: what it takes to start another is tried in the tests of documents."""
    return recognise.read(content)


async def _for_ever(_seconds: float) -> None:
    await asyncio.Event().wait()


def known_at(name: str, merchant: Merchant) -> Merchant:
    """This business; where a source knows only some, the first of those."""
    known = [each for each in RICH if catalog.serves(name.partition(":")[0], each)]
    return merchant if known == RICH else quiet(known[0])
