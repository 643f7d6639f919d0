"""The real texts, answers, products and manifests: everything a flow may look up is read from its files."""

from dataclasses import replace

import pytest

from bot.settings import Settings
from bot.wiring import open_library
from flows.engine.library import Library
from tests.flows.stories import Story
from tests.flows.talk import Talk


@pytest.fixture(scope="session")
def library() -> Library:
    return open_library(Settings(LENDLINE_PUBLIC_URL=None))


@pytest.fixture(scope="session")
def with_model(library: Library) -> Library:
    """The same with a language model that may be asked."""
    return replace(library, model=True)


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def story(library: Library, lang: str) -> Story:
    return Story(library, lang)


@pytest.fixture
def english(library: Library) -> Story:
    return Story(library, "en")


@pytest.fixture
def talk(library: Library) -> Talk:
    return Talk(library)
