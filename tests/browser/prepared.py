"""An installation in which two owners, one of each language, have pages to show to people outside."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from bot.links import Links
from bot.settings import Settings
from bot.wiring import open_sealer
from bot.workers.recordkeeping import Batch
from flows.application.lifecycle import Status
from flows.application.records import Bounds, Invoice, Records, Transaction
from flows.conversation import Conversation, Share
from flows.events import LenderAction
from flows.messages import Say
from integrations.database import dialect, migrations
from integrations.database.sealing import Sealer
from integrations.database.tables import records
from tests.bot.web.site import APPLICATION, REGISTRY, TAX, owner, put_conversation

NAMES = {"en": ("Juniper Lane Grocery Ltd", "Ben Okoro"), "zh": ("青禾街杂货铺", "王秀英")}
MONTHS = 14


@dataclass(frozen=True)
class Addresses:
    """The pages of one owner: their own, and those that others get a link to."""

    consent: str
    party: str
    report: str
    shared: str

    @staticmethod
    def of(sealer: Sealer, conversation: Conversation, name: str) -> "Addresses":
        """The addresses with fresh tokens."""
        links = Links(sealer, lambda: datetime.now(UTC), "")
        passed = links.resolve(Say(text=f"lendline:party/{APPLICATION}:0:{quote(name)}"), conversation.id).text
        (share,) = conversation.report.shares
        return Addresses(
            consent=f"/consent/{links.consent_token(conversation.id, TAX.id)}",
            party=passed,
            report=f"/report/{links.report_token(conversation.id)}",
            shared=f"/report/{links.report_token(conversation.id, share.id)}",
        )


def prepare(home: Path) -> dict[str, Addresses]:
    """Fill the database of a home that no server has opened yet; the addresses by language."""
    settings = Settings.model_validate({"LENDLINE_HOME": home})
    sealer = open_sealer(settings)
    migrations.upgrade(settings.database_url)
    engine = dialect.writer_engine(settings.database_url)
    found: dict[str, Addresses] = {}
    for lang, (shop, signer) in NAMES.items():
        conversation = _conversation(lang, shop, signer)
        with engine.begin() as connection:
            put_conversation(connection, conversation, sealer)
            connection.execute(sa.insert(records).values(_records(conversation, sealer)))
        found[lang] = Addresses.of(sealer, conversation, signer)
    engine.dispose()
    return found


def _conversation(lang: str, shop: str, signer: str) -> Conversation:
    now = datetime.now(UTC)
    state = owner(lang, name=shop)
    open_until = {"valid_until": now + timedelta(days=1)}
    consents = {key: each.model_copy(update=open_until) for key, each in state.consents.items()}
    registry = consents.pop(REGISTRY.id)
    consents[f"{registry.id}-{lang}"] = registry.model_copy(update={"id": f"{registry.id}-{lang}"})
    action = LenderAction(type="co_sign", party=signer, reason="KYC 2")
    assert state.submission is not None
    submission = state.submission.model_copy(update={"status": Status.ACTION_REQUIRED, "actions": (action,)})
    share = Share(id="share-1", recipient="Harbour", made_at=now, expires_at=now + timedelta(days=7))
    report = state.report.model_copy(update={"shares": (share,)})
    more = {"id": f"c-{lang}", "address": lang, "submission": submission, "report": report, "consents": consents}
    return state.model_copy(update=more)


def _records(conversation: Conversation, sealer: Sealer) -> dict[str, object]:
    """Fourteen months of takings and costs at the bank, and of invoices to four buyers."""
    today = datetime.now(UTC).date()
    currency, transactions, invoices = "GBP", [], []
    for month in range(MONTHS):
        day = _months_before(today, month)
        for number, amount in enumerate((Decimal(9000 + 311 * month), Decimal(-5200 - 97 * month))):
            key = f"{month}-{number}"
            transactions.append(Transaction(key, "1", day, amount, currency, party=f"Party {number}"))
        for number in range(4):
            net = Decimal(1200 * (number + 1) + 90 * month)
            party = f"Buyer {number}"
            invoices.append(Invoice(f"I-{month}-{number}", day, True, party, "", net, net / 5, currency))
    bounds = Bounds(since=_months_before(today, MONTHS), until=today, balance=Decimal(23_480))
    ledger = Records(transactions=transactions, invoices=invoices, bounds=bounds)
    consent = next(key for key in conversation.consents if key.startswith(REGISTRY.id))
    return {
        "consent_id": consent,
        "conversation_id": conversation.id,
        "source": "registry",
        "read_at": datetime.now(UTC),
        "count": len(ledger),
        "body": sealer.seal(Batch(ledger=ledger)),
    }


def _months_before(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 7)
