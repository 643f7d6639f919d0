"""The books source against a real Tryton server from PyPI, in an environment of its own on loopback.

Asked for by `pytest -m erp`; skipped with the reason where the server cannot be installed or started.
"""

import asyncio
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from flows.errors import SourceRefused
from flows.ports import Subject
from integrations.sources.catalog import open_sources
from integrations.toolkit.oauth import Endpoint
from tests.integrations.sources.test_journey import consent_for

pytestmark = pytest.mark.erp
PACKAGES = ("trytond>=8.2,<8.3", "trytond-account-invoice>=8.2,<8.3", "proteus>=8.2,<8.3")
NUMBER = "99963182"
SEED = Path(__file__).parent / "seed.py"
CONFIG = """[web]
listen = 127.0.0.1:{port}
[database]
uri = sqlite://
path = {home}
"""


@dataclass
class Tryton:
    """A running server."""

    home: Path
    python: Path
    port: int
    seeded: dict[str, str]

    def act(self, action: str, key: str) -> None:
        """What the owner does with a key in Tryton."""
        done = run(self.python, SEED, self.home / "trytond.conf", NUMBER, action, key)
        assert json.loads(done)["state"] == {"allow": "validated", "cancel": "cancelled"}[action]


def run(*command: object, seconds: float = 120, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(each) for each in command], capture_output=True, text=True, timeout=seconds, check=False, env=env
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr[-400:]}")
    return done.stdout


@pytest.fixture(scope="module")
def tryton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tryton]:
    home = tmp_path_factory.mktemp("tryton")
    python = home / "venv/bin/python"
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not at hand to install Tryton")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    (home / "trytond.conf").write_text(CONFIG.format(port=port, home=home), encoding="utf-8")
    (home / "pass").write_text("only-for-this-test\n", encoding="utf-8")
    (home / f"{NUMBER}.sqlite").touch()
    admin = [home / "venv/bin/trytond-admin", "-c", home / "trytond.conf", "-d", NUMBER]
    env = {"TRYTONPASSFILE": str(home / "pass"), "PATH": "/usr/bin:/bin"}
    try:
        run(uv, "venv", "-q", "--python", sys.executable, home / "venv")
        run(uv, "pip", "install", "-q", "--python", python, *PACKAGES, seconds=240)
        run(*admin, "--email", "owner@harbour-lamps.example", "--all", env=env)
        run(*admin, "-u", "account_invoice", "--activate-dependencies", env=env)
        seeded = json.loads(run(python, SEED, home / "trytond.conf", NUMBER, "seed"))
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"Tryton could not be set up: {error}")
    server = subprocess.Popen(
        [home / "venv/bin/trytond", "-c", home / "trytond.conf", "-d", NUMBER],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Tryton(home, python, port, seeded)
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
async def address(tryton: Tryton) -> str:
    base = f"http://127.0.0.1:{tryton.port}"
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(100):
            try:
                await client.get(base, timeout=2)
            except httpx.TransportError:
                await asyncio.sleep(0.2)
            else:
                break
        else:
            pytest.skip("Tryton did not start to listen")
    return base


async def test_reads_the_books_until_the_owner_cancels_the_key(tryton: Tryton, address: str) -> None:
    now = datetime.now(UTC)
    endpoint = Endpoint.read(address, id=SecretStr("admin"))
    async with open_sources({"erp_tryton": endpoint}, (), lambda: datetime.now(UTC)) as sources:
        source = sources["erp_tryton"]
        consent, subject = consent_for(source, now), Subject(registration_number=NUMBER, country="GB")
        grant = await source.connect(consent, subject)
        key = json.loads(grant.token)[1]
        with pytest.raises(SourceRefused):
            await source.pull(consent, subject, grant, now.date())

        tryton.act("allow", key)
        evidence = await source.pull(consent, subject, grant, now.date())
        found = {each.field: each.value for each in evidence.candidates}
        assert found["accounts_receivable"] == {"amount": tryton.seeded["receivable"], "currency": "GBP"}
        assert found["accounts_payable"] == {"amount": tryton.seeded["payable"], "currency": "GBP"}
        assert found["contact_email"] == "hello@harbour-lamps.example"
        assert evidence.records == int(tryton.seeded["invoices"]) + 1

        tryton.act("cancel", key)
        with pytest.raises(SourceRefused):
            await source.pull(consent, subject, grant, now.date())
        await source.forget(consent, grant)
