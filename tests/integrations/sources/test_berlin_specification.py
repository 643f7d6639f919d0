"""What the bank source sends, and what its sandbox answers, against the published NextGenPSD2 1.3.11 file."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError

from flows.errors import SourceRefused
from integrations.merchants import load
from tests.integrations.sources.bench import bench

FILE = Path(__file__).parents[4] / "shared/specs/berlin-group/psd2-api_v1.3.11-2021-10-01v1.yaml"
PATHS = (
    "/v1/consents",
    "/v1/consents/{consentId}",
    "/v1/consents/{consentId}/status",
    "/v1/accounts",
    "/v1/accounts/{account-id}/balances",
    "/v1/accounts/{account-id}/transactions",
)
pytestmark = [
    pytest.mark.spec,
    pytest.mark.skipif(not FILE.is_file(), reason="the published file of the Berlin Group is not at hand"),
]


@pytest.fixture(scope="module")
def specification() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def resolved(specification: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        found: dict[str, Any] = specification
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def check(specification: dict[str, Any], holder: dict[str, Any], body: bytes) -> None:
    """Validate a body against the JSON schema of a request body or response."""
    schema = resolved(specification, holder)["content"]["application/json"]["schema"]
    Draft202012Validator({**schema, "components": specification["components"]}).validate(json.loads(body))


def template(path: str) -> str:
    return next(each for each in PATHS if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", each), path))


def judge(specification: dict[str, Any], request: httpx.Request, response: httpx.Response) -> str:
    path = template(request.url.path)
    operation = specification["paths"][path][request.method.lower()]
    parameters = [resolved(specification, each) for each in operation["parameters"]]
    wanted = {each["name"].lower() for each in parameters if each["in"] == "header" and each.get("required")}
    assert wanted <= set(request.headers)
    assert {key for key in request.url.params if key != "page"} <= {each["name"] for each in parameters}
    answer = operation["responses"][str(response.status_code)]
    if request.content:
        check(specification, operation["requestBody"], request.content)
    if response.content:
        check(specification, answer, response.content)
    return path


@pytest.mark.parametrize("wanted", ["paper-lantern-books", "caiyun-tailor"])
async def test_requests_and_answers_follow_the_specification(specification: dict[str, Any], wanted: str) -> None:
    merchant = next(each for each in load() if each.id == wanted)
    async with bench("bank:berlin-group-1.3", (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        await on.source.pull(consent, subject, grant, on.clock.now.date())
        await on.source.forget(consent, grant)
    pairs = zip(on.faults.seen, on.faults.answers, strict=True)
    used = {judge(specification, one, two) for one, two in pairs if one.url.path.startswith("/v1/")}
    assert used == set(PATHS)


async def test_an_ended_consent_is_told_as_specified(specification: dict[str, Any]) -> None:
    merchant = next(each for each in load() if each.id == "little-otters-wear")
    async with bench("bank:berlin-group-1.3", (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        with pytest.raises(SourceRefused):
            await on.source.pull(consent, subject, grant, on.clock.now.date())
    assert on.faults.answers[-1].json()["tppMessages"][0]["code"] == "CONSENT_EXPIRED"
    judge(specification, on.faults.seen[-1], on.faults.answers[-1])


def test_the_check_can_fail(specification: dict[str, Any]) -> None:
    answer = specification["paths"]["/v1/accounts"]["get"]["responses"]["200"]
    with pytest.raises(ValidationError):
        check(specification, answer, b'{"accounts": [{"resourceId": "a"}]}')
