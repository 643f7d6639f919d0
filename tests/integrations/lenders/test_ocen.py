"""OCEN 4.0 status names: all thirty have a place in our life cycle, and nothing else is touched."""

from datetime import UTC, datetime

import pytest

from flows.application.lifecycle import Milestone, Status
from flows.events import StatusData
from integrations.lenders.ocen import STATUSES, translated

# The mapping of statuses, typed here a second time by hand.
TABLE = {
    "submitted": "CREATED",
    "under_review": "PROCESSING CONSENT_INITIATED CONSENT_RECEIVED",
    "action_required": "ACTION_REQUIRED CONSENT_REJECTED KYC_FAILED LOAN_AGREEMENT_FAILED REPAYMENT_SETUP_FAILED "
    "REPAYMENT_SETUP_REJECTED SET_DISBURSEMENT_ACCOUNT_FAILED SET_DISBURSEMENT_ACCOUNT_REJECTED",
    "offered": "OFFERED",
    "offer_accepted": "OFFER_ACCEPTED KYC_INITIATED KYC_COMPLETED LOAN_AGREEMENT_INITIATED LOAN_AGREEMENT_COMPLETED "
    "REPAYMENT_SETUP_INITIATED REPAYMENT_SETUP_COMPLETED SET_DISBURSEMENT_ACCOUNT_INITIATED "
    "SET_DISBURSEMENT_ACCOUNT_COMPLETED GRANTED DISBURSEMENT_INITIATED DISBURSED_FAILED",
    "disbursed": "DISBURSEMENT_COMPLETED CLOSED",
    "rejected": "REJECTED KYC_REJECTED",
    "cancelled": "CANCELLED",
}
NAMES = {name: ours for ours, names in TABLE.items() for name in names.split()}


def data(status: str, **more: object) -> StatusData:
    plain = {
        "application_id": "LA-1",
        "sequence": 1,
        "status": status,
        "occurred_at": datetime(2026, 11, 23, tzinfo=UTC),
    }
    return StatusData.model_validate(plain | more)


def test_all_thirty_names_are_known() -> None:
    assert len(NAMES) == 30
    assert set(STATUSES) == set(NAMES)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_name_becomes_our_status_and_is_kept(name: str) -> None:
    ours = translated(data(name))
    assert (ours.status, ours.lender_status) == (NAMES[name], name)
    assert ours.milestone == "" or ours.milestone in set(Milestone)
    assert translated(data(name, lender_status="own")).lender_status == "own"


@pytest.mark.parametrize("name", ["processing", "SOMETHING_NEW", "", *Status])
def test_other_names_go_through_as_they_came(name: str) -> None:
    came = data(name or "x")
    assert translated(came) is came
