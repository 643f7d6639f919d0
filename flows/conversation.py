"""The state of one conversation: everything a flow may know, saved as one sealed row.

It holds no position that could disagree with the answers: which step is next follows from what is
still missing (see `flows.engine.course`), unless the owner went back to a step (`at`).
"""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from flows.application.lifecycle import Status
from flows.application.values import Application
from flows.consent import Consent
from flows.events import LenderAction, LenderPushed
from flows.messages import Choice, Frozen
from flows.ports import Offer, Reason, Subject


class Speaker(StrEnum):
    """Who speaks for Lendline: the assistant or a member of staff."""

    ASSISTANT = "assistant"
    PERSON = "person"


class LiveCard(Frozen):
    """The card whose buttons count now. Buttons of any other revision are old."""

    step: str
    revision: int
    choices: tuple[Choice, ...] = ()


class PullState(StrEnum):
    """How far the fetching from one source is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


class Pull(Frozen):
    """The latest try to fetch from one source, as the progress card shows it."""

    source: str
    consent_id: str
    attempt: int
    state: PullState
    asked_at: AwareDatetime
    finished_at: AwareDatetime | None = None
    fact: str = ""
    records: int = 0
    filled: int = 0
    notes: tuple[str, ...] = ()


class TimelineEntry(Frozen):
    """One status the owner was shown, or a lender update that was only recorded."""

    at: AwareDatetime
    occurred_at: AwareDatetime
    status: Status | None
    raw: str
    shown: bool
    webhook_id: str = ""


class Submission(BaseModel):
    """One application as one lender has it: status, whose turn, offers, history."""

    application_id: str
    lender: str
    status: Status
    since: AwareDatetime
    raw_status: str = ""
    expected_by: AwareDatetime | None = None
    sequence: int = -1
    waiting: tuple[LenderPushed, ...] = ()
    actions: tuple[LenderAction, ...] = ()
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    past_offers: tuple[Offer, ...] = ()
    accepted: str | None = None
    timeline: tuple[TimelineEntry, ...] = ()
    decided_by: str = ""


class Proposal(Frozen):
    """A change the assistant understood and wants confirmed before it counts."""

    field: str
    value: object = Field(description="canonical JSON of the field's kind")
    message_id: str = ""


class Conversation(BaseModel):
    """One owner on one channel."""

    model_config = ConfigDict(validate_assignment=False)

    id: str
    channel: str
    address: str
    lang: str = "en"
    lang_chosen: bool = False
    owner_name: str = ""
    started_at: AwareDatetime

    # The journey: what is done. The next step follows from these.
    welcomed: bool = False
    subject: Subject | None = None
    business_confirmed: bool = False
    needs_confirmed: bool = False
    connected: bool = False
    pages_seen: tuple[str, ...] = ()
    application: Application
    consents: dict[str, Consent] = Field(default_factory=dict)
    pulls: dict[str, Pull] = Field(default_factory=dict)
    submission: Submission | None = None
    past: tuple[Submission, ...] = ()

    # The dialogue.
    at: str | None = None
    page: int = 0
    trail: tuple[str, ...] = ()
    live: LiveCard | None = None
    revision: int = 0
    trouble: int = 0
    proposal: Proposal | None = None
    answered_by: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    paused: bool = False

    # Who speaks.
    speaker: Speaker = Speaker.ASSISTANT
    person: str = ""
    person_wanted: str = ""

    def active_consent(self, source: str, now: datetime) -> Consent | None:
        """The consent that allows a pull from `source` now."""
        return next((each for each in self.consents.values() if each.allows(source, now)), None)
