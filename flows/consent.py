"""Consent as a record: who may fetch what, from where, for which purpose, until when, for whom.

Modelled on India's account-aggregator artefact. Any change is a new consent.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime

from flows.errors import ConsentMissing
from flows.messages import Frozen


class ConsentState(StrEnum):
    """Where a consent stands. Only `active` allows a pull."""

    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    REJECTED = "rejected"
    REVOKED = "revoked"
    EXPIRED = "expired"


class Consent(Frozen):
    """One owner's permission for one source, for the application it was asked for.

    `kinds` are the data kinds of the source's manifest, `purpose` a code, `recipients` the lenders
    that may see the data, `documents` the files given under it, `keep_days` how long the data lives here after the
    latest pull. `every_days` is 0 for records that are fetched once; otherwise they are fetched again so often until
    `valid_until`. `mode` says that the data is stored here, not only looked at.
    """

    id: str
    source: str
    kinds: tuple[str, ...]
    purpose: str
    recipients: tuple[str, ...]
    state: ConsentState
    asked_at: AwareDatetime
    answered_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    valid_until: AwareDatetime
    data_from: AwareDatetime
    data_to: AwareDatetime
    keep_days: int
    every_days: int = 0
    mode: Literal["store"] = "store"
    reason: str = ""
    documents: tuple[str, ...] = ()

    @property
    def periodic(self) -> bool:
        """Whether records are fetched again while it lasts."""
        return self.every_days > 0

    def allows(self, source: str, now: datetime) -> bool:
        """Whether data may be fetched from `source` at `now`."""
        return self.source == source and self.state is ConsentState.ACTIVE and now < self.valid_until

    def require(self, source: str, now: datetime) -> None:
        """Raise ConsentMissing unless `allows`."""
        if not self.allows(source, now):
            raise ConsentMissing(source=source, consent_id=self.id, state=self.state.value)
