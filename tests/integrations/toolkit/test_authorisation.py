"""The owner's approval: what is sent, what is refused, and that a code counts once."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from flows.errors import SourceRefused, SourceUnreadable
from integrations.merchants import load
from integrations.toolkit.authorisation import CodeFlow, Doors, challenge
from integrations.toolkit.http import JsonClient
from integrations.toolkit.oauth import SANDBOX
from integrations.toolkit.sandbox import Desk, Refusal, form_of, refusal_answer
from integrations.toolkit.signing_in import SignIn, approving
from tests.integrations.sources.bench import Clock

MERCHANT = load()[0]
HINT = {"login_hint": MERCHANT.registration_number, "scope": "accounts"}
BASE = "http://desk.test"


def server() -> httpx.ASGITransport:
    desk = Desk("bank", {MERCHANT.registration_number: MERCHANT}, Clock())
    sign_in = SignIn(desk)

    async def token(request: Request) -> Response:
        desk.client_ok(request)
        return JSONResponse(desk.issue(sign_in.redeem(await form_of(request))["login_hint"]))

    return httpx.ASGITransport(
        Starlette(
            routes=[
                Route("/par", sign_in.push, methods=["POST"]),
                Route("/authorize", sign_in.authorise),
                Route("/token", token, methods=["POST"]),
            ],
            exception_handlers={Refusal: refusal_answer},
        )
    )


@pytest.fixture(params=["par", ""], ids=["pushed", "plain"])
async def flow(request: pytest.FixtureRequest) -> AsyncIterator[tuple[CodeFlow, httpx.ASGITransport]]:
    transport = server()
    client = JsonClient("bank", BASE, clock=Clock(), transport=transport)
    yield CodeFlow(client, SANDBOX, Doors("authorize", "token", request.param)), transport
    await client.aclose()


Flow = tuple[CodeFlow, httpx.ASGITransport]


def test_the_challenge_is_the_one_of_the_specification() -> None:
    # RFC 7636, appendix B
    assert challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


async def test_a_code_is_exchanged_once(flow: Flow) -> None:
    code, transport = flow
    approval = await code.ask(HINT)
    assert SANDBOX.secret.get_secret_value() not in approval.url
    assert approval.verifier not in approval.url
    answer = await approving(transport)(approval.url)
    assert (await code.redeem(approval, answer)).access_token
    with pytest.raises(SourceRefused):
        await code.redeem(approval, answer)


async def test_a_stolen_code_is_worth_nothing_without_the_verifier(flow: Flow) -> None:
    code, transport = flow
    approval = await code.ask(HINT)
    answer = await approving(transport)(approval.url)
    with pytest.raises(SourceRefused):
        await code.redeem(approval.model_copy(update={"verifier": "x" * 64}), answer)


async def test_an_answer_to_another_question_is_not_taken(flow: Flow) -> None:
    code, transport = flow
    mine, other = await code.ask(HINT), await code.ask(HINT)
    answer = await approving(transport)(other.url)
    with pytest.raises(SourceUnreadable, match="another question"):
        await code.redeem(mine, answer)


async def test_a_no_at_the_source_is_a_refusal(flow: Flow) -> None:
    code, _ = flow
    approval = await code.ask(HINT)
    with pytest.raises(SourceRefused, match="access_denied"):
        await code.redeem(approval, f"{approval.back}?error=access_denied&state={approval.state}")
    with pytest.raises(SourceRefused, match="error"):
        await code.redeem(approval, f"{approval.back}?error=%C3%A9&state={approval.state}")
