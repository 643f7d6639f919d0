import pytest

from flows.knowledge.answering import KnowledgeBase, load


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    """The knowledge base as shipped."""
    return load()
