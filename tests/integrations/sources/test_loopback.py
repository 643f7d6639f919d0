"""An endpoint address instead of a sandbox: the same source over a real socket, with its own credentials."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from pydantic import SecretStr

from flows.errors import SourceRefused, SourceUnavailable
from integrations.merchants import load
from integrations.sources import catalog
from integrations.sources.catalog import open_sources
from integrations.toolkit.http import Limits
from integrations.toolkit.oauth import Credentials
from tests.integrations.sources.bench import Clock, Naps, calm
from tests.integrations.sources.test_journey import pull

CREDENTIALS = Credentials(id=SecretStr("bank-client"), secret=SecretStr("p@ss:word"))


@asynccontextmanager
async def served(name: str) -> AsyncIterator[str]:
    """The sandbox of a source on a free port of loopback."""
    desk = catalog.desk_for(name, tuple(calm(each) for each in load()), Clock())
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


async def test_reads_over_a_socket(name: str) -> None:
    merchant = next(each for each in load() if each.id == "salt-and-crumb")
    async with served(name) as address:
        async with open_sources({name: f"http://bank-client:p%40ss%3Aword@{address}"}, (), Clock()) as sources:
            over_socket = await pull(sources[name], merchant)
        async with open_sources({name: f"http://wrong:secret@{address}"}, (), Clock()) as sources:
            with pytest.raises(SourceRefused):
                await pull(sources[name], merchant)
    async with open_sources({}, (calm(merchant),), Clock()) as sources:
        assert await pull(sources[name], merchant) == over_socket


async def test_nobody_listens(name: str) -> None:
    merchant = next(each for each in load() if each.id == "salt-and-crumb")
    quick = Limits(seconds=0.5)
    async with open_sources({name: "http://127.0.0.1:9"}, (), Clock(), limits=quick, sleep=Naps()) as sources:
        with pytest.raises(SourceUnavailable):
            await pull(sources[name], merchant)
