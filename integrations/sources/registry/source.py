"""The company register: who the business is and, where the register tells, who runs and owns it. Public.

What differs between registers is in `companies_house` and `gleif`; consent and grant are the same for both.
"""

from datetime import date
from typing import Protocol

from flows.consent import Consent
from flows.ports import Evidence, Grant, Listed, Manifest, Source, Subject
from integrations.sources.registry.companies_house import CompaniesHouse
from integrations.sources.registry.gleif import PROFILE as GLEIF
from integrations.sources.registry.gleif import Gleif
from integrations.toolkit.source import Gathering, Setup

PUBLIC = "public"


class Register(Protocol):
    """What a register has to say; all of it raises the facts of JsonClient.send."""

    async def check(self, subject: Subject) -> None:
        """Raise SubjectUnknown where the register does not know the business."""
        ...

    async def read(self, found: Gathering, subject: Subject, as_of: date) -> Evidence:
        """What the register says of the business, as far as the consent covers it."""
        ...

    async def find(self, name: str, country: str) -> tuple[Listed, ...]:
        """A handful of the businesses of a country listed under a name."""
        ...


def open_source(setup: Setup) -> Source:
    """The register behind `setup.client`."""
    return Registry(setup)


class Registry:
    """See the module. Nothing is granted by a public register, so the grant says only that."""

    def __init__(self, setup: Setup) -> None:
        self.manifest: Manifest = setup.manifest
        self._clock = setup.clock
        self._register: Register = Gleif(setup) if setup.profile == GLEIF else CompaniesHouse(setup)

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Check that the register knows the business."""
        consent.require(self.manifest.name, self._clock())
        await self._register.check(subject)
        return Grant(token=PUBLIC, expires_at=consent.valid_until)

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Read what the register says, as far as the consent covers it."""
        del grant
        now = self._clock()
        consent.require(self.manifest.name, now)
        return await self._register.read(Gathering(self.manifest, consent, now), subject, as_of)

    async def find(self, name: str, country: str) -> tuple[Listed, ...]:
        """The businesses of a country listed under a name, as the register ranks them; a handful at most."""
        return await self._register.find(name, country)

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """Nothing to end: the register is public and holds no consent of ours."""
