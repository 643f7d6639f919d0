"""PDF files: the invoice in XML that Factur-X and ZUGFeRD attach to one, else what their text says.

No script runs, and nothing is drawn but for the codes on the first pages.
"""

import pypdfium2 as pdfium

from integrations.documents import invoice_xml
from integrations.documents.document import MOST_BYTES, Document, PaperReading, Unreadable
from integrations.documents.xml import elements, name

MOST_ATTACHMENTS = 20
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read(content: bytes) -> Document | PaperReading:
    """The attached invoice, or the statement or paper that the text makes.

    Raises Unreadable: `photo` when the pages are pictures, or when the file is locked or damaged.
    """
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise Unreadable("locked" if getattr(error, "err_code", 0) == _PASSWORD else "damaged", "pdf") from error
    try:
        return _attached(document) or _written(document, content)
    except pdfium.PdfiumError as error:
        raise Unreadable("damaged", "pdf") from error
    finally:
        document.close()


def _attached(document: pdfium.PdfDocument) -> Document | None:
    for number in range(min(document.count_attachments(), MOST_ATTACHMENTS)):
        attachment = document.get_attachment(number)
        if attachment.get_name().lower().endswith(".xml"):
            data = bytes(attachment.get_data())
            if len(data) <= MOST_BYTES and _is_invoice(data):
                return invoice_xml.read(data, "facturx")
    return None


def _written(document: pdfium.PdfDocument, content: bytes) -> Document | PaperReading:
    from integrations.documents.papers import codes, statement, text_layer  # noqa: PLC0415 - only papers need them
    from integrations.documents.papers.coded import with_codes  # noqa: PLC0415
    from integrations.documents.papers.glancing import pictures_of  # noqa: PLC0415
    from integrations.documents.papers.interpreting import interpret  # noqa: PLC0415

    if not len(document):
        raise Unreadable("empty", "pdf without pages")
    pages = text_layer.pages_of(document)
    if not pages:
        raise Unreadable("photo", "pdf without text")
    found = statement.read(pages)
    if found is not None:
        return found
    reading = interpret(pages, "text")
    if reading.kind in {"invoice", "unknown", "business_licence", "industry_licence"}:
        texts = [text for picture in pictures_of(content)[0] for text in codes.texts_of(picture)]
        reading = with_codes(reading, texts)
    return reading


def _is_invoice(data: bytes) -> bool:
    first, _ = next(elements(data), (None, False))
    return first is not None and name(first) in invoice_xml.CII | invoice_xml.UBL
