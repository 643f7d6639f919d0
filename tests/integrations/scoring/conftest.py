"""The reference service on a transport of this process."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from integrations.scoring.reference.service import open_service
from tests.integrations.scoring.asking import TOKEN


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = open_service(TOKEN, log=tmp_path / "decisions.jsonl")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://scoring.test", headers=headers) as client:
        yield client
