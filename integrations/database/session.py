"""One PostgreSQL connection of a process beside its pool: hears what others commit, and holds locks while it lives."""

import asyncio
import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from integrations.database.locks import Hold
from integrations.database.news import News, Topic

CHANNEL = "lendline"
LONGEST = 7_000  # bytes; PostgreSQL takes 8,000
LOOK = 1.0  # seconds between looks at the connection, and between tries to get a new one
ANSWER = 2.0  # seconds
_NOTIFY = sa.text(f"SELECT pg_notify('{CHANNEL}', :payload)")
_LOCK = sa.text("SELECT pg_try_advisory_lock(:key)")
_UNLOCK = sa.text("SELECT pg_advisory_unlock(:key)")
log = structlog.get_logger(__name__)


class Session:
    """Open it inside the event loop that uses it. When its connection breaks, every lock is lost and a new one is made.

    `tell` hears the news of other processes: ids only, since a channel of the database is no place for content.
    """

    def __init__(self, pool: AsyncEngine, tell: Callable[[tuple[News, ...]], None]) -> None:
        self._pool = pool
        self._tell = tell
        self._node = secrets.token_hex(8)
        self._connection: Any = None
        self._holds: dict[str, Hold] = {}
        self._using = asyncio.Lock()
        self._keeper: asyncio.Task[None] | None = None
        self._freeing: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Connect and begin to listen."""
        await self._connect()
        self._keeper = asyncio.create_task(self._keep(), name="database-session")

    async def close(self) -> None:
        """End all locks and disconnect."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await asyncio.gather(*self._freeing, return_exceptions=True)
        await self._disconnect()

    def notify(self, connection: sa.Connection, news: tuple[News, ...]) -> None:
        """Have other processes told when this transaction is committed."""
        payload = json.dumps([self._node, news], separators=(",", ":"))
        if len(payload) > LONGEST:
            payload = json.dumps([self._node, [(topic, "", 0) for topic in {each.topic for each in news}]])
        connection.execute(_NOTIFY, {"payload": payload})

    async def try_lock(self, name: str) -> Hold | None:
        """Take a lock if nobody has it; None also while there is no connection."""
        async with self._using:
            if name in self._holds or self._connection is None:
                return None
            try:
                async with asyncio.timeout(ANSWER):
                    got = (await self._connection.execute(_LOCK, {"key": _key(name)})).scalar_one()
                    await self._connection.commit()
            except Exception as error:
                log.warning("lock_not_asked", error=type(error).__name__)
                return None
            if not got:
                return None
            hold = self._holds[name] = Hold(name, lambda: self._free(name))
            return hold

    def _free(self, name: str) -> None:
        self._holds.pop(name, None)
        task = asyncio.create_task(self._unlock(name))
        self._freeing.add(task)
        task.add_done_callback(self._freeing.discard)

    async def _unlock(self, name: str) -> None:
        async with self._using:
            if self._connection is None:
                return
            try:
                await self._connection.execute(_UNLOCK, {"key": _key(name)})
                await self._connection.commit()
            except Exception as error:
                log.warning("lock_not_freed", error=type(error).__name__)

    async def _keep(self) -> None:
        """See to it that there is a connection."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                async with self._using, asyncio.timeout(ANSWER):
                    if self._connection is not None:
                        await self._connection.execute(sa.text("SELECT 1"))
                        await self._connection.commit()
                        continue
            except Exception as error:
                log.warning("session_lost", error=type(error).__name__)
            await self._disconnect()
            try:
                await self._connect()
            except Exception as error:
                log.warning("session_not_opened", error=type(error).__name__)

    async def _connect(self) -> None:
        connection = await self._pool.connect()
        raw = await connection.get_raw_connection()
        driver: Any = raw.driver_connection  # asyncpg's: SQLAlchemy has no words for listening
        await driver.add_listener(CHANNEL, self._heard)
        await connection.commit()
        self._connection = connection

    async def _disconnect(self) -> None:
        for hold in self._holds.values():
            hold.ended.set()
        self._holds.clear()
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                await connection.invalidate()  # locks and listeners end with the connection, so it never goes back
                await connection.close()
            except Exception as error:
                log.info("session_not_closed", error=type(error).__name__)

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        try:
            node, items = json.loads(str(payload))
            news = tuple(News(Topic(topic), str(conversation), int(row)) for topic, conversation, row in items)
        except (ValueError, TypeError):
            return
        if node != self._node:
            self._tell(news)


def _key(name: str) -> int:
    """The number of a lock: 64 bits with a sign, as PostgreSQL wants them."""
    return int.from_bytes(hashlib.sha256(f"lendline:{name}".encode()).digest()[:8], signed=True)
