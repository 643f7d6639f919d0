"""A picture or a scanned PDF as a paper: codes, then writing, then why it is unclear. Needs the extra `ocr`."""

from dataclasses import replace

from PIL import Image

from flows.application.papers.table import PICTURE, UNKNOWN
from flows.application.papers.values import Confidence
from integrations.documents.document import PaperReading, Proof, Unreadable
from integrations.documents.papers import codes, ocr, pixels, quality, statement
from integrations.documents.papers.coded import with_codes
from integrations.documents.papers.glancing import pictures_of
from integrations.documents.papers.interpreting import interpret, sure
from integrations.documents.papers.pieces import Page

FINE = 18.0  # pixels: writing lower than this may be missed where it is looked for


def look(content: bytes, eyes: ocr.Eyes | None = None) -> PaperReading:
    """What paper a picture or scan shows. Raises Unreadable.

    Writing is looked for in a small copy first, and in a larger one when that was not enough. The second page of a scan
    is looked at only when the first says too little.
    """
    pictures, count = pictures_of(content)
    shown = [picture for picture in pictures if not pixels.is_blank(picture)]
    if not shown:
        return PaperReading(problem=quality.nothing(pictures[0]), pages=count, read_by="ocr")
    eyes = eyes or ocr.Eyes()
    pages, texts = list[Page](), list[str]()
    for picture in shown:
        texts += codes.texts_of(picture)
        image = pixels.for_reading(picture)
        page, turned = eyes.read(image, ocr.QUICK)
        reading = with_codes(interpret([*pages, page], "ocr"), texts)
        if not sure(reading) and _small(page, image):
            closer, turned = eyes.read(turned, ocr.CLOSE)
            again = with_codes(interpret([*pages, closer], "ocr"), texts)
            if _worth(again) > _worth(reading):
                page, reading = closer, again
        pages.append(page)
        if reading.kind != UNKNOWN and not reading.unclear:
            break
    if reading.kind == "bank_statement":
        reading = _proved(pages) or reading
    problem = quality.problem(reading, pages[-1], turned)
    if problem == "unknown_kind" and quality.is_scene(pages[-1], turned):
        return replace(reading, kind=PICTURE, problem="", pages=count)
    return replace(reading, problem=problem, pages=count)


def _small(page: Page, image: Image.Image) -> bool:
    """Whether the writing was so small where it was looked for that some may have been missed."""
    share: float = (ocr.QUICK / (image.width * image.height)) ** 0.5
    return share < 1 and page.height * share < FINE


def _worth(reading: PaperReading) -> tuple[bool, int, int]:
    """How much was read: a kind, fewer fields missing, more values without doubt."""
    doubtless = sum(1 for each in reading.values if each.confidence is not Confidence.UNSURE)
    return reading.kind != UNKNOWN, -len(reading.unclear), doubtless


def _proved(pages: list[Page]) -> PaperReading | None:
    """What a photographed statement says, when its running balance proves every row."""
    try:
        found = statement.read(pages, "ocr")
    except Unreadable:
        return None
    return found.reading if found is not None and found.proof is Proof.PROVED and not found.unread else None
