"""The one door: every event enters by `Door.take`, takes effect once and in order, and is durable when it returns."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.door.feed import Feed, Subscription
from bot.door.ledger import Apology, Claim, Ledger, NewConversation, Taken, bounded
from bot.door.order import Order
from bot.observing import Observer
from flows.engine.decision import Decide
from flows.events import Arrival
from integrations.database.engine import Database
from integrations.database.queries import conversations, jobs, outbox
from integrations.database.queries.conversations import ConversationMoved
from integrations.database.sealing import Sealer

__all__ = ["Door", "Taken"]
log = structlog.get_logger(__name__)


class Door:
    """Takes events, and tells who asks what has come of them.

    `decide` is the pure engine; `new_conversation(channel, address, now)` makes the state of a new owner;
    `apology(lang)` is what an owner hears when a turn fails by our mistake.
    """

    def __init__(
        self,
        db: Database,
        decide: Decide,
        new_conversation: NewConversation,
        sealer: Sealer,
        clock: Callable[[], datetime],
        *,
        apology: Apology,
        observer: Observer | None = None,
    ) -> None:
        self._db = db
        self._observer = observer or Observer()
        self._clock = clock
        self._ledger = Ledger(decide, new_conversation, sealer, apology)
        self._order = Order()
        self._feed = Feed()
        self._stop_hearing = db.on_commit(self._feed.hear)

    def close(self) -> None:
        """Stop telling subscribers. The database stays open."""
        self._stop_hearing()

    async def take(self, arrival: Arrival, *, claim: Claim | None = None) -> Taken:
        """Let an event take effect; returns after the COMMIT.

        Events of one conversation take effect in the order of the calls. `claim` runs first in the same
        transaction and may call the event off. Raises only what the database raises (then nothing has happened
        and the event may come again); a mistake in a flow is stored, apologised for and shown to staff.
        """
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(event=f"{arrival.origin}:{arrival.external_id}"):
            taken = await self._taken(bounded(arrival), claim)
            outcome, seconds = _outcome(taken), time.perf_counter() - began
            log.info("turn", kind=arrival.event.kind, outcome=outcome, ms=round(seconds * 1000, 1))
            if taken.overtaken:
                log.info("overtaken", conversation=taken.conversation_id, number=arrival.number)
                self._observer.overtaken()
        self._observer.turn(arrival.event.kind, outcome, seconds)
        return taken

    def subscribe(self) -> AbstractContextManager[Subscription]:
        """Every event committed from now on: `with door.subscribe() as feed: async for committed in feed`."""
        return self._feed.subscribe()

    def changes(self) -> AbstractContextManager[asyncio.Event]:
        """An asyncio event that is set whenever anything was committed for any conversation."""
        return self._feed.watch(None)

    def watch(self, conversation_id: str) -> AbstractContextManager[asyncio.Event]:
        """An asyncio event that is set whenever something of a conversation was committed: a turn, a delivery."""
        return self._feed.watch(conversation_id)

    async def settled(self, conversation_id: str, timeout: float) -> bool:  # noqa: ASYNC109 - an answer, not an error
        """Whether, within `timeout` seconds, a conversation has no message to be sent and no work to be done."""
        deadline = asyncio.get_running_loop().time() + timeout
        with self._feed.watch(conversation_id) as changed:
            while True:
                changed.clear()
                if await self._db.read(_is_settled, conversation_id):
                    return True
                try:
                    async with asyncio.timeout_at(deadline):
                        await changed.wait()
                except TimeoutError:
                    return False

    async def _taken(self, arrival: Arrival, claim: Claim | None) -> Taken:
        name = _name(arrival)
        async with self._order.turn(name, lambda: self._resolve(arrival), arrival.number) as known:
            if known is not None:
                arrival = arrival.model_copy(update={"conversation_id": known})
            now = self._clock()
            try:
                taken = await self._db.run(self._ledger.turn, arrival, now, claim)
            except (SQLAlchemyError, ConversationMoved):
                raise
            except Exception as error:  # a flow's mistake must stop neither the door nor this owner
                what = type(error).__name__
                log.warning("turn_failed", kind=arrival.event.kind, error=what, where=_where(error))
                taken = await self._db.run(self._ledger.failed, arrival, now, claim, what)
            if taken.conversation_id is not None:
                self._order.identify(name, taken.conversation_id)
        return taken

    async def _resolve(self, arrival: Arrival) -> str | None:
        if arrival.conversation_id is not None:
            return arrival.conversation_id
        return await self._db.read(
            conversations.resolve,
            channel=arrival.channel,
            address=arrival.address,
            application_id=arrival.application_id,
        )


def _name(arrival: Arrival) -> str | tuple[str, ...]:
    """What orders the arrival: the conversation's id, or another name for it."""
    if arrival.conversation_id is not None:
        return arrival.conversation_id
    if arrival.application_id is not None:
        return ("application", arrival.application_id)
    return ("address", arrival.channel or "", arrival.address or "")


def _outcome(taken: Taken) -> str:
    if not taken.known:
        return "unknown"
    if taken.duplicate:
        return "duplicate"
    return "failed" if taken.failed else "done"


def _is_settled(connection: sa.Connection, conversation_id: str) -> bool:
    return not outbox.has_open(connection, conversation_id) and not jobs.has_open(connection, conversation_id)


def _where(error: Exception) -> str:
    """File and line of the innermost frame: what a developer needs and no personal datum."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
