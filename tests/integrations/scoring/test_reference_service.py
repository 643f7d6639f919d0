"""The reference service through its HTTP contract."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from flows.application import codes, products
from flows.errors import WrongDeclaration
from integrations.scoring.reference import card
from integrations.scoring.reference.__main__ import main
from integrations.scoring.reference.desk import Desk
from integrations.scoring.reference.journal import read_entries, replay
from integrations.scoring.reference.service import LARGEST_QUESTION, open_service
from integrations.scoring.reference.wire import Question

TOKEN = "loopback-token"
Json = dict[str, Any]

REGISTRY: Json = {
    "licence_age_m": "60",
    "rep_changes_12m": "0",
    "enforcement_n": "0",
    "registration_status": "active",
}
TAX: Json = {
    "declared_sales_12m": "842300.00",
    "tax_paid_12m": "26200.00",
    "filing_ontime": "1",
    "zero_filings": "0",
    "tax_grade": "B",
    "arrears": "0.00",
    "declared_growth_sym": "0.04",
}
BANK: Json = {
    "revenue_inflow_m": "70191.67",
    "inflow_12m": "842300.00",
    "adb": "38000.00",
    "neg_days": "0",
    "nsf_90": "0",
    "net_cf_pos": "0.75",
    "debt_service_m": "0",
    "lenders_90d": "0",
    "runway_d": "18.2",
    "txn_gap_max": "5",
    "cv_inflow": "0.31",
    "months_observed": "24",
}
NEW_SHOP: Json = {"licence_age_m": "3", "months_observed": "3", "declared_sales_12m": None, "tax_paid_12m": None}


def question(features: Json, amount: str = "150000.00", currency: str = "CNY", months: int = 12) -> Json:
    return {
        "application_id": "LA-1",
        "as_of": "2026-11-23",
        "requested": {"amount": amount, "currency": currency, "term_months": months, "purpose": ["working_capital"]},
        "applicant": {},
        "features": [
            {
                "name": name,
                "value": value,
                "window": "2025-11/2026-10",
                "source": "s",
                "consent_id": "c-1",
                "records": 9,
            }
            for name, value in features.items()
        ],
    }


DESK = Desk(card.load(), products.load())


def decided(asked: Json) -> Json:
    answer = DESK.decide(DESK.inputs(Question.model_validate_json(json.dumps(asked)))).answer
    read: Json = json.loads(answer.model_dump_json())
    return read


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = open_service(TOKEN, log=tmp_path / "decisions.jsonl")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://scoring.test", headers=headers) as client:
        yield client


async def post(http: httpx.AsyncClient, body: object, key: str = "k-1", **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await http.post("/v1/decisions", content=content, headers={"Idempotency-Key": key, **headers})


def problem(response: httpx.Response, status: int) -> str:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    told: Json = response.json()
    assert told["status"] == status
    assert {"type", "title", "detail"} <= set(told)
    return str(told["detail"])


# The contract


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


# Decisions


@pytest.mark.parametrize(
    ("features", "amount", "currency", "decision", "why"),
    [
        (REGISTRY | TAX | BANK, "150000", "CNY", "approve", ()),
        (REGISTRY | TAX, "80000", "CNY", "approve", ()),
        (REGISTRY | BANK, "80000", "CNY", "approve", ()),
        (REGISTRY | TAX | BANK | {"arrears": "1200.00"}, "150000", "CNY", "decline", ("tax_arrears",)),
        (REGISTRY | TAX | BANK | {"registration_status": "dissolved"}, "150000", "CNY", "decline", ("registered",)),
        (REGISTRY | TAX | BANK, "900000", "CNY", "decline", ("request_to_sales",)),
        (REGISTRY | TAX | BANK | NEW_SHOP, "80000", "CNY", "decline", ("business_age",)),
        (REGISTRY | TAX | BANK | {"rep_changes_12m": "2"}, "80000", "CNY", "refer", ("representative_changes",)),
        (REGISTRY | TAX | BANK | {"tax_grade": "compliant"}, "30000", "GBP", "approve", ()),
        (REGISTRY | TAX | BANK, "30000", "USD", "decline", ("currency_not_offered",)),
        (REGISTRY, "80000", "CNY", "more_data", ()),
        ({}, "80000", "CNY", "more_data", ()),
    ],
)
def test_decisions(features: Json, amount: str, currency: str, decision: str, why: tuple[str, ...]) -> None:
    answer = decided(question(features, amount, currency))
    assert answer["decision"] == decision
    assert tuple(reason["detail"] for reason in answer["reasons"]) == why
    assert bool(answer["offers"]) == (decision == "approve")
    assert bool(answer["missing"]) == (decision == "more_data")


def test_more_data_asks_first_for_what_the_nearest_product_needs() -> None:
    answer = decided(question(REGISTRY))
    assert answer["missing"][:3] == ["revenue_inflow_m", "neg_days", "months_observed"]
    assert answer["score"] is None  # a number made of unknowns would mislead


def test_a_limit_below_the_request_is_offered_and_says_what_bound_it() -> None:
    answer = decided(question(REGISTRY | TAX | BANK, "400000"))
    assert [(offer["product"], offer["amount"], offer["bound_by"]) for offer in answer["offers"]] == [
        ("baichuan-licence", "210000.00", "revenue_inflow_m"),
        ("baichuan-tax", "183000.00", "tax_paid_12m"),
    ]


def test_a_fee_is_part_of_the_apr_and_of_the_total_cost() -> None:
    answer = decided(question(REGISTRY | BANK, "30000", "GBP"))
    (offer,) = answer["offers"]
    assert offer["fees"] == [{"name": "arrangement", "amount": "450.00"}]
    assert float(offer["apr"]) > 0.079
    interest = float(offer["total_cost"]) - 450
    assert interest == pytest.approx(float(offer["instalment"]) * 12 - 30000, abs=0.1)


def test_a_band_that_is_not_lent_to_is_declined_for_what_lost_the_points() -> None:
    weak = {"licence_age_m": "13", "filing_ontime": "0.75", "declared_growth_sym": "-0.5", "cv_inflow": "2"}
    weak |= {
        "neg_days": "19",
        "nsf_90": "3",
        "runway_d": "1",
        "net_cf_pos": "0.3",
        "lenders_90d": "4",
        "zero_filings": "4",
    }
    answer = decided(question(REGISTRY | TAX | BANK | weak, "30000", "GBP"))
    assert answer["decision"] == "decline"
    assert answer["score"]["value"] < 540
    assert [(reason["rank"], reason["code"], reason["detail"]) for reason in answer["reasons"]] == [
        (1, "6", "short_time_in_business"),
        (2, "4", "sales_volatility"),
        (3, "4", "days_below_zero"),
        (4, "4", "returned_payments"),
    ]


def test_a_consented_feature_counts_before_a_field_and_contradictions_are_unknown() -> None:
    asked = question(REGISTRY | BANK)
    asked["applicant"] = {"registration_status": {"value": "dissolved"}}
    assert decided(asked)["decision"] == "approve"
    asked = question(BANK | {name: value for name, value in REGISTRY.items() if name != "registration_status"})
    asked["applicant"] = {"registration_status": {"value": "dissolved"}}
    assert decided(asked)["decision"] == "decline"
    asked = question(REGISTRY | BANK)
    asked["features"].append({"name": "licence_age_m", "value": "61", "consent_id": "c-2"})
    answer = decided(asked)
    assert answer["decision"] == "more_data"
    assert "licence_age_m" in answer["missing"]


# Nothing here is a number of months or cases, or a standing in the register.
SPOILT = st.one_of(
    st.none(),
    st.booleans(),
    st.text("abcxyz ,%-", max_size=6),
    st.lists(st.integers(), max_size=2),
    st.sampled_from(
        ["active ", "Active", "12 months", "1,2", "NaN", "Infinity", "-1", {"amount": "0"}, -1, float("nan")]
    ),
)
ODD = st.one_of(SPOILT, st.floats(), st.integers(), st.text(max_size=6))


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["licence_age_m", "registration_status", "enforcement_n"]), SPOILT, st.booleans())
def test_a_spoilt_fact_that_every_product_needs_never_opens_the_door(name: str, odd: object, misspelt: bool) -> None:
    features = REGISTRY | TAX | BANK
    value = features.pop(name)
    features |= {f"{name}_": value} if misspelt else {name: odd}
    answer = decided(question(features))
    assert answer["decision"] == "more_data"
    assert name in answer["missing"]


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_any_question_gets_one_consistent_answer(data: st.DataObject) -> None:
    features = REGISTRY | TAX | BANK
    for name in data.draw(st.sets(st.sampled_from(sorted(features)), max_size=8)):
        features[name] = data.draw(
            st.one_of(st.integers(0, 10**6).map(str), st.sampled_from(["0.5", "D", "dormant"]), ODD)
        )
    asked = question(
        features,
        str(data.draw(st.integers(1, 2_000_000))),
        data.draw(st.sampled_from(["CNY", "GBP"])),
        data.draw(st.integers(1, 60)),
    )
    answer = decided(asked)
    assert answer == decided(asked)
    assert answer["decision"] in {"approve", "more_data", "refer", "decline"}
    assert bool(answer["offers"]) == (answer["decision"] == "approve")
    assert bool(answer["missing"]) == (answer["decision"] == "more_data")
    assert bool(answer["reasons"]) == (answer["decision"] in {"refer", "decline"})
    assert len(answer["reasons"]) <= 4
    assert [reason["rank"] for reason in answer["reasons"]] == list(range(1, len(answer["reasons"]) + 1))
    assert all(reason["code"] in codes.CFPB_DENIAL_REASONS and reason["detail"] for reason in answer["reasons"])
    for offer in answer["offers"]:
        assert float(offer["amount"]) <= float(asked["requested"]["amount"])


# The log


async def test_the_log_replays_byte_for_byte_and_holds_no_person(http: httpx.AsyncClient, tmp_path: Path) -> None:
    for number, features in enumerate([REGISTRY, REGISTRY | TAX | BANK, {}, REGISTRY | BANK | {"adb": "1E+4"}]):
        asked = question(features) | {
            "applicant": {
                "business_legal_name": {"value": "Larkspur Bakery Ltd"},
                "representative_name": {"value": "Ada Quill"},
                "representative_id_number": {"value": "900000017"},
            }
        }
        assert (await post(http, asked, key=f"k-{number}")).status_code == 200
    log = tmp_path / "decisions.jsonl"
    entries = list(read_entries(log))
    assert len(entries) == 4
    assert replay(entries, DESK) == ()
    for secret in ("Larkspur", "Quill", "900000017"):
        assert secret not in log.read_text(encoding="utf-8")
    changed = [
        entries[0].model_copy(update={"answer": entries[0].answer.replace("more_data", "approve")}),
        *entries[1:],
    ]
    assert replay(changed, DESK) == ("k-0",)


async def decide_once(app: Starlette, key: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://scoring.test", headers=headers) as client:
        return await post(client, question(REGISTRY), key)


async def test_a_restart_remembers_keys_and_drops_a_line_that_was_cut_off(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    first, after_restart = [await decide_once(open_service(TOKEN, log=log), "k-1") for _ in range(2)]
    assert first.content == after_restart.content
    assert len(list(read_entries(log))) == 1
    log.write_text(log.read_text(encoding="utf-8") + '{"key": "k-9', encoding="utf-8")
    await decide_once(open_service(TOKEN, log=log), "k-2")
    assert [entry.key for entry in read_entries(log)] == ["k-1", "k-2"]
    log.write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(WrongDeclaration, match=r"log\.jsonl:1"):
        open_service(TOKEN, log=log)


def test_a_service_without_a_token_does_not_start() -> None:
    with pytest.raises(ValueError, match="bearer token"):
        open_service("")


def test_a_product_is_not_offered_before_its_time() -> None:
    answer = decided(question(REGISTRY | BANK) | {"as_of": "2025-12-31"})
    assert answer["decision"] == "decline"
    assert [reason["detail"] for reason in answer["reasons"]] == ["on_sale"]


def test_the_program_replays_a_log_and_names_what_is_wrong(tmp_path: Path) -> None:
    run = CliRunner().invoke
    log = tmp_path / "log.jsonl"
    asyncio.run(decide_once(open_service(TOKEN, log=log), "k-1"))
    assert run(main, ["--replay", str(log)]).output == "1 decisions, 0 come out differently\n"
    log.write_text(log.read_text(encoding="utf-8").replace("more_data", "approve"), encoding="utf-8")
    replayed = run(main, ["--replay", str(log)])
    assert replayed.exit_code == 1
    assert "different: k-1" in replayed.output
    empty = run(main, ["--products", str(tmp_path)])
    assert empty.exit_code == 1
    assert "no product sheet" in empty.output
