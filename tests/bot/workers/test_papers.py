"""Files through the whole house: kept sealed, used under a consent, and nowhere to be found once it has ended."""

import io
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from bot.settings import Settings
from bot.terminal import Terminal
from bot.wiring import House, open_house
from flows.application.months import complete
from flows.conversation import Conversation
from flows.events import Arrival, OwnerSaid
from flows.messages import Attachment, Heard
from integrations.database import tables
from integrations.database.queries import conversations

MARKER = "QUOKKA MARKER 7741"
INFLOW = "4321.09"


def statement() -> bytes:
    """Twelve months and a bit of an account, with a marker in it."""
    lines, balance = ["Date,Description,Amount,Balance,Counterparty"], 0
    for month in (*complete(datetime.now(UTC).date(), 12), datetime.now(UTC).date().replace(day=1)):
        for day, cents in ((1, 432109), (2, -100000)):
            balance += cents
            row = (month.replace(day=day).isoformat(), "TAKINGS", f"{cents / 100:.2f}", f"{balance / 100:.2f}", MARKER)
            lines.append(",".join(row))
    return "\n".join(lines).encode()


async def say(house: House, heard: Heard) -> str:
    arrival = Arrival(
        origin="terminal",
        external_id=uuid4().hex,
        event=OwnerSaid(heard=heard),
        at=datetime.now(UTC),
        channel="terminal",
        address="here",
    )
    taken = await house.door.take(arrival)
    assert taken.conversation_id is not None
    assert await house.door.settled(taken.conversation_id, 20)
    return taken.conversation_id


def everything(connection: sa.Connection) -> list[bytes | str]:
    """Every value of every column of every table."""
    found: list[bytes | str] = []
    for table in tables.metadata.sorted_tables:
        for row in connection.execute(sa.select(table)):
            found += [value for value in row if isinstance(value, bytes | str)]
    return found


def readable(house: House, value: bytes | str) -> str:
    if isinstance(value, str):
        return value
    try:
        import zlib

        content = house.sealer.unseal_bytes(value)
        return (zlib.decompress(content) if content[:1] == b"\x78" else content).decode("utf-8", "replace")
    except Exception:  # blanked, or sealed in another way
        return ""


async def test_a_file_is_used_under_its_consent_and_gone_after_it(tmp_path: Path) -> None:
    file = tmp_path / "statement.csv"
    file.write_bytes(statement())
    out = io.StringIO()
    async with open_house(Settings.of_its_own(tmp_path / "home"), [Terminal(out)]) as house:
        await say(house, Heard(kind="start", language_hint="en"))
        for text in ("1", "+447700900123", "99412087", "1", "1", "I need £30,000 over 12 months for a new oven"):
            await say(house, Heard(kind="text", text=text, message_id=uuid4().hex))
        sent = Attachment(file_id=str(file), name=file.name, size=file.stat().st_size)
        conversation = await say(house, Heard(kind="file", files=(sent,), message_id="f"))
        assert "26 records, the balances add up" in out.getvalue()
        stored = [readable(house, each) for each in await house.database.read(everything)]
        assert any(MARKER in each for each in stored)  # sealed, and only there
        assert MARKER not in str(await house.database.read(everything))

        await say(house, Heard(kind="text", text="Use it", message_id="u"))
        state = await _state(house, conversation)
        inflow = state.application.chosen("monthly_bank_inflow_12m")
        assert inflow is not None
        assert inflow.source == "bank_statement"
        assert INFLOW in str(inflow.value)
        consent = next(each for each in state.consents.values() if each.source == "bank_statement")

        await say(house, Heard(kind="choice", choice=f"0:revoke:{consent.id}"))
        left = [readable(house, each) for each in await house.database.read(everything)]
        assert not any(MARKER in each or INFLOW in each for each in left)
        state = await _state(house, conversation)
        assert state.application.chosen("monthly_bank_inflow_12m") is None


async def _state(house: House, conversation: str) -> Conversation:
    def read(connection: sa.Connection) -> bytes:
        stored = conversations.lock(connection, conversation)
        assert stored is not None
        return stored.state

    return house.sealer.unseal(Conversation, await house.database.run(read))
