"""The pictures of a file, and what their codes say, with what every installation has."""

from dataclasses import replace

import pypdfium2 as pdfium
from PIL import Image

from integrations.documents.document import PaperReading, Unreadable
from integrations.documents.papers import codes, pixels
from integrations.documents.papers.coded import with_codes

MOST_PAGES = 2  # of a scan; what we read stands on the first pages
SCAN_DOTS = 1800  # pixels on the long side of a scanned page


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
