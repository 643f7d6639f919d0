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
from integrations.toolkit.oauth import SANDBOX, Credentials, from_url
from integrations.toolkit.sandbox import Desk
from integrations.toolkit.source import Setup

SANDBOX_LIMITS = Limits(seconds=2.0)


class _SourceModule(Protocol):
    def open_source(self, setup: Setup) -> Source: ...


class _SandboxModule(Protocol):
    def create_app(self, desk: Desk) -> Starlette: ...


def sandbox(name: str, desk: Desk) -> Starlette:
    """The sandbox of a source as an ASGI application."""
    return cast(_SandboxModule, import_module(f"integrations.sources.{name}.sandbox")).create_app(desk)


def desk_for(name: str, merchants: tuple[Merchant, ...], clock: Clock, sleep: Sleep = asyncio.sleep) -> Desk:
    """A new front desk of a sandbox with these merchants."""
    return Desk(name, {each.registration_number: each for each in merchants}, clock, sleep)


def open_source(
    manifest: Manifest,
    base_url: str,
    *,
    clock: Clock,
    credentials: Credentials = SANDBOX,
    limits: Limits = SANDBOX_LIMITS,
    transport: httpx.AsyncBaseTransport | None = None,
    sleep: Sleep = asyncio.sleep,
) -> tuple[Source, JsonClient]:
    """One source at `base_url`, with the client to close when it is no longer needed."""
    client = JsonClient(manifest.name, base_url, clock=clock, limits=limits, transport=transport, sleep=sleep)
    setup = Setup(manifest, client, credentials, clock, sleep)
    module = cast(_SourceModule, import_module(f"integrations.sources.{manifest.name}.source"))
    return module.open_source(setup), client


@asynccontextmanager
async def open_sources(
    endpoints: Mapping[str, str],
    merchants: tuple[Merchant, ...],
    clock: Clock,
    *,
    limits: Limits | None = None,
    sleep: Sleep = asyncio.sleep,
) -> AsyncIterator[Mapping[str, Source]]:
    """All sources, by name, closed on leaving.

    `endpoints` maps a source to the address of a real system, with our client id and secret (or API
    key) as `https://id:secret@host/path`; a source without one talks to its sandbox of `merchants`.
    Raises WrongDeclaration for an endpoint of an unknown source.
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
                url, credentials = from_url(endpoints[each.name])
                source, client = open_source(
                    each, url, clock=clock, credentials=credentials, limits=limits or Limits(), sleep=sleep
                )
            else:
                app = sandbox(each.name, desk_for(each.name, merchants, clock))
                transport = httpx.ASGITransport(app=app)
                url = f"http://{each.name}.sandbox"
                source, client = open_source(
                    each, url, clock=clock, limits=limits or SANDBOX_LIMITS, transport=transport, sleep=sleep
                )
            sources[each.name] = source
            clients.append(client)
        yield sources
    finally:
        for client in clients:
            await client.aclose()
