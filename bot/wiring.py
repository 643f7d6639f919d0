"""The composition root: the only place that knows every concrete part and puts them together."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import passport
from bot.channels import Channel
from bot.door.turns import Door
from bot.links import Links
from bot.observing import Observer
from bot.passport import PassportKey
from bot.settings import Settings
from bot.web.chat import channel as web_chat
from bot.workers.approvals import Approvals
from bot.workers.errands import Errands
from bot.workers.inquiries import Inquiries
from bot.workers.jobs import Handler, Jobs
from bot.workers.outbox import Outbox
from bot.workers.outside import Outside
from bot.workers.papers import Papers
from bot.workers.reporting import Reporter
from bot.workers.retention import Retention
from bot.workers.tally import Tally
from bot.workers.timers import Timers
from flows import catalog, texts
from flows.application import products
from flows.application.values import Application
from flows.conversation import Conversation
from flows.engine.library import Library
from flows.engine.run import Engine
from flows.knowledge import answering as knowledge
from flows.knowledge.offered import sheet_articles
from flows.messages import Say
from flows.ports import Manifest
from integrations.database.engine import Database
from integrations.database.sealing import Sealer
from integrations.database.workflows import Workflows
from integrations.documents.reading import Readers
from integrations.sources.declared import manifests

if TYPE_CHECKING:
    from starlette.applications import Starlette

KEY_FILE = "secret.key"
WORKFLOWS_FILE = "workflows.sqlite"
TELEGRAM = "telegram"
WARM_AFTER = 2.0  # seconds
FILES = frozenset({"bank_statement", "einvoice", "wallet_cn"})


@dataclass(frozen=True)
class House:
    """Everything that runs in one process."""

    settings: Settings
    library: Library
    database: Database
    sealer: Sealer
    door: Door
    links: Links
    outside: Outside
    readers: Readers
    approvals: Approvals
    clock: Callable[[], datetime]


def now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_house(
    settings: Settings, channels: Iterable[Channel] = (), *, work: bool = True, observer: Observer | None = None
) -> AsyncIterator[House]:
    """Open the database and the door; with `work`, also deliver, carry out jobs and watch the clock.

    Raises WrongDeclaration when a text, product, source or key is wrong.
    """
    library = open_library(settings)
    sealer = open_sealer(settings)
    engine = Engine(library, catalog.load())
    async with AsyncExitStack() as stack:
        settings.home.mkdir(parents=True, exist_ok=True)
        database = await Database.open(settings.database_url)
        stack.push_async_callback(database.close)
        door = Door(
            database,
            engine.decide,
            new_conversation,
            sealer,
            now,
            apology=lambda lang: _apology(library, lang),
            observer=observer,
        )
        stack.callback(door.close)
        key = open_passport(settings)
        links = Links(sealer, now, settings.public_url or "", None if key is None else key.link)
        readers = Readers()
        stack.push_async_callback(readers.close)
        outside = Outside(settings, now, lambda: _box(database, sealer), readers.read, observer)
        stack.push_async_callback(outside.close)
        approvals = Approvals(database, sealer, outside.source, now)
        house = House(settings, library, database, sealer, door, links, outside, readers, approvals, now)
        if work:
            await _start_workers(stack, house, channels, observer)
        yield house


async def _start_workers(
    stack: AsyncExitStack, house: House, channels: Iterable[Channel], observer: Observer | None
) -> None:
    by_name = {each.name: each for each in channels}
    papers = Papers(house.database, house.sealer, by_name, house.readers.look, house.clock)
    outside = house.outside
    errands = Errands(
        database=house.database,
        sealer=house.sealer,
        source=outside.source,
        scoring=outside.scoring,
        model=outside.model,
        tell=house.door.take,
        approvals=house.approvals,
        clock=house.clock,
        observer=observer,
    )
    reporter = Reporter(house.database, house.sealer, house.clock, real_sources(house.settings))
    handlers: dict[str, Handler] = {
        "start_pull": errands.pull,
        "forget_grant": errands.forget,
        "submit": errands.submit,
        "assess": errands.assess,
        "make_report": reporter.make,
        "ask_model": errands.consult,
        "find_business": errands.find,
        "read_file": papers.read,
        "ask_for_better": papers.ask_for_better,
        "keep_for_lender": papers.keep,
    }
    url = house.settings.database_url
    own_file = f"sqlite:///{house.settings.home / WORKFLOWS_FILE}"
    engine = Workflows(own_file if url.startswith("sqlite") else url, house.database)
    jobs = Jobs(house.database, house.door, handlers, house.sealer, house.clock, engine=engine)
    workers = (
        jobs,
        Outbox(
            house.database,
            by_name,
            house.sealer,
            house.clock,
            finish=house.links.resolve,
            observer=observer,
        ),
        Timers(house.database, house.door, house.clock),
        Retention(house.database, house.clock, jobs.forget),
        Tally(house.database, house.sealer, house.clock),
        Inquiries(house.database, house.sealer, house.door.take, house.clock),
    )
    for worker in workers:
        await worker.start()
        stack.push_async_callback(worker.close)
    warming = asyncio.create_task(_warm(house.library))
    stack.callback(warming.cancel)


def _box(database: Database, sealer: Sealer) -> "Starlette":
    from integrations.documents.box import create_box  # noqa: PLC0415 - a conversation begins without it

    return create_box(database, sealer)


async def _warm(library: Library) -> None:
    """Index the answers before the first question, but after the first replies."""
    await asyncio.sleep(WARM_AFTER)
    await asyncio.to_thread(library.knowledge.warm)


def real_sources(settings: Settings) -> frozenset[str]:
    """The sources that speak to a real system here: what they bring is no sample. Files are the owner's own."""
    known = settings.sources(manifest.name for manifest in manifests())
    return frozenset(name for name, each in known.items() if each.url is not None) | FILES


def spoken_sources(settings: Settings) -> dict[str, Manifest]:
    """What each source declares in the profile that the settings name, so that owners are asked for no more."""
    found = manifests()
    known = settings.sources(each.name for each in found)
    return {each.name: each.speaking(known[each.name].profile if each.name in known else "") for each in found}


def open_library(settings: Settings) -> Library:
    """Load and check everything a turn may look up. Raises WrongDeclaration."""
    words, sheets = texts.load(), products.load(settings.products or products.PACKAGED)
    return Library(
        texts=words,
        knowledge=knowledge.load(more=sheet_articles(sheets, words)),
        products=sheets,
        sources=spoken_sources(settings),
        consent_pages=settings.public_url is not None,
        paged_channels=frozenset({web_chat.NAME}),  # who is on our page can open another
        model=settings.llm is not None,
        identity_channels=frozenset() if settings.telegram_passport_key is None else frozenset({TELEGRAM}),
    )


def open_passport(settings: Settings) -> PassportKey | None:
    """The key of Telegram Passport, where one is set for a bot. Raises WrongDeclaration."""
    if settings.telegram_passport_key is None or settings.telegram_token is None:
        return None
    return passport.load(settings.telegram_passport_key, settings.telegram_token.get_secret_value())


def open_sealer(settings: Settings) -> Sealer:
    """The keys of encryption at rest: from the settings, else from a file in the home folder, made when missing."""
    if settings.secret_keys is not None:
        return Sealer([key.strip() for key in settings.secret_keys.get_secret_value().split(",")])
    return Sealer(_key_file(settings.home / KEY_FILE).read_text(encoding="ascii").split())


def _key_file(path: Path) -> Path:
    """The key file, created readable by its owner alone; two processes that start together agree on one key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{Sealer.new_key()}\n")
    return path


def new_conversation(channel: str, address: str, at: datetime) -> Conversation:
    """The state of an owner who was never heard before."""
    number = secrets.token_hex(6)
    return Conversation(
        id=f"c-{number}",
        channel=channel,
        address=address,
        started_at=at,
        nonce=secrets.token_urlsafe(24),
        application=Application(id=f"LA-{number.upper()}-1", started_at=at),
    )


def _apology(library: Library, lang: str) -> Say:
    return Say(text=library.texts.get(lang, "engine.our_mistake"))
