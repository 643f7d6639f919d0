"""The shop source against a real Vendure server from npm, in a folder of its own on loopback.

Asked for by `pytest -m shop`; skipped with the reason where the server cannot be installed or started. What npm brings
is kept in pytest's cache.
"""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from flows.application.records import OrderState
from flows.errors import SourceRefused, SubjectUnknown
from flows.ports import Evidence, Source, Subject
from integrations.sources.catalog import open_sources
from integrations.toolkit.oauth import Endpoint
from tests.integrations.sources.test_journey import consent_for

pytestmark = [pytest.mark.shop, pytest.mark.timeout(1200)]
PACKAGES = ("@vendure/core@3.7.3", "@vendure/create@3.7.3", "better-sqlite3")
SERVER = Path(__file__).with_name("server.js")
NUMBER = "99248315"
SELLER = "Foxglove Prints"
STEPS = (
    'setCustomerForOrder(input: {firstName: "A", lastName: "B", emailAddress: "buyer@shop.example"}) {__typename}',
    'setOrderShippingAddress(input: {streetLine1: "1 Row", countryCode: "GB"}) {__typename}',
    'setOrderShippingMethod(shippingMethodId: ["1"]) {__typename}',
    'transitionOrderToState(state: "ArrangingPayment") {__typename}',
    'addPaymentToOrder(input: {method: "standard-payment", metadata: {}}) {... on Order {id code totalWithTax}}',
)


@dataclass
class Vendure:
    """A running server, as its operator (with `operator` headers) and its buyers use it."""

    client: httpx.AsyncClient
    operator: dict[str, str]

    async def ask(self, api: str, query: str, headers: dict[str, str]) -> tuple[dict[str, Any], httpx.Headers]:
        answer = await self.client.post(api, json={"query": query}, headers=headers)
        body = answer.json()
        assert not body.get("errors"), body
        return body["data"], answer.headers

    async def manage(self, query: str) -> dict[str, Any]:
        return (await self.ask("admin-api", query, self.operator))[0]

    async def open_shop(self) -> None:
        """Name the shop's channel after its registration number, with prices in pounds."""
        currencies = "defaultCurrencyCode: GBP, availableCurrencyCodes: [GBP, USD]"
        channel = f'updateChannel(input: {{id: "1", token: "{NUMBER}", {currencies}}}) {{__typename}}'
        await self.manage(f"mutation {{{channel}}}")
        await self.manage(f'mutation {{updateSeller(input: {{id: "1", name: "{SELLER}"}}) {{id}}}}')

    async def key(self) -> tuple[str, str]:
        """A key that may read orders and nothing else, and its id."""
        role = 'createRole(input: {code: "lendline", description: "reads orders", permissions: [ReadOrder]}) {id}'
        number = (await self.manage(f"mutation {{{role}}}"))["createRole"]["id"]
        made = f'createApiKey(input: {{roleIds: ["{number}"], translations: [{{languageCode: en, name: "L"}}]}})'
        found = (await self.manage(f"mutation {{{made} {{apiKey entityId}}}}"))["createApiKey"]
        return found["apiKey"], found["entityId"]

    async def order(self) -> dict[str, Any]:
        """A buyer orders and pays; the payment is authorised."""
        headers = {"vendure-token": NUMBER}
        first = 'mutation {addItemToOrder(productVariantId: "1", quantity: 2) {__typename}}'
        _, answered = await self.ask("shop-api", first, headers)
        headers["Authorization"] = f"Bearer {answered['vendure-auth-token']}"
        done: dict[str, Any] = {}
        for step in STEPS:
            done, _ = await self.ask("shop-api", f"mutation {{{step}}}", headers)
        placed: dict[str, Any] = done["addPaymentToOrder"]
        return placed

    async def settle(self, order: dict[str, Any]) -> str:
        found = await self.manage(f'query {{order(id: "{order["id"]}") {{payments {{id}}}}}}')
        payment: str = found["order"]["payments"][0]["id"]
        await self.manage(f'mutation {{settlePayment(id: "{payment}") {{__typename}}}}')
        return payment

    async def give_back(self, payment: str, cents: int) -> None:
        refund = f'lines: [], shipping: 0, adjustment: 0, paymentId: "{payment}", amount: {cents}, reason: "broken"'
        asked = f"mutation {{refundOrder(input: {{{refund}}}) {{... on Refund {{id}}}}}}"
        number = (await self.manage(asked))["refundOrder"]["id"]
        settled = f'settleRefund(input: {{id: "{number}", transactionId: "t-1"}})'
        await self.manage(f"mutation {{{settled} {{__typename}}}}")


@pytest.fixture(scope="module")
def installed(request: pytest.FixtureRequest) -> Path:
    """A folder with the packages; the second run finds them there."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("npm and node are not at hand to install Vendure")
    cache = request.config.cache
    assert cache is not None
    folder = Path(cache.mkdir("vendure"))
    if not (folder / "complete").exists():
        (folder / "package.json").write_text('{"name": "shop", "private": true}', encoding="utf-8")
        command = [npm, "install", "--no-audit", "--no-fund", "--loglevel=error", *PACKAGES]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=600)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            pytest.skip(f"Vendure could not be installed: {type(error).__name__}")
        (folder / "complete").touch()
    shutil.copy(SERVER, folder)
    return folder


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Vendure]:
    node = shutil.which("node") or "node"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    (folder / "shop.sqlite").unlink(missing_ok=True)
    server = await asyncio.create_subprocess_exec(
        node, "server.js", str(port), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert server.stdout is not None
        async with asyncio.timeout(180):
            while b"ready" not in (line := await server.stdout.readline()):
                if not line:
                    pytest.skip("Vendure did not start")
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client:
            vendure = Vendure(client, {})
            login = 'mutation {login(username: "superadmin", password: "only-for-this-test") {__typename}}'
            _, headers = await vendure.ask("admin-api", login, {})
            vendure.operator["Authorization"] = f"Bearer {headers['vendure-auth-token']}"
            yield vendure
    finally:
        if server.returncode is None:
            server.terminate()
        await server.wait()


async def read(source: Source, number: str = NUMBER) -> Evidence:
    now = datetime.now(UTC) + timedelta(minutes=1)
    consent, subject = consent_for(source, now), Subject(registration_number=number, country="GB")
    grant = await source.connect(consent, subject)
    return await source.pull(consent, subject, grant, now.date())


async def test_reads_placed_orders_until_the_operator_deletes_the_key(installed: Path) -> None:
    async with running(installed) as vendure:
        await vendure.open_shop()
        key, number = await vendure.key()
        kept, returned, unpaid = [await vendure.order() for _ in range(3)]
        await vendure.settle(kept)
        await vendure.give_back(await vendure.settle(returned), returned["totalWithTax"])
        basket = 'mutation {addItemToOrder(productVariantId: "1", quantity: 1) {__typename}}'
        await vendure.ask("shop-api", basket, {"vendure-token": NUMBER})

        at = Endpoint.read(str(vendure.client.base_url), id=SecretStr(key))
        async with open_sources({"shop_vendure": at}, (), lambda: datetime.now(UTC)) as sources:
            source = sources["shop_vendure"]
            evidence = await read(source)
            assert {each.field: each.value for each in evidence.candidates} == {"trading_name": SELLER}
            assert evidence.ledger is not None
            told = {each.id: each for each in evidence.ledger.orders}
            states = {kept["code"]: OrderState.PAID, returned["code"]: OrderState.REFUNDED}
            assert {code: each.state for code, each in told.items()} == {**states, unpaid["code"]: OrderState.CANCELLED}
            total = Decimal(kept["totalWithTax"]) / 100
            assert (told[kept["code"]].total, told[kept["code"]].currency) == (total, "GBP")
            assert told[returned["code"]].refunded == total

            with pytest.raises(SubjectUnknown):
                await read(source, "99000001")
            await vendure.manage(f'mutation {{deleteApiKeys(ids: ["{number}"]) {{result}}}}')
            with pytest.raises(SourceRefused):
                await read(source)
