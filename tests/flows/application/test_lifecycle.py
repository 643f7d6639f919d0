"""The life cycle against its published table, typed here a second time by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application.lifecycle import TRANSITIONS, Side, Status, is_final, may_become, whose_turn

TABLE = {
    "draft": "submitted withdrawn expired",
    "submitted": "under_review action_required offered rejected withdrawn cancelled",
    "under_review": "action_required offered rejected withdrawn cancelled",
    "action_required": "under_review withdrawn expired rejected",
    "offered": "offer_accepted offer_declined expired cancelled offered",
    "offer_accepted": "disbursed action_required cancelled withdrawn rejected",
    "disbursed": "",
    "rejected": "",
    "offer_declined": "",
    "withdrawn": "",
    "expired": "",
    "cancelled": "",
}
TURN = {
    "draft": Side.OWNER,
    "submitted": Side.LENDER,
    "under_review": Side.LENDER,
    "action_required": Side.OWNER,
    "offered": Side.OWNER,
    "offer_accepted": Side.SHARED,
}


def test_every_status_is_in_the_table() -> None:
    assert {status.value for status in Status} == set(TABLE) == {status.value for status in TRANSITIONS}


@pytest.mark.parametrize("now", Status)
@pytest.mark.parametrize("then", Status)
def test_only_the_transitions_of_the_table_are_allowed(now: Status, then: Status) -> None:
    assert may_become(now, then) == (then.value in TABLE[now.value].split())


@pytest.mark.parametrize("status", Status)
def test_turn_and_finality(status: Status) -> None:
    assert whose_turn(status) is TURN.get(status.value, Side.NOBODY)
    assert is_final(status) == (TABLE[status.value] == "")
    assert is_final(status) == (whose_turn(status) is Side.NOBODY)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(list(Status)), max_size=30))
def test_no_walk_leaves_the_table_or_a_final_status(wanted: list[Status]) -> None:
    now, ended = Status.DRAFT, False
    for then in wanted:
        if may_become(now, then):
            assert not ended
            assert then.value in TABLE[now.value].split()
            now = then
        ended = ended or is_final(now)
