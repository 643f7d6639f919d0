"""The Global LEI Index: GLEIF API v1, public and without a key. Legal name, address, standing, age; nobody's names.

The shape follows GLEIF's public documentation as we know it; it is not proved against the live service. Only firms
that have taken a LEI are listed, so a business that is not found here may well exist.
"""

from datetime import UTC, date, datetime

from flows.application.shapes import Address
from flows.errors import SourceUnreadable, SubjectUnknown
from flows.ports import Evidence, Listed, Subject
from flows.understanding.identifiers import is_lei
from integrations.sources.registry.gleif_records import Entity, LeiRecord, Many, One
from integrations.sources.registry.reading import is_number, read_standing
from integrations.toolkit.http import Call
from integrations.toolkit.source import Gathering, Setup

PROFILE = "gleif-1"
RECORDS = "api/v1/lei-records"
HEADERS = {"Accept": "application/vnd.api+json"}
PAGE = 200
MOST_HITS = 5
# A LEI given out by mistake, twice, or not yet.
VOID = frozenset({"ANNULLED", "CANCELLED", "DUPLICATE", "PENDING_VALIDATION", "TRANSFERRED"})
INSOLVENT = frozenset({"BANKRUPTCY", "INSOLVENCY", "LIQUIDATION", "VOLUNTARY_ARRANGEMENT"})
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class Gleif:
    """See the module."""

    def __init__(self, setup: Setup) -> None:
        self._source, self._client = setup.manifest.name, setup.client

    async def check(self, subject: Subject) -> None:
        """Raise SubjectUnknown where no record stands for the business."""
        await self._record(subject)

    async def read(self, found: Gathering, subject: Subject, as_of: date) -> Evidence:
        """The record of the business, as old as its last update; a LEI that has lapsed says nothing of today."""
        record, records = await self._record(subject)
        entity, registration = record.attributes.entity, record.attributes.registration
        born = None if entity.creation_date is None else entity.creation_date.date()
        if found.covers("company_profile"):
            seen = min(registration.last_update_date or found.now, found.now)
            found.value("registration_number", entity.registered_as, record.id, observed_at=seen)
            found.value("business_legal_name", entity.legal_name.name, record.id, observed_at=seen)
            place = entity.legal_address
            if place.text():
                written = Address(text=place.text(), postcode=place.postal_code, country=subject.country)
                found.value("registered_address", written, record.id, observed_at=seen)
            status = _status(entity)
            if registration.status == "LAPSED":
                status = None
                found.note("lei_lapsed")
            read_standing(found, born, status, record.id, as_of, seen=seen)
        return found.evidence(records, born, as_of)

    async def find(self, name: str, country: str) -> tuple[Listed, ...]:
        """The businesses of a country listed under a name that have a number there."""
        params = {
            "filter[entity.legalName]": name,
            "filter[entity.legalAddress.country]": country,
            "page[number]": "1",
            "page[size]": str(MOST_HITS * 2),
        }
        hits = await self._client.send(Call("GET", RECORDS, HEADERS, params=params), Many)
        listed = [
            Listed(
                registration_number=number,
                name=entity.legal_name.name,
                place=entity.legal_address.text(),
                status=(entity.status or "").lower(),
            )
            for entity in (each.attributes.entity for each in hits.data if _stands(each, country))
            if is_number(number := entity.registered_as or "", country)
        ]
        return tuple(listed[:MOST_HITS])

    async def _record(self, subject: Subject) -> tuple[LeiRecord, int]:
        """The record of the business, by its LEI or its number, and how many were read to find it."""
        number = subject.registration_number
        if is_lei(number):
            call = Call("GET", f"{RECORDS}/{number}", HEADERS, subject=number)
            record = (await self._client.send(call, One)).data
            if record.id != number:
                raise SourceUnreadable(self._source, "the record of another LEI")
            if not _stands(record, subject.country):
                raise SubjectUnknown(self._source, number)
            return record, 1
        if not is_number(number, subject.country):
            raise SubjectUnknown(self._source, number)
        return await self._by_number(number, subject.country)

    async def _by_number(self, number: str, country: str) -> tuple[LeiRecord, int]:
        """The one that stands for the number; branches share it, and registers of other countries use it too."""
        params = {
            "filter[entity.registeredAs]": number,
            "filter[entity.legalAddress.country]": country,
            "page[number]": "1",
            "page[size]": str(PAGE),
        }
        first = Call("GET", RECORDS, HEADERS, params=params)
        best: LeiRecord | None = None
        records = 0
        async for page in self._client.pages(first, Many, lambda page: page.links.next):
            records += len(page.data)
            standing = [each for each in page.data if _stands(each, country)]
            same = [each for each in standing if each.attributes.entity.registered_as == number]
            best = max([*same, *([] if best is None else [best])], key=_freshness, default=None)
        if best is None:
            raise SubjectUnknown(self._source, number)
        return best, records


def _stands(record: LeiRecord, country: str) -> bool:
    """Whether a record is that of a business of the country itself: no branch, no void LEI."""
    entity = record.attributes.entity
    home = (entity.jurisdiction or entity.legal_address.country or "").partition("-")[0]
    return home == country and entity.category != "BRANCH" and record.attributes.registration.status not in VOID


def _freshness(record: LeiRecord) -> tuple[bool, datetime]:
    registration = record.attributes.registration
    return registration.status == "ISSUED", registration.last_update_date or LONG_AGO


def _status(entity: Entity) -> str | None:
    """Our word for the entity's standing. Insolvency that is over leaves open what came of it: unknown."""
    if entity.status == "INACTIVE":
        return "dissolved"
    if entity.status != "ACTIVE":
        return None
    events = [event for group in entity.event_groups or () for event in group.events or ()]
    how = {event.status for event in events if event.type in INSOLVENT} - {"WITHDRAWN_CANCELLED"}
    if not how:
        return "active"
    return "in_insolvency" if "IN_PROGRESS" in how else None
