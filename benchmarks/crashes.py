"""kill -9 at random instants under load: `python -m benchmarks.crashes [--kills 100] [--database postgresql]`.

People apply on a Bot API server on loopback that calls us, lenders push every status twice, and meanwhile processes
are killed and started again: one `lendline up` on SQLite; two web processes and two workers on PostgreSQL. Bar: every
acknowledged event took effect once, no status lost, no field wrong, at most one repeated message a kill.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import sqlalchemy as sa

from bot.logs import configure
from bot.settings import Settings
from bot.web import access
from bot.wiring import House, open_house
from flows.application import prefill
from flows.application.fields import FIELDS
from flows.texts import load
from integrations.database import migrations
from integrations.database.queries import lenders
from integrations.lenders.signature import sign
from integrations.merchants import Merchant
from integrations.merchants import load as load_merchants
from tests import databases
from tests.stand import Person, Server, Stand

TEXTS = load()
LENDER = "harbour"
PUSHES = ("action_required", "under_review", "rejected")
PATIENCE = 90.0  # seconds that a person waits for anything
LOOK = 0.1
LIFE = (0.3, 1.6)  # seconds between two kills
PARTS = {"sqlite": ("up",), "postgresql": ("web", "web", "worker", "worker")}


async def until(true: Callable[[], bool], what: str) -> None:
    async with asyncio.timeout(PATIENCE):
        try:
            while not true():  # noqa: ASYNC110 - what is waited for happens in another thread
                await asyncio.sleep(LOOK)
        except asyncio.CancelledError as error:
            error.add_note(f"waiting for {what}")
            raise


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Nursery:
    """The running parts, and who kills them."""

    process: subprocess.Popen[str]
    parts: list[tuple[str, int]]
    alive: list[int] = field(default_factory=list)
    kills: int = 0

    def start(self, place: int) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        name, port = self.parts[place]
        print(name, port, file=self.process.stdin, flush=True)
        child = int(self.process.stdout.readline())
        if place == len(self.alive):
            self.alive.append(child)
        self.alive[place] = child

    async def kill(self, count: int) -> None:
        """Kill any of them at a random instant, and start it again, so many times."""
        chance = random.Random(7)
        while self.kills < count:
            await asyncio.sleep(chance.uniform(*LIFE))
            place = chance.randrange(len(self.alive))
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.alive[place], signal.SIGKILL)
            self.kills += 1
            await asyncio.to_thread(self.start, place)

    def stop(self) -> None:
        for child in self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
        time.sleep(3)
        for child in self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)


@dataclass
class Load:
    """What is played, and what came of it."""

    stand: Stand
    merchant: Merchant
    house: House
    ports: list[int]
    secret: str = ""
    journeys: int = 0
    pushes: int = 0
    people: list[Person] = field(default_factory=list)

    async def apply(self, number: int) -> None:
        """One person's application, from /start to the last status."""
        person = self.stand.person(f"P{number}", language=self.merchant.lang)
        person.phone = self.merchant.phone
        self.people.append(person)
        text = lambda key: TEXTS.get(self.merchant.lang, key)  # noqa: E731

        async def sees(wanted: str) -> None:
            await until(lambda: any(wanted in each.text for each in person.messages), wanted)

        async def taps(key: str) -> None:
            label = text(key)
            await until(
                lambda: label in [*person.messages[-1].labels, *person.keyboard] if person.messages else False, key
            )
            person.tap(label)

        def offers() -> list[str]:
            """The labels below the offers; their picture may have come after them already."""
            return next((each.labels for each in reversed(person.messages) if text("offers.text") in each.text), [])

        person.start()
        await sees(text("welcome.title"))
        await taps("welcome.start")
        await taps("identify.phone.share")
        await sees(text("identify.number.text"))
        person.say(self.merchant.registration_number)
        await taps("identify.lookup.allow")
        await taps("identify.confirm.yes")
        await sees(text("need.title"))
        person.say(self.merchant.voice["need"])
        await taps("connect.allow_all")
        await taps("field.legal_or_insolvency_declaration.no")
        for page in range(1, 5):
            await sees(TEXTS.get(self.merchant.lang, "review.title", page=page, pages=5, section="").strip(" :："))
            await taps("review.next")
        await taps("review.sign")
        await sees(text("offers.text"))
        await until(lambda: bool(offers()), "an offer")
        person.tap(offers()[0])
        await taps("offers.accept")
        await sees(text("status.offer_accepted.title"))
        application = await self._application(str(person.id))
        for sequence, status in enumerate(PUSHES, start=1):
            await self._push(application, status, sequence)
            await sees(text(f"status.{status}.title"))
        self.journeys += 1

    async def _application(self, address: str) -> str:
        query = "select a.id from application a join conversation c on c.id = a.conversation_id where c.address = :at"
        found = await self.house.database.read(
            lambda connection: connection.execute(sa.text(query), {"at": address}).scalar_one()
        )
        return str(found)

    async def _push(self, application: str, status: str, sequence: int) -> None:
        """Send an event until it is acknowledged, and once more, as lenders do."""
        at = datetime.now(UTC)
        data: dict[str, object] = {
            "application_id": application,
            "sequence": sequence,
            "status": status,
            "occurred_at": at.isoformat(),
        }
        if status == "action_required":
            data["actions"] = [{"type": "add_document", "document": "bank_statement", "reason": "three months"}]
        event = {"type": "loan_application.status_changed", "timestamp": at.isoformat(), "data": data}
        body = json.dumps(event).encode()
        headers = sign(body, f"msg_{application}_{sequence}", (self.secret,), at) | {"content-type": "application/json"}
        taken = 0
        async with httpx.AsyncClient(trust_env=False) as client:
            while taken < 2:
                port = random.choice(self.ports)
                try:
                    answer = await client.post(
                        f"http://127.0.0.1:{port}/lenders/{LENDER}/events", content=body, headers=headers
                    )
                except httpx.HTTPError:
                    await asyncio.sleep(LOOK)
                    continue
                if answer.status_code in {200, 202}:
                    taken += 1
                else:
                    await asyncio.sleep(LOOK)
        self.pushes += 1


async def check(its: Load, kills: int) -> dict[str, object]:
    """What the database says afterwards, against what people and lenders know."""
    events = await its.house.database.read(
        lambda connection: connection.execute(
            sa.text("select origin, count(*), count(distinct external_id) from event group by origin")
        ).all()
    )
    failed = await its.house.database.read(
        lambda connection: connection.execute(sa.text("select count(*) from event where error <> ''")).scalar_one()
    )
    statuses = await its.house.database.read(
        lambda connection: connection.execute(
            sa.text("select status, count(*) as number from application group by status")
        ).all()
    )
    by_origin = {origin: (count, distinct) for origin, count, distinct in events}
    acknowledged = len(set(its.stand.confirmed))
    wrong = compared = 0
    for person in its.people:
        application = await its._application(str(person.id))
        stored = await its.house.database.read(lenders.find_application, application)
        assert stored is not None
        packet = its.house.sealer.unseal(lenders.Packet, stored.packet).application
        truth = its.merchant.truth(stored.submitted_at.date())
        chosen = {name: value.candidate for name, value in packet.values.items() if value.candidate is not None}
        compared += sum(1 for name in chosen if name in truth)
        wrong += sum(
            1
            for name, candidate in chosen.items()
            if name in truth and not prefill.same(FIELDS[name], candidate.value, truth[name])
        )
    repeated = sum(
        1
        for person in its.people
        for one, two in zip(person.messages, person.messages[1:], strict=False)
        if one.text == two.text
    )
    return {
        "kills": kills,
        "journeys": its.journeys,
        "updates_acknowledged": acknowledged,
        "updates_in_the_log": by_origin.get("telegram", (0, 0)),
        "pushes_acknowledged": its.pushes,
        "pushes_in_the_log": by_origin.get(f"lender:{LENDER}", (0, 0)),
        "turns_failed": failed,
        "statuses": {row.status: row.number for row in statuses},
        "fields_compared": compared,
        "wrong_fields": wrong,
        "repeated_messages": repeated,
    }


def holds(found: dict[str, object], its: Load, kills: int) -> bool:
    """Whether the bar is met."""
    updates, pushes = found["updates_acknowledged"], its.pushes
    return (
        found["updates_in_the_log"] == (updates, updates)
        and found["pushes_in_the_log"] == (pushes, pushes)
        and found["turns_failed"] == 0
        and found["statuses"] == {PUSHES[-1]: its.journeys}
        and found["wrong_fields"] == 0
        and isinstance(found["repeated_messages"], int)
        and found["repeated_messages"] <= kills
    )


async def tell_what_hangs(its: Load) -> None:
    """For whoever has to find out why."""
    for sql in (
        "select state, kind, count(*), min(created_at) from job group by state, kind",
        "select state, count(*), min(due_at) from outbox group by state",
        "select conversation_id, name, arg, due_at from timer order by due_at limit 5",
        "select step, count(*) from conversation group by step",
        "select j.key, w.status, w.executor_id, w.queue_name from job j left join dbos.workflow_status w"
        " on w.workflow_uuid = j.key where j.state = 'handed' limit 20",
    ):
        with contextlib.suppress(sa.exc.SQLAlchemyError):
            rows = await its.house.database.read(lambda connection, sql=sql: connection.exec_driver_sql(sql).all())
            print(sql, *rows, sep="\n  ", file=sys.stderr)
    for person in its.people:
        if not person.messages or "rejected" not in str(person.last.text).lower():
            print(*person.transcript()[-4:], "", sep="\n  ", file=sys.stderr)


@asynccontextmanager
async def nursery(folder: Path, parts: list[tuple[str, int]], env: dict[str, str]) -> AsyncIterator[Nursery]:
    process = subprocess.Popen(  # noqa: ASYNC220 - before anything runs
        [sys.executable, "-m", "benchmarks.nursery", str(folder / "errors")],
        env={**os.environ, **env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert (await asyncio.to_thread(process.stdout.readline)).strip() == "ready"
    its = Nursery(process, parts)
    try:
        for place in range(len(parts)):
            await asyncio.to_thread(its.start, place)
        yield its
    finally:
        await asyncio.to_thread(its.stop)


async def measure(kind: str, folder: Path, stand: Stand, kills: int, people: int) -> tuple[dict[str, object], bool]:
    url = databases.url_for(folder) if kind == "postgresql" else f"sqlite:///{folder / 'lendline.sqlite'}"
    migrations.upgrade(url)
    parts = [(name, free_port()) for name in PARTS[kind]]
    ports = [port for name, port in parts if name != "worker"]
    env = {
        "LENDLINE_HOME": str(folder),
        "LENDLINE_DATABASE_URL": url,
        "TELEGRAM_BOT_TOKEN": stand.token,
        "TELEGRAM_API_URL": stand.url,
        "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{ports[0]}/telegram/webhook",
        "TELEGRAM_WEBHOOK_SECRET": "crashes",
    }
    settings = Settings(LENDLINE_HOME=folder, LENDLINE_DATABASE_URL=url)
    merchant = next(each for each in load_merchants() if each.id == "salt-and-crumb")
    async with open_house(settings, work=False) as house:
        its = Load(stand, merchant, house, ports)
        its.secret = (await access.register(house.database, house.sealer, LENDER, LENDER, datetime.now(UTC))).secret
        began = time.monotonic()
        async with nursery(folder, parts, env) as running:
            killing = asyncio.create_task(running.kill(kills))
            number = 0
            while number == 0 or running.kills < kills:
                try:
                    async with asyncio.TaskGroup() as group:
                        for _ in range(people):
                            number += 1
                            group.create_task(its.apply(number))
                except* TimeoutError:
                    await tell_what_hangs(its)
                    raise
                print(
                    f"{number} applications, {running.kills} kills, {time.monotonic() - began:.0f} s", file=sys.stderr
                )
            await killing
            await until(lambda: stand.pending == 0, "all updates to be acknowledged")
            await asyncio.sleep(3)
        found = await check(its, running.kills)
    return found | {"seconds": round(time.monotonic() - began)}, holds(found, its, kills)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--people", type=int, default=50, help="conversations at once")
    parser.add_argument("--database", choices=tuple(PARTS), default="sqlite")
    options = parser.parse_args()
    configure("text")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if options.database == "postgresql":
            os.environ[databases.SERVER] = stack.enter_context(databases.Server(durable=True)).url
        stand = stack.enter_context(Server()).stand()
        found, well = asyncio.run(measure(options.database, folder, stand, options.kills, options.people))
        errors = (folder / "errors").read_text() if (folder / "errors").exists() else ""
    print(json.dumps({"database": options.database, **found, "holds": well}))
    if not well:
        print(errors[-3000:], file=sys.stderr)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
