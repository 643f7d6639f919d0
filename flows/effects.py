"""What a flow wants done, as data. Committed with the state, then carried out by workers.

Every effect that calls the outside becomes a job with a key made from the event that caused it, so
that it starts once.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from flows.application.values import Application
from flows.consent import Consent
from flows.messages import Attachment, Fact, Frozen, Say
from flows.ports import AnswerRequest, ReadRequest, Subject


class Speak(Frozen):
    """Say something to the owner. `by` is `assistant`, or the first name of a member of staff."""

    kind: Literal["speak"] = "speak"
    say: Say
    by: str = "assistant"


class StartPull(Frozen):
    """Fetch the records that a consent covers; `refresh` once more, after it has brought some."""

    kind: Literal["start_pull"] = "start_pull"
    consent: Consent
    subject: Subject
    attempt: int
    refresh: bool = False


class ForgetGrant(Frozen):
    """End our access at a source and destroy its token."""

    kind: Literal["forget_grant"] = "forget_grant"
    consent: Consent


class FindBusiness(Frozen):
    """Search the public register for a name. `number` is what the answer is known by in the conversation."""

    kind: Literal["find_business"] = "find_business"
    number: int
    name: str = Field(max_length=120)
    country: str


class ReadFile(Frozen):
    """Take a file that the owner sent from its channel, keep it sealed for a short time, and read it."""

    kind: Literal["read_file"] = "read_file"
    document_id: str
    channel: str
    file: Attachment


class KeepFiles(Frozen):
    """Keep the files that a consent names as long as it says; what was read of them belongs to it too."""

    kind: Literal["keep_files"] = "keep_files"
    consent: Consent


class AskForBetter(Frozen):
    """Have the messenger ask the owner for a better scan than the one of this name that it shared with us."""

    kind: Literal["ask_for_better"] = "ask_for_better"
    channel: str
    address: str
    file_id: str
    why: str


class KeepForLender(Frozen):
    """Take a file that a lender asked for from its channel and keep it sealed, for that lender to read."""

    kind: Literal["keep_for_lender"] = "keep_for_lender"
    document_id: str
    channel: str
    file: Attachment


class DropFile(Frozen):
    """Destroy a file that is not wanted, and what was read of it."""

    kind: Literal["drop_file"] = "drop_file"
    document_id: str


class Submit(Frozen):
    """Hand a signed application to a lender and its scoring service. `known_as` is the lender's reference for it."""

    kind: Literal["submit"] = "submit"
    application: Application
    lender: str
    attempt: int = 1
    known_as: str = ""

    @property
    def reference(self) -> str:
        """What the lender knows the application by; the first lender's is the application's own id."""
        return self.known_as or self.application.id


class MakeReport(Frozen):
    """Make the owner's credit report from the records that are here; `wants` is what of it: card, paper or gaps."""

    kind: Literal["make_report"] = "make_report"
    number: int
    wants: str = "card"


class Assess(Frozen):
    """Compute the attributes of the records that these consents brought, for the loan that is asked for."""

    kind: Literal["assess"] = "assess"
    number: int
    consents: tuple[Consent, ...]
    country: str
    amount: Decimal | None = None
    term_months: int | None = None


class AskModel(Frozen):
    """Ask the language model. `number` is what its answer is known by in the conversation."""

    kind: Literal["ask_model"] = "ask_model"
    number: int
    request: ReadRequest | AnswerRequest


class SetTimer(Frozen):
    """Wake this conversation at a time; a timer of the same name and arg is moved."""

    kind: Literal["set_timer"] = "set_timer"
    name: str
    arg: str = ""
    due_at: AwareDatetime


class CancelTimer(Frozen):
    """Forget a timer."""

    kind: Literal["cancel_timer"] = "cancel_timer"
    name: str
    arg: str = ""


class Briefing(Frozen):
    """What staff are told when they are called: who, where in the form, what is wanted, missing and was tried.

    `detail` is for staff, for example a raw lender status. `wishes` are shown values; `missing` names fields;
    `tried` are the owner's latest words that were not understood, `last_words` what was said just now.
    """

    reason: str
    detail: str = ""
    owner: str = ""
    business: str = ""
    lang: str
    step: str
    status: str
    wishes: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    last_words: str = ""


class CallPerson(Frozen):
    """Ask staff to look at this conversation. `briefing` is kept sealed with the line of the log."""

    kind: Literal["call_person"] = "call_person"
    reason: str
    summary: str = ""
    briefing: Briefing | None = None


class Note(Frozen):
    """A line for the event log that staff read: what was understood, changed, refused."""

    kind: Literal["note"] = "note"
    about: str
    text: str


class Erase(Frozen):
    """Destroy what a revoked consent brought: stored events of its pulls and queued work."""

    kind: Literal["erase"] = "erase"
    consent_id: str


class ForgetOwner(Frozen):
    """Blank everything that was said and stored in this conversation up to now."""

    kind: Literal["forget_owner"] = "forget_owner"


Effect = Annotated[
    Speak
    | StartPull
    | ForgetGrant
    | Submit
    | Assess
    | MakeReport
    | AskModel
    | SetTimer
    | CancelTimer
    | CallPerson
    | Note
    | Erase
    | ForgetOwner
    | FindBusiness
    | ReadFile
    | KeepFiles
    | KeepForLender
    | AskForBetter
    | DropFile,
    Field(discriminator="kind"),
]
JOBS = (
    StartPull,
    ForgetGrant,
    Submit,
    Assess,
    MakeReport,
    AskModel,
    FindBusiness,
    ReadFile,
    KeepForLender,
    AskForBetter,
)
