"""The OpenAPI document of the lender API, held against the API by schemathesis: no 5xx, nothing undocumented.

The cases are generated from the document and called in process. Bodies of half of the cases are signed, so that they
get past the signature; the other half shows what a stranger gets.
"""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks as conformance

from flows.engine.library import Library
from tests import databases
from tests.bot.web.site import APPLICATION, LENDER, Site, open_site

# What the document promises of every answer. Whether a body was meant to be right is not among them: here the
# signature comes first.
CHECKS = [
    schemathesis.checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
]
QUIET = settings(
    max_examples=40,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Any]:
    with asyncio.Runner() as runner:
        opened = open_site(databases.url_for(tmp_path_factory.mktemp("schema")), library)
        site = runner.run(opened.__aenter__())
        site.clock.now = datetime.now(UTC)
        document = runner.run(site.client.get("/openapi.json")).json()
        yield runner, site, schemathesis.openapi.from_dict(document)
        runner.run(opened.__aexit__(None, None, None))


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(
    ("method", "path"),
    [("post", "/lenders/{lender_id}/events"), ("get", "/lenders/{lender_id}/applications/{application_id}")],
)
def test_no_generated_request_gets_an_undocumented_answer(
    stand: Any, method: str, path: str, mode: GenerationMode
) -> None:
    runner, site, schema = stand
    operation = schema[path][method]
    count = iter(range(10_000))

    @QUIET
    @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans(), signed=st.booleans())
    def run(case: Any, known: bool, signed: bool) -> None:
        response = runner.run(_call(site, case, known=known, signed=signed, number=next(count)))
        assert response.status_code < 500, response.text
        assert str(response.status_code) in operation.definition.raw["responses"], response.text
        case.validate_response(response, checks=CHECKS)

    run()


async def _call(site: Site, case: Any, *, known: bool, signed: bool, number: int) -> httpx.Response:
    if known:
        case.path_parameters = {"lender_id": LENDER, "application_id": APPLICATION}
    parts = case.as_transport_kwargs(base_url="http://web.test")
    content = _bytes(case.body)
    headers = {
        name: value for name, value in (case.headers or {}).items() if isinstance(value, str) and _sendable(value)
    }
    if signed and case.method.upper() == "POST":
        headers |= site.signed(content, f"msg_{number}")
    if signed and case.method.upper() == "GET":
        headers |= {"authorization": f"Bearer {site.keys[LENDER].token}"}
    request = site.client.build_request(
        case.method.upper(), parts["url"], headers=headers, content=content if case.method.upper() == "POST" else None
    )
    return await site.client.send(request)


def _bytes(body: object) -> bytes:
    if isinstance(body, dict | list | str | int | float | bool) or body is None:
        return json.dumps(body, ensure_ascii=True).encode()
    return b""


def _sendable(value: str) -> bool:
    return value.isascii() and value.isprintable()
