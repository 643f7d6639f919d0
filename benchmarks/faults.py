"""What messengers and owners do to a form, a hundred times each: `python -m benchmarks.faults [--database postgresql]`.

The real engine behind the real door, updates as the bytes of a webhook: every update twice at the same instant, eight
answers at once, the answer edited afterwards, and one owner whose source takes two seconds while others go on.
"""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from bot.channels import Can, Pace
from bot.logs import configure
from bot.settings import Settings
from bot.telegram.channel import TELEGRAM
from bot.telegram.requests import open_api
from bot.telegram.webhook import Webhook
from bot.wiring import House, now, open_house
from flows.application.money import Money
from flows.conversation import Conversation
from flows.messages import Say
from integrations.database import migrations
from integrations.database.queries import conversations, views
from tests import databases

FORMS = 100
TYPED = ("/start", "Start", "Later", "09446231", "No, I'll type it", "20k for 12 months to buy stock")
EIGHT = (*TYPED, "why do you ask?", "thanks")
EDITED = "25k for 18 months to buy stock"
BAR_WAIT_MS = 20.0
SLOW = "92530102MA0FRT4R3H"  # a merchant whose bank takes its time
OPEN_JOBS = "select count(*) from job where state in ('waiting', 'handed')"


class Silent:
    """A channel that takes everything."""

    name = "telegram"
    can: Can = TELEGRAM
    pace = Pace(per_chat=0, overall=10_000)

    async def deliver(self, address: str, say: Say, previous: str | None) -> str:
        del address, say, previous
        return "1"

    async def retire(self, address: str, message_id: str) -> None:
        del address, message_id


class Telegram:
    """Makes updates and calls with them."""

    def __init__(self, hook: Webhook) -> None:
        self._hook = hook
        self._updates = count(1)

    def said(self, chat: int, number: int, text: str, *, edited: bool = False) -> bytes:
        who = {"id": chat, "is_bot": False, "first_name": "Mei", "language_code": "en"}
        message = {
            "message_id": number,
            "date": 1,
            "chat": {"id": chat, "type": "private", "first_name": "Mei"},
            "from": who,
            "text": text,
        }
        kind = "edited_message" if edited else "message"
        return json.dumps({"update_id": next(self._updates), kind: message}).encode()

    async def calls(self, *bodies: bytes) -> None:
        await asyncio.gather(*(self._hook.receive(body) for body in bodies))


async def twice(telegram: Telegram, chat: int) -> None:
    for number, text in enumerate(TYPED):
        body = telegram.said(chat, number, text)
        await telegram.calls(body, body)


async def eight_at_once(telegram: Telegram, chat: int) -> None:
    await telegram.calls(*(telegram.said(chat, number, text) for number, text in enumerate(EIGHT)))


async def edited_afterwards(telegram: Telegram, chat: int) -> None:
    for number, text in enumerate(TYPED):
        await telegram.calls(telegram.said(chat, number, text))
    await telegram.calls(telegram.said(chat, len(TYPED) - 1, EDITED, edited=True))


async def right(house: House, chat: int, amount: str, months: int, turns: int) -> bool:
    """Whether the form holds what was typed, and each update is in the log once."""
    found = await house.database.read(conversations.resolve, channel="telegram", address=str(chat), application_id=None)
    assert found is not None
    state = await house.database.read(views.state_of, found)
    assert state is not None
    application = house.sealer.unseal(Conversation, state).application
    logged = await house.database.read(
        lambda connection: connection.exec_driver_sql(
            f"select count(*) from event where actor = 'owner' and conversation_id = '{found}'"
        ).scalar_one()
    )
    return (
        application.money("amount_requested") == Money(amount=amount, currency="GBP")
        and application.get("loan_term_months") == months
        and application.get("credit_purpose") is not None
        and logged == turns
    )


async def others_wait(telegram: Telegram, house: House, slow_chat: int) -> dict[str, float]:
    """The waiting of a hundred owners, alone and while one owner's records take seconds to come."""

    async def turns(first: int) -> list[float]:
        times = []
        for chat in range(first, first + FORMS):
            body = telegram.said(chat, 1, "/start")
            began = time.perf_counter()
            await telegram.calls(body)
            times.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.01)
        return times

    await turns(10_000)
    alone = await turns(20_000)
    for number, text in enumerate(("/start", "Start", "Later", SLOW, "1", "1", "10万 12个月 进货", "1")):
        await telegram.calls(telegram.said(slow_chat, number, text))
    under_way = await house.database.read(lambda found: found.exec_driver_sql(OPEN_JOBS).scalar_one())
    beside = await turns(30_000)
    still = await house.database.read(lambda found: found.exec_driver_sql(OPEN_JOBS).scalar_one())
    return {
        "slow_pulls_at_begin": under_way,
        "slow_pulls_at_end": still,
        "alone_p50_ms": round(statistics.median(alone), 2),
        "alone_p99_ms": round(statistics.quantiles(alone, n=100)[98], 2),
        "beside_p50_ms": round(statistics.median(beside), 2),
        "beside_p99_ms": round(statistics.quantiles(beside, n=100)[98], 2),
    }


async def measure(url: str, folder: Path) -> dict[str, object]:
    migrations.upgrade(url)
    api = open_api("1:token", "http://127.0.0.1:9")
    plays = {"every_update_twice": twice, "eight_at_once": eight_at_once, "edited_afterwards": edited_afterwards}
    found: dict[str, object] = {}
    async with open_house(Settings.of_its_own(folder, url), [Silent()]) as house:
        telegram = Telegram(Webhook(api, house.door.take, now))
        chat = 1
        for name, play in plays.items():
            first, chat = chat, chat + FORMS
            await asyncio.gather(*(play(telegram, each) for each in range(first, chat)))
            expected = ("25000", 18, len(TYPED) + 1) if play is edited_afterwards else ("20000", 12, len(TYPED))
            if play is eight_at_once:
                expected = ("20000", 12, len(EIGHT))
            forms = [await right(house, each, *expected) for each in range(first, chat)]
            found[name] = sum(forms)
        found |= await others_wait(telegram, house, 99_999)
    await api.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    configure("text")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if options.database == "postgresql":
            os.environ[databases.SERVER] = stack.enter_context(databases.Server(durable=True)).url
        url = databases.url_for(folder) if databases.is_postgresql() else f"sqlite:///{folder / 'faults.sqlite'}"
        found = asyncio.run(measure(url, folder))
    print(json.dumps({"database": options.database, "forms": FORMS, **found, "bar_wait_ms": BAR_WAIT_MS}))
    forms = all(found[name] == FORMS for name in ("every_update_twice", "eight_at_once", "edited_afterwards"))
    sys.exit(0 if forms and float(str(found["beside_p50_ms"])) < BAR_WAIT_MS else 1)


if __name__ == "__main__":
    main()
