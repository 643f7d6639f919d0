"""Everything that can happen to a conversation. Each enters by the one door, once.

An `Arrival` is an event with its address and its unique id; the id is what makes a repeat harmless.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from flows.application.attributes.differences import Difference
from flows.application.papers.values import PaperValue
from flows.application.report.model import Report
from flows.application.values import Feature
from flows.events.staff import (
    Closed,
    ErasureWanted,
    HandedBack,
    Labelled,
    MarkedWrong,
    PullWanted,
    Reopened,
    Snoozed,
    StaffNoted,
    StaffProposed,
    StaffSaid,
    StaffTook,
    Transferred,
)
from flows.knowledge.claims import Written
from flows.messages import Frozen, Heard
from flows.ports import Evidence, Listed, Offer, Reason, Received, ScoringDecision, Understood

MOST_OFFERS = 60  # as many as one card can have buttons for on every channel


class OwnerSaid(Frozen):
    """The owner wrote, tapped, sent a file or edited."""

    kind: Literal["owner_said"] = "owner_said"
    heard: Heard


class PullStarted(Frozen):
    """A worker has begun to fetch from a source."""

    kind: Literal["pull_started"] = "pull_started"
    source: str
    consent_id: str
    attempt: int


class PullFinished(Frozen):
    """A pull brought evidence."""

    kind: Literal["pull_finished"] = "pull_finished"
    attempt: int
    evidence: Evidence


class PullFailed(Frozen):
    """A pull brought nothing. `fact` says which error it was, `detail` is for staff only."""

    kind: Literal["pull_failed"] = "pull_failed"
    source: str
    consent_id: str
    attempt: int
    fact: Literal["refused", "unavailable", "unreadable", "unknown_subject", "no_consent"]
    detail: str = ""


class OwnerWanted(Frozen):
    """A source wants its owner to approve at its own page before anything can be fetched."""

    kind: Literal["owner_wanted"] = "owner_wanted"
    source: str
    consent_id: str
    attempt: int


class OwnerReturned(Frozen):
    """The owner came back from the page of a source, with a yes or a no."""

    kind: Literal["owner_returned"] = "owner_returned"
    consent_id: str
    allowed: bool


class Assessed(Frozen):
    """The attributes of all records, and sums that disagree. An older `number` than the last asked for is stale."""

    kind: Literal["assessed"] = "assessed"
    number: int
    features: tuple[Feature, ...]
    differences: tuple[Difference, ...] = ()


class ReportMade(Frozen):
    """The credit report that the owner asked for. An older `number` than the last asked for is stale."""

    kind: Literal["report_made"] = "report_made"
    number: int
    report: Report
    wants: str = "card"


class ReportOpened(Frozen):
    """Somebody opened a report by a link that the owner gave; `who` is what they said of themselves."""

    kind: Literal["report_opened"] = "report_opened"
    share_id: str
    who: str = Field(max_length=120)


class DataRead(Frozen):
    """A lender read a submitted application."""

    kind: Literal["data_read"] = "data_read"
    lender: str
    application_id: str


class FileRead(Frozen):
    """A file that the owner sent was read; nothing of it is used before the owner says so.

    `source` is the source it belongs to, `rows` how many records it holds from `first` to `last`, `unread` how many
    rows could not be read. `proof`: whether its own balances prove it.
    """

    kind: Literal["file_read"] = "file_read"
    document_id: str
    source: str
    format: str
    rows: int = Field(ge=0)
    first: date | None = None
    last: date | None = None
    proof: Literal["proved", "broken", "none"] = "none"
    unread: int = 0


class PaperRead(Frozen):
    """A paper that the owner sent as a picture or PDF was looked at; nothing of it is used before the owner says so.

    `paper` is a key of `flows.application.papers.table`: one of the twenty-six, or an open one (`unknown`, `invoice`,
    `contract`, `picture`). `unclear` names values that should stand on it and were not read; `problem` is one of
    `table.READING_PROBLEMS`, or empty. `country` (ISO 3166-1 alpha-2) is where it was issued, as far as it shows.
    `sha256` is of the file as it came. The file is kept as long as any that waits for the owner's word.
    """

    kind: Literal["paper_read"] = "paper_read"
    document_id: str
    paper: str
    values: tuple[PaperValue, ...] = Field(default=(), max_length=60)
    unclear: tuple[str, ...] = ()
    problem: str = ""
    country: str = ""
    sha256: str = ""
    pages: int = Field(default=1, ge=0)
    read_by: Literal["code", "text", "ocr", "identity", "nobody"] = "nobody"


class FileRefused(Frozen):
    """A file could not be read. `fact` is what the owner is told, `detail` is for staff only."""

    kind: Literal["file_refused"] = "file_refused"
    document_id: str
    fact: str
    detail: str = ""


class ConsentAnswered(Frozen):
    """The owner answered on the consent page."""

    kind: Literal["consent_answered"] = "consent_answered"
    consent_id: str
    allowed: bool
    reason: str = ""


class Decided(Frozen):
    """The scoring service answered; `decision` None means it was accepted and events will follow."""

    kind: Literal["decided"] = "decided"
    application_id: str
    decision: ScoringDecision | None


class SubmissionFailed(Frozen):
    """The application could not be handed over. `final`: it will not be tried again by itself."""

    kind: Literal["submission_failed"] = "submission_failed"
    application_id: str
    final: bool
    detail: str = ""


class BusinessesFound(Frozen):
    """What the public register lists under a name. `fact` says why it could not be asked, "" when it could."""

    kind: Literal["businesses_found"] = "businesses_found"
    number: int
    found: tuple[Listed, ...] = ()
    fact: str = ""


class ModelAnswered(Frozen):
    """The language model answered; `found` None means that it failed, `fact` says how."""

    kind: Literal["model_answered"] = "model_answered"
    number: int
    found: Understood | Written | None = None
    fact: str = ""


class LenderAction(Received):
    """Something the lender asks the owner to do."""

    type: str
    document: str = ""
    field: str = ""
    reason: str = ""
    party: str = Field(default="", max_length=120, description="another person who has to agree, by name")
    due_at: AwareDatetime | None = None


class StatusData(Received):
    """`data` of a lender's status event; see the outside contract, section 5."""

    application_id: str = Field(min_length=1, max_length=64)
    sequence: int = Field(ge=0)
    status: str = Field(min_length=1, max_length=64)
    lender_status: str | None = Field(default=None, max_length=120)
    milestone: str = Field(default="", max_length=64)
    occurred_at: AwareDatetime
    expected_by: AwareDatetime | None = None
    actions: tuple[LenderAction, ...] = Field(default=(), max_length=20)
    reasons: tuple[Reason, ...] = Field(default=(), max_length=20)
    offers: tuple[Offer, ...] = Field(default=(), max_length=MOST_OFFERS)


class LenderPushed(Frozen):
    """A lender pushed a status; `webhook_id` names the delivery, `corrects` an earlier one."""

    kind: Literal["lender_pushed"] = "lender_pushed"
    lender: str
    webhook_id: str
    data: StatusData
    corrects: str | None = None


class PartyAnswered(Frozen):
    """A co-signer or shareholder answered on the page of their own what the lender asked at `place`."""

    kind: Literal["party_answered"] = "party_answered"
    application_id: str
    place: int = Field(ge=0)
    party: str
    agreed: bool


class TimerFired(Frozen):
    """A timer came due. `name` says which, `arg` what it is about."""

    kind: Literal["timer_fired"] = "timer_fired"
    name: str
    arg: str = ""


Event = Annotated[
    OwnerSaid
    | PullStarted
    | PullFinished
    | PullFailed
    | OwnerWanted
    | OwnerReturned
    | Assessed
    | DataRead
    | ReportMade
    | ReportOpened
    | FileRead
    | PaperRead
    | FileRefused
    | ConsentAnswered
    | Decided
    | SubmissionFailed
    | BusinessesFound
    | ModelAnswered
    | LenderPushed
    | PartyAnswered
    | StaffTook
    | StaffSaid
    | HandedBack
    | Transferred
    | StaffNoted
    | StaffProposed
    | PullWanted
    | Labelled
    | Snoozed
    | Closed
    | Reopened
    | MarkedWrong
    | ErasureWanted
    | TimerFired,
    Field(discriminator="kind"),
]


class Arrival(Frozen):
    """An event at the door.

    `origin` and `external_id` together are unique: `telegram` + update id, `lender:<id>` + webhook id,
    `job` + effect key, `clock` + timer key. The conversation is named by its id, or by channel and
    address (then it is created when it is new), or by an application id. `number` is its place in the order in
    which its messenger saw things happen, where one counts.
    """

    origin: str
    external_id: str
    event: Event
    at: AwareDatetime
    conversation_id: str | None = None
    channel: str | None = None
    address: str | None = None
    application_id: str | None = None
    number: int | None = None
