from collections.abc import Callable

import pytest

from integrations.merchants import Merchant, load
from integrations.sources.declared import manifests

NAMES = tuple(
    f"{each.name}:{profile}" if profile else each.name for each in manifests() for profile in each.profiles or ("",)
)


@pytest.fixture(scope="session")
def merchants() -> tuple[Merchant, ...]:
    return load()


@pytest.fixture(scope="session")
def by_id(merchants: tuple[Merchant, ...]) -> Callable[[str], Merchant]:
    known = {each.id: each for each in merchants}
    return lambda name: known[name]


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """Every source, found by its folder, in each of its profiles (`name:profile`)."""
    return str(request.param)
