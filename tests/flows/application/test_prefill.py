"""From candidates to one value: the owner's word, trust, freshness; conflicts kept; what is forgotten is gone."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application import prefill
from flows.application.fields import FIELDS
from flows.application.money import CurrencyMismatch, Money, to_cents, total
from flows.application.values import OWNER, Application, Candidate, Feature, said

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SOURCES = ("registry", "tax", "bank", "unheard_of")


def an_application() -> Application:
    return Application(id="LA-1-1", started_at=NOW)


def a_name(source: str, name: str, hours: int = 0, consent: str | None = None) -> Candidate:
    return Candidate(
        field="business_legal_name",
        value=name,
        source=source,
        consent_id=consent or f"c-{source}",
        observed_at=NOW + timedelta(hours=hours),
    )


def revenue(source: str, amount: str) -> Candidate:
    money = {"amount": amount, "currency": "GBP"}
    return Candidate(field="gross_annual_revenue", value=money, source=source, consent_id="c", observed_at=NOW)


@settings(max_examples=80, deadline=None)
@given(st.permutations([a_name(source, source) for source in SOURCES]), st.integers(0, 4))
def test_trust_decides_in_whatever_order_sources_deliver(arrivals: list[Candidate], owner_after: int) -> None:
    application = an_application()
    for place, candidate in enumerate(arrivals):
        if place == owner_after:
            application = prefill.add(application, said("business_legal_name", "Mine", NOW))
        application = prefill.add(application, candidate)
    chosen = application.chosen("business_legal_name")
    assert chosen is not None
    assert chosen.source == (OWNER if owner_after < len(arrivals) else "registry")
    assert len(application.values["business_legal_name"].candidates) == len(arrivals) + (owner_after < len(arrivals))


def test_a_newer_record_of_the_same_source_replaces_the_older_one() -> None:
    application = prefill.add(an_application(), a_name("registry", "Old Ltd"))
    application = prefill.add(application, a_name("registry", "New Ltd", hours=1))
    assert application.text("business_legal_name") == "New Ltd"
    assert not prefill.conflicts(application)


@pytest.mark.parametrize(("other", "conflict"), [("229000", False), ("216001", False), ("215000", True)])
def test_amounts_within_the_tolerance_are_no_conflict(other: str, conflict: bool) -> None:
    application = prefill.add_all(an_application(), (revenue("tax", "240000"), revenue("bank", other)))
    assert bool(prefill.conflicts(application)) is conflict
    assert application.money("gross_annual_revenue") == Money(amount=Decimal("240000.00"), currency="GBP")


def test_amounts_in_two_currencies_are_a_conflict() -> None:
    other = revenue("bank", "240000").model_copy(update={"value": {"amount": "240000", "currency": "CNY"}})
    assert prefill.conflicts(prefill.add_all(an_application(), (revenue("tax", "240000"), other)))


def test_names_that_differ_in_case_and_spacing_are_the_same() -> None:
    application = prefill.add(an_application(), a_name("registry", "SALT AND CRUMB LTD"))
    application = prefill.add(application, a_name("tax", "Salt and  Crumb Ltd."))
    assert not prefill.conflicts(application)


def test_a_choice_of_the_owner_settles_a_conflict_and_keeps_both() -> None:
    application = prefill.add(an_application(), a_name("registry", "A Ltd"))
    application = prefill.add(application, a_name("tax", "B Ltd"))
    assert [each.field for each in prefill.open_conflicts(application)] == ["business_legal_name"]
    application = prefill.pick(application, "business_legal_name", 1, NOW)
    assert application.text("business_legal_name") == "B Ltd"
    assert not prefill.open_conflicts(application)
    assert prefill.conflicts(application)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SOURCES), st.sampled_from(["c-1", "c-2"])), max_size=8))
def test_forgetting_a_consent_leaves_no_trace_of_it(arrivals: list[tuple[str, str]]) -> None:
    application = an_application()
    for number, (source, consent) in enumerate(arrivals):
        application = prefill.add(application, a_name(source, f"marker-{consent}-{number}", consent=consent))
    feature = Feature(name="adb", value=Decimal(1), window="2026-10", source="bank", consent_id="c-1", records=1)
    application = prefill.add_all(application, (), (feature,))
    application = prefill.forget(application, "c-1")
    assert "c-1" not in application.model_dump_json()
    kept = any(consent == "c-2" for _, consent in arrivals)
    assert application.has("business_legal_name") is kept


@pytest.mark.parametrize(
    ("founded", "years"),
    [("2019-11-24", 7), ("2019-11-25", 6), ("2026-11-24", 0), ("2020-02-29", 6), ("2026-12-01", 0)],
)
def test_years_in_business_are_whole_years(founded: str, years: int) -> None:
    candidate = Candidate(field="incorporation_date", value=founded, source="registry", observed_at=NOW)
    application = prefill.derive(prefill.add(an_application(), candidate), NOW)
    assert application.get("time_in_business_years") == years
    assert isinstance(application.get("incorporation_date"), date)


def test_every_applicant_facing_field_is_missing_at_first_and_the_phone_too() -> None:
    missing = prefill.missing(an_application())
    assert len(missing) == 26
    assert all(name in FIELDS for name in missing)


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False), st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_money_adds_and_is_rounded_half_up_to_cents(one: Decimal, two: Decimal) -> None:
    left, right = Money(amount=one, currency="CNY"), Money(amount=two, currency="CNY")
    assert (left + right).amount == one + two
    assert total((left, right), "CNY") == left + right
    assert abs(to_cents(one) - one) <= Decimal("0.005")
    with pytest.raises(CurrencyMismatch):
        _ = left + Money(amount=two, currency="GBP")
