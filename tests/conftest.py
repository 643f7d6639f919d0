"""What holds for all tests: on which database they run."""

import os

import pytest

from bot.logs import configure
from tests import databases

_server: list[databases.Server] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database of whatever opens one; PostgreSQL is started by the run",
    )
    parser.addoption("--browser", action="store_true", help="run the tests that need Chromium (tests/browser)")


def pytest_configure(config: pytest.Config) -> None:
    configure("text")
    if config.getoption("--database") != "postgresql" or databases.is_postgresql():
        return
    try:
        _server.append(databases.Server())
    except Exception as error:  # whatever keeps it from starting is the reason that is shown
        os.environ[databases.SERVER] = f"{databases.ABSENT}{type(error).__name__}: {error}"[:300]
    else:
        os.environ[databases.SERVER] = _server[0].url


def pytest_unconfigure() -> None:
    for server in _server:
        server.__exit__(None, None, None)
    _server.clear()
