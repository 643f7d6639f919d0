"""A whole application on Telegram: real updates over loopback HTTP, from /start to money paid out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from bot.channels import Pace
from bot.settings import Settings
from bot.telegram.channel import TelegramChannel
from bot.telegram.polling import Polling
from bot.telegram.requests import open_api
from bot.wiring import House, now, open_house, open_passport
from flows.texts import Texts, load
from integrations.merchants import Merchant
from tests.stand import Person, Stand

pytestmark = pytest.mark.journey

TEXTS: Texts = load()


UNPACED = Pace(per_chat=0, overall=1000)  # one message a second is what only real chats need


@asynccontextmanager
async def telegram_house(settings: Settings, stand: Stand) -> AsyncIterator[House]:
    settings = settings.model_copy(update={"telegram_token": SecretStr(stand.token)})
    key = open_passport(settings)
    api = open_api(stand.token, stand.url, passport_key=None if key is None else key.pem)
    try:
        async with open_house(settings, [TelegramChannel(api, pace=UNPACED)]) as house:
            polling = asyncio.create_task(Polling(api, house.door.take, now).run())
            try:
                yield house
            finally:
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)
    finally:
        await api.close()


class Owner:
    """A person who reads the newest card and answers in the merchant's voice."""

    def __init__(self, person: Person, merchant: Merchant) -> None:
        self.person = person
        self.merchant = merchant

    def text(self, key: str, /, **params: object) -> str:
        return TEXTS.get(self.merchant.lang, key, **params)

    async def taps(self, key: str) -> None:
        label = self.text(key)
        await self.person._stand.until(lambda: self._offered(label), 5.0)
        self.person.tap(label)

    async def sees(self, key: str, /, **params: object) -> None:
        await self.person.sees(self.text(key, **params))

    async def sees_page(self, page: int) -> None:
        start = self.text("review.title", page=page, pages=5, section="").strip(" :：")
        await self.person.sees(start)

    def _offered(self, label: str) -> bool:
        on_cards = [text for message in self.person.messages[-1:] for text in message.labels]
        return label in on_cards or label in self.person.keyboard


async def test_from_start_to_an_accepted_offer(settings: Settings, stand: Stand, merchant: Merchant) -> None:
    person = stand.person("Mei", language=merchant.lang)
    person.phone = merchant.phone
    owner = Owner(person, merchant)
    async with telegram_house(settings, stand):
        person.start()
        await owner.sees("welcome.title")
        await owner.taps("welcome.start")
        await owner.taps("identify.phone.share")
        await owner.sees("identify.number.text")
        person.say(merchant.registration_number)
        await owner.taps("identify.lookup.allow")
        await owner.taps("identify.confirm.yes")
        await owner.sees("need.title")
        person.say(merchant.voice["need"])
        await owner.taps("connect.allow_all")
        await owner.taps("field.legal_or_insolvency_declaration.no")
        for page in range(1, 5):
            await owner.sees_page(page)
            await owner.taps("review.next")
        await owner.taps("review.sign")
        await owner.sees("offers.text")
        person.tap(person.last.labels[0])
        await owner.taps("offers.accept")
        await owner.sees("status.offer_accepted.title")
    shown = "\n".join(person.transcript())
    assert merchant.profile.representative.id_number not in shown
    assert merchant.profile.bank.account not in shown


async def test_a_restart_in_the_middle_loses_nothing(settings: Settings, stand: Stand, merchant: Merchant) -> None:
    person = stand.person("Mei", language=merchant.lang)
    owner = Owner(person, merchant)
    async with telegram_house(settings, stand):
        person.start()
        await owner.taps("welcome.start")
        await owner.taps("button.later")
        person.say(merchant.registration_number)
        await owner.sees("identify.lookup.text")
    async with telegram_house(settings, stand):
        await owner.taps("identify.lookup.allow")
        await owner.taps("identify.confirm.yes")
        await owner.sees("need.title")


async def test_every_update_twice_and_a_burst_fill_the_right_fields(settings: Settings, stand: Stand) -> None:
    people = [stand.person(f"P{number}") for number in range(8)]
    async with telegram_house(settings, stand) as house:
        for person in people:
            for text in ("/start", "Start", "Later", "09446231", "No, I'll type it", "20k for 12 months to buy stock"):
                person.say(text)
        for person in people:
            await person.sees("£20,000", 15.0)
        for person in people:
            amounts = [line for line in person.transcript() if line.startswith("bot:") and "✓ Amount" in line]
            assert len(amounts) == 1
        del house
