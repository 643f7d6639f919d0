"""A lender's push until Telegram has it: `python -m benchmarks.relay [--rate 50] [--database postgresql]`.

The whole path over real sockets: signed HTTP to `lendline up` (SQLite) or to a web process beside a worker
(PostgreSQL), the turn, the outbox, a call to a Bot API server on loopback; beside it the same HTTP call to
`/healthz`. Bar: p99 < 250 ms at 50 pushes a second.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import sqlalchemy as sa

from benchmarks.crashes import free_port, nursery, until
from bot.logs import configure
from bot.settings import Settings
from bot.web import access
from bot.wiring import House, open_house
from flows.application.lifecycle import Status
from flows.conversation import Speaker
from integrations.database import migrations
from integrations.database.queries import conversations, lenders
from integrations.lenders.signature import sign
from tests import databases
from tests.bot.web.site import LENDER, owner
from tests.stand import Person, Server, Stand

BAR_MS = 250.0
PARTS = {"sqlite": ("up",), "postgresql": ("web", "worker")}


def store(connection: sa.Connection, house: House, people: list[Person]) -> list[str]:
    """An application under way for everybody; their ids."""
    ids = []
    for person in people:
        submitted = owner()
        application = f"LA-{person.id}-1"
        submission = submitted.submission
        assert submission is not None
        state = submitted.model_copy(
            update={
                "id": f"c-{person.id}",
                "channel": "telegram",
                "address": str(person.id),
                "application": submitted.application.model_copy(update={"id": application}),
                "submission": submission.model_copy(update={"application_id": application}),
            }
        )
        columns = conversations.Columns("en", Speaker.ASSISTANT, "", "", "", "", Status.SUBMITTED, None, None)
        now = datetime.now(UTC)
        conversations.create(
            connection,
            conversation_id=state.id,
            channel=state.channel,
            address=state.address,
            state=house.sealer.seal(state),
            columns=columns,
            now=now,
        )
        packet = lenders.Packet(application=state.application, lender=LENDER, consents=(), submitted_at=now)
        sealed = house.sealer.seal(packet)
        lenders.put_application(
            connection, lenders.StoredApplication(application, state.id, LENDER, Status.SUBMITTED, now, sealed)
        )
        ids.append(application)
    return ids


async def push(client: httpx.AsyncClient, url: str, secret: str, application: str) -> float:
    """Push one status; when that began."""
    at = datetime.now(UTC)
    data = {"application_id": application, "sequence": 1, "status": "under_review", "occurred_at": at.isoformat()}
    body = json.dumps({"type": "loan_application.status_changed", "timestamp": at.isoformat(), "data": data}).encode()
    headers = sign(body, f"msg_{application}", (secret,), at) | {"content-type": "application/json"}
    began = time.monotonic()
    answer = await client.post(f"{url}/lenders/{LENDER}/events", content=body, headers=headers)
    assert answer.status_code == 202, answer.text
    return began


def milliseconds(seconds: list[float]) -> dict[str, float]:
    hundredths = statistics.quantiles(seconds, n=100)
    return {"p50_ms": round(hundredths[49] * 1000, 1), "p99_ms": round(hundredths[98] * 1000, 1)}


async def measure(kind: str, folder: Path, stand: Stand, rate: float, count: int) -> dict[str, object]:
    url = databases.url_for(folder) if kind == "postgresql" else f"sqlite:///{folder / 'lendline.sqlite'}"
    migrations.upgrade(url)
    parts = [(name, free_port()) for name in PARTS[kind]]
    base = f"http://127.0.0.1:{parts[0][1]}"
    env = {
        "LENDLINE_HOME": str(folder),
        "LENDLINE_DATABASE_URL": url,
        "TELEGRAM_BOT_TOKEN": stand.token,
        "TELEGRAM_API_URL": stand.url,
        "TELEGRAM_MESSAGES_PER_SECOND": "1000",
    }
    people = [stand.person(f"P{number}") for number in range(count)]
    settings = Settings(LENDLINE_HOME=folder, LENDLINE_DATABASE_URL=url)
    async with open_house(settings, work=False) as house:
        secret = (await access.register(house.database, house.sealer, LENDER, LENDER, datetime.now(UTC))).secret
        ids = await house.database.run(store, house, people)
    async with nursery(folder, parts, env), httpx.AsyncClient(trust_env=False) as client:
        await until(lambda: _answers(base), "the web part")
        await asyncio.sleep(2)
        bare = []
        for _ in range(50):
            began = time.monotonic()
            await client.get(f"{base}/healthz")
            bare.append(time.monotonic() - began)
        pushed: dict[str, asyncio.Task[float]] = {}
        due = time.monotonic()
        chance = random.Random(1)
        for person, application in zip(people, ids, strict=True):
            due += chance.expovariate(rate)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            pushed[str(person.id)] = asyncio.create_task(push(client, base, secret, application))
        await asyncio.gather(*pushed.values())
        await until(lambda: len(stand.called("sendMessage")) >= count, "the messages")
    told = {call.params["chat_id"]: call.at for call in reversed(stand.called("sendMessage"))}
    relayed = [told[chat] - task.result() for chat, task in pushed.items()]
    health = milliseconds(bare)
    result = milliseconds(relayed)
    return {
        "database": kind,
        "pushes": count,
        "rate": rate,
        **result,
        "healthz_p50_ms": health["p50_ms"],
        "p50_ratio": round(result["p50_ms"] / health["p50_ms"], 1),
        "bar_p99_ms": BAR_MS,
    }


def _answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/readyz", timeout=1, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=50, help="pushes a second")
    parser.add_argument("--pushes", type=int, default=600)
    parser.add_argument("--database", choices=tuple(PARTS), default="sqlite")
    options = parser.parse_args()
    configure("text")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if options.database == "postgresql":
            os.environ[databases.SERVER] = stack.enter_context(databases.Server(durable=True)).url
        stand = stack.enter_context(Server()).stand()
        result = asyncio.run(measure(options.database, folder, stand, options.rate, options.pushes))
    print(json.dumps(result))
    sys.exit(0 if float(str(result["p99_ms"])) < BAR_MS else 1)


if __name__ == "__main__":
    main()
