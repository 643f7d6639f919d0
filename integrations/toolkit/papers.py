"""What every source of files does alike: open the box of one consent, read its files, erase them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated

from pydantic import Base64Bytes, BaseModel, Field

from flows.consent import Consent
from flows.errors import SourceUnreadable
from flows.ports import Evidence, Grant, Manifest, Subject
from integrations.documents.document import Document, Proof, Unreadable
from integrations.toolkit.http import Call, Empty
from integrations.toolkit.oauth import BearerToken, bearer
from integrations.toolkit.source import Gathering, Setup

MOST_FILES = 40
# Adds to what is gathered what the files of one pull say.
Fill = Callable[[Gathering, Sequence[Document], Subject, date], None]


class Access(BaseModel):
    """Asks for the files that a consent names."""

    consent_id: str
    registration_number: str


class Opened(BaseModel):
    """The access to them."""

    access_token: BearerToken


class Listed(BaseModel):
    """One file in the box; `sha256` is of its content."""

    id: str = Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_-]+$")
    sha256: str


class Listing(BaseModel):
    """All files of a consent."""

    documents: Annotated[tuple[Listed, ...], Field(max_length=MOST_FILES)]


class Given(BaseModel):
    """A file."""

    content: Base64Bytes


class PaperSource:
    """A source that reads files; `fill` says what its kind of file means."""

    def __init__(self, setup: Setup, fill: Fill) -> None:
        self.manifest: Manifest = setup.manifest
        self._client, self._clock, self._read = setup.client, setup.clock, setup.read
        self._basic = {"Authorization": setup.credentials.basic}
        self._fill = fill

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Open the box for what the consent names."""
        consent.require(self.manifest.name, self._clock())
        number = subject.registration_number
        body = Access(consent_id=consent.id, registration_number=number)
        opened = await self._client.send(Call("POST", "access", self._basic, body=body, subject=number), Opened)
        return Grant(token=opened.access_token, expires_at=consent.valid_until)

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Read the files. One that is of another kind, or can no longer be read, ends the pull."""
        now = self._clock()
        consent.require(self.manifest.name, now)
        found = Gathering(self.manifest, consent, now)
        access = bearer(grant.token)
        listing = await self._client.send(Call("GET", "documents", access), Listing)
        contents: dict[str, bytes] = {}  # the same file sent twice counts once
        for each in listing.documents:
            if each.sha256 not in contents:
                given = await self._client.send(Call("GET", f"documents/{each.id}", access), Given)
                contents[each.sha256] = given.content
        documents = [await self._document(content) for content in contents.values()]
        self._fill(found, documents, subject, as_of)
        if any(each.unread for each in documents):
            found.note("rows_unread")
        if any(each.proof is Proof.BROKEN for each in documents):
            found.note("balance_broken")
        dated = [day for each in documents for day in (each.first, each.last) if day is not None]
        rows = sum(each.rows for each in documents)
        return found.evidence(rows, min(dated, default=None), max(dated, default=None))

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """Destroy the files."""
        accept = (200, 204, 401, 403, 404)
        await self._client.send(Call("DELETE", "access", bearer(grant.token), accept=accept), Empty)

    async def _document(self, content: bytes) -> Document:
        if self._read is None:
            raise SourceUnreadable(self.manifest.name, "nothing to read files with")
        try:
            document = await self._read(content)
        except Unreadable as error:
            raise SourceUnreadable(self.manifest.name, error.fact) from None
        if document.source != self.manifest.name:
            raise SourceUnreadable(self.manifest.name, f"a file of {document.source}")
        return document
