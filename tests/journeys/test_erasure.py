"""After a consent is ended nothing of what it brought is left, anywhere: a search for planted values in all we keep."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import JsonValue, RootModel, ValidationError

from bot.demo.person import Person
from bot.demo.screen import Screen
from bot.settings import Settings
from bot.wiring import House, open_house
from flows.messages import Attachment, Heard
from integrations.database.queries import conversations
from integrations.database.sealing import SealBroken, Sealer
from integrations.database.tables import metadata
from integrations.merchants import Merchant, load

pytestmark = pytest.mark.journey

MERCHANT = "salt-and-crumb"


class Hesitant(Person):
    """An owner who does everything but sign."""

    def hold_back(self) -> None:
        """Leave the button that signs alone."""
        sign = self._texts.get(self.merchant.lang, "review.sign")
        self._onward = tuple(label for label in self._onward if label != sign)

    async def send(self, file: Attachment) -> None:
        """Send a file, and wait until it was answered."""
        await self._do(Heard(kind="file", files=(file,)), "[file]")
        await self._settled(self.address)

    async def say(self, text: str) -> None:
        """Type something, and wait until it was answered."""
        await self._type(text)
        await self._settled(self.address)


def planted(merchant: Merchant) -> dict[str, str]:
    """Values that only the bank knows."""
    bank, person = merchant.profile.bank, merchant.profile.representative
    return {
        "account": bank.account,
        "bank": bank.name,
        "identity": person.id_number,
        "home": person.address.text,
        "supplier": "Fenwick Vale Wholesale",
    }


async def everything(house: House, folder: Path) -> list[tuple[str, str]]:
    """All cells of all tables, opened where they are sealed, and all files as they lie there."""

    def cells(connection: sa.Connection) -> Iterator[tuple[str, str]]:
        for table in metadata.sorted_tables:
            for row in connection.execute(sa.select(table)).mappings():
                for name, value in row.items():
                    yield f"{table.name}.{name}", _opened(house.sealer, value)

    found = await house.database.read(lambda connection: list(cells(connection)))
    return found + files(folder)


def files(folder: Path) -> list[tuple[str, str]]:
    """All files as they lie there."""
    return [(file.name, file.read_bytes().decode("latin-1")) for file in folder.rglob("*") if file.is_file()]


def _opened(sealer: Sealer, value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    try:
        return sealer.unseal(RootModel[JsonValue], value).model_dump_json()
    except SealBroken:
        return value.decode("latin-1")
    except ValidationError:  # a text, not JSON
        return sealer.unseal_text(value)


def places(found: list[tuple[str, str]], marker: str) -> set[str]:
    return {place for place, text in found if marker in text}


async def test_nothing_that_the_bank_brought_is_left_after_revocation(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    merchant = next(each for each in load() if each.id == MERCHANT)
    caplog.set_level(logging.DEBUG)
    screen = Screen()
    async with open_house(Settings(LENDLINE_HOME=tmp_path), [screen]) as house:

        async def settled(address: str) -> None:
            await screen_settled(house, screen, address)

        owner = Hesitant(
            merchant, screen=screen, library=house.library, take=house.door.take, settled=settled, clock=house.clock
        )
        owner.hold_back()
        await owner.apply()
        before = await everything(house, tmp_path)
        markers = planted(merchant)
        assert {name for name, marker in markers.items() if not places(before, marker)} == set()
        await owner.say("/privacy")
        title = house.library.sources["bank"].title["en"]
        await owner.say(house.library.texts.get("en", "privacy.revoke", source=title))
        after = await everything(house, tmp_path)
    left = {name: places(after, marker) for name, marker in markers.items()}
    assert left == {name: set() for name in markers}
    assert not [name for name, marker in markers.items() if marker in caplog.text]


FILE = b"""Account number: GB29NWBK60161331926819
Account holder: Salt and Crumb Bakery Ltd
Date,Description,Paid out,Paid in,Balance,Counterparty name
2026-10-01,Zanzibar wedding cake,,410.00,1410.00,Quillfeather Events
2026-10-02,Flour,200.00,,1210.00,Marlow Mills
"""


class Desk(Screen):
    """A screen whose owner has one file to send."""

    async def fetch(self, file_id: str, most: int) -> bytes:
        assert file_id == "f-1"
        assert len(FILE) <= most
        return FILE


async def test_nothing_that_a_file_brought_is_left_after_revocation(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    merchant = next(each for each in load() if each.id == MERCHANT)
    caplog.set_level(logging.DEBUG)
    screen, markers = Desk(), ("GB29NWBK60161331926819", "Quillfeather", "Zanzibar")
    async with open_house(Settings(LENDLINE_HOME=tmp_path), [screen]) as house:

        async def settled(address: str) -> None:
            await screen_settled(house, screen, address)

        owner = Hesitant(
            merchant, screen=screen, library=house.library, take=house.door.take, settled=settled, clock=house.clock
        )
        owner.hold_back()
        await owner.apply()
        await owner.send(Attachment(file_id="f-1", name="statement.csv", media_type="text/csv", size=len(FILE)))
        await shown(screen, owner.address, house.library.texts.get("en", "paper.use"))
        await owner.say(house.library.texts.get("en", "paper.use"))
        before = await everything(house, tmp_path)
        assert [marker for marker in markers if not places(before, marker)] == []
        await owner.say("/privacy")
        title = house.library.sources["bank_statement"].title["en"]
        await owner.say(house.library.texts.get("en", "privacy.revoke", source=title))
        after = await everything(house, tmp_path)
    assert {marker: places(after, marker) for marker in markers} == {marker: set() for marker in markers}
    assert not [marker for marker in markers if marker in caplog.text]


async def shown(screen: Screen, address: str, label: str) -> None:
    """Wait until a button is on the screen: files that come together are asked about together, a moment later."""
    async with asyncio.timeout(10):
        while (card := screen.chat(address).card()) is None or label not in [each.label for each in card.buttons]:
            await screen.wait(1)


async def screen_settled(house: House, screen: Screen, address: str) -> None:
    """Wait until everything under way in a chat has ended."""
    conversation = await house.database.read(
        conversations.resolve, channel=screen.name, address=address, application_id=None
    )
    if conversation is not None:
        await house.door.settled(conversation, 30.0)
