"""What staff see of a paper: a picture drawn anew, without the notes of the camera; each look is written down."""

import hashlib
import io

import pytest
from PIL import Image

from bot.web.console.roles import Role
from flows.conversation import SentFile
from flows.events import PaperRead
from integrations.database.queries import audit, blobs
from integrations.documents.previewing import Previews
from integrations.merchants import load
from integrations.merchants.papers import licence
from tests.bot.parts import START
from tests.bot.web.console.staff import PATH, signed_in
from tests.bot.web.site import OWNER, Site, owner

SECRET = b"GPS 51.5 -0.12 by Ann"
DOCUMENT = "d-1"


def photo() -> bytes:
    """A photo with the notes that a camera leaves."""
    picture, exif, out = Image.new("RGB", (1600, 1200), "ivory"), Image.Exif(), io.BytesIO()
    exif[0x010E] = SECRET.decode()  # ImageDescription
    picture.save(out, "JPEG", exif=exif, comment=SECRET)
    return out.getvalue()


async def keep(site: Site, content: bytes) -> None:
    conversation = owner()
    paper = PaperRead(document_id=DOCUMENT, paper="business_licence", pages=2)
    conversation.documents = {DOCUMENT: SentFile(id=DOCUMENT, state="used", sent_at=START, paper=paper)}
    await site.put(conversation)
    stored = blobs.StoredBlob(
        id=DOCUMENT,
        conversation_id=OWNER,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        body=site.parts.sealer.seal_bytes(content),
        created_at=START,
        expires_at=START.replace(year=2030),
    )
    await site.parts.database.run(blobs.put, stored)


async def test_the_picture_is_new_small_and_safe_and_a_look_is_written_down(site: Site) -> None:
    content = photo()
    assert SECRET in content
    await keep(site, content)
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        page = (await ann.get()).text
        assert f"{PATH}/papers/{DOCUMENT}/thumbnail" in page
        assert "Business licence" in page
        small = await ann.get(f"{PATH}/papers/{DOCUMENT}/thumbnail")
        whole = await ann.get(f"{PATH}/papers/{DOCUMENT}")
    for answer, longest in ((small, 160), (whole, 1000)):
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["content-disposition"] == 'inline; filename="preview.jpg"'
        assert SECRET not in answer.content
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert max(picture.size) == longest
            assert not picture.getexif()
    entries = await site.parts.database.read(audit.latest, limit=9)
    assert [each.detail for each in entries if each.act == "looked"] == [DOCUMENT]
    sealed = await site.parts.database.read(blobs.preview, OWNER, DOCUMENT)
    assert sealed is not None
    assert whole.content not in sealed


async def test_a_viewer_and_another_conversation_see_nothing(site: Site) -> None:
    await keep(site, photo())
    async with signed_in(site, "Vi", Role.VIEWER) as vi:
        assert "thumbnail" not in (await vi.get()).text
        assert (await vi.get(f"{PATH}/papers/{DOCUMENT}")).status_code == 403
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        assert (await ann.get(f"/console/conversations/c-other/papers/{DOCUMENT}")).status_code == 404


async def test_a_file_that_cannot_be_drawn_has_no_picture(site: Site) -> None:
    await keep(site, b"%PDF-1.7 broken")
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        assert (await ann.get(f"{PATH}/papers/{DOCUMENT}/thumbnail")).status_code == 404


@pytest.mark.parametrize(
    "hostile", [b"", b"\xff\xd8\xff\xe0 cut off", b"<svg onload=alert(1)>", b"GIF89a" + b"\xff" * 90]
)
async def test_hostile_files_draw_nothing(hostile: bytes) -> None:
    assert await Previews().draw(hostile) is None


async def test_a_pdf_is_drawn_by_its_first_page() -> None:
    drawn = await Previews().draw(licence(load()[0], START.date()))
    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as picture:
        assert max(picture.size) == 1000
