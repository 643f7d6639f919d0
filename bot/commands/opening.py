"""What the commands that work on stored data open: the database and the keys that the settings name."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from bot.settings import Settings
from bot.wiring import open_sealer
from integrations.database.engine import Database
from integrations.database.sealing import Sealer


@dataclass(frozen=True)
class Opened:
    """What the commands work on."""

    database: Database
    sealer: Sealer


Open = Callable[[], AbstractAsyncContextManager[Opened]]


@asynccontextmanager
async def from_settings() -> AsyncIterator[Opened]:
    """Open what the settings name."""
    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    database = await Database.open(settings.database_url)
    try:
        yield Opened(database, open_sealer(settings))
    finally:
        await database.close()
