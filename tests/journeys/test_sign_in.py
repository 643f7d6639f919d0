"""A real bank: its owner signs in at the bank's own page, over a socket, and comes back to the chat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from bot.demo.person import Person, Stuck
from bot.demo.screen import Screen, Shown
from bot.rendering import Button
from bot.serving import parts_of
from bot.settings import Settings
from bot.web.app import create_app
from bot.wiring import House, open_house
from flows.consent import ConsentState
from flows.conversation import Conversation, PullState
from integrations.database.queries import conversations, views
from integrations.database.tables import approval, event, vault
from integrations.merchants import load
from tests.integrations.sources.test_loopback import served
from tests.journeys.test_erasure import everything, places

pytestmark = pytest.mark.journey

PUBLIC = "https://apply.example"


class Visitor(Person):
    """An owner who opens the bank's page when there is a button for it, and stops before signing or skipping."""

    browser: "Browser"
    says_yes: bool = True

    async def _answer(self, card: Shown) -> bool:
        page = next((each for each in card.buttons if each.url.endswith("/sign-in")), None)
        if page is not None:
            if self.browser.back:
                raise Stuck("the bank's page is asked for again", card.text)
            await self.browser.open(page, says_yes=self.says_yes)
            return True
        over = (self._text("review.sign"), self._text("fetch.skip"))
        if any(button.label in over for button in card.buttons):
            return False
        return await super()._answer(card)


@dataclass
class Browser:
    """Follows the links of our pages and of the bank's, as a browser would; `trail` are the hosts it came by."""

    ours: httpx.AsyncClient
    bank: httpx.AsyncClient
    trail: list[str]
    back: list[str]

    async def open(self, button: Button, *, says_yes: bool) -> None:
        away = await self.ours.get(button.url)
        assert away.status_code == 303, away.text
        assert away.headers["referrer-policy"] == "no-referrer"
        self.trail.append(httpx.URL(away.headers["location"]).host)
        answer = await self.bank.get(away.headers["location"])
        came_back = httpx.URL(answer.headers["location"])
        assert str(came_back).startswith(f"{PUBLIC}/consent/callback?")
        if not says_yes:
            state = came_back.params["state"]
            came_back = httpx.URL(f"{PUBLIC}/consent/callback", params={"error": "access_denied", "state": state})
        self.back.append(str(came_back))
        page = await self.ours.get(self.back[-1])
        assert page.status_code == 200


@dataclass
class Visit:
    """What a test needs."""

    house: House
    owner: Visitor
    browser: Browser

    async def state(self) -> Conversation:
        found = await self.house.database.read(
            conversations.resolve, channel="demo", address=self.owner.address, application_id=None
        )
        assert found is not None
        sealed = await self.house.database.read(views.state_of, found)
        assert sealed is not None
        return self.house.sealer.unseal(Conversation, sealed)

    async def count(self, table: sa.Table) -> int:
        return await self.house.database.read(
            lambda connection: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        )


@pytest.fixture
async def visit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: tuple[str, str]) -> AsyncIterator[Visit]:
    profile, lang = at
    merchant = next(each for each in load() if each.lang == lang and each.expect == "offered" and not each.dirt)
    screen = Screen()
    async with served("bank") as address:
        monkeypatch.setenv("LENDLINE_SOURCE_BANK_URL", f"http://bank-client:p%40ss%3Aword@{address}")
        monkeypatch.setenv("LENDLINE_SOURCE_BANK_PROFILE", profile)
        settings = Settings(LENDLINE_HOME=tmp_path, LENDLINE_PUBLIC_URL=PUBLIC)
        async with open_house(settings, [screen]) as house, browsing(house) as browser:

            async def settled(at: str) -> None:
                found = await house.database.read(
                    conversations.resolve, channel=screen.name, address=at, application_id=None
                )
                if found is not None:
                    await house.door.settled(found, 30.0)

            owner = Visitor(
                merchant, screen=screen, library=house.library, take=house.door.take, settled=settled, clock=house.clock
            )
            owner.browser = browser
            yield Visit(house, owner, browser)


@asynccontextmanager
async def browsing(house: House) -> AsyncIterator[Browser]:
    transport = httpx.ASGITransport(app=create_app(parts_of(house, {})))
    async with (
        httpx.AsyncClient(transport=transport, base_url=PUBLIC) as ours,
        httpx.AsyncClient(trust_env=False) as bank,
    ):
        yield Browser(ours, bank, [], [])


@pytest.mark.parametrize("at", [("obie-4.0", "en"), ("berlin-group-1.3", "zh")], ids=str)
async def test_the_owner_signs_in_at_the_bank_and_the_answers_fill(visit: Visit, tmp_path: Path) -> None:
    await visit.owner.apply()
    state = await visit.state()
    assert state.pulls["bank"].state is PullState.DONE
    assert state.application.has("disbursement_account")
    assert visit.browser.trail == ["127.0.0.1"]
    assert await visit.count(approval) == 0
    code = httpx.URL(visit.browser.back[0]).params["code"]
    assert places(await everything(visit.house, tmp_path), code) == set()
    # The page opened again, or the answer sent again, changes nothing.
    before, granted = await visit.count(event), await visit.count(vault)
    assert (await visit.browser.ours.get(visit.browser.back[0])).status_code == 200
    assert (await visit.count(event), await visit.count(vault)) == (before, granted)


@pytest.mark.parametrize("at", [("obie-4.0", "zh")], ids=str)
async def test_a_no_at_the_bank_is_taken_as_one(visit: Visit) -> None:
    visit.owner.says_yes = False
    said = visit.house.library.texts.get(
        visit.owner.merchant.lang,
        "fetch.failed.declined",
        source=visit.house.library.sources["bank"].title[visit.owner.merchant.lang],
    )
    await visit.owner.apply()
    state = await visit.state()
    assert state.pulls["bank"].fact == "declined"
    consent = state.consents[state.pulls["bank"].consent_id]
    assert (consent.state, consent.reason) == (ConsentState.REJECTED, "at the source")
    assert any(said in shown.text for shown in visit.owner.chat.history)
    assert not state.application.has("disbursement_account")
    assert await visit.count(approval) == 0
