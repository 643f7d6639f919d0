"""Whole applications: the real house on a real file, with a Bot API server on loopback where one is needed."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.settings import Settings
from integrations.merchants import Merchant, load
from tests import databases
from tests.stand import Server, Stand


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def stand(server: Server) -> Iterator[Stand]:
    stand = server.stand()
    yield stand
    assert stand.violations == []


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@pytest.fixture(autouse=True)
def one_tls(monkeypatch: pytest.MonkeyPatch, tls: ssl.SSLContext) -> None:
    """Reading all certificates for every client would cost more than the tests."""
    monkeypatch.setattr("httpx.create_ssl_context", lambda **_: tls)
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.of_its_own(tmp_path, databases.url_for(tmp_path, "lendline"))


@pytest.fixture(params=["en", "zh"])
def merchant(request: pytest.FixtureRequest) -> Merchant:
    """A clean merchant of each language."""
    return next(each for each in load() if each.lang == request.param and each.expect == "offered" and not each.dirt)
