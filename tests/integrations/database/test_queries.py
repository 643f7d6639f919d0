"""Queries that no worker's test walks through: lenders, grants, times."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from integrations.database.engine import Database
from integrations.database.queries import lenders, vault
from integrations.database.queries.lenders import StoredLender
from integrations.database.queries.vault import StoredGrant
from tests import databases

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest_asyncio.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(databases.url_for(tmp_path), upgrade=False)
    yield database
    await database.close()


async def test_a_lender_is_stored_and_its_secrets_replaced(db: Database) -> None:
    first = StoredLender("acme", "Acme Lending", b"sealed", "hash", NOON)
    await db.run(lenders.put, first)
    await db.run(lenders.put, StoredLender("acme", "Acme Lending", b"newer", "hash", NOON))
    await db.run(lenders.put, StoredLender("zen", "Zen", b"sealed", "hash", NOON))
    found = await db.read(lenders.find, "acme")
    assert found is not None
    assert found.secrets == b"newer"
    assert [each.id for each in await db.read(lenders.every)] == ["acme", "zen"]
    assert await db.read(lenders.find, "nobody") is None


async def test_a_grant_is_kept_replaced_and_destroyed(db: Database) -> None:
    await db.run(vault.put, StoredGrant("c-1", "bank", b"old", None))
    await db.run(vault.put, StoredGrant("c-1", "bank", b"new", NOON))
    assert await db.read(vault.find, "c-1") == StoredGrant("c-1", "bank", b"new", NOON)
    await db.run(vault.destroy, "c-1")
    assert await db.read(vault.find, "c-1") is None


@settings(max_examples=30, deadline=None)
@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
async def test_any_aware_time_comes_back_as_the_same_instant_in_utc(
    tmp_path_factory: pytest.TempPathFactory, naive: datetime, minutes: int
) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    database = await Database.open(databases.url_for(tmp_path_factory.getbasetemp(), "times"), upgrade=False)
    await database.run(vault.put, StoredGrant("c-1", "bank", b"", moment))
    found = await database.read(vault.find, "c-1")
    await database.close()
    assert found is not None
    assert found.expires_at == moment
    assert found.expires_at.tzinfo is UTC


async def test_a_naive_time_is_refused(db: Database) -> None:
    with pytest.raises(StatementError, match="timezone"):
        await db.run(vault.put, StoredGrant("c-1", "bank", b"", datetime(2026, 1, 1)))  # noqa: DTZ001
