"""PDF files: the invoice in XML that Factur-X and ZUGFeRD attach to one. Nothing is drawn and no script runs."""

import pypdfium2 as pdfium

from integrations.documents import invoice_xml
from integrations.documents.document import MOST_BYTES, Document, Unreadable
from integrations.documents.xml import elements, name

MOST_ATTACHMENTS = 20
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read(content: bytes) -> Document:
    """The attached invoice. Raises Unreadable when there is none, or the file is locked or damaged."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise Unreadable("locked" if getattr(error, "err_code", 0) == _PASSWORD else "damaged", "pdf") from error
    try:
        for number in range(min(document.count_attachments(), MOST_ATTACHMENTS)):
            attachment = document.get_attachment(number)
            if attachment.get_name().lower().endswith(".xml"):
                data = bytes(attachment.get_data())
                if len(data) <= MOST_BYTES and _is_invoice(data):
                    return invoice_xml.read(data, "facturx")
    except pdfium.PdfiumError as error:
        raise Unreadable("damaged", "pdf attachment") from error
    finally:
        document.close()
    raise Unreadable("no_data", "pdf without an attached invoice")


def _is_invoice(data: bytes) -> bool:
    first, _ = next(elements(data), (None, False))
    return first is not None and name(first) in invoice_xml.CII | invoice_xml.UBL
