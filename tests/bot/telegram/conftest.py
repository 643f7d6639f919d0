"""A bot on the stand for every test; the server is shared by a module."""

import ssl
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from bot.telegram.requests import TelegramApi, open_api
from tests.stand import Server, Stand


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@pytest.fixture(autouse=True)
def one_tls(monkeypatch: pytest.MonkeyPatch, tls: ssl.SSLContext) -> None:
    """Reading all certificates for every test would cost more than the tests."""
    monkeypatch.setattr("httpx.create_ssl_context", lambda **_: tls)


@pytest.fixture(autouse=True)
def durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's switch that `open_api` sets, also for tests that only read updates."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def stand(server: Server) -> Iterator[Stand]:
    """Also the schema check: a test fails when a call breaks the published description of the Bot API."""
    stand = server.stand()
    yield stand
    assert stand.violations == []


@pytest.fixture
async def api(stand: Stand) -> AsyncIterator[TelegramApi]:
    api = open_api(stand.token, stand.url)
    yield api
    await api.close()
