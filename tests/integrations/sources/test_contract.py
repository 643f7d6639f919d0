"""What every source promises, tried on every folder under integrations/sources."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from flows.application import prefill
from flows.application.features import FEATURES
from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.application.values import Candidate
from flows.consent import Consent, ConsentState
from flows.errors import (
    ConsentMissing,
    SourceRefused,
    SourceUnreadable,
    SubjectUnknown,
)
from flows.ports import Grant, Subject
from integrations.merchants import Merchant, load
from integrations.sources import catalog
from integrations.toolkit.authorisation import OwnerNeeded, Renews, SignsIn
from integrations.toolkit.signing_in import approving
from tests.integrations.sources.bench import (
    FILES,
    NOW,
    TODAY,
    Bench,
    bench,
    busy,
    just_opened,
    known_at,
    quiet,
    subject_of,
)

ById = Callable[[str], Merchant]
# Where nothing can be ended from here: a public register, a key of the system's operator, an app admitted there.
HELD_ELSEWHERE = frozenset({"open", "api_key", "signed_key"})
OWN_PAGE = "oauth2_code"
# What a source says on purpose although it is not the truth; the dirt of the profile explains it.
DISAGREES = {
    "names_disagree": {("tax", "business_legal_name")},
    "underdeclared": {("tax", "gross_annual_revenue"), ("tax", "monthly_revenue_12m")},
    "takings_with_vat": {("bank", "gross_annual_revenue"), ("bank_statement", "gross_annual_revenue")},
}
# The Berlin Group names a bank by its BIC alone. A wallet sees a part of what was not paid in cash.
IN_OTHER_WORDS = {
    "bank:berlin-group-1.3": {("bank", "disbursement_account")},
    "wallet_cn": {("wallet_cn", "card_sales_12m")},
}


def disagreeing(candidates: tuple[Candidate, ...], merchant: Merchant) -> set[tuple[str, str]]:
    """Source and field of the candidates that are not the truth."""
    truth = merchant.truth(TODAY)
    return {
        (each.source, each.field)
        for each in candidates
        if each.field not in truth or not prefill.same(FIELDS[each.field], each.value, truth[each.field])
    }


@pytest.mark.parametrize("merchant", load(), ids=lambda each: each.id)
async def test_says_the_truth_about_every_merchant(name: str, merchant: Merchant) -> None:
    if not catalog.serves(name.partition(":")[0], merchant):
        async with bench(name, (merchant,)) as on:
            with pytest.raises(SubjectUnknown):
                await on.connect(merchant)
        return
    excused = {pair for dirt in merchant.dirt for pair in DISAGREES.get(dirt.word, set())}
    # Who is paid after a month has other months at the bank; where sales are declared by month, that shows.
    late = {(source, "monthly_revenue_12m") for source in ("bank", "bank_statement")}
    late = late if any(dirt.word == "late_payers" for dirt in merchant.dirt) else set()
    if merchant.profile.bank.own_transfers is not None:
        # A statement does not say that the account beside it is the owner's too.
        late |= {("bank_statement", field) for field in ("monthly_revenue_12m", "monthly_bank_inflow_12m")}
    merchant = quiet(merchant)
    async with bench(name, (merchant,)) as on:
        evidence = await on.pull(merchant)
    assert evidence.candidates or evidence.notes
    wrong = disagreeing(evidence.candidates, merchant) - IN_OTHER_WORDS.get(name, set())
    assert wrong - late == {pair for pair in excused if pair[0] == on.manifest.name}


async def test_carries_provenance(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("banri-tea"))
    async with bench(name, (merchant,)) as on:
        evidence = await on.pull(merchant)
    assert set(on.manifest.fields) >= {each.field for each in evidence.candidates}
    for each in evidence.candidates:
        assert each.source == on.manifest.name
        assert each.consent_id == "c-1"
        assert each.record
        assert each.observed_at <= NOW
    named = {each.source for each in FEATURES.values()}
    assert evidence.features or on.manifest.name not in named or on.manifest.auth == FILES
    for feature in evidence.features:
        assert (feature.source, feature.consent_id) == (on.manifest.name, "c-1")
        assert feature.value is None or feature.records > 0 or feature.value == 0
    assert evidence.records > 0


@pytest.mark.parametrize("state", [each for each in ConsentState if each is not ConsentState.ACTIVE])
async def test_asks_nothing_without_an_active_consent(name: str, state: ConsentState, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        _, subject, grant = await on.connect(merchant)
        before = len(on.faults.seen)
        with pytest.raises(ConsentMissing):
            await on.source.connect(on.consent(state=state), subject)
        with pytest.raises(ConsentMissing):
            await on.source.pull(on.consent(state=state), subject, grant, TODAY)
        assert len(on.faults.seen) == before


async def test_asks_nothing_with_an_expired_or_foreign_consent(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        before = len(on.faults.seen)
        with pytest.raises(ConsentMissing):
            await on.source.pull(on.consent(name="other"), subject, grant, TODAY)
        on.clock.now += timedelta(days=2)
        with pytest.raises(ConsentMissing):
            await on.source.pull(consent, subject, grant, TODAY)
        assert len(on.faults.seen) == before


async def test_brings_only_the_kinds_allowed(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("banri-tea"))
    async with bench(name, (merchant,)) as on:
        if len(on.manifest.kinds) == 1:
            pytest.skip("it has one kind of data only")
        whole = await on.pull(merchant)
        alone: set[str] = set()
        for kind in on.manifest.kinds:
            consent = on.consent(kinds=(kind,))
            grant = await on.source.connect(consent, subject_of(merchant))
            part = await on.source.pull(consent, subject_of(merchant), grant, TODAY)
            fields = {each.field for each in part.candidates}
            assert fields <= {each.field for each in whole.candidates}, kind
            assert len(on.manifest.kinds) == 1 or len(fields) < len({each.field for each in whole.candidates}), kind
            assert not fields & alone, kind
            alone |= fields


async def test_an_empty_account_is_unknown_and_never_zero(name: str, by_id: ById) -> None:
    merchant = just_opened(known_at(name, by_id("banri-tea")))
    async with bench(name, (merchant,)) as on:
        try:
            evidence = await on.pull(merchant)
        except SourceUnreadable:  # a file without a row holds nothing to read
            assert on.manifest.auth == FILES
            return
    sums = {field for field, spec in FIELDS.items() if spec.kind in {Kind.MONEY, Kind.MONEY_SERIES, Kind.ONLINE_SALES}}
    assert {each.field for each in evidence.candidates} & sums <= {"tax_arrears"}
    today = {"arrears", "months_observed", "rep_changes_12m", "enforcement_n", "licence_age_m"}
    silent = {each.name for each in evidence.features if each.value == 0 and each.name not in today}
    assert silent == set()


async def test_an_unknown_business(name: str, by_id: ById) -> None:
    async with bench(name, (known_at(name, by_id("banri-tea")),)) as on:
        for number, country in (("99000001", "GB"), ("91330106MA0TEA1Q6X", "CN"), ("../secret", "GB")):
            with pytest.raises(SubjectUnknown):
                await on.source.connect(on.consent(), Subject(registration_number=number, country=country))


async def test_the_owner_signs_in_at_the_source_and_comes_back(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,), owner_is_there=False) as on:
        consent, subject = on.consent(), subject_of(merchant)
        if on.manifest.auth != OWN_PAGE:
            assert not isinstance(on.source, SignsIn)
            pytest.skip("it has no page of its own for the owner")
        assert isinstance(on.source, SignsIn)
        with pytest.raises(OwnerNeeded):
            await on.source.connect(consent, subject)
        assert on.faults.seen == []
        back = "https://apply.example/consent/callback"
        approval = await on.source.ask(consent, subject, back, "a-state-of-ours")
        answer = await approving(on.faults)(approval.url)
        assert answer.startswith(f"{back}?")
        with pytest.raises(SourceUnreadable, match="another question"):
            await on.source.resume(consent, subject, approval, answer.replace("a-state-of-ours", "another"))
        with pytest.raises(SourceRefused, match="access_denied"):
            await on.source.resume(consent, subject, approval, f"{back}?error=access_denied&state=a-state-of-ours")
        grant = await on.source.resume(consent, subject, approval, answer)
        assert (await on.source.pull(consent, subject, grant, TODAY)).records
        with pytest.raises(SourceRefused):
            await on.source.resume(consent, subject, approval, answer)


@pytest.mark.parametrize("after", [timedelta(hours=2), timedelta(days=40)], ids=str)
async def test_a_periodic_consent_outlives_the_access(name: str, after: timedelta, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        if on.manifest.auth == FILES:
            pytest.skip("files are not fetched again")
        consent = on.consent().model_copy(update={"valid_until": NOW + timedelta(days=90), "every_days": 7})
        subject = subject_of(merchant)
        grant = await on.source.connect(consent, subject)
        assert await _renewed(on, consent, grant) == grant
        on.clock.now += after
        grant = await _renewed(on, consent, grant)
        assert (await on.source.pull(consent, subject, grant, on.clock.now.date())).records
        await on.source.forget(consent, grant)
        if on.manifest.auth not in HELD_ELSEWHERE:
            on.clock.now += timedelta(days=31)
            with pytest.raises(SourceRefused):
                await on.source.pull(consent, subject, await _renewed(on, consent, grant), on.clock.now.date())


async def _renewed(on: Bench, consent: Consent, grant: Grant) -> Grant:
    return await on.source.renew(consent, grant) if isinstance(on.source, Renews) else grant


async def test_forgets_at_the_source(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        await on.source.forget(consent, grant)
        await on.source.forget(consent, grant)
        if on.manifest.auth in HELD_ELSEWHERE:
            pytest.skip("nothing of ours is held there that could be ended from here")
        with pytest.raises(SourceRefused):
            await on.source.pull(consent, subject, grant, TODAY)


async def test_an_old_grant_does_not_open_a_new_sandbox(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as first:
        consent, subject, grant = await first.connect(merchant)
    if first.manifest.auth in HELD_ELSEWHERE:
        pytest.skip("the grant only names the business there")
    async with bench(name, (merchant,)) as second:
        with pytest.raises(SourceRefused):
            await second.source.pull(consent, subject, grant, TODAY)


@pytest.mark.many
async def test_reads_ten_thousand_records_in_pages(name: str, by_id: ById) -> None:
    merchant = busy(known_at(name, by_id("banri-tea")))
    async with bench(name, (merchant,)) as on:
        evidence = await on.pull(merchant)
    in_files = on.manifest.auth == FILES  # a file is one page
    assert evidence.records >= (1000 if in_files else 10_000)
    assert in_files or len(on.faults.seen) > 20
    assert disagreeing(evidence.candidates, merchant) - IN_OTHER_WORDS.get(name, set()) == set()
