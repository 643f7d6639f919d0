"""Takes files that owners sent from their channel, keeps them sealed for a day, and has them read."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.channels import AsksForBetter, FetchesFiles, FileGone
from flows.effects import AskForBetter, KeepForLender, ReadFile
from flows.engine.receiving import KEPT, LARGEST
from flows.events import Arrival, Event, FileRead, FileRefused, PaperRead
from integrations.database.engine import Database
from integrations.database.queries import blobs
from integrations.database.sealing import Sealer
from integrations.documents.document import Document, PaperReading, Unreadable

Look = Callable[[bytes], Awaitable[Document | PaperReading]]
# A lender must keep the papers of a business application for twelve months: US Regulation B, 12 CFR 1002.12(b).
FOR_LENDER = timedelta(days=365)
STORED = "blob:"  # what a channel that takes uploads itself names a file it has put into the table


class Papers:
    """Carries out the jobs that read files. A file that cannot be read is not kept."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        channels: Mapping[str, object],
        look: Look,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._channels = channels
        self._look = look
        self._clock = clock

    async def read(self, key: str, conversation_id: str, job: ReadFile) -> Arrival:
        """Fetch, keep and read one file."""
        event: Event
        try:
            content = await self._content(conversation_id, job)
            await self._keep(conversation_id, job.document_id, content)
            event = _found(job.document_id, await asyncio.to_thread(_hash, content), await self._look(content))
        except FileGone as error:
            fact = "too_large" if error.reason == "too large" else "not_there"
            event = FileRefused(document_id=job.document_id, fact=fact, detail=error.reason)
        except Unreadable as error:
            await self._database.run(blobs.drop, conversation_id, job.document_id)
            event = FileRefused(document_id=job.document_id, fact=error.fact, detail=error.detail)
        return Arrival(origin="job", external_id=key, event=event, at=self._clock(), conversation_id=conversation_id)

    async def keep(self, key: str, conversation_id: str, job: KeepForLender) -> Arrival | None:
        """Fetch a file and keep it for the lender that asked for it, whatever it is; say what it looks like."""
        event: Event
        try:
            content = await self._content(conversation_id, job)
            await self._keep(conversation_id, job.document_id, content, FOR_LENDER)
            event = _found(job.document_id, await asyncio.to_thread(_hash, content), await self._look(content))
        except FileGone as error:
            fact = "too_large" if error.reason == "too large" else "not_there"
            event = FileRefused(document_id=job.document_id, fact=fact, detail=error.reason)
        except Unreadable:
            return None
        return Arrival(origin="job", external_id=key, event=event, at=self._clock(), conversation_id=conversation_id)

    async def ask_for_better(self, key: str, conversation_id: str, job: AskForBetter) -> Arrival | None:
        """Have the messenger ask for a better scan, where it can."""
        del key, conversation_id
        channel = self._channels.get(job.channel)
        if isinstance(channel, AsksForBetter):
            await channel.ask_for_better(job.address, job.file_id, job.why)
        return None

    async def _content(self, conversation_id: str, job: ReadFile | KeepForLender) -> bytes:
        """The file: from an earlier try, from the table where the channel has put it, or from the channel."""
        names = [job.document_id]
        if job.file.file_id.startswith(STORED):
            names.append(job.file.file_id.removeprefix(STORED))
        for name in names:
            stored = await self._database.read(blobs.find, conversation_id, name)
            if stored is not None:
                if name != job.document_id:
                    await self._database.run(blobs.drop, conversation_id, name)
                return await asyncio.to_thread(self._sealer.unseal_bytes, stored.body)
        channel = self._channels.get(job.channel)
        if not isinstance(channel, FetchesFiles):
            raise FileGone("no such channel here")
        return await channel.fetch(job.file.file_id, LARGEST)

    async def _keep(self, conversation_id: str, document_id: str, content: bytes, time: timedelta = KEPT) -> None:
        now = self._clock()
        stored = blobs.StoredBlob(
            id=document_id,
            conversation_id=conversation_id,
            sha256=await asyncio.to_thread(_hash, content),
            size=len(content),
            body=await asyncio.to_thread(self._sealer.seal_bytes, content),
            created_at=now,
            expires_at=now + time,
        )
        await self._database.run(blobs.put, stored)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _found(document_id: str, sha256: str, found: Document | PaperReading) -> FileRead | PaperRead:
    if isinstance(found, PaperReading):
        return PaperRead(
            document_id=document_id,
            paper=found.kind,
            values=found.values,
            unclear=found.unclear,
            problem=found.problem,
            country=found.country,
            sha256=sha256,
            pages=found.pages,
            read_by=found.read_by,
        )
    return FileRead(
        document_id=document_id,
        source=found.source,
        format=found.format,
        rows=found.rows,
        first=found.first,
        last=found.last,
        proof=found.proof.value,
        unread=found.unread,
    )
