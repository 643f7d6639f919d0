"""A picture or a scanned PDF as a paper: codes, then writing, then why it is unclear if it is."""

from dataclasses import replace

import pypdfium2 as pdfium
from PIL import Image

from flows.application.papers.table import PICTURE, UNKNOWN
from integrations.documents.document import PaperReading, Proof, Unreadable
from integrations.documents.papers import codes, ocr, pixels, quality, statement
from integrations.documents.papers.coded import with_codes
from integrations.documents.papers.interpreting import interpret
from integrations.documents.papers.pieces import Page

MOST_PAGES = 2  # of a scan; what we read stands on the first pages
SCAN_DOTS = 1800  # pixels on the long side of a scanned page


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


def glance(content: bytes) -> PaperReading:
    """What the codes of a picture or scan say, where nothing that reads writing is installed or allowed."""
    pictures, count = pictures_of(content)
    texts = [text for picture in pictures for text in codes.texts_of(picture)]
    reading = with_codes(PaperReading(problem="unknown_kind"), texts)
    return replace(reading, problem="no_ocr", pages=count, read_by="code" if reading.values else "nobody")


def pictures_of(content: bytes) -> tuple[list[Image.Image], int]:
    """The pictures to read, and how many pages the file has."""
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return _rendered(content)
    return [pixels.picture_of(content)], 1


def _rendered(content: bytes) -> tuple[list[Image.Image], int]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise Unreadable("damaged", "pdf") from error
    try:
        found = []
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            longest = max(page.get_size())
            if not 10 < longest < 20_000:
                raise Unreadable("too_large", f"page of {longest:.0f} points")
            found.append(page.render(scale=SCAN_DOTS / longest).to_pil().convert("RGB"))
            page.close()
        if not found:
            raise Unreadable("empty", "pdf without pages")
        return found, len(document)
    except pdfium.PdfiumError as error:
        raise Unreadable("damaged", "pdf page") from error
    finally:
        document.close()
