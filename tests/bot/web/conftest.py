"""The real library, loaded once, and a web application on a database of its own."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from flows import texts
from flows.application import products
from flows.engine.library import Library
from flows.knowledge import articles
from flows.knowledge.answering import KnowledgeBase
from integrations.database import migrations
from integrations.sources import declared
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


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "web.sqlite"
    migrations.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def file(migrated: Path, tmp_path: Path) -> Path:
    """A fresh database with all tables; copying one is faster than migrating each."""
    return Path(shutil.copy(migrated, tmp_path))


@pytest.fixture
async def site(file: Path, library: Library) -> AsyncIterator[Site]:
    async with open_site(file, library) as opened:
        yield opened
