"""Parts for tests of the door and its workers: a clock to turn, a scripted flow, a channel that remembers."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.channels import Can, Pace
from bot.door.turns import Door
from bot.workers.alarm import Alarm
from flows.application.values import Application
from flows.consent import Consent, ConsentState
from flows.conversation import Conversation, Speaker
from flows.effects import Effect, Speak, StartPull
from flows.engine.decision import Decision
from flows.events import Arrival, Event, OwnerSaid
from flows.events.staff import HandedBack, StaffTook
from flows.messages import Heard, Say
from flows.ports import Subject
from integrations.database.engine import Database
from integrations.database.queries import views
from integrations.database.sealing import Sealer
from integrations.database.tables import conversation
from tests import databases

START = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
KEY = "3u9UXPXuZ0tKqUfDkT3Yc4n1m0zVbAqYhcsMZ8mWQ0g="
CAN = Can(text=4096, button=64, buttons=100, per_row=8, data_bytes=64, edit=True, bold=True, contact=True, url=True)
Answer = Callable[[Conversation, Event, datetime], tuple[Effect, ...]]


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class TurningAlarm(Alarm):
    """Instead of sleeping it turns the clock, once nothing is going on any more."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    async def sleep(self, seconds: float) -> None:
        started = self._clock.now
        try:
            async with asyncio.timeout(0.02):
                await super().sleep(1000)
        except TimeoutError:
            self._clock.now = max(self._clock.now, started + timedelta(seconds=seconds))


class Flow:
    """A flow that keeps what it heard in `trail` and answers as `answers` says; the text `boom` is its bug."""

    def __init__(self, answers: Mapping[str, Answer] | None = None) -> None:
        self._answers = dict(answers or {})

    def decide(self, before: Conversation, event: Event, now: datetime) -> Decision:
        after = before.fork()
        heard = event.heard.text if isinstance(event, OwnerSaid) else event.kind
        after.trail = (*after.trail, heard)
        if isinstance(event, StaffTook):
            after.speaker = Speaker.PERSON
        if isinstance(event, HandedBack):
            after.speaker = Speaker.ASSISTANT
        if heard == "boom":
            raise ZeroDivisionError("a text with a private number 6222020000001111")
        answer = self._answers.get(heard.split()[0]) if heard else None
        return Decision(after, answer(after, event, now) if answer is not None else ())


def says(*texts: str, slot: str = "", replace: bool = False, revision: int = 0, by: str = "assistant") -> Answer:
    """An answer that speaks."""
    said = tuple(Speak(say=Say(text=text, slot=slot, replace=replace, revision=revision), by=by) for text in texts)
    return lambda _conversation, _event, _now: said


def echo(_conversation: Conversation, event: Event, _now: datetime) -> tuple[Effect, ...]:
    """An answer that repeats what was heard."""
    return (Speak(say=Say(text=event.heard.text)),) if isinstance(event, OwnerSaid) else ()


def consent(number: int = 1) -> Consent:
    return Consent(
        id=f"c-{number}",
        source="bank",
        kinds=("accounts",),
        purpose="loan",
        recipients=("acme",),
        state=ConsentState.ACTIVE,
        asked_at=START,
        valid_until=START + timedelta(days=90),
        data_from=START - timedelta(days=365),
        data_to=START,
        keep_days=90,
    )


def pull(number: int = 1) -> StartPull:
    return StartPull(
        consent=consent(number), subject=Subject(registration_number="REG-OF-ANN", country="GB"), attempt=1
    )


_ids = itertools.count(1)


def new_conversation(channel: str, address: str, now: datetime) -> Conversation:
    return Conversation(
        id=f"conversation-{channel}-{address}",
        channel=channel,
        address=address,
        started_at=now,
        application=Application(id=f"LA-{address}-1", started_at=now),
    )


def arrival(text: str, *, address: str = "ann", channel: str = "chat", external_id: str | None = None) -> Arrival:
    """Something an owner wrote."""
    return Arrival(
        origin=channel,
        external_id=external_id or f"u{next(_ids)}",
        event=OwnerSaid(heard=Heard(kind="text", text=text)),
        at=START,
        channel=channel,
        address=address,
    )


def about(event: Event, *, address: str = "ann", channel: str = "chat", origin: str = "test") -> Arrival:
    """Something that happens to a conversation that exists."""
    return Arrival(
        origin=origin,
        external_id=f"x{next(_ids)}",
        event=event,
        at=START,
        conversation_id=f"conversation-{channel}-{address}",
    )


def apology(lang: str) -> Say:
    return Say(text=f"sorry ({lang})")


@dataclass
class Parts:
    """What most tests need."""

    db: Database
    door: Door
    sealer: Sealer
    clock: Clock

    async def state(self, address: str = "ann", channel: str = "chat") -> Conversation:
        """The stored state of a conversation."""
        state = await self.db.read(views.state_of, f"conversation-{channel}-{address}")
        assert state is not None
        return self.sealer.unseal(Conversation, state)

    async def column(self, name: str, address: str = "ann") -> object:
        """A column of a conversation."""
        query = sa.select(conversation.c[name]).where(conversation.c.address == address)
        return await self.db.read(lambda connection: connection.execute(query).scalar_one())

    async def rows(self, sql: str, **values: object) -> list[tuple[object, ...]]:
        """What a query gives."""
        return await self.db.read(lambda connection: [tuple(row) for row in connection.execute(sa.text(sql), values)])


@asynccontextmanager
async def parts(folder: Path, flow: Flow | None = None, clock: Clock | None = None) -> AsyncIterator[Parts]:
    """An open database with a door in front of it."""
    clock = clock or Clock()
    sealer = Sealer([KEY])
    db = await Database.open(databases.url_for(folder), upgrade=False)
    door = Door(db, (flow or Flow()).decide, new_conversation, sealer, clock, apology=apology)
    try:
        yield Parts(db, door, sealer, clock)
    finally:
        door.close()
        await db.close()


@dataclass
class Delivery:
    """One message as a channel got it."""

    address: str
    text: str
    previous: str | None
    at: datetime


@dataclass
class FakeChannel:
    """Takes messages and remembers them; `faults` are raised first, in order, for texts that have any."""

    clock: Callable[[], datetime]
    name: str = "chat"
    can: Can = CAN
    pace: Pace = field(default_factory=lambda: Pace(per_chat=0, overall=1000))
    faults: dict[str, list[Exception]] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    hold: asyncio.Event | None = None

    _trying: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until_tried(self, count: int) -> None:
        """Wait until so many messages were handed over, delivered or not."""
        async with self._trying:
            await self._trying.wait_for(lambda: len(self.tried) >= count)

    @property
    def texts(self) -> list[str]:
        return [delivery.text for delivery in self.deliveries]

    async def deliver(self, address: str, say: Say, previous: str | None) -> str:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            async with self._trying:
                self.tried.append(say.text)
                self._trying.notify_all()
            if self.hold is not None:
                await self.hold.wait()
            if self.faults.get(say.text):
                raise self.faults[say.text].pop(0)
        finally:
            self.in_flight -= 1
        self.deliveries.append(Delivery(address, say.text, previous, self.clock()))
        return previous if previous is not None and say.replace else f"m{len(self.deliveries)}"

    async def retire(self, address: str, message_id: str) -> None:
        del address
        self.retired.append(message_id)
