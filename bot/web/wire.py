"""The lender API's formats: what a lender sends and what it gets. Additive changes only."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, JsonValue, ValidationError

from bot.web.body import WHOLE, read_json
from bot.web.problem import FieldError, Problem
from flows.application.lifecycle import Milestone, Side, Status
from flows.application.values import Feature
from flows.consent import ConsentState
from flows.events import LenderAction, StatusData
from flows.ports import Offer, Received

WebhookId = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[!-\-/-~]+$")]

EXAMPLE: JsonValue = {
    "type": "loan_application.status_changed",
    "timestamp": "2026-11-23T04:00:00Z",
    "data": {
        "application_id": "LA-3F9C21B07A44-1",
        "sequence": 4,
        "status": "action_required",
        "lender_status": "KYC_FAILED",
        "occurred_at": "2026-11-23T03:59:58Z",
        "expected_by": "2026-11-25T00:00:00Z",
        "actions": [
            {
                "type": "add_document",
                "document": "bank_statement",
                "reason": "The last one ends in August",
                "due_at": "2026-12-01T00:00:00Z",
            }
        ],
    },
}


# What a lender's developer wants to know of the members of an event; shown in the documentation.
ABOUT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "StatusEvent": {
            "timestamp": "When the event was made.",
            "corrects": "The `webhook-id` of an earlier event that this one puts right.",
        },
        "StatusData": {
            "sequence": "Counts the events of one application, from 0 or 1, by 1. It decides the order.",
            "status": f"One of {', '.join(f'`{status.value}`' for status in Status if status is not Status.DRAFT)}. "
            "Another one is kept as it is, and staff look at it.",
            "lender_status": "Your own name for it.",
            "milestone": "What has happened within the status, shown as it is: one of "
            f"{', '.join(f'`{each.value}`' for each in Milestone)}. Send it with the status that stands.",
            "occurred_at": "Since when it is so.",
            "expected_by": "By when the next step is expected. The owner is told this, and nothing when it is missing.",
            "actions": "What the owner has to do, with `action_required`.",
            "reasons": "Why, with `rejected`: at most four are shown, by rank.",
            "offers": "With `offered`: they take the place of earlier offers.",
        },
        "LenderAction": {
            "type": "For example `add_document`.",
            "document": "Which document, for example `bank_statement`.",
            "field": "Which field of the application.",
            "reason": "In a sentence, as the owner will read it.",
            "party": "Another person who has to agree, by name: a co-signer or shareholder. They get a link of their "
            "own, and their answer stands in `answers`.",
            "due_at": "By when.",
        },
        "Reason": {
            "scheme": "`cfpb-sbl-denial` for the codes of CFPB 1071.",
            "rank": "1 is the weightiest.",
            "detail": "Your own finer code.",
        },
        "Offer": {
            "amount": "What is lent, above 0.",
            "currency": "ISO 4217.",
            "apr": "A fraction: `0.0850` is 8.5 %.",
            "total_cost": "Interest and fees over the whole term.",
            "instalment": "What is paid each month.",
            "bound_by": "What the limit came from.",
        },
    }
)


class StatusEvent(Received):
    """A status as a lender pushes it. Unknown keys are ignored.

    `corrects` names the `webhook-id` of an earlier event that this one puts right.
    """

    type: Literal["loan_application.status_changed"]
    timestamp: AwareDatetime
    data: StatusData
    corrects: WebhookId | None = None


class Receipt(BaseModel):
    """The answer to a stored event. `repeated`: it had been stored before, and nothing more happened."""

    webhook_id: str
    application_id: str
    repeated: bool


class PacketField(BaseModel):
    """A field as the owner signed it, with its provenance.

    `source` is `owner`, `system` or the source that said it at `observed_at`, under the consent `consent_id`.
    """

    value: JsonValue
    source: str
    record: str
    consent_id: str | None
    observed_at: AwareDatetime
    window: str | None
    confirmed_at: AwareDatetime | None


class PacketConsent(BaseModel):
    """A permission that something in the packet rests on, as it stands now."""

    id: str
    source: str
    kinds: tuple[str, ...]
    purpose: str
    recipients: tuple[str, ...]
    state: ConsentState
    answered_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    data_from: AwareDatetime
    data_to: AwareDatetime
    keep_days: int


class DocumentHash(BaseModel):
    """A document that belongs to the application, by its SHA-256 in hexadecimal; `size` in bytes.

    `document` is its kind, `id` its name under `/applications/{application_id}/documents/`.
    """

    document: str
    id: str = ""
    size: int = 0
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class PacketTask(BaseModel):
    """The owner's answer to one of the lender's actions. `possible` is false when the owner cannot give it."""

    action: LenderAction
    value: JsonValue
    files: tuple[str, ...]
    documents: tuple[str, ...] = Field(default=(), description="Ids of the files, as in `documents` of the packet.")
    possible: bool
    answered_at: AwareDatetime


class PacketSignature(BaseModel):
    """Ours, over the packet without its `signature`, written as RFC 8785 wants it (keys sorted, no spaces, UTF-8).

    `key` is the Ed25519 public key, `value` the signature, both in base64. Trust a key because you were given it
    when you were let in, never because it stands in a packet.
    """

    scheme: Literal["ed25519"] = "ed25519"
    key: str
    value: str


class PacketStatus(BaseModel):
    """Where the application stands, as its owner sees it."""

    status: Status
    since: AwareDatetime | None
    turn: Side
    expected_by: AwareDatetime | None


class PacketAnswer(BaseModel):
    """A submitted application: exactly what its owner signed, and where it stands. Money as decimal strings."""

    application_id: str
    lender: str
    product: str | None
    signed_at: AwareDatetime | None
    submitted_at: AwareDatetime
    issued_at: AwareDatetime
    status: PacketStatus
    accepted_offer: Offer | None
    answers: tuple[PacketTask, ...] = Field(default=(), description="What the owner gave for your latest actions.")
    why_ended: str | None = Field(
        default=None,
        description="Why the owner ended it: cost, amount, term, other_offer, not_needed or other.",
    )
    fields: dict[str, PacketField]
    features: tuple[Feature, ...]
    consents: tuple[PacketConsent, ...]
    documents: tuple[DocumentHash, ...] = ()
    signature: PacketSignature | None = None


def read_event(body: bytes) -> StatusEvent:
    """The event in a verified body. Raises Problem 422 that names the fields."""
    read_json(body)
    try:
        event = StatusEvent.model_validate_json(body, strict=True)
    except ValidationError as error:
        errors = tuple(
            FieldError(field=".".join(map(str, each["loc"])) or WHOLE, detail=each["msg"]) for each in error.errors()
        )
        raise Problem(422, "The body is not what is documented.", errors) from None
    return event
