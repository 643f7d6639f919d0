"""What every source is opened with, and how it gathers candidates and features with their provenance."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from pydantic import ValidationError

from flows.application import shapes
from flows.application.fields import FIELDS
from flows.application.records import Records
from flows.application.values import Candidate, Feature
from flows.consent import Consent
from flows.errors import SourceUnreadable
from flows.ports import Evidence, Manifest
from integrations.documents.document import Document
from integrations.toolkit.authorisation import OwnerNeeded
from integrations.toolkit.http import Clock, JsonClient, Sleep
from integrations.toolkit.oauth import Credentials, Owner

FEATURE_DIGITS = Decimal("0.0001")
# Reads a file within limits; raises Unreadable.
Read = Callable[[bytes], Awaitable[Document]]
CURRENCIES: Mapping[str, str] = {"CN": "CNY", "GB": "GBP"}


@dataclass(frozen=True)
class Setup:
    """The parts a source works with; nothing in it is shared with another source.

    `profile` is the one of the manifest's that the system speaks, "" where there is only one way. `owner` stands in
    for the owner at the sign-in page of a sandbox; None for a real system, where only the owner can allow. `read`
    reads a file that an owner sent, for a source of files.
    """

    manifest: Manifest
    client: JsonClient
    credentials: Credentials
    clock: Clock
    sleep: Sleep
    profile: str = ""
    owner: Owner | None = None
    read: Read | None = None

    def present(self) -> Owner:
        """The owner at the source's sign-in page. Raises OwnerNeeded for a real system."""
        if self.owner is None:
            raise OwnerNeeded(self.manifest.name)
        return self.owner


@dataclass
class Gathering:
    """Collects what one pull brings. `now` is the moment of the pull, the default of `observed_at`.

    `ledger` are the records themselves, where attributes are computed over several sources.
    """

    manifest: Manifest
    consent: Consent
    now: datetime
    candidates: list[Candidate] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ledger: Records | None = None

    def value(
        self, name: str, value: object, record: str, *, observed_at: datetime | None = None, window: str | None = None
    ) -> None:
        """Add a candidate for the field `name`; None is unknown and adds nothing.

        Raises SourceUnreadable when the value is not of the field's shape.
        """
        if value is None or name not in self.manifest.fields:
            return
        try:
            written = shapes.dump(FIELDS[name].kind, value)
        except ValidationError as error:
            kind = error.errors(include_url=False, include_input=False)[0]["type"]
            raise SourceUnreadable(self.manifest.name, f"{name}: {kind}") from None
        self.candidates.append(
            Candidate(
                field=name,
                value=written,
                source=self.manifest.name,
                record=record,
                consent_id=self.consent.id,
                observed_at=observed_at or self.now,
                window=window,
            )
        )

    def feature(self, name: str, value: Decimal | str | None, window: str, records: int) -> None:
        """Add an attribute; None says that the records do not cover it. Numbers are kept to four decimals."""
        if isinstance(value, Decimal):
            value = Decimal(f"{value.quantize(FEATURE_DIGITS).normalize():f}")
        self.features.append(
            Feature(
                name=name,
                value=value,
                window=window,
                source=self.manifest.name,
                consent_id=self.consent.id,
                records=records,
            )
        )

    def note(self, what: str) -> None:
        """Add the locale key `source.note.<what>`, once."""
        key = f"source.note.{what}"
        if key not in self.notes:
            self.notes.append(key)

    def covers(self, *kinds: str) -> bool:
        """Whether the consent covers one of these data kinds."""
        return any(kind in self.consent.kinds for kind in kinds)

    def evidence(self, records: int, first: date | None = None, last: date | None = None) -> Evidence:
        """Everything gathered, as the evidence of this pull."""
        return Evidence(
            source=self.manifest.name,
            consent_id=self.consent.id,
            candidates=tuple(self.candidates),
            features=tuple(self.features),
            records=records,
            first=first,
            last=last,
            notes=tuple(self.notes),
            ledger=self.ledger,
        )
