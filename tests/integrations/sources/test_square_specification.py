"""What the till source sends, and what its sandbox answers, against Square's published description."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from integrations.merchants import load
from tests.integrations.sources.bench import bench

FILE = Path(__file__).parents[4] / "shared/specs/square/api.refs-fixed.json"
BODIES = {
    "/oauth2/token": ("ObtainTokenRequest", "ObtainTokenResponse"),
    "/oauth2/revoke": ("RevokeTokenRequest", "RevokeTokenResponse"),
    "/v2/locations": (None, "ListLocationsResponse"),
    "/v2/orders/search": ("SearchOrdersRequest", "SearchOrdersResponse"),
}
pytestmark = [
    pytest.mark.spec,
    pytest.mark.skipif(not FILE.is_file(), reason="the published file of Square is not at hand"),
]


@pytest.fixture(scope="module")
def specification() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return loaded


def check(specification: dict[str, Any], shape: str, body: bytes) -> None:
    given = json.loads(body)
    known = set(specification["components"]["schemas"][shape]["properties"])
    assert set(given) <= known | {"success"}
    schema = {"$ref": f"#/components/schemas/{shape}", "components": specification["components"]}
    Draft202012Validator(schema).validate(given)


async def test_requests_and_answers_follow_the_description(specification: dict[str, Any]) -> None:
    merchant = next(each for each in load() if each.id == "saffron-table")
    async with bench("pos_square", (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        await on.source.pull(consent, subject, grant, on.clock.now.date())
        await on.source.forget(consent, grant)
    used: set[str] = set()
    pages = 0
    for request, response in zip(on.faults.seen, on.faults.answers, strict=True):
        path = request.url.path
        if path not in BODIES:
            continue
        assert request.method.lower() in specification["paths"][path]
        asked, answered = BODIES[path]
        pages += path.endswith("search")
        if pages <= 2:
            if asked is not None:
                check(specification, asked, request.content)
            check(specification, answered, response.content)
        used.add(path)
    assert used == set(BODIES)


def test_the_check_can_fail(specification: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        check(specification, "SearchOrdersResponse", b'{"orders": [{"state": "COMPLETED"}]}')
