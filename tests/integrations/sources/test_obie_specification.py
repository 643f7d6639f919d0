"""What the bank source sends, and what its sandbox answers, against the published OBIE files of 4.0 and 3.1."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from integrations.merchants import Merchant, load
from tests.integrations.sources.bench import bench, status

FOLDER = Path(__file__).parents[4] / "shared/specs/obie-uk"
FILES = {"obie-4.0": "account-info-openapi.yaml", "obie-3.1": "account-info-openapi-3.1.11.yaml"}
PREFIX = re.compile(r"/open-banking/v[34]\.[01]/aisp")
SHAPES = {
    "/account-access-consents": "OBReadConsentResponse1",
    "/account-access-consents/{ConsentId}": "OBReadConsentResponse1",
    "/accounts": "OBReadAccount6",
    "/accounts/{AccountId}/balances": "OBReadBalance1",
    "/accounts/{AccountId}/transactions": "OBReadTransaction6",
    "/accounts/{AccountId}/party": "OBReadParty2",
}
pytestmark = [
    pytest.mark.spec,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the published files of OBIE are not at hand"),
]


@pytest.fixture(scope="module", params=FILES)
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def specification(profile: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((FOLDER / FILES[profile]).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def check(specification: dict[str, Any], shape: str, body: bytes) -> None:
    schema = {"$ref": f"#/components/schemas/{shape}", "components": specification["components"]}
    Draft202012Validator(schema).validate(json.loads(body))


def template(path: str) -> str:
    path = re.sub(r"/accounts/[^/]+", "/accounts/{AccountId}", PREFIX.sub("", path))
    return re.sub(r"/account-access-consents/[^/]+", "/account-access-consents/{ConsentId}", path)


@pytest.mark.parametrize("wanted", ["paper-lantern-books", "caiyun-tailor"])
async def test_requests_and_answers_follow_the_specification(
    specification: dict[str, Any], profile: str, wanted: str
) -> None:
    merchant: Merchant = next(each for each in load() if each.id == wanted)
    async with bench(f"bank:{profile}", (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        await on.source.pull(consent, subject, grant, on.clock.now.date())
        await on.source.forget(consent, grant)
    used: set[str] = set()
    for request, response in zip(on.faults.seen, on.faults.answers, strict=True):
        if not PREFIX.match(request.url.path):
            continue
        path = template(request.url.path)
        operation = specification["paths"][path][request.method.lower()]
        assert str(response.status_code) in {str(each) for each in operation["responses"]}
        allowed = {_parameter(specification, each)["name"] for each in operation["parameters"]}
        assert {key for key in request.url.params if key != "page"} <= allowed
        if request.method == "POST":
            check(specification, "OBReadConsent1", request.content)
        if response.status_code != 204:
            check(specification, SHAPES[path], response.content)
        used.add(path)
    assert used == set(SHAPES)


async def test_the_check_can_fail(specification: dict[str, Any]) -> None:
    from jsonschema import ValidationError

    with pytest.raises(ValidationError):
        check(specification, "OBReadAccount6", b'{"Data": {"Account": [{"Status": "Enabled"}]}}')


async def test_errors_have_the_form_of_the_specification(specification: dict[str, Any], profile: str) -> None:
    merchant = next(each for each in load() if each.id == "little-otters-wear")
    async with bench(f"bank:{profile}", (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(status(500))
        with pytest.raises(Exception, match="consent_expired"):
            await on.source.pull(consent, subject, grant, on.clock.now.date())
    refused = on.faults.answers[-1]
    assert refused.status_code == 403
    check(specification, "OBErrorResponse1", refused.content)


def _parameter(specification: dict[str, Any], parameter: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in parameter:
        found: dict[str, Any] = specification["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
        return found
    return parameter
