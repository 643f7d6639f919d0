"""What the inside asks of the outside. Adapters live in `integrations`, each with its sandbox or fake."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Protocol, runtime_checkable

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, SkipValidation

from flows.application.money import Money
from flows.application.records import Records
from flows.application.values import Candidate, Feature
from flows.consent import Consent
from flows.knowledge.claims import Written
from flows.messages import Frozen

Proof = Literal["real", "specification", "documentation", "sandbox"]


class Dialect(Frozen):
    """What a source declares otherwise in one of its profiles: less data, other access, another proof."""

    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    auth: str
    personal_data: str
    docs: str
    proof: Proof


class Manifest(Frozen):
    """What a source declares of itself in its manifest.toml.

    `fields` are the application fields it can fill, `kinds` the data kinds an owner allows,
    `markets` the ISO country codes it serves, `tier` sketch, ready or proven.
    """

    name: str
    title: dict[str, str]
    kinds: tuple[str, ...]
    auth: str
    fields: tuple[str, ...]
    markets: tuple[str, ...]
    months: int = Field(description="how many months of records are asked for; 0 = facts of today")
    personal_data: str
    docs: str
    tier: Literal["sketch", "ready", "proven"]
    proof: Proof
    profiles: tuple[str, ...] = Field(default=(), description="dialects of the protocol, the usual one first")
    also: tuple[str, ...] = Field(default=(), description="other names it goes by")
    only: dict[str, Dialect] = Field(default_factory=dict, description="by profile, what is otherwise in it")

    def speaking(self, profile: str) -> "Manifest":
        """What is declared for a profile; this where the profile declares nothing of its own, or is ""."""
        dialect = self.only.get(profile)
        return self if dialect is None else self.model_copy(update=dict(dialect))


class Passage(Frozen):
    """A passage of the knowledge base that a language model may answer from."""

    id: str
    title: str
    text: str


class ReadRequest(Frozen):
    """A message that our own reader did not understand, for a language model.

    `asked` is the field that was asked for; `fields` are the fields it may propose values for, with their labels;
    `purposes` the codes of credit_purpose. `known` are words of the record that name somebody: they never leave.
    """

    text: str
    lang: str
    asked: str | None = None
    fields: dict[str, str] = Field(default_factory=dict)
    purposes: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


class AnswerRequest(Frozen):
    """A question and the passages that may answer it, for a language model. `known` as in ReadRequest."""

    text: str
    lang: str
    passages: tuple[Passage, ...]
    known: tuple[str, ...] = ()


class TranslateRequest(Frozen):
    """A text to be put into another language (`lang`), for a member of staff to read. `known` as in ReadRequest."""

    text: str
    lang: str
    known: tuple[str, ...] = ()


class SummaryRequest(Frozen):
    """The last lines of a conversation, each after who said it, to be summed up in `lang` for a member of staff."""

    lines: tuple[str, ...]
    lang: str
    known: tuple[str, ...] = ()


class Command(BaseModel):
    """One thing that a model proposes that a message does. `quote` are words copied from the message."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    do: Literal["start", "set", "correct", "ask", "cancel", "human", "nothing"]
    field: str = Field(default="", max_length=80)
    value: str = Field(default="", max_length=400)
    quote: str = Field(default="", max_length=1_000)


class Understood(BaseModel):
    """What a model proposes that a message does, in order."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    commands: tuple[Command, ...] = Field(default=(), max_length=8)


class LanguageModel(Protocol):
    """A language model. It has no tools and no write path; all it returns is checked before anything comes of it."""

    async def understand(self, request: ReadRequest) -> Understood:
        """What an unclear message does. Raises ModelUnavailable."""
        ...

    async def answer(self, request: AnswerRequest) -> Written:
        """An answer from passages, with quotes. Raises ModelUnavailable."""
        ...

    async def translate(self, request: TranslateRequest) -> str:
        """A text in another language, for staff to read or to send after reading. Raises ModelUnavailable."""
        ...

    async def summarise(self, request: SummaryRequest) -> str:
        """What has happened in a conversation, for staff to read. Raises ModelUnavailable."""
        ...


class Subject(Frozen):
    """The business whose records are asked for."""

    registration_number: str
    country: str = Field(pattern=r"^[A-Z]{2}$")


class Listed(Frozen):
    """A business as a public register lists it under its name. `status` is the register's own word for its standing."""

    registration_number: str
    name: str
    place: str = ""
    status: str = ""


class Evidence(Frozen):
    """What one pull brought: candidates for fields, attributes for scoring, and how much was read.

    `notes` are locale keys about what is odd or missing (for example `source.note.closed_account`). `ledger` are the
    records themselves: they go to their own sealed place and are never part of an event.
    """

    source: str
    consent_id: str
    candidates: tuple[Candidate, ...]
    features: tuple[Feature, ...] = ()
    records: int = Field(ge=0)
    first: date | None = None
    last: date | None = None
    notes: tuple[str, ...] = ()
    ledger: SkipValidation[Records | None] = Field(default=None, exclude=True, repr=False)


class Grant(Frozen):
    """The access a source gave us for one consent: a bearer token, kept sealed in the vault."""

    token: str
    expires_at: AwareDatetime | None = None


class Source(Protocol):
    """One outside system that holds records.

    All methods raise SourceRefused, SourceUnavailable, SourceUnreadable or SubjectUnknown.
    """

    manifest: Manifest

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Exchange an active consent for access."""
        ...

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Fetch the records the consent covers and read candidates and features from them."""
        ...

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """End the access at the source."""
        ...


@runtime_checkable
class Register(Protocol):
    """A public register that can be searched. Raises what Source raises."""

    async def find(self, name: str, country: str) -> tuple[Listed, ...]:
        """The businesses of a country that are listed under a name, the likeliest first; a handful at most."""
        ...


class Received(BaseModel):
    """Base of what a lender's program sends: known keys are checked, unknown ones are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Reason(Received):
    """A coded reason of a lender; `detail` is its own finer code."""

    scheme: str
    code: str
    rank: int = 1
    detail: str = ""


# At most as many digits as can be reckoned with exactly and written out; `1e999999` and `0e-999999` are Decimals too.
_MOST_PLACES = 12


def _writable(figure: Decimal) -> Decimal:
    exponent = figure.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_MOST_PLACES:
        raise ValueError(f"at most {_MOST_PLACES} decimal places")
    return figure


Figure = Annotated[Decimal, Field(max_digits=18, decimal_places=_MOST_PLACES), AfterValidator(_writable)]


class Fee(Received):
    """A fee of an offer, in the offer's currency."""

    name: str = Field(max_length=120)
    amount: Figure


class Offer(Received):
    """What a lender offers. `apr` and rates are fractions (0.085 = 8.5 %), `instalment` is per month."""

    offer_id: str = Field(min_length=1, max_length=120)
    product: str = Field(default="", max_length=120)
    amount: Figure = Field(gt=0)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    term_months: int = Field(gt=0, le=600)
    apr: Figure = Field(ge=0, le=100)
    total_cost: Figure = Field(ge=0)
    instalment: Annotated[Figure, Field(gt=0)] | None = None
    fees: tuple[Fee, ...] = Field(default=(), max_length=20)
    valid_until: AwareDatetime
    bound_by: str = ""

    @property
    def principal(self) -> Money:
        """The amount lent."""
        return Money(amount=self.amount, currency=self.currency)


class RequestedLoan(Frozen):
    """What the owner asks for, in the form the scoring contract wants."""

    amount: Decimal
    currency: str
    term_months: int
    purpose: tuple[str, ...]


class ConfirmedField(Frozen):
    """A confirmed field with its provenance, as sent to the scoring service."""

    value: JsonValue
    source: str
    consent_id: str | None
    observed_at: AwareDatetime
    confirmed_at: AwareDatetime | None


class DecisionRequest(Frozen):
    """Body of POST /v1/decisions. `lender` is whose decision is asked for, where a service decides for several."""

    application_id: str
    lender: str = ""
    as_of: date
    requested: RequestedLoan
    applicant: dict[str, ConfirmedField]
    features: tuple[Feature, ...]


class Score(Received):
    """A score as a lender's service gave it; shown with its range, never computed here."""

    value: int
    min: int
    max: int


class ScoringDecision(Received):
    """Body of the 200 answer. Unknown decisions are kept raw and treated as `refer`."""

    decision_id: str
    decision: str
    score: Score | None = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    model_version: str = ""
    valid_until: date | None = None


class Scoring(Protocol):
    """The lender's scoring service."""

    async def decide(self, request: DecisionRequest, idempotency_key: str) -> ScoringDecision | None:
        """Ask for a decision; None when it was accepted (202) and events will follow.

        Raises ScoringRejected (never retry) or ScoringUnavailable (retry with the same key).
        """
        ...
