"""What holds for every request: headers, hosts, limits, problems; and what operators and developers look at."""

import asyncio
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from prometheus_client import CollectorRegistry, Counter
from starlette.types import Receive, Scope, Send

from bot.web.health import database_check
from bot.web.shield import Shield
from flows.engine.library import Library
from flows.errors import SourceUnavailable
from integrations.database.migrations import TablesBehind
from tests.bot.web.site import BASE, LENDER, Site, event, open_site

PUBLIC = "https://apply.example"


async def test_every_answer_has_the_headers_and_every_error_is_a_problem(site: Site) -> None:
    asked = {
        "/healthz": 200,
        "/docs": 200,
        "/consent/x": 404,
        "/none": 404,
        "/static/none.css": 404,
        "/static/../app.py": 404,
        "/static/%2e%2e/app.py": 404,
        f"/lenders/{LENDER}/events": 405,
        f"/lenders/{LENDER}/applications/x": 401,
    }
    for where, status in asked.items():
        response = await site.client.get(where)
        assert response.status_code == status, where
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] in {"no-referrer", "same-origin"}
        assert "strict-transport-security" not in response.headers
        if status >= 400 and not where.startswith("/consent"):
            assert response.headers["content-type"] == "application/problem+json"
            assert response.json()["status"] == status
    assert (await site.client.get(f"/lenders/{LENDER}/events")).headers["allow"] == "POST"
    assert (await site.client.delete("/healthz")).status_code == 405


async def test_with_a_public_url_only_its_host_is_served(database_url: str, library: Library) -> None:
    async with open_site(database_url, library, public_url=PUBLIC) as site:
        good = await site.client.get("/docs")
        assert good.status_code == 200
        assert good.headers["strict-transport-security"]
        for host in ("evil.example", "apply.example.evil.example", "", "[::", "apply.example@evil.example"):
            response = await site.client.get("/docs", headers={"host": host})
            assert response.status_code == 400, host
            assert response.headers["content-type"] == "application/problem+json"
            assert response.headers["x-content-type-options"] == "nosniff"
        assert (await site.client.get("/docs", headers={"host": "APPLY.example:443"})).status_code == 200
        assert (await site.client.get("/healthz", headers={"host": "10.0.0.7:8000"})).status_code == 200
        assert (await site.send(event())).status_code == 202


async def _broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise ZeroDivisionError("secret 6222020000001111")


async def _slow(_scope: Scope, _receive: Receive, _send: Send) -> None:
    await asyncio.Event().wait()


async def _streaming(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await asyncio.sleep(0.05)
    await send({"type": "http.response.body", "body": b"late"})


async def _half(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise ZeroDivisionError


def through(shield: Shield) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=shield), base_url=BASE)


async def test_a_mistake_of_ours_is_a_500_that_tells_nothing() -> None:
    async with through(Shield(_broken)) as client:
        response = await client.get("/")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-content-type-options"] == "nosniff"
    for word in ("ZeroDivision", "6222", "Traceback", ".py"):
        assert word not in response.text


async def test_a_request_that_takes_too_long_ends_but_a_stream_goes_on() -> None:
    async with through(Shield(_slow, seconds=0.01)) as client:
        response = await client.get("/")
        assert response.status_code == 503
        assert response.headers["retry-after"]
    async with through(Shield(_streaming, seconds=0.01)) as client:
        assert (await client.get("/")).text == "late"


async def test_an_answer_that_has_begun_is_broken_off() -> None:
    async with through(Shield(_half)) as client:
        with pytest.raises(ZeroDivisionError):
            await client.get("/")


async def _red() -> None:
    raise SourceUnavailable("telegram", "polling has stopped")


async def _secret() -> None:
    raise ValueError("password=hunter2")


async def _green() -> None:
    return None


async def test_ready_names_what_is_red(database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.health.CHECK_SECONDS", 0.01)

    async def hangs() -> None:
        await asyncio.Event().wait()

    checks = {"queues": _green, "telegram": _red, "scoring": _secret, "clock": hangs}
    async with open_site(database_url, library, checks=checks) as site:
        response = await site.client.get("/readyz")
        assert response.status_code == 503
        assert response.headers["content-type"] == "application/problem+json"
        found = response.json()
        assert found["detail"] == "Not ready: telegram, scoring, clock."
        assert found["checks"]["queues"] == "ok"
        assert "polling has stopped" in found["checks"]["telegram"]
        assert found["checks"]["scoring"] == "ValueError"
        assert (await site.client.get("/healthz")).json() == {"status": "ok"}


async def test_ready_asks_the_database(site: Site) -> None:
    check = database_check(site.parts.database)
    await check()
    await site.parts.database.run(lambda found: found.exec_driver_sql("update alembic_version set version_num = '0'"))
    with pytest.raises(TablesBehind, match="run `lendline db upgrade`"):
        await check()


async def test_metrics_show_the_queues_and_what_owners_registered(site: Site) -> None:
    await site.send(event())
    site.clock.turn(30)
    registry: CollectorRegistry = site.parts.metrics
    Counter("lendline_turns", "Turns", registry=registry).inc()
    response = await site.client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    lines = response.text.splitlines()
    assert "lendline_turns_total 1.0" in lines
    assert 'lendline_outbox_messages{state="waiting"} 1.0' in lines
    assert 'lendline_outbox_messages{state="failed"} 0.0' in lines
    assert 'lendline_jobs{state="waiting"} 0.0' in lines
    assert 'lendline_queue_oldest_age_seconds{queue="outbox"} 30.0' in lines
    assert 'lendline_queue_oldest_age_seconds{queue="jobs"} 0.0' in lines


def references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if "$ref" in node else set()
        return own.union(*(references(each) for each in node.values()))
    return set().union(*(references(each) for each in node)) if isinstance(node, list) else set()


async def test_the_openapi_document_is_whole_and_about_lenders_only(site: Site) -> None:
    document = (await site.client.get("/openapi.json")).json()
    assert list(document["paths"]) == [
        "/lenders/{lender_id}/events",
        "/lenders/{lender_id}/applications/{application_id}",
        "/lenders/{lender_id}/applications/{application_id}/documents/{document_id}",
    ]
    schemas = document["components"]["schemas"]
    for reference in references(document):
        assert reference.removeprefix("#/components/schemas/") in schemas, reference
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    push = document["paths"]["/lenders/{lender_id}/events"]["post"]
    assert set(push["responses"]) == {"200", "202", "401", "404", "408", "413", "422", "503"}
    assert {each["name"] for each in push["parameters"] if each["in"] == "header"} == {
        "webhook-id",
        "webhook-timestamp",
        "webhook-signature",
    }
    read = document["paths"]["/lenders/{lender_id}/applications/{application_id}"]["get"]
    assert set(read["responses"]) == {"200", "401", "404", "503"}
    assert read["security"] == [{"bearer": []}]
    resolved = {"$ref": "#/components/schemas/StatusEvent", "components": {"schemas": schemas}}
    Draft202012Validator(resolved).validate(push["requestBody"]["content"]["application/json"]["example"])


async def test_the_docs_page_shows_all_of_it_without_anything_from_elsewhere(site: Site) -> None:
    page = (await site.client.get("/docs")).text
    for word in (
        "data.offers[].apr",
        "webhook-signature",
        "fields.*.consent_id",
        "KYC_FAILED",
        "413",
        "accepted_offer.amount",
    ):
        assert word in page, word
    assert "<script" not in page
    assert "cdn" not in page.lower()
    assert 'src="http' not in page


async def test_the_example_of_the_docs_is_taken(site: Site) -> None:
    document = (await site.client.get("/openapi.json")).json()
    push = document["paths"]["/lenders/{lender_id}/events"]["post"]
    example = push["requestBody"]["content"]["application/json"]["example"]
    example["data"]["application_id"] = "LA-3F9C21B07A44-1"
    assert (await site.send(example)).status_code == 202
