"""The sources Lendline knows, found by folder, each opened against its endpoint or its own sandbox.

A folder with manifest.toml, source.py (`open_source`) and sandbox.py (`create_app`) is a source.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Protocol, cast

import httpx
from starlette.applications import Starlette

from flows.errors import WrongDeclaration
from flows.ports import Manifest, Source
from integrations.merchants import Merchant
from integrations.sources.declared import manifests
from integrations.toolkit.http import Clock, JsonClient, Limits, Sleep
from integrations.toolkit.oauth import SANDBOX, Credentials, Endpoint, Owner
from integrations.toolkit.sandbox import Desk
from integrations.toolkit.signing_in import approving
from integrations.toolkit.source import Read, Setup

SANDBOX_LIMITS = Limits(seconds=2.0)
FILES = "upload"  # the access of a source that reads what owners send


class _SourceModule(Protocol):
    def open_source(self, setup: Setup) -> Source: ...


class _SandboxModule(Protocol):
    def create_app(self, desk: Desk) -> Starlette: ...


def sandbox(name: str, desk: Desk) -> Starlette:
    """The sandbox of a source as an ASGI application."""
    return cast(_SandboxModule, import_module(f"integrations.sources.{name}.sandbox")).create_app(desk)


def serves(name: str, merchant: Merchant) -> bool:
    """Whether a business is known at the sandbox of a source; one without `serves` knows everybody."""
    module = import_module(f"integrations.sources.{name}.sandbox")
    return bool(getattr(module, "serves", lambda _: True)(merchant))


def desk_for(name: str, merchants: tuple[Merchant, ...], clock: Clock, sleep: Sleep = asyncio.sleep) -> Desk:
    """A new front desk of a sandbox with those of the merchants that it knows."""
    return Desk(name, {each.registration_number: each for each in merchants if serves(name, each)}, clock, sleep)


def open_source(
    manifest: Manifest,
    base_url: str,
    *,
    clock: Clock,
    credentials: Credentials = SANDBOX,
    limits: Limits = SANDBOX_LIMITS,
    transport: httpx.AsyncBaseTransport | None = None,
    sleep: Sleep = asyncio.sleep,
    profile: str = "",
    owner: Owner | None = None,
    read: Read | None = None,
) -> tuple[Source, JsonClient]:
    """One source at `base_url`, with the client to close when it is no longer needed.

    Raises WrongDeclaration for a profile that the source does not speak.
    """
    if profile and profile not in manifest.profiles:
        known = ", ".join(manifest.profiles) or "none"
        raise WrongDeclaration(f"source {manifest.name}", f"no profile is called {profile!r}", f"It speaks: {known}")
    client = JsonClient(manifest.name, base_url, clock=clock, limits=limits, transport=transport, sleep=sleep)
    profile = profile or next(iter(manifest.profiles), "")
    setup = Setup(manifest.speaking(profile), client, credentials, clock, sleep, profile, owner, read)
    module = cast(_SourceModule, import_module(f"integrations.sources.{manifest.name}.source"))
    return module.open_source(setup), client


@asynccontextmanager
async def open_sources(
    endpoints: Mapping[str, Endpoint],
    merchants: tuple[Merchant, ...],
    clock: Clock,
    *,
    limits: Limits | None = None,
    sleep: Sleep = asyncio.sleep,
    owner: Owner | None = None,
    box: Starlette | None = None,
    read: Read | None = None,
) -> AsyncIterator[Mapping[str, Source]]:
    """All sources, by name, closed on leaving.

    A source without one of the `endpoints` talks to its sandbox of `merchants`. `owner` signs in at the pages of
    the endpoints, where a test serves a sandbox there. Sources of files find them in the `box` and `read` them.
    Raises WrongDeclaration for an endpoint of an unknown source or with an unknown profile.
    """
    known = manifests()
    for name in endpoints:
        if name not in {each.name for each in known}:
            raise WrongDeclaration(
                f"endpoint {name}", "there is no such source", "Name one that `lendline sources` lists"
            )
    sources: dict[str, Source] = {}
    clients: list[JsonClient] = []
    try:
        for each in known:
            if each.name in endpoints:
                at = endpoints[each.name]
                source, client = open_source(
                    each,
                    at.url,
                    clock=clock,
                    credentials=at.credentials,
                    limits=limits or Limits(),
                    sleep=sleep,
                    profile=at.profile,
                    owner=owner,
                    read=read,
                )
            else:
                ours = box if each.auth == FILES else None
                app = ours or sandbox(each.name, desk_for(each.name, merchants, clock))
                transport = httpx.ASGITransport(app=app)
                url = f"http://{each.name}.sandbox"
                source, client = open_source(
                    each,
                    url,
                    clock=clock,
                    limits=limits or SANDBOX_LIMITS,
                    transport=transport,
                    sleep=sleep,
                    owner=approving(transport),
                    read=read,
                )
            sources[each.name] = source
            clients.append(client)
        yield sources
    finally:
        for client in clients:
            await client.aclose()
