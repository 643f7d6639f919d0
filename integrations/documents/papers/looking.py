"""A picture or a scanned PDF as a paper: codes, then writing, then why it is unclear. Needs the extra `ocr`."""

from dataclasses import replace

from flows.application.papers.table import PICTURE, UNKNOWN
from integrations.documents.document import PaperReading, Proof, Unreadable
from integrations.documents.papers import codes, ocr, pixels, quality, statement
from integrations.documents.papers.coded import with_codes
from integrations.documents.papers.glancing import pictures_of
from integrations.documents.papers.interpreting import interpret
from integrations.documents.papers.pieces import Page


def look(content: bytes, eyes: ocr.Eyes | None = None) -> PaperReading:
    """What paper a picture or scan shows. Raises Unreadable.

    The second page of a scan is looked at only when the first says too little.
    """
    pictures, count = pictures_of(content)
    shown = [picture for picture in pictures if not pixels.is_blank(picture)]
    if not shown:
        return PaperReading(problem=quality.nothing(pictures[0]), pages=count, read_by="ocr")
    eyes = eyes or ocr.Eyes()
    pages, texts = list[Page](), list[str]()
    for picture in shown:
        texts += codes.texts_of(picture)
        page, turned = eyes.read(pixels.for_reading(picture))
        pages.append(page)
        reading = with_codes(interpret(pages, "ocr"), texts)
        if reading.kind != UNKNOWN and not reading.unclear:
            break
    if reading.kind == "bank_statement":
        reading = _proved(pages) or reading
    problem = quality.problem(reading, pages[-1], turned)
    if problem == "unknown_kind" and quality.is_scene(pages[-1], turned):
        return replace(reading, kind=PICTURE, problem="", pages=count)
    return replace(reading, problem=problem, pages=count)


def _proved(pages: list[Page]) -> PaperReading | None:
    """What a photographed statement says, when its running balance proves every row."""
    try:
        found = statement.read(pages, "ocr")
    except Unreadable:
        return None
    return found.reading if found is not None and found.proof is Proof.PROVED and not found.unread else None
