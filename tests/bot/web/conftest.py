"""The real library, loaded once, and a web application on a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from flows import texts
from flows.application import products
from flows.engine.library import Library
from flows.knowledge import articles
from flows.knowledge.answering import KnowledgeBase
from integrations.sources import declared
from tests import databases
from tests.bot.web.site import Site, open_site


@pytest.fixture(scope="session")
def library() -> Library:
    return Library(
        texts=texts.load(),
        knowledge=KnowledgeBase(articles.load()),
        products=products.load(),
        sources={manifest.name: manifest for manifest in declared.manifests()},
        consent_pages=True,
    )


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A fresh database."""
    return databases.url_for(tmp_path)


@pytest.fixture
async def site(database_url: str, library: Library) -> AsyncIterator[Site]:
    async with open_site(database_url, library) as opened:
        yield opened
