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
