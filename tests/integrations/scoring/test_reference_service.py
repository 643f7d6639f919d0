"""The reference service through its HTTP contract."""

from pathlib import Path

import httpx
import pytest

from integrations.scoring.reference.journal import read_entries
from integrations.scoring.reference.service import LARGEST_QUESTION
from tests.integrations.scoring.asking import BANK, REGISTRY, TAX, TOKEN, Json, post, problem, question


async def test_a_decision_has_the_shape_of_the_contract(http: httpx.AsyncClient) -> None:
    response = await post(http, question(REGISTRY | TAX | BANK))
    assert response.status_code == 200
    answer: Json = response.json()
    assert answer["decision"] == "approve"
    assert answer["score"] == {"value": 802, "min": 300, "max": 850}
    assert (answer["model_version"], answer["valid_until"]) == ("reference-1", "2026-12-23")
    assert "no probability of default" in answer["notice"]
    assert answer["offers"][0] == {
        "offer_id": answer["offers"][0]["offer_id"],
        "product": "baichuan-tax",
        "amount": "150000.00",
        "currency": "CNY",
        "term_months": 12,
        "apr": "0.0600",
        "total_cost": "4919.58",
        "instalment": "12909.96",
        "fees": [],
        "valid_until": "2026-12-07T00:00:00Z",
        "bound_by": "requested",
    }


async def test_the_same_key_and_body_get_the_same_bytes(http: httpx.AsyncClient, tmp_path: Path) -> None:
    first, again = [await post(http, question(REGISTRY | BANK)) for _ in range(2)]
    assert first.content == again.content
    assert len(list(read_entries(tmp_path / "decisions.jsonl"))) == 1
    other_key = await post(http, question(REGISTRY | BANK), key="k-2")
    assert other_key.content == first.content


async def test_the_same_key_with_another_body_is_refused(http: httpx.AsyncClient) -> None:
    await post(http, question(REGISTRY | BANK))
    assert "another body" in problem(await post(http, question(REGISTRY)), 422)


@pytest.mark.parametrize("key", ["", "x" * 256, "a b"])
async def test_a_key_is_asked_for(http: httpx.AsyncClient, key: str) -> None:
    assert "Idempotency-Key" in problem(await post(http, question(REGISTRY), key=key), 400)


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
async def test_the_bearer_token_is_asked_for_first(http: httpx.AsyncClient, shown: str) -> None:
    response = await post(http, b"not even JSON", key="", Authorization=shown)
    problem(response, 401)
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"application_id": ""}, "application_id"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": "9999-12-31"}, "as_of"),
        ({"requested": {"amount": "-1", "currency": "CNY", "term_months": 12}}, "requested.amount"),
        ({"requested": {"amount": "1.005", "currency": "CNY", "term_months": 12}}, "requested.amount"),
        ({"requested": {"amount": "1", "currency": "yuan", "term_months": 12}}, "requested.currency"),
        ({"requested": {"amount": "1", "currency": "CNY", "term_months": 0}}, "requested.term_months"),
        ({"features": [{"name": "arrears", "value": "0"}]}, "features.0.consent_id"),
        ({"features": [{"name": "arrears", "value": "0", "consent_id": "c"}] * 401}, "features"),
        ({"applicant": {"legal_form": "limited_company"}}, "applicant.legal_form"),
    ],
)
async def test_a_malformed_question_names_the_field(http: httpx.AsyncClient, change: Json, named: str) -> None:
    detail = problem(await post(http, question(REGISTRY) | change), 422)
    assert detail.startswith(named)


async def test_a_malformed_question_leaves_its_key_free(http: httpx.AsyncClient) -> None:
    problem(await post(http, {}), 422)
    assert (await post(http, question(REGISTRY))).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 5000], ids=["empty", "cut", "not utf-8", "deep"])
async def test_what_is_not_json_is_refused(http: httpx.AsyncClient, body: bytes) -> None:
    problem(await post(http, body), 400)


async def test_too_much_is_refused(http: httpx.AsyncClient) -> None:
    problem(await post(http, b" " * (LARGEST_QUESTION + 1)), 413)


async def test_other_addresses_and_methods(http: httpx.AsyncClient) -> None:
    problem(await http.get("/v1/decisions"), 405)
    problem(await http.get("/v2/decisions"), 404)
    assert (await http.get("/healthz")).json() == {"status": "ok"}


async def test_additions_to_the_contract_are_ignored(http: httpx.AsyncClient) -> None:
    plain = (await post(http, question(REGISTRY | BANK))).json()
    asked = question(REGISTRY | BANK) | {"channel": "telegram"}
    asked["features"].append({"name": "moon_phase", "value": "full", "consent_id": "c-1"})
    asked["applicant"]["star_sign"] = {"value": "lion"}
    response = await post(http, asked, key="k-2")
    assert response.json() == plain
