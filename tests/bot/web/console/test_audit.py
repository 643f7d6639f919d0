"""The audit log is a chain: what is changed, taken out or cut off is found."""

import pytest
import sqlalchemy as sa

from bot.web.console.roles import Role
from integrations.database.queries import audit
from tests.bot.web.console.staff import owner_says, signed_in
from tests.bot.web.site import OWNER, Site


async def test_every_view_and_act_is_a_row_of_a_whole_chain(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        await ann.get()
        await ann.does("take")
        await ann.does("say", mode="note", text="x")
    entries = await site.parts.database.read(audit.latest, limit=10)
    assert [entry.act for entry in reversed(entries)] == [
        *("staff_added", "signed_in", "viewed", "staff_took", "staff_noted"),
    ]
    assert {entry.conversation_id for entry in entries} == {"", OWNER}
    verdict = await site.parts.database.read(audit.verify)
    assert (verdict.rows, verdict.broken) == (5, None)
    assert await site.parts.database.read(audit.holds, verdict.head)


async def test_tampering_is_found(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        await ann.get()
        await ann.get()

    async def broken(sql: str, undo: str) -> int | None:
        await site.parts.database.run(lambda connection: connection.execute(sa.text(sql)).close())
        verdict = await site.parts.database.read(audit.verify)
        await site.parts.database.run(lambda connection: connection.execute(sa.text(undo)).close())
        return verdict.broken

    changed = ("update audit set act = 'slept' where id = 3", "update audit set act = 'viewed' where id = 3")
    assert await broken(*changed) == 3
    moved = ("update audit set id = 99 where id = 2", "update audit set id = 2 where id = 99")
    assert await broken(*moved) == 2
    assert await broken("delete from audit where id = 4", "select 1") == 4


async def test_a_long_conversation_is_exported_to_its_last_line(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        await owner_says(site, f"message number {number}")
    async with signed_in(site, "Sue Park", Role.SUPERVISOR) as sue:
        whole = (await sue.does("export")).json()
        monkeypatch.setattr("bot.web.console.disclosing.AT_ONCE", 3)
        pieces = (await sue.does("export")).json()
    assert whole["complete"] is pieces["complete"] is True
    assert [line["text"] for line in whole["log"] if line["by"] == "owner"] == [f"message number {n}" for n in range(7)]
    assert pieces["log"] == whole["log"]
