"""OCEN 4.0 status names as ours: an adapter for lenders whose systems speak that protocol.

The thirty values of `loanApplicationStatus` in its newer `loan.json` (github.com/iSPIRT/OCEN-Documentation, alpha),
spelled as there, `DISBURSED_FAILED` included. What is not among them goes through as it came.
"""

from collections.abc import Mapping
from types import MappingProxyType

from flows.application.lifecycle import Milestone, Status
from flows.events import StatusData

DIALECT = "ocen-4.0"
S, M = Status, Milestone
STATUSES: Mapping[str, tuple[Status, Milestone | None]] = MappingProxyType(
    {
        "CREATED": (S.SUBMITTED, None),
        "PROCESSING": (S.UNDER_REVIEW, None),
        "CONSENT_INITIATED": (S.UNDER_REVIEW, M.CONSENT_REQUESTED),
        "CONSENT_RECEIVED": (S.UNDER_REVIEW, M.CONSENT_GRANTED),
        "CONSENT_REJECTED": (S.ACTION_REQUIRED, M.CONSENT_REJECTED),
        "ACTION_REQUIRED": (S.ACTION_REQUIRED, None),
        "OFFERED": (S.OFFERED, None),
        "OFFER_ACCEPTED": (S.OFFER_ACCEPTED, None),
        "KYC_INITIATED": (S.OFFER_ACCEPTED, M.KYC_STARTED),
        "KYC_COMPLETED": (S.OFFER_ACCEPTED, M.KYC_COMPLETED),
        "KYC_FAILED": (S.ACTION_REQUIRED, M.KYC_FAILED),
        "KYC_REJECTED": (S.REJECTED, M.KYC_FAILED),
        "LOAN_AGREEMENT_INITIATED": (S.OFFER_ACCEPTED, M.AGREEMENT_SENT),
        "LOAN_AGREEMENT_COMPLETED": (S.OFFER_ACCEPTED, M.AGREEMENT_SIGNED),
        "LOAN_AGREEMENT_FAILED": (S.ACTION_REQUIRED, M.AGREEMENT_FAILED),
        "REPAYMENT_SETUP_INITIATED": (S.OFFER_ACCEPTED, M.MANDATE_STARTED),
        "REPAYMENT_SETUP_COMPLETED": (S.OFFER_ACCEPTED, M.MANDATE_COMPLETED),
        "REPAYMENT_SETUP_FAILED": (S.ACTION_REQUIRED, M.MANDATE_FAILED),
        "REPAYMENT_SETUP_REJECTED": (S.ACTION_REQUIRED, M.MANDATE_FAILED),
        "SET_DISBURSEMENT_ACCOUNT_INITIATED": (S.OFFER_ACCEPTED, M.PAYOUT_ACCOUNT_SET),
        "SET_DISBURSEMENT_ACCOUNT_COMPLETED": (S.OFFER_ACCEPTED, M.PAYOUT_ACCOUNT_VERIFIED),
        "SET_DISBURSEMENT_ACCOUNT_FAILED": (S.ACTION_REQUIRED, M.PAYOUT_ACCOUNT_FAILED),
        "SET_DISBURSEMENT_ACCOUNT_REJECTED": (S.ACTION_REQUIRED, M.PAYOUT_ACCOUNT_FAILED),
        "GRANTED": (S.OFFER_ACCEPTED, M.GRANTED),
        "DISBURSEMENT_INITIATED": (S.OFFER_ACCEPTED, M.DISBURSEMENT_STARTED),
        "DISBURSED_FAILED": (S.OFFER_ACCEPTED, M.DISBURSEMENT_FAILED),
        "DISBURSEMENT_COMPLETED": (S.DISBURSED, M.DISBURSEMENT_COMPLETED),
        "REJECTED": (S.REJECTED, None),
        "CANCELLED": (S.CANCELLED, None),
        "CLOSED": (S.DISBURSED, M.CLOSED),  # servicing: the loan is repaid; told, and no status of ours
    }
)


def translated(data: StatusData) -> StatusData:
    """A status in OCEN's words in ours, with the lender's own word kept beside it."""
    known = STATUSES.get(data.status)
    if known is None:
        return data
    status, milestone = known
    return data.model_copy(
        update={
            "status": status.value,
            "lender_status": data.lender_status or data.status,
            "milestone": data.milestone or (milestone.value if milestone is not None else ""),
        }
    )
