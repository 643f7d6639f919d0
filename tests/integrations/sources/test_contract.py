"""What every source promises, tried on every folder under integrations/sources."""

import json
import logging
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
    LendlineError,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
    SubjectUnknown,
)
from flows.ports import Grant, Subject
from integrations.merchants import Merchant, load
from integrations.sources import catalog
from integrations.toolkit.authorisation import OwnerNeeded, Renews, SignsIn
from integrations.toolkit.http import Limits
from integrations.toolkit.signing_in import approving
from tests.integrations.sources.bench import (
    NOW,
    Bench,
    Break,
    bench,
    busy,
    cut_off,
    hang,
    just_opened,
    quiet,
    refuse_connection,
    status,
    subject_of,
)

ById = Callable[[str], Merchant]
# Where nothing can be ended from here: a public register, a key of the system's operator, an app admitted there.
HELD_ELSEWHERE = frozenset({"open", "api_key", "signed_key"})
TODAY = NOW.date()
FILES, OWN_PAGE = "upload", "oauth2_code"
# Those of whom most sources know most come first.
RICH = sorted(load(), key=lambda each: (not each.profile.selling.sites, each.id))
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


def known_at(name: str, merchant: Merchant) -> Merchant:
    """This business; where a source knows only some, the first of those."""
    known = [each for each in RICH if catalog.serves(name.partition(":")[0], each)]
    return merchant if known == RICH else quiet(known[0])


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


FAILURES: dict[str, tuple[tuple[Break, ...], type[LendlineError]]] = {
    "401": ((status(401),), SourceRefused),
    "403": ((status(403),), SourceRefused),
    "429": ((status(429),) * 3, SourceUnavailable),
    "5xx": ((status(500), status(502), status(503)), SourceUnavailable),
    "nobody listens": ((refuse_connection,) * 3, SourceUnavailable),
    "truncated": ((status(200, body=b'{"items": [{"tru'),), SourceUnreadable),
    "html": ((status(200, body=b"<html>maintenance</html>"),), SourceUnreadable),
    "another shape": ((status(200, body=b'"sorry"'),), SourceUnreadable),
    "empty": ((status(200, body=b""),), SourceUnreadable),
    "not utf-8": ((status(200, body=b"\xff\xfe\x00"),), SourceUnreadable),
    "deep": ((status(200, body=b"[" * 100_000),), SourceUnreadable),
    "too large": ((status(200, body=b" " * (9 * 1024 * 1024)),), SourceUnreadable),
    "broken off": ((cut_off,) * 3, SourceUnreadable),
    "redirect": ((status(302, {"Location": "http://elsewhere.example/"}),), SourceUnreadable),
    "418": ((status(418),), SourceUnreadable),
}


@pytest.mark.parametrize(("breaks", "fact"), FAILURES.values(), ids=FAILURES.keys())
async def test_turns_failures_into_facts(
    name: str, breaks: tuple[Break, ...], fact: type[LendlineError], by_id: ById
) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(*breaks)
        with pytest.raises(fact):
            await on.source.pull(consent, subject, grant, TODAY)


async def test_whichever_request_fails_a_fact_comes_out(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        await on.pull(merchant)
        count = len(on.faults.seen)
    for broken in (status(200, body=b'{"a": 1'), status(403)):
        for number in sorted({*range(min(count, 4)), count // 2, count - 1}):
            async with bench(name, (merchant,)) as on:
                on.faults.broken[number] = broken
                with pytest.raises((SourceUnreadable, SourceRefused, SubjectUnknown)):
                    await on.pull(merchant)


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


async def test_waits_as_long_as_it_is_told(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(status(429, {"Retry-After": "3"}))
        assert (await on.source.pull(consent, subject, grant, TODAY)).records
        assert on.naps.taken == [3.0]


async def test_hands_a_long_wait_back_to_the_caller(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(status(429, {"Retry-After": "Mon, 23 Nov 2026 09:10:00 GMT"}))
        with pytest.raises(SourceUnavailable) as caught:
            await on.source.pull(consent, subject, grant, TODAY)
        assert caught.value.retry_after == 600.0
        assert on.naps.taken == []


async def test_tries_again_after_a_failure(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(status(500), status(503))
        assert (await on.source.pull(consent, subject, grant, TODAY)).records
        assert len(on.naps.taken) == 2
        assert all(0 < nap <= Limits().longest_wait for nap in on.naps.taken)


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


async def test_does_not_wait_for_ever(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,), limits=Limits(seconds=0.05)) as on:
        on.faults.break_next(hang, hang, hang)
        with pytest.raises(SourceUnavailable, match="no answer in time"):
            await on.source.connect(on.consent(), subject_of(merchant))


@pytest.mark.many
async def test_reads_ten_thousand_records_in_pages(name: str, by_id: ById) -> None:
    merchant = busy(known_at(name, by_id("banri-tea")))
    async with bench(name, (merchant,)) as on:
        evidence = await on.pull(merchant)
    in_files = on.manifest.auth == FILES  # a file is one page
    assert evidence.records >= (1000 if in_files else 10_000)
    assert in_files or len(on.faults.seen) > 20
    assert disagreeing(evidence.candidates, merchant) - IN_OTHER_WORDS.get(name, set()) == set()


async def test_leaves_alone_what_keeps_failing(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,), limits=Limits(attempts=1)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(*(status(503),) * 5)
        for _ in range(5):
            with pytest.raises(SourceUnavailable, match="503"):
                await on.source.pull(consent, subject, grant, TODAY)
        asked = len(on.faults.seen)
        with pytest.raises(SourceUnavailable, match="left alone") as caught:
            await on.source.pull(consent, subject, grant, TODAY)
        assert caught.value.retry_after == 30.0
        assert len(on.faults.seen) == asked
        on.clock.now += timedelta(seconds=30)
        assert (await on.source.pull(consent, subject, grant, TODAY)).records


@pytest.mark.many
async def test_stops_at_too_many_pages(name: str, by_id: ById) -> None:
    merchant = busy(known_at(name, by_id("banri-tea")))
    async with bench(name, (merchant,), limits=Limits(pages=5)) as on:
        if on.manifest.auth == FILES:
            pytest.skip("a file is one page")
        with pytest.raises(SourceUnreadable, match="more than 5 pages"):
            await on.pull(merchant)


async def test_logs_and_errors_name_nobody(name: str, by_id: ById, caplog: pytest.LogCaptureFixture) -> None:
    merchant = known_at(name, by_id("paper-lantern-books"))
    said: list[str] = []
    with caplog.at_level(logging.DEBUG):
        async with bench(name, (merchant,)) as on:
            await on.pull(merchant)
            for breaks in ((status(503),) * 3, (status(403),), (_poisoned(on),)):
                consent, subject, grant = await on.connect(merchant)
                on.faults.break_next(*breaks)
                try:
                    await on.source.pull(consent, subject, grant, TODAY)
                except LendlineError as error:
                    said += [str(error), repr(error)]
    written = "\n".join([caplog.text, *said])
    assert written.strip()
    for secret in _secrets(merchant, on):
        assert secret not in written


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


def _poisoned(on: Bench) -> Break:
    """An answer of the right kind with a personal value where another type belongs."""
    return status(200, body=json.dumps({"Data": "FARRO962041I99ZZ", "items": "FARRO962041I99ZZ"}).encode())


def _secrets(merchant: Merchant, on: Bench) -> list[str]:
    profile = merchant.profile
    person, bank = profile.representative, profile.bank
    known = [person.name, person.family.upper(), person.id_number, bank.account, profile.email, profile.phone]
    for request in on.faults.seen:
        known += [
            request.headers[key].split(" ")[-1] for key in ("Authorization", "Consent-Handle") if key in request.headers
        ]
    return [*known, bank.closed_account or bank.account]
