"""`lendline demo`: the bars of the main job, measured in a real run of every merchant."""

import json
from pathlib import Path

import pytest

from tests import databases
from tests.journeys.test_commands import lendline

pytestmark = pytest.mark.journey


def test_every_merchant_reaches_the_decision_its_records_call_for(tmp_path: Path) -> None:
    where = ("--database", databases.url_for(tmp_path, "demo")) if databases.is_postgresql() else ()
    report = json.loads(lendline(tmp_path, "demo", "--json", *where))
    journeys, summary = report["journeys"], report["summary"]
    assert summary["journeys"] >= 24
    assert summary["completed"] == summary["journeys"]
    assert [each["wrong_fields"] for each in journeys if each["wrong_values"]] == []
    assert summary["median_typed_answers"] <= 2
    assert summary["median_answers"] <= 5
    assert summary["prefilled_share"] >= 0.68
    by_sources = summary["prefilled_share_by_sources"]
    assert by_sources[0] == 0
    assert by_sources == sorted(by_sources)
    assert by_sources[3] >= 0.68
    assert summary["seconds"] < 60
    assert max(each["seconds_to_decision"] for each in journeys) < 1
    assert max((seconds for each in journeys for seconds in each["status_relay_seconds"]), default=0) < 1
    assert {each["outcome"] for each in journeys} >= {"offered", "rejected"}


def test_the_demo_prints_a_conversation_and_a_table(tmp_path: Path) -> None:
    out = lendline(tmp_path, "demo", "--merchant", "salt-and-crumb")
    assert "Maeve Hartley" in out
    assert "Sign and send" in out
    assert "1 of 1 journeys complete" in out
    assert "Required fields by sources linked" in out


@pytest.mark.parametrize("merchant", ["jinye-tobacco", "salt-and-crumb"])
def test_with_a_licence_and_two_linked_sources_nothing_is_typed(tmp_path: Path, merchant: str) -> None:
    report = json.loads(lendline(tmp_path, "demo", "--papers", "--merchant", merchant, "--json"))
    (journey,) = report["journeys"]
    assert (journey["outcome"], journey["wrong_values"], journey["papers_sent"]) == ("offered", 0, 1)
    assert journey["typed_answers"] == 0
    assert journey["from_documents"] >= 1
    assert journey["sources_linked"] == 3  # the register, and the two that were linked
    assert report["summary"]["identified_share"] >= 0.80
