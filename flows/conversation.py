"""The state of one conversation: everything a flow may know, saved as one sealed row.

It holds no position that could disagree with the answers: which step is next follows from what is
still missing (see `flows.engine.course`), unless the owner went back to a step (`at`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from flows.application.lifecycle import Milestone, Status
from flows.application.report.model import Disputed, Earlier
from flows.application.values import Application
from flows.consent import Consent
from flows.events import FileRead, LenderAction, LenderPushed, PaperRead
from flows.messages import Attachment, Choice, Frozen
from flows.ports import Listed, Offer, Reason, Subject


class Speaker(StrEnum):
    """Who speaks for Lendline: the assistant or a member of staff."""

    ASSISTANT = "assistant"
    PERSON = "person"


class LiveCard(Frozen):
    """The card whose buttons count now. Buttons of any other revision are old.

    A `waiting` card only says that something is under way; what comes next takes its place.
    """

    step: str
    revision: int
    choices: tuple[Choice, ...] = ()
    waiting: bool = False


class PullState(StrEnum):
    """How far the fetching from one source is. `sign_in`: the owner has to approve at the source's own page."""

    WAITING = "waiting"
    SIGN_IN = "sign_in"
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
    quiet: bool = False
    notes: tuple[str, ...] = ()


class Access(Frozen):
    """Who had the owner's data: `who` is a source that we fetched from, or a lender that read the application.

    The same lender on the same day is one entry; `count` are its readings, or the records that were fetched.
    """

    at: AwareDatetime
    kind: Literal["fetched", "read"]
    who: str
    consent_id: str = ""
    application_id: str = ""
    count: int = 1


class SentFile(Frozen):
    """A file that the owner sent: records (`found`), or a paper (`paper`), once it is read.

    `used`: the owner has allowed it, under a consent that names it. `kept`: nobody could read it, a person looks at it.
    `kind` is the kind of paper, where the owner had to say which of two it is. `settled` are fields of a paper that the
    owner has already decided about: confirmed, said otherwise, or left out. `shown`: the owner has seen what was
    read.
    """

    id: str
    state: Literal["reading", "read", "used", "kept"]
    sent_at: AwareDatetime
    found: FileRead | None = None
    paper: PaperRead | None = None
    kind: str = ""
    settled: tuple[str, ...] = ()
    shown: bool = False
    scan: str = Field(default="", description="how the messenger names it, for a scan from its store of documents")


class TimelineEntry(Frozen):
    """One status the owner was shown, or a lender update that was only recorded."""

    at: AwareDatetime
    occurred_at: AwareDatetime
    status: Status | None
    raw: str
    shown: bool
    webhook_id: str = ""
    milestone: str = ""


class TaskAnswer(Frozen):
    """What the owner gave for the action at `place`: a canonical value or words, or files as the channel names them.

    `documents` are the files as we keep them, `looks` what each was taken for, where that could be told. `possible` is
    false when the owner cannot give it. `shown` is how the owner sees it, masked where it is sensitive.
    """

    place: int
    value: JsonValue = None
    shown: str = ""
    files: tuple[Attachment, ...] = ()
    documents: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    possible: bool = True
    at: AwareDatetime


class Search(Frozen):
    """A search of the public register by name: asked for, under way, or what it found."""

    number: int
    name: str
    country: str
    state: Literal["offered", "running", "found"] = "offered"
    found: tuple[Listed, ...] = ()


class Submission(BaseModel):
    """One application as one lender has it: status, whose turn, offers, history.

    `application_id` is the reference this lender knows it by; no two lenders get the same. `clocks` are the times
    that are watched, by name: `expected`, `offer`, `action`, `notice`.
    """

    application_id: str
    lender: str
    product: str = ""
    status: Status
    since: AwareDatetime
    raw_status: str = ""
    milestone: Milestone | None = Field(default=None, description="what has happened last on the way")
    milestone_at: AwareDatetime | None = None
    notified_at: AwareDatetime | None = Field(default=None, description="the lender has sent its notice of a refusal")
    attempt: int = Field(default=1, description="how often it was signed; part of the idempotency key")
    tries: int = Field(default=0, description="how often handing over has failed")
    expected_by: AwareDatetime | None = None
    sequence: int = -1
    waiting: tuple[LenderPushed, ...] = ()
    actions: tuple[LenderAction, ...] = ()
    answers: tuple[TaskAnswer, ...] = ()
    reminders: int = 0
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    past_offers: tuple[Offer, ...] = ()
    accepted: str | None = None
    statements: tuple[str, ...] = Field(
        default=(), description="offers whose key facts were given, as buttons name them"
    )
    timeline: tuple[TimelineEntry, ...] = ()
    decided_by: str = ""
    taken: bool = Field(default=False, description="the lender has confirmed that it has what was signed last")
    why_ended: str = Field(default="", description="the owner's reason for declining or withdrawing, as a code")
    clocks: dict[str, AwareDatetime] = Field(default_factory=dict)


class Proof(Frozen):
    """A signed application is open again for proof: what was `asked` for, and what was known `before`, as shown."""

    asked: tuple[str, ...]
    before: dict[str, str]


class Proposal(Frozen):
    """Values the assistant understood and wants confirmed before they count, as canonical JSON by field."""

    values: dict[str, JsonValue]
    message_id: str = ""


class Suggestion(Frozen):
    """What a member of staff proposed and the owner has not answered yet: values by field, or a button to press."""

    id: str
    by: str
    values: dict[str, JsonValue] = Field(default_factory=dict)
    press: str = ""


class Consultation(Frozen):
    """Something the language model was asked and has not answered yet.

    `candidates` are the articles a question may be answered from (none: it is about an unclear message); `offer`
    says that they are offered as buttons when no answer comes.
    """

    number: int
    text: str
    asked: str | None = None
    message_id: str = ""
    candidates: tuple[str, ...] = ()
    offer: bool = False


class Opening(Frozen):
    """Somebody opened a shared report; `who` is what they said of themselves."""

    at: AwareDatetime
    who: str


class Share(Frozen):
    """The owner's leave that somebody opens the report by a link, until it expires or is ended."""

    id: str
    recipient: str
    made_at: AwareDatetime
    expires_at: AwareDatetime
    ended: bool = False
    opened: tuple[Opening, ...] = ()

    def lasts(self, now: datetime) -> bool:
        """Whether the link still opens."""
        return not self.ended and now < self.expires_at


class Reporting(Frozen):
    """The owner's credit report: how it is wanted, who may open it, and what the last two said.

    `alone` says that the owner wants the report and no loan. `asked` numbers the reports asked for; `doubted` is the
    attribute that a note is being written about, `invited` whom a link is being made for.
    """

    asked: int = 0
    alone: bool = False
    names: bool = False
    shares: tuple[Share, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    latest: Earlier | None = None
    earlier: Earlier | None = None
    doubted: str = ""
    invited: str = ""


class Conversation(BaseModel):
    """One owner on one channel."""

    model_config = ConfigDict(validate_assignment=False)

    id: str
    channel: str
    address: str
    lang: str = "en"
    lang_chosen: bool = False
    owner_name: str = ""
    nonce: str = Field(default="", description="names this conversation to the messenger's store of identity documents")
    started_at: AwareDatetime

    # The journey: what is done. The next step follows from these.
    welcomed: bool = False
    greeted_in: str = ""  # the language in which the welcome was said in full
    subject: Subject | None = None
    searches: int = Field(default=0, description="how often the register was to be searched")
    search: Search | None = Field(default=None, description="the search by name that is open")
    business_confirmed: bool = False
    connected: bool = False
    pages_seen: tuple[str, ...] = ()
    application: Application
    consents: dict[str, Consent] = Field(default_factory=dict)
    pulls: dict[str, Pull] = Field(default_factory=dict)
    declined: tuple[str, ...] = ()
    assessment: int = Field(default=0, description="number of the last assessment asked for")
    assessed_number: int = Field(default=0, description="number of the last assessment that is here")
    assessed: tuple[str, ...] = Field(default=(), description="the records and the loan it is about")
    documents: dict[str, SentFile] = Field(default_factory=dict)
    report: Reporting = Reporting()
    files_sent: int = 0
    files_at: datetime | None = Field(default=None, description="when the last file came")
    files_told: tuple[str, ...] = Field(default=(), description="what was said of the files that were sent together")
    files_owed: bool = Field(default=False, description="the card is to come again after the last of them")
    proof: Proof | None = None
    lenders: tuple[str, ...] = Field(default=(), description="who is to get the application; empty: our suggestion")
    submission: Submission | None = Field(default=None, description="the one that needs the owner most")
    beside: tuple[Submission, ...] = Field(default=(), description="the same application at other lenders")
    accesses: tuple[Access, ...] = Field(default=(), description="who had the data, the latest last")
    receipts: tuple[str, ...] = Field(default=(), description="consents whose receipt the owner has")
    past: tuple[Submission, ...] = ()
    parties_asked: str = Field(default="", description="the request whose links other people were sent")
    pictured: str = Field(default="", description="the offers that a picture has put side by side")

    # The dialogue.
    at: str | None = None
    went_back: bool = Field(default=False, description="`at` is an earlier answer the owner went back to")
    page: int = 0
    trail: tuple[str, ...] = ()
    live: LiveCard | None = None
    notice: tuple[Choice, ...] = Field(default=(), description="buttons of a notice that came after the live card")
    revision: int = 0
    trouble: int = Field(default=0, description="answers in a row that could not be taken")
    tried: tuple[str, ...] = Field(default=(), description="the latest words that were not understood, for staff")
    proposal: Proposal | None = None
    answered_by: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    paused: bool = False
    consultations: int = Field(default=0, description="how often the language model was asked")
    consulted: tuple[Consultation, ...] = Field(default=(), description="what it was asked and has not answered")
    suggested: tuple[str, ...] = Field(default=(), description="articles offered as buttons, by place")
    suggested_for: str = Field(default="", description="the question they were offered for")
    kept: str = Field(default="", description="a first message, read again once the market is known")

    # Who speaks.
    speaker: Speaker = Speaker.ASSISTANT
    staff: str = Field(default="", description="id of the member of staff who has the conversation")
    person: str = Field(default="", description="that person's first name, as the owner reads it")
    person_wanted: str = ""
    awaits_reply: bool = Field(default=False, description="the owner wrote to the person, who has not answered yet")
    suggestion: Suggestion | None = None
    labels: tuple[str, ...] = Field(default=(), description="what staff sort their work by")
    closed: bool = False
    snoozed_until: AwareDatetime | None = None

    def fork(self) -> "Conversation":
        """A copy that a turn may change; values, consents and pulls inside are frozen and shared."""
        application = self.application.model_copy(update={"values": dict(self.application.values)})
        return self.model_copy(
            update={
                "application": application,
                "consents": dict(self.consents),
                "pulls": dict(self.pulls),
                "documents": dict(self.documents),
                "answered_by": dict(self.answered_by),
                "submission": None if self.submission is None else self.submission.model_copy(),
                "beside": tuple(each.model_copy() for each in self.beside),
            }
        )

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """The open application at every lender that has it."""
        return () if self.submission is None else (self.submission, *self.beside)

    def at_lender(self, reference: str) -> Submission | None:
        """The open application as the lender has it that knows it by `reference`."""
        return next((each for each in self.submissions if each.application_id == reference), None)

    def put_first(self, chosen: Submission) -> None:
        """Make one of `submissions` the one that the cards are about."""
        self.beside = tuple(each for each in self.submissions if each is not chosen)
        self.submission = chosen

    def begin_anew(self, now: datetime) -> None:
        """Put the application away and begin another; language, phone and name stay."""
        self.past = (*self.past, *self.submissions)
        stem, _, number = self.application.id.rpartition("-")
        fresh = Application(id=f"{stem}-{int(number) + 1}", started_at=now)
        phone = self.application.values.get("contact_phone")
        if phone is not None:
            fresh.values["contact_phone"] = phone
        self.application = fresh
        self.subject = None
        self.search = None
        self.submission = None
        self.beside = self.lenders = ()
        self.pulls = {}
        self.declined = self.assessed = ()
        self.documents = {}
        self.proof = None
        self.business_confirmed = self.connected = False
        self.pages_seen = self.trail = ()
        self.page = 0
        self.at = self.proposal = None
        self.went_back = False
        self.notice = ()

    def active_consent(self, source: str, now: datetime) -> Consent | None:
        """The consent that allows a pull from `source` now."""
        return next((each for each in self.consents.values() if each.allows(source, now)), None)
