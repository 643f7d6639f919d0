"""A web application with the real door, engine and database, one owner who has submitted, and two lenders."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
import sqlalchemy as sa
from pydantic import JsonValue
from standardwebhooks import Webhook

from bot.door.turns import Door
from bot.links import Links
from bot.web import access
from bot.web.app import create_app
from bot.web.parts import Check, Parts
from bot.workers.approvals import Approvals
from flows import catalog
from flows.application.lifecycle import Status
from flows.application.money import Money
from flows.application.values import Application, Candidate, Feature, FieldValue, said
from flows.consent import Consent, ConsentState
from flows.conversation import Conversation, Speaker, Submission
from flows.engine.decision import Decide
from flows.engine.library import Library
from flows.engine.run import Engine
from flows.errors import SourceUnavailable
from flows.ports import Source, Subject
from integrations.database.engine import Database
from integrations.database.queries import conversations, lenders, views
from integrations.database.sealing import Sealer
from tests.bot.parts import KEY, START, Clock, apology, new_conversation

_DOCUMENTED: set[tuple[str, int]] = set()
OWNER = "c-owner"
APPLICATION = "LA-3F9C21B07A44-1"
LENDER, OTHER = "harbour", "baichuan"
BASE = "http://web.test"


@dataclass
class Site:
    """What a test needs. `answers` are the methods and statuses of the lender API that came up."""

    parts: Parts
    client: httpx.AsyncClient
    clock: Clock
    keys: Mapping[str, access.Credentials]
    answers: set[tuple[str, int]] = field(default_factory=set)

    async def push(self, body: bytes, headers: Mapping[str, str], lender: str = LENDER) -> httpx.Response:
        return await self.client.post(f"/lenders/{lender}/events", content=body, headers=headers)

    async def send(self, event: JsonValue, webhook_id: str = "msg_1", lender: str = LENDER) -> httpx.Response:
        """Sign with the published library and send."""
        body = json.dumps(event).encode()
        return await self.push(body, self.signed(body, webhook_id, lender), lender)

    def signed(
        self, body: bytes, webhook_id: str = "msg_1", lender: str = LENDER, at: datetime | None = None
    ) -> dict[str, str]:
        return sign(body, webhook_id, self.keys[lender].secret, at or self.clock())

    async def read(
        self, application: str = APPLICATION, lender: str = LENDER, token: str | None = None
    ) -> httpx.Response:
        bearer = {"authorization": f"Bearer {self.keys[lender].token if token is None else token}"}
        return await self.client.get(f"/lenders/{lender}/applications/{application}", headers=bearer)

    async def state(self, conversation_id: str = OWNER) -> Conversation:
        sealed = await self.parts.database.read(views.state_of, conversation_id)
        assert sealed is not None
        return self.parts.sealer.unseal(Conversation, sealed)

    async def put(self, conversation: Conversation) -> None:
        """Store a conversation as it is."""
        await self.parts.database.run(put_conversation, conversation, self.parts.sealer)

    async def rows(self, sql: str) -> list[tuple[object, ...]]:
        return await self.parts.database.read(lambda found: [tuple(row) for row in found.execute(sa.text(sql))])


def sign(body: bytes, webhook_id: str, secret: str, at: datetime) -> dict[str, str]:
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(webhook_id, at, body.decode()),
    }


def event(
    status: str = "under_review", sequence: int = 0, application: str = APPLICATION, **more: JsonValue
) -> JsonValue:
    """A status event; `more` are further members of its data."""
    data: dict[str, JsonValue] = {"application_id": application, "sequence": sequence, "status": status}
    data |= {"occurred_at": "2026-11-23T03:59:58Z", **more}
    return {"type": "loan_application.status_changed", "timestamp": "2026-11-23T04:00:00Z", "data": data}


OFFER: dict[str, JsonValue] = {
    "offer_id": "O-1",
    "amount": "15000.00",
    "currency": "GBP",
    "term_months": 12,
    "apr": "0.0850",
    "total_cost": "699.00",
    "instalment": "1308.25",
    "fees": [{"name": "arrangement", "amount": "50.00"}],
    "valid_until": "2026-12-07T00:00:00Z",
}


def consent(number: int, source: str, state: ConsentState) -> Consent:
    return Consent(
        id=f"c-3F9C21B07A44-1-{number}",
        source=source,
        kinds=("tax_filings", "tax_payments") if source == "tax" else ("company_profile", "officers"),
        purpose="loan_application",
        recipients=(LENDER,),
        state=state,
        asked_at=START,
        answered_at=START if state is ConsentState.ACTIVE else None,
        ended_at=START if state is ConsentState.REJECTED else None,
        valid_until=START + timedelta(days=1),
        data_from=START - timedelta(days=730) if source == "tax" else START,
        data_to=START,
        keep_days=90,
    )


REGISTRY, TAX, BANK = (
    consent(1, "registry", ConsentState.ACTIVE),
    consent(2, "tax", ConsentState.PENDING),
    consent(3, "bank", ConsentState.REJECTED),
)


def owner(lang: str = "en", *, name: str = "Juniper Lane Grocery Ltd", submitted: bool = True) -> Conversation:
    """An owner whose tax consent is open; with `submitted` the application is at the lender."""
    named = Candidate(
        field="business_legal_name",
        value=name,
        source="registry",
        record="company",
        consent_id=REGISTRY.id,
        observed_at=START,
        confirmed_at=START,
    )
    amount = said("amount_requested", Money(amount="15000", currency="GBP"), START)
    term = said("loan_term_months", 12, START)
    application = Application(
        id=APPLICATION,
        started_at=START,
        product="harbour-small",
        values={each.field: FieldValue(candidates=(each,), chosen=0) for each in (named, amount, term)},
        features=(
            Feature(
                name="licence_age_m",
                value="41",
                window="2026-11-23",
                source="registry",
                consent_id=REGISTRY.id,
                records=1,
            ),
        ),
        signed_at=START if submitted else None,
    )
    return Conversation(
        id=OWNER,
        channel="chat",
        address="ann",
        lang=lang,
        started_at=START,
        welcomed=True,
        subject=Subject(registration_number="07654321", country="GB"),
        business_confirmed=True,
        application=application,
        consents={each.id: each for each in (REGISTRY, TAX, BANK)},
        submission=Submission(application_id=APPLICATION, lender=LENDER, status=Status.SUBMITTED, since=START)
        if submitted
        else None,
    )


@asynccontextmanager
async def open_site(
    url: str,
    library: Library,
    *,
    decide: Decide | None = None,
    public_url: str | None = None,
    checks: Mapping[str, Check] | None = None,
    embed_origins: tuple[str, ...] = (),
    source: Callable[[str], Awaitable[Source]] | None = None,
) -> AsyncIterator[Site]:
    """Open a site on an empty database, with the real engine or another `decide`.

    At the end, no answer of the lender API may have been an undocumented one.
    """
    clock, sealer = Clock(), Sealer([KEY])
    database = await Database.open(url, upgrade=False)
    door = Door(
        database, decide or Engine(library, catalog.load()).decide, new_conversation, sealer, clock, apology=apology
    )
    links = Links(sealer, clock, public_url or BASE)
    parts = Parts(
        door,
        database,
        sealer,
        library,
        links,
        clock,
        Approvals(database, sealer, source or _nowhere, clock),
        checks or {},
        public_url=public_url,
        embed_origins=embed_origins,
    )
    app = create_app(parts)
    keys = {name: await access.register(database, sealer, name, name, START) for name in (LENDER, OTHER)}
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=public_url or BASE)
    site = Site(parts, client, clock, keys)

    async def remember(response: httpx.Response) -> None:
        if response.request.url.path.startswith("/lenders/") and response.status_code != 405:
            site.answers.add((response.request.method.lower(), response.status_code))

    client.event_hooks["response"].append(remember)
    await site.put(owner())
    packet = lenders.Packet(
        application=owner().application, lender=LENDER, consents=(REGISTRY, TAX, BANK), submitted_at=START
    )
    await database.run(
        lenders.put_application,
        lenders.StoredApplication(APPLICATION, OWNER, LENDER, "submitted", START, sealer.seal(packet)),
    )
    try:
        yield site
        if site.answers and not _DOCUMENTED:
            paths = (await client.get("/openapi.json")).json()["paths"]
            for path in paths.values():
                for method, operation in path.items():
                    _DOCUMENTED.update((method, int(status)) for status in operation["responses"])
        assert site.answers <= _DOCUMENTED
    finally:
        await client.aclose()
        door.close()
        await database.close()
        await asyncio.sleep(0)


async def _nowhere(name: str) -> Source:
    raise SourceUnavailable(name, "no source on this site")


def put_conversation(connection: sa.Connection, conversation: Conversation, sealer: Sealer) -> None:
    """Store a conversation as it is."""
    found = conversations.lock(connection, conversation.id)
    columns = conversations.Columns(conversation.lang, Speaker.ASSISTANT, "", "", "", "", "submitted", None, None)
    if found is None:
        conversations.create(
            connection,
            conversation_id=conversation.id,
            channel=conversation.channel,
            address=conversation.address,
            state=sealer.seal(conversation),
            columns=columns,
            now=START,
        )
    else:
        conversations.write(
            connection, found, state=sealer.seal(conversation), seq=found.seq, columns=columns, now=START
        )
