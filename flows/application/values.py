"""Values with provenance: every candidate for a field is kept, one of them is chosen.

Nothing is overwritten: a source that disagrees adds a candidate, an owner who corrects adds one.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from flows.application import shapes
from flows.application.attributes.differences import Difference
from flows.application.fields import FIELDS
from flows.application.money import Money

OWNER = "owner"
SYSTEM = "system"
DOCUMENT = "document"
"""A paper of the owner; the full source of its values is `document:<kind>`."""


def origin(source: str) -> str:
    """Who is behind a source: the source itself, `document` for any kind of paper."""
    return source.partition(":")[0]


class Candidate(BaseModel):
    """One value that one source gave for one field.

    `record` names the record inside the source, `observed_at` is when the source said it, `window`
    the months it covers. `confirmed_at` is set when the owner agreed to it.
    """

    model_config = ConfigDict(frozen=True)

    field: str
    value: JsonValue
    source: str
    record: str = ""
    consent_id: str | None = None
    observed_at: AwareDatetime
    window: str | None = None
    confirmed_at: AwareDatetime | None = None
    superseded: bool = False


class Feature(BaseModel):
    """A standard attribute computed from records, for the scoring service.

    `value` None means the records do not cover it: unknown, never zero. `coverage` is the share of what the formula
    wants that the records have.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    value: Decimal | str | None
    window: str
    source: str
    consent_id: str
    records: int = Field(ge=0)
    coverage: Decimal | None = Field(default=None, ge=0, le=1)
    also: tuple[str, ...] = Field(default=(), description="further consents whose records it rests on")


class FieldValue(BaseModel):
    """The candidates of one field, the index of the chosen one, and whether the owner skipped it."""

    model_config = ConfigDict(frozen=True)

    candidates: tuple[Candidate, ...] = ()
    chosen: int | None = None
    skipped: bool = False
    settled: bool = False

    @property
    def candidate(self) -> Candidate | None:
        """The chosen candidate."""
        return None if self.chosen is None else self.candidates[self.chosen]


class Application(BaseModel):
    """One loan application: a value with provenance for each of the sixty fields."""

    id: str
    started_at: AwareDatetime
    product: str | None = None
    values: dict[str, FieldValue] = Field(default_factory=dict)
    features: tuple[Feature, ...] = ()
    differences: tuple[Difference, ...] = ()
    signed_at: AwareDatetime | None = None

    def get(self, field: str) -> Any:  # noqa: ANN401 - typed by the field's kind
        """The typed chosen value of a field, or None."""
        candidate = self.chosen(field)
        return None if candidate is None else shapes.parse(FIELDS[field].kind, candidate.value)

    def money(self, field: str) -> Money | None:
        """The chosen value of a money field."""
        value = self.get(field)
        return value if isinstance(value, Money) else None

    def text(self, field: str) -> str | None:
        """The chosen value of a text-like field."""
        value = self.get(field)
        return value if isinstance(value, str) else None

    def chosen(self, field: str) -> Candidate | None:
        """The chosen candidate of a field, with its provenance."""
        return self.values.get(field, FieldValue()).candidate

    def has(self, field: str) -> bool:
        """Whether a value is chosen."""
        return self.chosen(field) is not None

    def skipped(self, field: str) -> bool:
        """Whether the owner chose not to answer an optional field."""
        return self.values.get(field, FieldValue()).skipped


def said(field: str, value: object, now: datetime, record: str = "") -> Candidate:
    """A candidate that the owner gave, confirmed by giving it.

    Raises pydantic.ValidationError when the value is not of the field's shape.
    """
    return Candidate(
        field=field,
        value=shapes.dump(FIELDS[field].kind, value),
        source=OWNER,
        record=record,
        observed_at=now,
        confirmed_at=now,
    )
