"""Links to listed parties: bounded, capped at hubs, explained by their path; and records that contradict each other."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from flows.application import products
from flows.errors import WrongDeclaration
from integrations.scoring.reference import card
from integrations.scoring.reference.checks import checked, disagree
from integrations.scoring.reference.desk import Desk
from integrations.scoring.reference.relations import Action, Edge, Listed, Relation, build, load
from integrations.scoring.reference.wire import Question


def edge(left: str, right: str, kind: str) -> Edge:
    return Edge(left=left, right=right, kind=kind, source="register", seen="2026-01-05")


PHONE = (("phone", "+447700900123"),)
BROKER = Listed(party="broker", on="brokers", confirmed=True)


def test_a_shared_phone_is_referred_with_the_path_as_evidence() -> None:
    relations = build([edge("broker", "+447700900123", "phone")], [BROKER])
    found = relations.check(PHONE)
    assert (found.action, found.on, found.cost) == (Action.REFER, "brokers", Decimal("1.2"))
    assert found.steps[-1] == "phone (register, 2026-01-05)"
    assert "+447700900123" not in json.dumps(found.model_dump(mode="json"))


def test_only_a_proven_direct_hard_link_declines() -> None:
    relations = build([edge("broker", "AB1", "id")], [BROKER])
    assert relations.check([("id", "AB1")]).action is Action.DECLINE
    suspected = build([edge("broker", "AB1", "id")], [Listed(party="broker", on="brokers")])
    assert suspected.check([("id", "AB1")]).action is Action.REFER


def test_a_far_link_is_a_note_and_beyond_the_budget_there_is_none() -> None:
    near = [edge("a", "+447700900123", "phone"), edge("a", "broker", "transfer")]
    assert build(near, [BROKER]).check(PHONE).action is Action.NOTE
    far = [edge("a", "+447700900123", "phone"), edge("a", "b", "transfer"), edge("b", "broker", "transfer")]
    assert build(far, [BROKER]).check(PHONE).action is Action.CLEAR


@pytest.mark.parametrize(("users", "action"), [(12, Action.REFER), (13, Action.CLEAR)])
def test_an_identifier_that_many_use_joins_nobody(users: int, action: Action) -> None:
    edges = [edge("broker" if number == 0 else f"p{number}", "+447700900123", "phone") for number in range(users)]
    assert build(edges, [BROKER]).check(PHONE).action is action


def test_what_cannot_be_checked_is_referred_and_never_linked() -> None:
    assert build([], []).check(()).action is Action.UNCHECKED
    assert checked("approve", {}, Relation(action=Action.UNCHECKED)) == ("refer", ("9", "relations_unchecked"))
    assert checked("decline", {}, Relation(action=Action.UNCHECKED)) == ("decline", None)
    assert checked("more_data", {}, Relation(action=Action.REFER)) == ("more_data", None)


def test_records_that_contradict_each_other_go_to_a_person() -> None:
    half = {"inflow_12m": Decimal(39), "declared_sales_12m": Decimal(100)}
    assert disagree(half)
    assert not disagree({**half, "inflow_12m": Decimal(40)})
    assert not disagree({"declared_sales_12m": Decimal(100)})
    assert checked("approve", half, None) == ("refer", ("9", "records_disagree"))


def test_a_decision_with_a_link_is_replayed_bit_for_bit() -> None:
    desk = Desk(card.load(), products.load(), build([edge("broker", "AB1", "id")], [BROKER]))
    question = Question.model_validate(
        {
            "application_id": "LA-1",
            "as_of": "2026-11-23",
            "requested": {"amount": "20000", "currency": "GBP", "term_months": 12},
            "applicant": {"registration_number": {"value": "ab 1"}},
        }
    )
    inputs = desk.inputs(question)
    answer = desk.decide(inputs).answer
    assert answer.decision == "decline"
    assert [reason.detail for reason in answer.reasons] == ["listed_relation"]
    again = Desk(card.load(), products.load()).decide(type(inputs).model_validate_json(inputs.model_dump_json()))
    assert again.answer.model_dump_json() == answer.model_dump_json()


def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "links.yaml"
    file.write_text("edges:\n  - {left: a, right: b, kind: friend, source: x, seen: 2026-01-01}\n", encoding="utf-8")
    with pytest.raises(WrongDeclaration, match=r"links.yaml:2.*friend"):
        load(file)
