"""`lendline lender`: what it prints, what it stores, and a push to a server that really listens on loopback."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
import uvicorn
from click.testing import CliRunner, Result

from bot.commands.lender import Open, Opened, lender
from bot.web import access
from bot.web.app import create_app
from flows.application.lifecycle import Status
from integrations.database.engine import Database
from integrations.database.queries import lenders
from integrations.database.sealing import Sealer
from integrations.database.tables import lender as lender_table
from integrations.lenders import packet_signature, signature
from tests.bot.parts import KEY
from tests.bot.web.site import APPLICATION, LENDER, OTHER, Site, event


def opening(database_url: str) -> Open:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Opened]:
        database = await Database.open(database_url, upgrade=False)
        try:
            yield Opened(database, Sealer([KEY]))
        finally:
            await database.close()

    return opened


async def run(database_url: str, *arguments: str) -> Result:
    """A command in a thread of its own, as it has an event loop of its own."""
    return await asyncio.to_thread(CliRunner().invoke, lender, list(arguments), obj=opening(database_url))


class Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


@asynccontextmanager
async def listening(site: Site) -> AsyncIterator[str]:
    """The site on a free port of loopback. Its clock follows the real one, as the command signs with that."""
    site.clock.now = datetime.now(UTC)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = Server(uvicorn.Config(create_app(site.parts), log_level="critical", lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[taken]))
        await server.up.wait()
        try:
            yield f"http://127.0.0.1:{taken.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


async def test_add_shows_the_secrets_once_and_stores_neither_in_the_clear(site: Site, database_url: str) -> None:
    result = await run(database_url, "add", "tern-bank", "--name", "Tern Bank")
    assert result.exit_code == 0
    shown = dict(line.split() for line in result.stdout.splitlines())
    assert shown["lender"] == "tern-bank"
    assert shown["secret"].startswith("whsec_")
    stored = await site.parts.database.read(lenders.find, "tern-bank")
    assert stored is not None
    assert stored.name == "Tern Bank"
    assert access.opens(stored, shown["token"])
    assert access.secrets_of(stored, site.parts.sealer) == (shown["secret"],)
    raw = await site.parts.database.read(lambda connection: str(connection.execute(sa.select(lender_table)).all()))
    assert "tern-bank" in raw
    assert shown["secret"] not in raw
    assert shown["token"] not in raw


@pytest.mark.parametrize(("lender_id", "says"), [(LENDER, "exists already"), ("Tern Bank", "not a lender id")])
async def test_add_cuts_nobody_off_and_wants_an_id_for_addresses(
    site: Site, database_url: str, lender_id: str, says: str
) -> None:
    before = await site.parts.database.read(lenders.every)
    result = await run(database_url, "add", lender_id)
    assert result.exit_code != 0
    assert says in str(result.exception)
    assert await site.parts.database.read(lenders.every) == before


async def test_push_reaches_the_owner_and_counts_on(site: Site, database_url: str, tmp_path: Path) -> None:
    more = tmp_path / "more.json"
    more.write_text(json.dumps({"lender_status": "IN_CREDIT_REVIEW", "expected_by": "2030-01-01T00:00:00Z"}))
    async with listening(site) as url:
        first = await run(database_url, "push", LENDER, APPLICATION, "under_review", "--json", str(more), "--url", url)
        assert first.exit_code == 0, first.output
        assert first.stdout.startswith("202 Accepted")
        second = await run(database_url, "push", LENDER, APPLICATION, "rejected", "--url", f"{url}/")
        assert second.exit_code == 0, second.output
        secret = site.keys[OTHER].secret
        foreign = await run(
            database_url, "push", OTHER, APPLICATION, "rejected", "--secret", secret, "--sequence", "9", "--url", url
        )
        assert foreign.exit_code == 1
        assert foreign.stdout.startswith("404 Not Found")
        wrong = await run(
            database_url, "push", LENDER, APPLICATION, "offered", "--secret", signature.new_secret(), "--url", url
        )
        assert wrong.stdout.startswith("401 Unauthorized")
    submission = (await site.state()).submission
    assert submission is not None
    assert submission.status is Status.REJECTED
    assert submission.sequence == 1


async def test_push_says_what_is_wrong_in_one_line(site: Site, database_url: str, tmp_path: Path) -> None:
    del site
    bad = tmp_path / "bad.json"
    bad.write_text("[1]")
    for arguments, says in (
        (("nobody", APPLICATION, "offered"), "there is no lender nobody"),
        ((LENDER, APPLICATION, "offered", "--json", str(bad)), "is not a JSON object"),
        ((LENDER, APPLICATION, "offered", "--url", "http://127.0.0.1:1"), "is `lendline up` running?"),
        ((LENDER, APPLICATION, "offered", "--secret", "x", "--sequence", "0"), "is not a `whsec_` secret"),
    ):
        result = await run(database_url, "push", *arguments)
        assert result.exit_code == 1, result.output
        assert says in result.stderr


async def test_rotating_leaves_no_gap_and_ends_the_old_secret_when_finished(site: Site, database_url: str) -> None:
    first = await run(database_url, "rotate", LENDER)
    assert first.exit_code == 0, first.output
    fresh = first.stdout.split()[1]
    stored = await site.parts.database.read(lenders.find, LENDER)
    assert stored is not None
    assert access.secrets_of(stored, site.parts.sealer) == (fresh, site.keys[LENDER].secret)
    assert (await run(database_url, "rotate", LENDER, "--finish")).stdout == "1 old secret dropped\n"
    stored = await site.parts.database.read(lenders.find, LENDER)
    assert stored is not None
    assert access.secrets_of(stored, site.parts.sealer) == (fresh,)
    token = (await run(database_url, "rotate", LENDER, "--token")).stdout.split()[1]
    assert (await site.read(token=token)).status_code == 200
    assert (await site.read()).status_code == 401
    assert "there is no lender nobody" in str((await run(database_url, "rotate", "nobody")).exception)


async def test_events_say_what_became_of_each(site: Site, database_url: str) -> None:
    await site.send(event("under_review", 1), "msg_a")
    await site.send(event("offered", 3), "msg_b")
    await site.send(event("rejected", 1), "msg_c")
    result = await run(database_url, "events", LENDER)
    assert result.exit_code == 0, result.output
    became = {line.split()[-1]: line.split()[-2] for line in result.stdout.splitlines()}
    assert became == {"msg_a": "relayed", "msg_b": "waiting", "msg_c": "recorded"}
    assert (await run(database_url, "events", LENDER, "--application", "LA-NONE-1")).stdout == ""
    assert "there is no lender nobody" in (await run(database_url, "events", "nobody")).stderr


async def test_a_packet_read_over_the_api_verifies_offline(site: Site) -> None:
    packet = (await site.read()).json()
    assert packet_signature.verify(packet, [site.keys[LENDER].packet_key]) == site.keys[LENDER].packet_key
    packet["status"]["status"] = "disbursed"
    with pytest.raises(packet_signature.NotOurs):
        packet_signature.verify(packet, [site.keys[LENDER].packet_key])


async def test_connect_says_how_a_lenders_system_speaks(site: Site, database_url: str) -> None:
    result = await run(database_url, "connect", LENDER)
    assert result.output.split() == ["statuses", "lendline", "events", "pushed", "by", "the", "lender"]
    asked = await run(
        database_url, "connect", LENDER, "--statuses", "ocen-4.0", "--ask", "https://lender.example/api", "--token", "t"
    )
    assert "asked for at https://lender.example/api" in asked.output
    stored = await site.parts.database.read(lenders.system_of, LENDER)
    assert stored is not None
    assert stored.dialect == "ocen-4.0"
    assert site.parts.sealer.unseal_text(stored.poll_token or b"") == "t"
    await run(database_url, "connect", LENDER, "--push")
    assert await site.parts.database.read(lenders.asked) == ()
    for wrong in (
        ("connect", "nobody"),
        ("connect", LENDER, "--ask", "ftp://x"),
        ("connect", LENDER, "--ask", "lender"),
    ):
        assert (await run(database_url, *wrong)).exit_code != 0
