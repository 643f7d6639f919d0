"""What the reference service accepts, and the facts it reads from it.

Tolerant of additions and of odd values (they are unknown), strict about what the contract names.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from flows.application.facts import FACTS, Fact, read
from flows.application.features import FEATURES
from flows.application.money import Currency
from flows.ports import ScoringDecision

Name = Annotated[str, Field(min_length=1, max_length=80)]


class Wire(BaseModel):
    """Base of incoming data: unknown keys are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Requested(Wire):
    """The loan asked for; `amount` in major units."""

    amount: Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=2)]
    currency: Currency
    term_months: Annotated[int, Field(ge=1, le=600)]
    purpose: tuple[Name, ...] = Field(default=(), max_length=10)


class SentField(Wire):
    """A confirmed field; only its value decides anything here."""

    value: JsonValue = None


class SentFeature(Wire):
    """An attribute of the records. Without a consent there is no feature."""

    name: Name
    value: JsonValue = None
    consent_id: Name


class Question(Wire):
    """Body of POST /v1/decisions."""

    application_id: Name
    lender: Annotated[str, Field(max_length=64)] = ""
    as_of: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))]
    requested: Requested
    applicant: Mapping[str, SentField] = Field(default_factory=dict, max_length=200)
    features: tuple[SentFeature, ...] = Field(default=(), max_length=400)


class Answer(ScoringDecision):
    """Body of the 200 answer, with a sentence on what it is not."""

    notice: str = "Reference service for demonstration and tests: points set by hand, no probability of default."


# Fields that identify an applicant, by the kind of link they make.
_IDENTIFYING = {
    "contact_phone": "phone",
    "registration_number": "id",
    "representative_id_number": "id",
    "disbursement_account": "account",
}


def identifiers_of(question: Question) -> tuple[tuple[str, str], ...]:
    """What identifies the applicant: pairs of kind and value, written as plainly as they can be compared."""
    found: list[tuple[str, str]] = []
    for name, kind in _IDENTIFYING.items():
        value = question.applicant[name].value if name in question.applicant else None
        value = value.get("number") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            found.append((kind, re.sub(r"[\s-]", "", value).upper()))
    return tuple(found)


def facts_of(question: Question) -> dict[str, Fact]:
    """The facts a question states; what is missing, mistyped or contradictory is unknown.

    A feature counts before a field of the same name, because it is what the records say. Two features
    of one name that differ contradict each other.
    """
    currency = question.requested.currency
    facts: dict[str, Fact] = {
        name: read(FACTS[name], sent.value, currency) for name, sent in question.applicant.items() if name in FACTS
    }
    sent_before: set[str] = set()
    for feature in question.features:
        name = feature.name
        if name not in FEATURES:
            continue
        value = read(FACTS[name], feature.value, currency)
        facts[name] = value if name not in sent_before or facts[name] == value else None
        sent_before.add(name)
    facts["amount_requested"] = question.requested.amount
    facts["loan_term_months"] = Decimal(question.requested.term_months)
    facts["currency"] = currency
    return facts
