"""Long polling against the stand: order, durability, and every way in which it can die."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.telegram.channel import TelegramChannel
from bot.telegram.polling import CONFLICT, Patience, Polling
from bot.telegram.requests import TelegramApi, TokenRefused, open_api
from flows.events import Arrival, OwnerSaid
from flows.messages import Choice, Heard, Say
from tests.stand import Drop, Fault, Hang, Pass, Server, Stand, Status, TooMany

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUICK = Patience(poll=5, grace=1, hold=0.05, first_wait=0.01, longest_wait=0.05)
STUCK_SOON = Patience(poll=0, grace=0.15, hold=0.05, first_wait=0.01, longest_wait=0.05)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Door:
    """Notes what it took. `hold` and `fail` say which texts it is slow or broken for."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.tries = 0
        self.open = asyncio.Event()
        self.hold: set[str] = set()
        self.fail: set[str] = set()
        self.changed = asyncio.Event()

    async def __call__(self, arrival: Arrival) -> None:
        heard = said(arrival)
        text = heard.text or heard.choice
        self.tries += 1
        self.changed.set()
        if text in self.hold:
            await self.open.wait()
        if text in self.fail and not self.open.is_set():
            raise OSError("the database is away")
        self.taken.append((arrival.address or "", text))
        self.ids.append(arrival.external_id)
        self.changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    def texts(self, chat: int) -> list[str]:
        return [text for address, text in self.taken if address == str(chat)]


def said(arrival: Arrival) -> Heard:
    assert isinstance(arrival.event, OwnerSaid)
    return arrival.event.heard


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def door() -> Door:
    return Door()


Take = Callable[[Arrival], Awaitable[None]]


@asynccontextmanager
async def running(api: TelegramApi, take: Take, clock: Clock, patience: Patience = QUICK) -> AsyncIterator[Polling]:
    polling = Polling(api, take, clock, patience)
    task = asyncio.create_task(polling.run())
    try:
        yield polling
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_messages_of_one_chat_keep_their_order(stand: Stand, api: TelegramApi, door: Door, clock: Clock) -> None:
    people = [stand.person() for _ in range(5)]
    for number in range(40):
        for person in people:
            person.say(str(number))
    async with running(api, door, clock):
        await door.until(lambda: len(door.taken) == 200)
    for person in people:
        assert door.texts(person.id) == [str(number) for number in range(40)]


async def test_a_slow_chat_holds_up_nobody_and_confirms_nothing(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    slow, quick = stand.person(), stand.person()
    door.hold = {"slow"}
    slow.say("slow")
    slow.say("next")
    async with running(api, door, clock):
        await door.until(lambda: door.tries == 1)
        for number in range(5):
            quick.say(str(number))
            await door.until(lambda: len(door.texts(quick.id)) > number)  # noqa: B023
        assert door.texts(slow.id) == []
        assert stand.pending == 7, "nothing behind the slow one is confirmed"
        door.open.set()
        await door.until(lambda: door.texts(slow.id) == ["slow", "next"])
        await stand.until(lambda: stand.pending == 0)
    assert len(door.taken) == 7


async def test_what_the_door_did_not_take_is_tried_again_in_order(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    unlucky, lucky = stand.person(), stand.person()
    door.fail = {"first"}
    unlucky.say("first")
    unlucky.say("second")
    lucky.say("hello")
    async with running(api, door, clock):
        await door.until(lambda: door.texts(lucky.id) == ["hello"])
        assert door.texts(unlucky.id) == []
        assert stand.pending == 3
        door.open.set()
        await door.until(lambda: door.texts(unlucky.id) == ["first", "second"])
        await stand.until(lambda: stand.pending == 0)


async def test_a_kill_before_the_door_has_it_loses_nothing(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    mei = stand.person()
    door.hold = {"important"}
    mei.say("important")
    async with running(api, door, clock):
        await door.until(lambda: door.tries == 1)
    assert door.taken == []
    second = Door()
    async with running(api, second, clock):
        await second.until(lambda: second.texts(mei.id) == ["important"])


async def test_an_update_that_comes_twice_has_the_same_id_at_the_door(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    mei = stand.person()
    async with running(api, door, clock):
        mei.say("once")
        await door.until(lambda: len(door.taken) == 1)
    async with running(api, door, clock):
        mei.say("twice")
        await door.until(lambda: len(door.taken) >= 2)
    assert len(set(door.ids)) == 2
    assert door.ids.count(door.ids[0]) <= 2


async def test_a_press_is_answered_at_once_and_the_turn_follows(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    mei = stand.person()
    channel = TelegramChannel(api)
    await channel.deliver(str(mei.id), Say(text="?", rows=((Choice(label="Yes", action="yes"),),), revision=3), None)
    door.hold = {"3:yes:"}
    query = mei.tap("Yes")
    async with running(api, door, clock):
        await stand.until(lambda: stand.queries[query])
        assert door.taken == []
        door.open.set()
        await door.until(lambda: door.texts(mei.id) == ["3:yes:"])
    assert len(stand.called("answerCallbackQuery")) == 1


async def test_a_press_that_cannot_be_answered_is_still_heard(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    mei = stand.person()
    await TelegramChannel(api).deliver(str(mei.id), Say(text="?", rows=((Choice(label="Yes", action="y"),),)), None)
    stand.fail("answerCallbackQuery", Status(500))
    mei.tap("Yes")
    async with running(api, door, clock):
        await door.until(lambda: door.texts(mei.id) == ["0:y:"])


async def test_everything_a_person_does_arrives(stand: Stand, api: TelegramApi, clock: Clock) -> None:
    mei = stand.person("<b>Mei</b> & co")
    came: list[Heard] = []

    async def take(arrival: Arrival) -> None:
        came.append(said(arrival))

    mei.start("shop-7")
    number = mei.say("12 month")
    mei.edit(number, "12 months")
    mei.share_contact()
    mei.send_card("447700900999", 1234)
    mei.send_photo(b"photo", album="a1")
    mei.send_document("bank.csv", b"a,b", "text/csv")
    mei.send(sticker={"file_id": "s", "file_unique_id": "s", "width": 9, "height": 9, "is_animated": False,
                      "is_video": False, "type": "regular"})  # fmt: skip
    mei.send()
    async with running(api, take, clock):
        await stand.until(lambda: len(came) == 9)
    assert [heard.kind for heard in came] == [
        "start", "text", "edited", "contact", "contact", "file", "file", "unsupported", "unsupported"
    ]  # fmt: skip
    assert came[0].text == "shop-7"
    assert came[2].message_id == came[1].message_id == str(number)
    assert (came[3].phone, came[3].phone_is_own) == (mei.phone, True)
    assert (came[4].phone, came[4].phone_is_own) == ("+447700900999", False)
    assert came[5].files[0].size == len(b"photo")
    assert {heard.sender_name for heard in came} == {"<b>Mei</b> & co"}


async def test_a_malformed_update_does_not_hide_the_next(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    mei = stand.person()
    stand.push(message={"text": "without id, date or chat"})
    stand.push(message={"message_id": 1, "date": 1, "chat": {"id": mei.id, "type": "private"}, "from": {}, "text": []})
    mei.say("after it")
    async with running(api, door, clock):
        await door.until(lambda: door.texts(mei.id) == ["after it"])
        await stand.until(lambda: stand.pending == 0)


async def test_groups_are_left_alone(stand: Stand, api: TelegramApi, door: Door, clock: Clock) -> None:
    group = {"id": -100, "type": "group", "title": "shops"}
    sender = {"id": 5, "is_bot": False, "first_name": "A"}
    stand.push(message={"message_id": 1, "date": 1, "chat": group, "from": sender, "text": "/start"})
    async with running(api, door, clock):
        await stand.until(lambda: stand.pending == 0)
    assert door.taken == []


@pytest.mark.parametrize(
    "fault",
    [Drop(), Drop(takes=True), Status(500), Status(502, "Bad Gateway"), TooMany(0), Status(409, "terminated")],
    ids=str,
)
async def test_polling_gets_over_an_error(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock, fault: Fault
) -> None:
    mei = stand.person()
    mei.say("still there?")
    stand.fail("getUpdates", fault, fault)
    async with running(api, door, clock) as polling:
        await door.until(lambda: door.texts(mei.id) == ["still there?"])
        await stand.until(lambda: stand.pending == 0)
        assert polling.healthy(clock())


async def test_a_stuck_poll_is_given_up_and_a_fresh_pool_goes_on(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    mei = stand.person()
    stand.fail("getUpdates", Pass(), Hang())
    async with running(api, door, clock, STUCK_SOON) as polling:
        await stand.until(lambda: len(stand.called("getUpdates")) >= 1)
        dead = api.polling._pool
        mei.say("are you there?")
        await door.until(lambda: door.texts(mei.id) == ["are you there?"])
        assert api.polling._pool is not dead
        assert polling.healthy(clock())


async def test_health_is_red_without_polls_and_green_again(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    mei = stand.person()
    polling = Polling(api, door, clock, QUICK)
    assert not polling.healthy(clock()), "it does not run yet"
    stand.fail("getUpdates", *[Status(502)] * 5)
    async with running(api, door, clock) as polling:
        await asyncio.sleep(0)
        assert polling.healthy(NOON + timedelta(seconds=89))
        assert not polling.healthy(NOON + timedelta(seconds=91))
        clock.now = NOON + timedelta(seconds=100)
        mei.say("hello")
        await door.until(lambda: len(door.taken) == 1)
        await stand.until(lambda: stand.pending == 0)
        assert polling.healthy(clock())
    assert not polling.healthy(clock()), "it was stopped"


async def test_health_is_red_when_the_door_takes_nothing(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    mei = stand.person()
    door.hold = {"stuck"}
    mei.say("stuck")
    async with running(api, door, clock) as polling:
        await door.until(lambda: door.tries == 1)
        clock.now = NOON + timedelta(seconds=91)
        polls = len(stand.called("getUpdates"))
        await stand.until(lambda: len(stand.called("getUpdates")) > polls + 1)
        assert not polling.healthy(clock())


async def test_a_second_poller_is_named_clearly(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    mei = stand.person()
    async with running(api, door, clock):
        await stand.until(lambda: bool(stand.called("getUpdates")))
        stand.webhook = "http://127.0.0.1:9/telegram/webhook"
        await stand.until(lambda: len(stand.called("getUpdates")) == 2)
        mei.say("hello")
        stand.webhook = ""
        await door.until(lambda: len(door.taken) == 1)
    assert CONFLICT in caplog.text


async def test_an_installation_that_was_called_before_is_polled_and_misses_nothing(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock
) -> None:
    stand.webhook = "http://127.0.0.1:9/telegram/webhook"
    stand.person().say("hello")
    async with running(api, door, clock):
        await door.until(lambda: len(door.taken) == 1)
    assert not stand.webhook


@pytest.mark.parametrize("token", ["1:wrong", "wrong"])
async def test_a_wrong_token_stops_with_one_sentence(server: Server, door: Door, clock: Clock, token: str) -> None:
    api = open_api(token, server.url)
    with pytest.raises(TokenRefused) as caught:
        await Polling(api, door, clock, QUICK).run()
    await api.close()
    assert str(caught.value) == (
        f"{server.url} refuses the bot token: check TELEGRAM_BOT_TOKEN, and TELEGRAM_API_URL if it is set"
    )


async def test_the_token_is_never_logged(
    stand: Stand, api: TelegramApi, door: Door, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mei = stand.person()
    mei.say("hello")
    stand.fail("getUpdates", Status(500), Drop())
    async with running(api, door, clock):
        await door.until(lambda: len(door.taken) == 1)
    await TelegramChannel(api).deliver(str(mei.id), Say(text="hello"), None)
    assert "httpcore" in {record.name.split(".")[0] for record in caplog.records}, "it would be seen"
    assert stand.token.split(":")[1] not in caplog.text + repr(api)


async def test_a_conversation_there_and_back(stand: Stand, api: TelegramApi, clock: Clock) -> None:
    mei = stand.person("Mei")
    channel = TelegramChannel(api)

    async def take(arrival: Arrival) -> None:
        heard = said(arrival)
        assert arrival.address is not None
        button = Choice(label="Again", action="again", arg=heard.message_id)
        say = Say(text=f"You: {heard.text or heard.choice}", rows=((button,),), revision=1)
        await channel.deliver(arrival.address, say, None)

    async with running(api, take, clock):
        number = mei.say("hi <there>")
        await mei.sees("You: hi <there>")
        mei.tap("Again")
        await mei.sees(f"You: 1:again:{number}")
    assert mei.transcript() == [
        "me: hi <there>",
        "bot: You: hi <there> [Again]",
        f"bot: You: 1:again:{number} [Again]",
    ]
