"""Wallet exports: what the till knows of the same sales, to the cent; a part never contradicts the whole."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from flows.application import prefill
from flows.application.attributes.assessing import Question, assess
from flows.application.attributes.results import Held
from flows.application.months import complete, month_of
from flows.application.values import Application, Candidate
from flows.ports import Evidence
from integrations.merchants import Merchant, load
from integrations.merchants.commerce import OrderState, Tender
from integrations.sources import catalog
from tests.integrations.sources.bench import NOW, bench, quiet

TODAY = NOW.date()
KNOWN = [quiet(each) for each in load() if catalog.serves("wallet_cn", each)]


async def pulled(merchant: Merchant) -> Evidence:
    async with bench("wallet_cn", (merchant,)) as on:
        return await on.pull(merchant)


@pytest.mark.parametrize("merchant", KNOWN, ids=lambda each: each.id)
async def test_takings_are_the_wallet_orders_kept(merchant: Merchant) -> None:
    evidence = await pulled(merchant)
    year = set(complete(TODAY, 12))
    orders = {each.id: each for each in merchant.commerce(TODAY).orders}
    kept = sum(
        (
            each.total
            for each in orders.values()
            if each.tender is Tender.WALLET and each.state is OrderState.PAID and month_of(each.at.date()) in year
        ),
        Decimal(0),
    )
    (found,) = evidence.candidates
    assert found.value == {"amount": f"{kept:.2f}", "currency": "CNY"}


async def test_wallets_stand_in_for_a_till() -> None:
    merchant = next(each for each in KNOWN if each.id == "laojie-hotpot")
    ledger = (await pulled(merchant)).ledger
    assert ledger is not None
    held = [Held("wallet_cn", "c-1", ledger, complete(TODAY, 12)[0])]
    found = {each.name: each.value for each in assess(held, Question(TODAY, "CNY")).results}
    assert found["platform_top1"] == 1
    nights = found["pos_night"]
    assert nights is not None
    assert 0 < nights < Decimal("0.5")
    assert found["pos_days"] is not None


def candidate(source: str, amount: str) -> Candidate:
    value = {"amount": amount, "currency": "CNY"}
    return Candidate(field="card_sales_12m", value=value, source=source, observed_at=datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("wallet", "bank", "conflicts"),
    [("85000.00", "100000.00", 0), ("100000.00", "100000.00", 0), ("120000.00", "100000.00", 1)],
)
@pytest.mark.parametrize("wallet_first", [True, False])
def test_a_part_is_no_conflict_until_it_is_more_than_the_whole(
    wallet: str, bank: str, conflicts: int, *, wallet_first: bool
) -> None:
    both = (candidate("wallet_cn", wallet), candidate("bank", bank))
    application = Application(id="LA-1", started_at=NOW)
    application = prefill.add_all(application, both if wallet_first else both[::-1])
    assert application.get("card_sales_12m").amount == Decimal(bank)
    assert len(prefill.conflicts(application)) == conflicts
