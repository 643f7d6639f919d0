"""Questions to the reference service, and what its answers have in common."""

import json
from typing import Any

import httpx

from flows.application import products
from integrations.scoring.reference import card
from integrations.scoring.reference.desk import Desk
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
