"""Plays one merchant from /start to a relayed lender decision, and compares what was submitted with the truth."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import monotonic
from uuid import uuid4

import httpx
from pydantic import BaseModel, ConfigDict

from bot.demo.measure import Journey, Submitted, by_sources, origins, wrong
from bot.demo.person import Person, Stuck
from bot.demo.screen import Screen, Shown
from bot.serving import parts_of
from bot.settings import Settings
from bot.web.access import Credentials, register
from bot.web.app import create_app
from bot.wiring import House, open_house
from flows.application.display import show_value
from flows.application.fields import APPLICANT_FACING, FIELDS
from flows.application.lifecycle import Status
from flows.application.values import OWNER
from flows.conversation import Conversation
from flows.texts import Texts
from integrations.database.queries import conversations, lenders, views
from integrations.database.queries.lenders import StoredApplication
from integrations.documents.papers.extra import ocr_is_here
from integrations.lenders.signature import sign
from integrations.merchants import Merchant

SETTLED = 30.0
RELAYED = 5.0


@asynccontextmanager
async def open_stage(settings: Settings, screen: Screen) -> AsyncIterator["Stage"]:
    """Open a house with its web side, and let every lender of the product sheets call it."""
    async with open_house(settings, [screen]) as house:
        app = create_app(parts_of(house, {}))
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://lendline.internal") as web:
            credentials: dict[str, Credentials] = {}
            for lender in {sheet.lender.id: sheet.lender for sheet in house.library.products}.values():
                credentials[lender.id] = await register(
                    house.database, house.sealer, lender.id, lender.name["en"], house.clock()
                )
            yield Stage(house, screen, web, credentials)


class Packet(BaseModel):
    """What we read of a submitted packet."""

    model_config = ConfigDict(extra="ignore")

    fields: dict[str, Submitted]
    consents: tuple[object, ...] = ()


class Stage:
    """Where merchants are played: the house, its web side as lenders see it, and the screen."""

    def __init__(
        self, house: House, screen: Screen, web: httpx.AsyncClient, credentials: Mapping[str, Credentials]
    ) -> None:
        self._house = house
        self._screen = screen
        self._web = web
        self._lenders = credentials
        self._texts: Texts = house.library.texts
        self._first_of: dict[str, str] = {}

    def person(self, merchant: Merchant, *, papers: bool = False) -> Person:
        """The owner of a merchant, sitting down in front of the screen."""
        house = self._house
        return Person(
            merchant,
            screen=self._screen,
            library=house.library,
            take=house.door.take,
            settled=self._settled,
            clock=house.clock,
            papers=papers,
            photographs=papers and self._photographs(merchant),
        )

    def _photographs(self, merchant: Merchant) -> bool:
        """The first owner of each language takes a photo of the licence, where photos can be read."""
        return ocr_is_here() and self._first_of.setdefault(merchant.lang, merchant.id) == merchant.id

    async def play(self, person: Person) -> Journey:
        """Play one merchant. What goes wrong on the way is not raised: the journey carries the error."""
        relays: list[float] = []
        error = ""
        try:
            await person.apply()
            relays = await self._lender_goes_on(person)
        except (Stuck, TimeoutError, httpx.HTTPError) as stuck:
            error = f"{type(stuck).__name__}: {stuck}"
        return await self._journey(person, tuple(relays), error)

    async def _settled(self, address: str) -> None:
        conversation = await self._conversation(address)
        if conversation is not None:
            await self._house.door.settled(conversation, SETTLED)

    async def _conversation(self, address: str) -> str | None:
        return await self._house.database.read(
            conversations.resolve, channel=self._screen.name, address=address, application_id=None
        )

    async def _lender_goes_on(self, person: Person) -> list[float]:
        """The lender moves an accepted application on to payment, as its own system would: by signed events."""
        application = await self._application(person)
        if application is None or application.status != Status.OFFER_ACCEPTED:
            return []
        return [await self._push(person, application.lender, application.id, Status.DISBURSED)]

    async def _push(self, person: Person, lender: str, reference: str, status: Status) -> float:
        """Push a signed status; seconds until it stands on the owner's screen. Raises TimeoutError."""
        now = datetime.now(UTC)
        data = {
            "application_id": reference,
            "sequence": 1,
            "status": status.value,
            "lender_status": "DISBURSEMENT_COMPLETED",
            "occurred_at": now.isoformat(),
        }
        envelope = {"type": "loan_application.status_changed", "timestamp": now.isoformat(), "data": data}
        body = httpx.Request("POST", "http://x", json=envelope).content
        headers = sign(body, f"msg_{uuid4().hex}", [self._lenders[lender].secret], now)
        title = self._texts.get(person.merchant.lang, f"status.{status.value}.title")
        began = monotonic()
        answer = await self._web.post(f"/lenders/{lender}/events", content=body, headers=headers)
        answer.raise_for_status()
        async with asyncio.timeout(RELAYED):
            while (shown := _shown(person, {title}, began)) is None:
                await self._screen.wait(0.5)
        return round(shown.at - began, 3)

    async def _application(self, person: Person) -> StoredApplication | None:
        """The submitted application, from the columns that lists are made of."""
        conversation = await self._conversation(person.address)
        if conversation is None:
            return None
        return await self._house.database.read(lenders.latest_application, conversation)

    async def _journey(self, person: Person, relays: tuple[float, ...], error: str) -> Journey:
        merchant, doings = person.merchant, person.doings
        application = await self._application(person)
        packet = None
        if application is not None:
            path = f"/lenders/{application.lender}/applications/{application.id}"
            token = self._lenders[application.lender].token
            answer = await self._web.get(path, headers={"Authorization": f"Bearer {token}"})
            packet = Packet.model_validate_json(answer.content) if answer.is_success else None
        fields = packet.fields if packet is not None else {}
        prefilled, from_documents, asked = origins(fields)
        bad = wrong(merchant, fields, datetime.now(UTC).date(), self._tapped(person, fields))
        titles = {self._texts.get(merchant.lang, f"status.{status.value}.title") for status in Status}
        titles |= {
            self._texts.get(merchant.lang, "offers.title", lender=name) for name in self._lender_names(merchant.lang)
        }
        decided = _shown(person, titles, doings.signed_at) if doings.signed_at else None
        return Journey(
            merchant=merchant.id,
            lang=merchant.lang,
            outcome=_outcome(application.status if application is not None else Status.DRAFT),
            expected=merchant.expect,
            sources_linked=len({each.source for each in fields.values()} & set(self._house.library.sources)),
            fields=len(FIELDS),
            required=len(APPLICANT_FACING),
            prefilled=prefilled,
            prefilled_by_sources=await self._by_sources(person),
            from_documents=from_documents,
            asked=asked,
            typed_answers=doings.typed,
            papers_sent=doings.sent,
            identified=_identified(fields),
            taps=doings.taps,
            conflicts=person.conflicts,
            wrong_values=len(bad),
            wrong_fields=bad,
            seconds_to_submit=round(max(0.0, doings.signed_at - doings.started_at), 3),
            seconds_to_decision=round(decided.at - doings.signed_at, 3) if decided is not None else 0.0,
            status_relay_seconds=relays,
            turns=doings.turns,
            error=error or ("" if decided is not None else "no decision was shown"),
        )

    async def _by_sources(self, person: Person) -> tuple[int, ...]:
        conversation = await self._conversation(person.address)
        sealed = None if conversation is None else await self._house.database.read(views.state_of, conversation)
        return () if sealed is None else by_sources(self._house.sealer.unseal(Conversation, sealed))

    def _tapped(self, person: Person, fields: Mapping[str, Submitted]) -> Mapping[str, bool]:
        """What was chosen by a button, and whether just that was submitted."""
        lang = person.merchant.lang
        return {
            name: name in fields and show_value(self._texts, lang, FIELDS[name], fields[name].value) == label
            for name, label in person.tapped.items()
        }

    def _lender_names(self, lang: str) -> set[str]:
        return {sheet.lender.name[lang] for sheet in self._house.library.products}


def _identified(fields: Mapping[str, Submitted]) -> bool:
    """Whether an identity source or an identity paper says who the representative is."""
    number = fields.get("representative_id_number")
    return number is not None and number.source != OWNER


def _outcome(status: str) -> str:
    """The decision that a status stands for: accepted and paid applications were offered."""
    return Status.OFFERED if status in {Status.OFFERED, Status.OFFER_ACCEPTED, Status.DISBURSED} else status


def _shown(person: Person, titles: set[str], since: float) -> Shown | None:
    """The first message with one of these titles since a moment."""
    messages = person.chat.messages
    return next((each for each in messages if each.title in titles and each.at >= since), None)
