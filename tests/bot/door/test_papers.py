"""What was read of papers lies under the consent that allows them, and goes with it, or with the paper."""

from pathlib import Path

import sqlalchemy as sa

from flows.application.papers.values import Confidence, PaperValue
from flows.effects import DropFile, Erase, KeepFiles
from flows.events import PaperRead
from integrations.database.queries import blobs
from tests.bot.parts import START, Flow, Parts, about, arrival, consent, parts, says

SECRET = "Ridgeway Bakery Ltd"
CONVERSATION = "conversation-chat-ann"


async def read(its: Parts, document: str) -> None:
    """A paper is kept and has been read."""
    stored = blobs.StoredBlob(
        id=document,
        conversation_id=CONVERSATION,
        sha256="0" * 64,
        size=3,
        body=its.sealer.seal_bytes(b"pdf"),
        created_at=START,
        expires_at=START,
    )
    await its.db.run(blobs.put, stored)
    value = PaperValue(name="name", value=SECRET, how="text", confidence=Confidence.CLEAR)
    await its.door.take(about(PaperRead(document_id=document, paper="business_licence", values=(value,))))


async def bodies(its: Parts) -> list[tuple[object, ...]]:
    return await its.rows("select body is not null from event where kind = 'paper_read' order by id")


async def test_ending_the_consent_erases_the_papers_and_what_was_read_and_said_of_them(tmp_path: Path) -> None:
    allowed = consent().model_copy(update={"documents": ("d-1",)})
    flow = Flow(
        {
            "paper_read": says(SECRET),
            "use": lambda *_: (KeepFiles(consent=allowed),),
            "revoke": lambda *_: (Erase(consent_id=allowed.id),),
        }
    )
    async with parts(tmp_path, flow) as its:
        await its.door.take(arrival("hello"))
        await read(its, "d-1")
        await read(its, "d-12")  # an id that begins like another is another
        await its.door.take(arrival("use"))
        kept = await its.rows("select id, consent_id from blob order by id")
        assert kept == [("d-1", allowed.id), ("d-12", None)]
        await its.db.run(lambda connection: connection.execute(sa.text("update outbox set state = 'sent'")))
        await its.door.take(arrival("revoke"))
        assert await bodies(its) == [(0,), (1,)]
        assert await its.rows("select id from blob") == [("d-12",)]
        assert await its.rows("select length(body) from outbox where id = 1") == [(0,)]


async def test_a_paper_that_is_not_wanted_leaves_nothing_of_what_was_read(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"drop": lambda *_: (DropFile(document_id="d-1"),)})) as its:
        await its.door.take(arrival("hello"))
        await read(its, "d-1")
        assert await bodies(its) == [(1,)]
        await its.door.take(arrival("drop"))
        assert await bodies(its) == [(0,)]
        assert await its.rows("select id from blob") == []
