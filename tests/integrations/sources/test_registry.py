"""The register as the public API really answers: bands instead of percentages, several directors."""

from datetime import UTC, datetime

import httpx
import pytest

from flows.application import prefill
from flows.application.values import Application
from flows.errors import SourceUnavailable
from flows.ports import Register, Subject
from integrations.merchants import load
from integrations.sources import catalog, declared
from tests.integrations.sources.bench import NOW, Clock, bench, status
from tests.integrations.sources.test_journey import consent_for

COMPANY = {
    "company_number": "99000042",
    "company_name": "MADE UP TRADING LTD",
    "company_status": "active",
    "type": "ltd",
    "date_of_creation": "2020-05-31",
    "registered_office_address": {"address_line_1": "1 Nowhere Row", "locality": "Leeds", "postal_code": "LS1 9ZZ"},
    "sic_codes": ["47240", "47110"],
}
OWNER = {"name_elements": {"forename": "Ann", "middle_name": "Bea", "surname": "McNeill"}, "name": "Ms Ann Bea McNeill"}
DIRECTOR = {"name": "MCNEILL, Ann Bea", "officer_role": "director", "appointed_on": "2020-05-31"}
SECOND = {"name": "HALE, Cid", "officer_role": "director", "appointed_on": "2021-01-01"}


async def read(answers: dict[str, object]) -> tuple[Application, tuple[str, ...]]:
    """Pull from a register that gives these answers below /company/99000042."""

    async def answer(request: httpx.Request) -> httpx.Response:
        known = {"": COMPANY, "filing-history": {"items": [], "total_count": 0}, **answers}
        return httpx.Response(200, json=known[request.url.path.removeprefix("/company/99000042").strip("/")])

    manifest = next(each for each in declared.manifests() if each.name == "registry")
    source, client = catalog.open_source(
        manifest, "http://register.test", clock=Clock(), transport=httpx.MockTransport(answer)
    )
    consent, subject = consent_for(source), Subject(registration_number="99000042", country="GB")
    evidence = await source.pull(consent, subject, await source.connect(consent, subject), NOW.date())
    await client.aclose()
    empty = Application(id="LA-1", started_at=datetime.now(UTC))
    return prefill.add_all(empty, evidence.candidates, evidence.features), evidence.notes


async def test_bands_are_not_percentages() -> None:
    owner = {**OWNER, "natures_of_control": ["ownership-of-shares-75-to-100-percent"]}
    application, notes = await read(
        {"officers": {"items": [DIRECTOR]}, "persons-with-significant-control": {"items": [owner]}}
    )
    assert application.text("representative_name") == "Ann Bea Mcneill"
    assert not application.has("representative_ownership_percent")
    assert not application.has("beneficial_owners")
    assert notes == ("source.note.ownership_bands",)


async def test_two_directors_without_known_shares_are_left_to_the_owner() -> None:
    application, notes = await read(
        {"officers": {"items": [DIRECTOR, SECOND]}, "persons-with-significant-control": {"items": []}}
    )
    assert not application.has("representative_name")
    assert notes == ("source.note.several_representatives",)


async def test_the_director_who_owns_most_represents() -> None:
    owner = {**OWNER, "shareholding_percentage": "51"}
    application, _ = await read(
        {"officers": {"items": [SECOND, DIRECTOR]}, "persons-with-significant-control": {"items": [owner]}}
    )
    assert application.text("representative_name") == "Ann Bea McNeill"
    assert application.get("representative_ownership_percent") == 51
    assert application.get("beneficial_owners")[0].ownership_percent == 51


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"company_status": "liquidation"}, "in_insolvency"),
        ({"company_status": "dissolved"}, "dissolved"),
        ({"has_dormant_accounts": True}, "dormant"),
        ({"company_status": "something-new"}, None),
        ({"company_status": None}, None),
    ],
    ids=str,
)
async def test_a_status_it_does_not_know_is_unknown(
    changed: dict[str, object], status: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in changed.items():
        monkeypatch.setitem(COMPANY, key, value)
    application, _ = await read({"officers": {"items": []}, "persons-with-significant-control": {"items": []}})
    assert application.text("registration_status") == status
    assert {each.name: each.value for each in application.features}["registration_status"] == status


@pytest.mark.parametrize(
    ("name", "country", "numbers"),
    [
        ("salt and crumb", "GB", ["99412087"]),
        ("Salt & Crumb", "GB", []),
        ("佛山铁桥", "CN", ["91440604MA0HRD3E9H"]),
        ("salt and crumb", "CN", []),
        ("nobody at all", "GB", []),
    ],
)
async def test_a_business_is_found_by_its_name(name: str, country: str, numbers: list[str]) -> None:
    async with bench("registry", load()) as on:
        assert isinstance(on.source, Register)
        found = await on.source.find(name, country)
        assert [each.registration_number for each in found] == numbers
        assert all(each.name and each.place for each in found)


async def test_a_search_gives_a_handful() -> None:
    async with bench("registry", load()) as on:
        assert isinstance(on.source, Register)
        assert len(await on.source.find("ltd", "GB")) == 5


async def test_a_register_that_fails_is_a_fact() -> None:
    async with bench("registry", load()) as on:
        assert isinstance(on.source, Register)
        on.faults.break_next(*(status(503),) * 3)
        with pytest.raises(SourceUnavailable):
            await on.source.find("salt", "GB")
