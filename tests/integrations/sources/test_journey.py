"""All sources together, opened as the program opens them: what is filled, what is wrong, what misbehaves."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.application import prefill
from flows.application.fields import APPLICANT_FACING, FIELDS
from flows.application.values import Application
from flows.consent import Consent, ConsentState
from flows.errors import SourceRefused, SourceUnavailable, WrongDeclaration
from flows.ports import Evidence, Source
from integrations.merchants import Merchant, load
from integrations.sources import catalog
from integrations.sources.catalog import open_sources
from integrations.toolkit.http import Limits
from integrations.toolkit.oauth import Endpoint
from tests.integrations.sources.bench import NOW, Clock, Naps, months_before, quiet, subject_of

TYPED = {
    "registration_number",
    "amount_requested",
    "credit_purpose",
    "loan_term_months",
    "legal_or_insolvency_declaration",
}
FILLED = set(APPLICANT_FACING) - TYPED
# What no record of these businesses can give, and the dirt that is the reason.
OPEN = {
    "bank_month_missing": {"monthly_revenue_12m", "monthly_bank_inflow_12m"},
    "new_shop": {"gross_annual_revenue", "monthly_revenue_12m", "monthly_bank_inflow_12m"},
    "no_bank_identity": {"representative_id_type", "representative_id_number", "representative_birth_date"},
}


def consent_for(source: Source, now: datetime = NOW) -> Consent:
    manifest = source.manifest
    return Consent(
        id=f"c-{manifest.name}",
        source=manifest.name,
        kinds=manifest.kinds,
        purpose="loan_application",
        recipients=(),
        state=ConsentState.ACTIVE,
        asked_at=now,
        valid_until=now + timedelta(days=1),
        data_from=months_before(now, manifest.months),
        data_to=now,
        keep_days=90,
    )


async def pull(source: Source, merchant: Merchant, now: datetime = NOW) -> Evidence:
    consent, subject = consent_for(source, now), subject_of(merchant)
    grant = await source.connect(consent, subject)
    return await source.pull(consent, subject, grant, now.date())


async def fill(sources: Mapping[str, Source], merchant: Merchant, now: datetime = NOW) -> Application:
    """The application after all pulls, with the owner's choice where sources disagree."""
    application = Application(id="LA-1", started_at=now)
    for name, source in sources.items():
        if source.manifest.auth == "upload" or not catalog.serves(name, merchant):
            continue  # files are read where there is a box to keep them in: test_contract
        evidence = await pull(source, merchant, now)
        application = prefill.add_all(application, evidence.candidates, evidence.features)
    for conflict in prefill.open_conflicts(application):
        value = application.values[conflict.field]
        wanted = merchant.choices[conflict.field]
        index = next(place for place, each in enumerate(value.candidates) if each.source == wanted)
        application = prefill.pick(application, conflict.field, index, now)
    return application


def wrong(application: Application, truth: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.candidate.value
        for name, value in application.values.items()
        if value.candidate is not None and value.candidate.value != truth.get(name)
    }


@pytest.mark.parametrize("merchant", load(), ids=lambda each: each.id)
async def test_fills_the_application_without_a_wrong_value(merchant: Merchant) -> None:
    merchant = quiet(merchant)
    async with open_sources({}, (merchant,), Clock()) as sources:
        application = await fill(sources, merchant)
    still_open = {name for dirt in merchant.dirt for name in OPEN.get(dirt.word, set())}
    assert {name for name in FILLED if not application.has(name)} == still_open
    assert wrong(application, merchant.truth(NOW.date())) == {}


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2027, 1, 4), date(2027, 3, 31), date(2028, 2, 29)], ids=str)
async def test_is_right_on_any_day_of_the_year(day: date) -> None:
    now = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
    merchants = tuple(quiet(each) for each in load() if each.id in {"tieqiao-hardware", "greenhollow-veg"})
    async with open_sources({}, merchants, Clock(now)) as sources:
        for merchant in merchants:
            application = await fill(sources, merchant, now)
            assert wrong(application, merchant.truth(day)) == {}


async def test_the_memo_is_data() -> None:
    merchant = next(each for each in load() if each.id == "shunhe-noodles")
    plain = Merchant(
        merchant.profile.model_copy(
            update={
                "bank": merchant.profile.bank.model_copy(
                    update={
                        "memos": tuple(each.model_copy(update={"text": "面钱"}) for each in merchant.profile.bank.memos)
                    }
                )
            }
        )
    )
    async with open_sources({}, (merchant,), Clock()) as with_memo, open_sources({}, (plain,), Clock()) as without:
        one, two = await pull(with_memo["bank"], merchant), await pull(without["bank"], plain)
    assert one.model_dump() == two.model_dump()
    assert "忽略" not in one.model_dump_json()


async def test_a_renamed_firm_is_paid_to_the_account_it_has() -> None:
    merchant = next(each for each in load() if each.id == "tieqiao-hardware")
    async with open_sources({}, (merchant,), Clock()) as sources:
        application = await fill(sources, merchant)
    account = application.get("disbursement_account")
    assert account.holder == merchant.names.bank != application.text("business_legal_name")


async def test_an_expired_consent_is_refused_once() -> None:
    merchant = next(each for each in load() if each.id == "little-otters-wear")
    async with open_sources({}, (merchant,), Clock()) as sources:
        with pytest.raises(SourceRefused, match="consent_expired"):
            await pull(sources["bank"], merchant)
        assert (await pull(sources["bank"], merchant)).candidates


async def test_a_failing_source_works_again_later() -> None:
    merchant = next(each for each in load() if each.id == "greenhollow-veg")
    async with open_sources({}, (merchant,), Clock(), sleep=Naps()) as sources:
        with pytest.raises(SourceUnavailable, match="503"):
            await pull(sources["tax"], merchant)
        assert (await pull(sources["tax"], merchant)).candidates


async def test_a_slow_source_is_given_up_and_asked_again() -> None:
    merchant = next(each for each in load() if each.id == "yunling-fruit")
    async with open_sources({}, (merchant,), Clock(), limits=Limits(seconds=0.3), sleep=Naps()) as sources:
        async with asyncio.timeout(5):
            assert (await pull(sources["bank"], merchant)).candidates


async def test_an_endpoint_of_an_unknown_source_is_a_wrong_declaration() -> None:
    with pytest.raises(WrongDeclaration, match="no such source"):
        async with open_sources({"bnak": Endpoint(url="https://bank.example")}, (), Clock()):
            pass


def test_every_field_that_can_be_filled_is_declared_by_a_source() -> None:
    assert {name for name in FILLED if not {"registry", "tax", "bank"} & set(FIELDS[name].sources)} == set()
