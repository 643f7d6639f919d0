"""The register as the Global LEI Index tells it: one firm, no people, and no word for what it does not know."""

import copy
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from stdnum import lei

from flows.errors import LendlineError, SourceUnreadable, SubjectUnknown
from flows.ports import Evidence, Register, Subject
from integrations.merchants import load
from integrations.sources import catalog, declared
from integrations.sources.registry.gleif_office import lei_of
from tests.integrations.sources.bench import NOW, Clock, bench, calm, subject_of
from tests.integrations.sources.test_journey import consent_for

NUMBER, LEI = "99000042", lei_of("99000042")
SHOP = Subject(registration_number=NUMBER, country="GB")
RECORD: dict[str, Any] = {
    "type": "lei-records",
    "id": LEI,
    "attributes": {
        "lei": LEI,
        "entity": {
            "legalName": {"name": "MADE UP TRADING LTD", "language": "en"},
            "legalAddress": {
                "addressLines": ["1 Nowhere Row"],
                "city": "Leeds",
                "country": "GB",
                "postalCode": "LS1 9ZZ",
            },
            "registeredAs": NUMBER,
            "jurisdiction": "GB",
            "category": "GENERAL",
            "status": "ACTIVE",
            "creationDate": "2020-05-31T00:00:00Z",
            "eventGroups": None,
        },
        "registration": {"status": "ISSUED", "lastUpdateDate": "2026-03-02T10:00:00Z"},
    },
}


def changed(entity: Mapping[str, object], registration: Mapping[str, object] | None = None) -> dict[str, Any]:
    """The record with other values."""
    record = copy.deepcopy(RECORD)
    record["attributes"]["entity"] |= entity
    record["attributes"]["registration"] |= registration or {}
    return record


def renamed(number: str) -> dict[str, Any]:
    """The record under another LEI."""
    record = copy.deepcopy(RECORD)
    record["id"] = record["attributes"]["lei"] = number
    return record


async def read(*records: dict[str, Any], subject: Subject = SHOP) -> Evidence:
    """Pull from an index that gives these records, whatever it is asked for."""

    async def answer(request: httpx.Request) -> httpx.Response:
        assert "Authorization" not in request.headers
        one = request.url.path.startswith("/api/v1/lei-records/")
        return httpx.Response(200, json={"data": records[0] if one else records})

    manifest = next(each for each in declared.manifests() if each.name == "registry")
    source, client = catalog.open_source(
        manifest, "http://lei.test", clock=Clock(), transport=httpx.MockTransport(answer), profile="gleif-1"
    )
    try:
        consent = consent_for(source)
        return await source.pull(consent, subject, await source.connect(consent, subject), NOW.date())
    finally:
        await client.aclose()


def told(evidence: Evidence) -> dict[str, object]:
    return {each.field: each.value for each in evidence.candidates}


async def test_a_record_fills_what_it_has_and_is_as_old_as_its_last_update() -> None:
    evidence = await read(RECORD)
    assert told(evidence) == {
        "registration_number": NUMBER,
        "business_legal_name": "MADE UP TRADING LTD",
        "registration_status": "active",
        "incorporation_date": "2020-05-31",
        "registered_address": {"text": "1 Nowhere Row, Leeds", "postcode": "LS1 9ZZ", "country": "GB"},
    }
    assert {each.observed_at.isoformat() for each in evidence.candidates} == {"2026-03-02T10:00:00+00:00"}
    assert {each.record for each in evidence.candidates} == {LEI}


async def test_the_owner_is_asked_for_no_more_than_it_has() -> None:
    async with bench("registry:gleif-1", load()) as on:
        assert on.source.manifest.kinds == ("company_profile",)
        assert not any(name.startswith("representative") for name in on.source.manifest.fields)


@pytest.mark.parametrize(
    ("record", "status"),
    [
        (changed({"status": "INACTIVE"}, {"status": "RETIRED"}), "dissolved"),
        (changed({"status": "NULL"}), None),
        (changed({"eventGroups": [{"events": [{"type": "LIQUIDATION", "status": "IN_PROGRESS"}]}]}), "in_insolvency"),
        (changed({"eventGroups": [{"events": [{"type": "INSOLVENCY", "status": "COMPLETED"}]}]}), None),
        (changed({"eventGroups": [{"events": [{"type": "BANKRUPTCY", "status": "WITHDRAWN_CANCELLED"}]}]}), "active"),
        (changed({"eventGroups": [{"events": [{"type": "CHANGE_LEGAL_NAME", "status": "COMPLETED"}]}]}), "active"),
        (changed({}, {"status": "LAPSED"}), None),
    ],
    ids=["inactive", "unheard of", "liquidation", "insolvency over", "withdrawn", "new name", "lapsed"],
)
async def test_a_standing_that_it_does_not_tell_is_unknown(record: dict[str, Any], status: str | None) -> None:
    evidence = await read(record)
    assert told(evidence).get("registration_status") == status
    assert {each.name: each.value for each in evidence.features}["registration_status"] == status
    assert (evidence.notes == ("source.note.lei_lapsed",)) == (
        record["attributes"]["registration"]["status"] == "LAPSED"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        renamed(LEI[:-1] + str((int(LEI[-1]) + 1) % 10)),
        renamed(LEI[:10]),
        renamed(LEI.lower()),
        {**RECORD, "id": lei_of("another")},
    ],
    ids=["check digits", "too short", "small letters", "two LEIs"],
)
async def test_a_lei_that_fails_its_check_is_not_read(wrong: dict[str, Any]) -> None:
    with pytest.raises(SourceUnreadable):
        await read(RECORD, wrong)


@pytest.mark.parametrize(
    "records",
    [
        (),
        (changed({"category": "BRANCH"}),),
        (changed({"jurisdiction": "HU"}),),
        (changed({"registeredAs": "99000043"}),),
        (changed({}, {"status": "DUPLICATE"}),),
    ],
    ids=["none", "branch", "another country", "another number", "void"],
)
async def test_what_does_not_stand_for_the_business_is_not_it(records: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(SubjectUnknown):
        await read(*records)


async def test_of_two_records_the_kept_one_counts() -> None:
    old = changed({"legalName": {"name": "OLD LTD"}}, {"status": "LAPSED", "lastUpdateDate": "2026-09-01T00:00:00Z"})
    for records in ((old, RECORD), (RECORD, old)):
        assert told(await read(*records))["business_legal_name"] == "MADE UP TRADING LTD"


async def test_a_lei_is_looked_up_itself() -> None:
    by_lei = Subject(registration_number=LEI, country="GB")
    assert told(await read(RECORD, subject=by_lei))["registration_number"] == NUMBER
    with pytest.raises(LendlineError):
        await read(renamed(lei_of("another")), subject=by_lei)
    with pytest.raises(SubjectUnknown):
        await read(RECORD, subject=Subject(registration_number=LEI, country="CN"))


@pytest.mark.parametrize("merchant", load()[:3], ids=lambda each: each.id)
async def test_the_sandbox_gives_the_same_by_lei_as_by_number(merchant: Any) -> None:
    merchant = calm(merchant)
    number = lei_of(merchant.registration_number)
    assert lei.is_valid(number)
    async with bench("registry:gleif-1", (merchant,)) as on:
        consent, _, grant = await on.connect(merchant)
        by_lei = Subject(registration_number=number, country=merchant.country)
        found = await on.source.pull(consent, by_lei, grant, NOW.date())
        assert found == await on.source.pull(consent, subject_of(merchant), grant, NOW.date())
        unknown = Subject(registration_number=lei_of("nobody"), country=merchant.country)
        with pytest.raises(SubjectUnknown):
            await on.source.connect(consent, unknown)


@pytest.mark.parametrize(
    ("name", "country", "numbers"),
    [
        ("salt and crumb", "GB", ["99412087"]),
        ("佛山铁桥", "CN", ["91440604MA0HRD3E9H"]),
        ("salt and crumb", "CN", []),
        ("nobody at all", "GB", []),
    ],
)
async def test_a_business_is_found_by_its_name(name: str, country: str, numbers: list[str]) -> None:
    async with bench("registry:gleif-1", load()) as on:
        assert isinstance(on.source, Register)
        found = await on.source.find(name, country)
        assert [each.registration_number for each in found] == numbers
        assert all(each.name and each.place and each.status == "active" for each in found)
