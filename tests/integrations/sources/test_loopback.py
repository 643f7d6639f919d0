"""An endpoint address instead of a sandbox: the same source over a real socket, with its own credentials."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from pydantic import SecretStr

from flows.errors import SourceRefused, SourceUnavailable, SourceUnreadable
from integrations.merchants import Merchant, load
from integrations.sources import catalog, declared
from integrations.sources.catalog import open_sources
from integrations.toolkit.http import Limits
from integrations.toolkit.oauth import Credentials, Endpoint
from integrations.toolkit.signing_in import approving
from tests.integrations.sources.bench import Clock, Naps, bench, quiet
from tests.integrations.sources.test_journey import pull

CREDENTIALS = Credentials(id=SecretStr("bank-client"), secret=SecretStr("p@ss:word"))


@asynccontextmanager
async def served(name: str) -> AsyncIterator[str]:
    """The sandbox of a source on a free port of loopback."""
    desk = catalog.desk_for(name, tuple(quiet(each) for each in load()), Clock())
    desk.credentials = CREDENTIALS
    config = uvicorn.Config(catalog.sandbox(name, desk), host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it in no other way
        await asyncio.sleep(0.01)
    try:
        yield f"127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


def known_at(name: str) -> Merchant:
    """A British business that the source knows, or else a Chinese one."""
    known = [each for each in load() if catalog.serves(name, each)]
    return quiet(min(known, key=lambda each: (each.country != "GB", each.id != "salt-and-crumb", each.id)))


async def test_reads_over_a_socket(name: str) -> None:
    named, (name, _, profile) = name, name.partition(":")
    auth = next(each for each in declared.manifests() if each.name == name).speaking(profile).auth
    if auth == catalog.FILES:
        pytest.skip("a source of files has no address to reach it at")
    merchant = known_at(name)
    async with served(name) as address:
        right = {name: Endpoint.read(f"http://bank-client:p%40ss%3Aword@{address}", profile)}
        async with open_sources(right, (), Clock(), owner=approving()) as sources:
            over_socket = await pull(sources[name], merchant)
        wrong = {name: Endpoint.read(f"http://{address}", profile, id=SecretStr("wrong"), secret=SecretStr("secret"))}
        async with open_sources(wrong, (), Clock(), owner=approving()) as sources:
            if auth == "open":
                assert await pull(sources[name], merchant) == over_socket
            else:
                with pytest.raises((SourceRefused, SourceUnreadable)):
                    await pull(sources[name], merchant)
    async with bench(named, (merchant,)) as on:
        assert await pull(on.source, merchant) == over_socket


async def test_nobody_listens(name: str) -> None:
    name, _, profile = name.partition(":")
    merchant = known_at(name)
    quick, nobody = Limits(seconds=0.5), {name: Endpoint.read("http://127.0.0.1:9", profile)}
    async with open_sources(nobody, (), Clock(), limits=quick, sleep=Naps(), owner=approving()) as sources:
        with pytest.raises(SourceUnavailable):
            await pull(sources[name], merchant)
