"""The life cycle of a submitted application: statuses, whose turn it is, allowed transitions.

Vocabulary after OCEN 4.0, Mambu, Fineract and CFPB 1071 (see the transition table in the design).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """What the owner sees of an application."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    ACTION_REQUIRED = "action_required"
    OFFERED = "offered"
    OFFER_ACCEPTED = "offer_accepted"
    DISBURSED = "disbursed"
    REJECTED = "rejected"
    OFFER_DECLINED = "offer_declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Milestone(StrEnum):
    """What has happened on the way, beside the status. CLOSED and GRANTED are OCEN's: repaid, and about to be paid."""

    CONSENT_REQUESTED = "consent_requested"
    CONSENT_GRANTED = "consent_granted"
    CONSENT_REJECTED = "consent_rejected"
    CONSENT_PAUSED = "consent_paused"
    CONSENT_REVOKED = "consent_revoked"
    CONSENT_EXPIRED = "consent_expired"
    DATA_FETCH_STARTED = "data_fetch_started"
    DATA_FETCH_COMPLETED = "data_fetch_completed"
    DATA_FETCH_FAILED = "data_fetch_failed"
    DOCUMENT_RECEIVED = "document_received"
    DOCUMENT_ACCEPTED = "document_accepted"
    DOCUMENT_REJECTED = "document_rejected"
    KYC_STARTED = "kyc_started"
    KYC_COMPLETED = "kyc_completed"
    KYC_FAILED = "kyc_failed"
    AGREEMENT_SENT = "agreement_sent"
    AGREEMENT_SIGNED = "agreement_signed"
    AGREEMENT_FAILED = "agreement_failed"
    MANDATE_STARTED = "mandate_started"
    MANDATE_COMPLETED = "mandate_completed"
    MANDATE_FAILED = "mandate_failed"
    PAYOUT_ACCOUNT_SET = "payout_account_set"
    PAYOUT_ACCOUNT_VERIFIED = "payout_account_verified"
    PAYOUT_ACCOUNT_FAILED = "payout_account_failed"
    GRANTED = "granted"
    DISBURSEMENT_STARTED = "disbursement_started"
    DISBURSEMENT_COMPLETED = "disbursement_completed"
    DISBURSEMENT_FAILED = "disbursement_failed"
    HANDOFF_OPENED = "handoff_opened"
    HANDOFF_CLOSED = "handoff_closed"
    ADVERSE_ACTION_NOTICE_SENT = "adverse_action_notice_sent"
    CLOSED = "closed"


class Side(StrEnum):
    """Whose turn it is."""

    OWNER = "owner"
    LENDER = "lender"
    SHARED = "shared"
    NOBODY = "nobody"


S = Status
TRANSITIONS: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        S.DRAFT: frozenset({S.SUBMITTED, S.WITHDRAWN, S.EXPIRED}),
        S.SUBMITTED: frozenset({S.UNDER_REVIEW, S.ACTION_REQUIRED, S.OFFERED, S.REJECTED, S.WITHDRAWN, S.CANCELLED}),
        S.UNDER_REVIEW: frozenset({S.ACTION_REQUIRED, S.OFFERED, S.REJECTED, S.WITHDRAWN, S.CANCELLED}),
        S.ACTION_REQUIRED: frozenset({S.UNDER_REVIEW, S.WITHDRAWN, S.EXPIRED, S.REJECTED}),
        S.OFFERED: frozenset({S.OFFERED, S.OFFER_ACCEPTED, S.OFFER_DECLINED, S.EXPIRED, S.CANCELLED}),
        S.OFFER_ACCEPTED: frozenset({S.DISBURSED, S.ACTION_REQUIRED, S.CANCELLED, S.WITHDRAWN, S.REJECTED}),
        S.DISBURSED: frozenset(),
        S.REJECTED: frozenset(),
        S.OFFER_DECLINED: frozenset(),
        S.WITHDRAWN: frozenset(),
        S.EXPIRED: frozenset(),
        S.CANCELLED: frozenset(),
    }
)

_TURN: Mapping[Status, Side] = MappingProxyType(
    {
        S.DRAFT: Side.OWNER,
        S.SUBMITTED: Side.LENDER,
        S.UNDER_REVIEW: Side.LENDER,
        S.ACTION_REQUIRED: Side.OWNER,
        S.OFFERED: Side.OWNER,
        S.OFFER_ACCEPTED: Side.SHARED,
    }
)


def may_become(now: Status, then: Status) -> bool:
    """Whether the transition table allows `now` to become `then`."""
    return then in TRANSITIONS[now]


def whose_turn(status: Status) -> Side:
    """Who acts next in a status; nobody in a final one."""
    return _TURN.get(status, Side.NOBODY)


def is_final(status: Status) -> bool:
    """Whether nothing can follow."""
    return not TRANSITIONS[status]
