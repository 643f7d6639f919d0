"""The client: the same contract in process and over a socket, and every failure as one of two facts."""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flows.application.values import Feature
from flows.errors import ScoringRejected, ScoringUnavailable
from flows.ports import DecisionRequest, RequestedLoan
from integrations.scoring.client import LARGEST_ANSWER, ScoringClient, open_scoring

TOKEN = "loopback-token"
FACTS: dict[str, Decimal | str | None] = {
    "licence_age_m": Decimal(60),
    "enforcement_n": Decimal(0),
    "registration_status": "active",
    "rep_changes_12m": Decimal(0),
    "revenue_inflow_m": Decimal("12999.99"),
    "neg_days": Decimal(0),
    "nsf_90": Decimal(0),
    "net_cf_pos": Decimal(3) / Decimal(4),
    "months_observed": Decimal(12),
    "lenders_90d": Decimal(1),
    "cv_inflow": Decimal(1) / Decimal(3),
    "runway_d": Decimal("2E+1"),
    "declared_sales_12m": None,
}


def request(amount: str = "30000") -> DecisionRequest:
    loan = RequestedLoan(amount=Decimal(amount), currency="GBP", term_months=12, purpose=("equipment",))
    features = tuple(
        Feature(name=name, value=value, window="2025-11/2026-10", source="bank", consent_id="c-1", records=40)
        for name, value in FACTS.items()
    )
    return DecisionRequest(
        application_id="LA-1", as_of=date(2026, 11, 23), requested=loan, applicant={}, features=features
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The reference service as a program of its own, on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "integrations.scoring.reference", "--port", str(port), "--token", TOKEN]
    with subprocess.Popen(command, cwd=Path(__file__).parents[3], stderr=subprocess.DEVNULL) as program:
        url = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                httpx.get(f"{url}/healthz", trust_env=False)
                break
            except httpx.ConnectError:
                time.sleep(0.05)  # a real program needs real time to start
        yield url
        program.terminate()


@pytest.fixture(params=["in process", "over a socket"])
async def scoring(request: pytest.FixtureRequest) -> AsyncIterator[ScoringClient]:
    over_socket = request.param == "over a socket"
    url = request.getfixturevalue("address") if over_socket else None
    async with open_scoring(url, TOKEN) as client:
        yield client


async def test_a_decision_with_typed_money(scoring: ScoringClient) -> None:
    decision = await scoring.decide(request(), "k-1")
    assert decision is not None
    assert decision.decision == "approve"
    (offer,) = decision.offers
    assert (offer.product, offer.amount, offer.currency) == ("harbour-flow", Decimal("30000.00"), "GBP")
    assert offer.instalment is not None
    assert offer.valid_until.tzinfo is not None
    assert await scoring.decide(request(), "k-1") == decision


async def test_a_used_key_is_a_refusal(scoring: ScoringClient) -> None:
    await scoring.decide(request(), "k-2")
    with pytest.raises(ScoringRejected) as refused:
        await scoring.decide(request("31000"), "k-2")
    assert refused.value.status == 422
    assert "another body" in refused.value.detail


async def test_a_wrong_token_is_a_refusal(address: str) -> None:
    async with open_scoring(address + "/", "wrong") as client:
        with pytest.raises(ScoringRejected, match="401"):
            await client.decide(request(), "k-3")


async def test_nobody_there_is_unavailable() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, not listening
        async with open_scoring(f"http://127.0.0.1:{closed.getsockname()[1]}", TOKEN) as client:
            with pytest.raises(ScoringUnavailable, match="ConnectError"):
                await client.decide(request(), "k-4")


Answering = Callable[[Request], Awaitable[Response]]


def against(answer: Answering, longest_call: float = 5) -> ScoringClient:
    app = Starlette(routes=[Route("/lender/v1/decisions", answer, methods=["POST"])])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return ScoringClient(httpx.AsyncClient(transport=transport, base_url="http://lender.test/lender/"), longest_call)


def always(response: Response) -> Answering:
    async def answer(_: Request) -> Response:
        return response

    return answer


async def test_accepted_for_later_is_none() -> None:
    async with against(always(Response(status_code=202))) as client:
        assert await client.decide(request(), "k") is None


async def test_the_key_and_the_body_are_sent_alike_every_time() -> None:
    sent: list[tuple[str, bytes]] = []

    async def answer(asked: Request) -> Response:
        sent.append((asked.headers["idempotency-key"], await asked.body()))
        return Response(status_code=202)

    async with against(answer) as client:
        for _ in range(2):
            await client.decide(request(), "k")
    assert sent[0] == sent[1]


@pytest.mark.parametrize("status", [301, 400, 401, 404, 409, 422, 429])
async def test_a_refusal_is_never_to_be_retried(status: int) -> None:
    problem = JSONResponse({"title": "No", "detail": "features.0.value: wrong" * 40}, status)
    async with against(always(problem)) as client:
        with pytest.raises(ScoringRejected) as refused:
            await client.decide(request(), "k")
    assert refused.value.status == status
    assert refused.value.detail.startswith("features.0.value: wrong")
    assert len(refused.value.detail) <= 300


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"detail": 7}', b"[]"])
async def test_a_refusal_without_a_problem_still_is_one(body: bytes) -> None:
    async with against(always(Response(body, 400))) as client:
        with pytest.raises(ScoringRejected, match="no reason given"):
            await client.decide(request(), "k")


OK = b'{"decision_id": "d", "decision": "approve", "offers": [%s]}'


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""),
        (503, b"{}"),
        (204, b""),
        (200, b""),
        (200, b"<html>"),
        (200, b'{"decision": "approve"}'),
        (200, OK % b'{"offer_id": "o"}'),
        (200, b'{"decision_id": "' + b"d" * LARGEST_ANSWER + b'"}'),
    ],
    ids=["500", "503", "204", "empty", "html", "no id", "half an offer", "too long"],
)
async def test_what_cannot_be_read_is_unavailable(status: int, body: bytes) -> None:
    async with against(always(Response(body, status))) as client:
        with pytest.raises(ScoringUnavailable):
            await client.decide(request(), "k")


async def test_unknown_decisions_and_additions_are_kept() -> None:
    body = b'{"decision_id": "d", "decision": "maybe_later", "score": null, "new": [1], "reasons": []}'
    async with against(always(Response(body))) as client:
        decision = await client.decide(request(), "k")
    assert decision is not None
    assert decision.decision == "maybe_later"


async def test_a_slow_answer_ends_at_the_limit() -> None:
    async def answer(_: Request) -> Response:
        await asyncio.Event().wait()
        raise AssertionError

    async with against(answer, longest_call=0.02) as client:
        with pytest.raises(ScoringUnavailable, match=r"no answer within 0.02 s"):
            await client.decide(request(), "k")


async def test_a_folder_of_sheets_replaces_the_packaged_ones(tmp_path: Path) -> None:
    file = Path(__file__).parents[3] / "flows/products/baichuan-tax.yaml"
    (tmp_path / file.name).write_bytes(file.read_bytes())
    async with open_scoring(None, "", tmp_path) as client:
        decision = await client.decide(request(), "k")
    assert decision is not None
    assert [reason.detail for reason in decision.reasons] == ["currency_not_offered"]


async def test_a_service_that_breaks_is_unavailable() -> None:
    async def answer(_: Request) -> Response:
        raise ZeroDivisionError

    async with against(answer) as client:
        with pytest.raises(ScoringUnavailable, match="500"):
            await client.decide(request(), "k")
