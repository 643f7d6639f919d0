"""Files made to harm: each ends in a fact or a paper, soon, and leaves nothing behind. 500 with -m fuzz."""

import time
from pathlib import Path
from random import Random

import pytest

from integrations.documents.document import Document, PaperReading, Unreadable
from integrations.documents.reading import Readers
from integrations.documents.recognise import look
from tests.integrations.documents import hostile

# What is said of each; the others may be any fact, or a paper of which nothing was read.
SAID = {
    "png_bomb": "too_large",
    "png_too_lean": "too_large",
    "tiff_huge": "too_large",
    "picture_and_zip": "mixed",
    "picture_and_pdf": "mixed",
    "gif_and_script": "mixed",
    "pdf_and_zip": "mixed",
    "pdf_behind_text": "mixed",
    "pdf_locked": "locked",
    "pdf_huge_page": "too_large",
    "macro_workbook": "macros",
    "macro_old_workbook": "macros",
    "zip_bomb": "too_large",
    "windows_program": "unknown",
    "heic": "heic",
    "nothing": "empty",
    "too_large": "too_large",
}
# Only a process of its own, with its limits, may open these.
HEAVY = ("png_at_the_limit", "pdf_flate_bomb", "pdf_image_bomb", "pdf_draws_forever", "pdf_draws_itself")
LONGEST = 10.0  # seconds


async def outcome(readers: Readers, content: bytes) -> Document | PaperReading | str:
    """What a running Lendline makes of a file; a fact as text."""
    try:
        return await readers.look(content)
    except Unreadable as error:
        return error.fact


def looked_at(content: bytes) -> Document | PaperReading | str:
    """What the first reader makes of a file, without the limits of its process."""
    try:
        return look(content)
    except Unreadable as error:
        return error.fact


def here() -> set[Path]:
    """What stands where the readers run. No file they wrote could hold a byte: their processes may write none."""
    return set(Path.cwd().iterdir())


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return hostile.crafted()


def test_light_ones_are_facts(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if name in HEAVY:
            continue
        found = looked_at(content)
        if isinstance(found, str):
            assert found == SAID.get(name, found), name
        else:
            assert name not in SAID, name
            assert isinstance(found, PaperReading)
            assert not found.values, name


async def test_heavy_ones_end_within_their_limits(files: dict[str, bytes]) -> None:
    async with Readers() as readers:
        began = time.monotonic()
        found = await outcome(readers, files["pdf_draws_itself"])
    assert isinstance(found, str) or not getattr(found, "values", ())
    assert time.monotonic() - began < 4 * LONGEST  # on a busy machine; the processor time is limited


def damaged(random: Random, content: bytes) -> bytes:
    """A file with bytes changed, cut out, doubled or put in another place."""
    data = bytearray(content)
    for _ in range(random.randint(1, 8)):
        at, size = random.randrange(len(data) or 1), random.randint(1, 64)
        how = random.choice(("flip", "cut", "double", "noise", "end", "number"))
        if how == "flip":
            data[at : at + size] = bytes(each ^ 255 for each in data[at : at + size])
        elif how == "cut":
            del data[at : at + size]
        elif how == "double":
            data[at:at] = data[at : at + size] * random.randint(1, 30)
        elif how == "noise":
            data[at : at + size] = random.randbytes(size)
        elif how == "number":
            data[at : at + 4] = random.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"9999"))
        elif len(data) > 200:
            del data[random.randrange(100, len(data)) :]
    return bytes(data)


@pytest.mark.fuzz
@pytest.mark.timeout(3600)
async def test_five_hundred_hostile_files(files: dict[str, bytes]) -> None:
    """Through the processes of a running Lendline, with whatever reads pictures there."""
    seeds = [*(hostile.picture(kind) for kind in ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")), *files.values()]
    seeds = [each for each in seeds if 40 < len(each) < 200_000]
    random = Random("hostile")
    wanted = [*files.values(), *(damaged(random, random.choice(seeds)) for _ in range(500 - len(files)))]
    before, taken = here(), list[tuple[float, str]]()
    async with Readers() as readers:
        for number, content in enumerate(wanted):
            began = time.monotonic()
            found = await outcome(readers, content)
            name = list(files)[number] if number < len(files) else f"{content[:4]!r} of {len(content)} bytes"
            taken.append((time.monotonic() - began, f"{name}: {found if isinstance(found, str) else type(found)}"))
            assert isinstance(found, str | Document | PaperReading)
    slowest = sorted(taken, reverse=True)[:5]
    print(f"{len(wanted)} hostile files, the slowest", *(f"{took:.1f} s {what}" for took, what in slowest), sep="\n  ")  # noqa: T201
    assert slowest[0][0] < LONGEST, slowest
    assert here() == before
