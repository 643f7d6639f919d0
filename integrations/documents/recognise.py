"""From bytes to a document: what a file is shows in its content, never in its name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from integrations.documents import (
    bank_table,
    camt,
    fapiao,
    headings,
    invoice_list,
    invoice_xml,
    mt940,
    ofx,
    pdf,
    polyglot,
    wallet,
    workbook,
)
from integrations.documents.document import MOST_BYTES, Document, PaperReading, Unreadable
from integrations.documents.table import Row, Table, split_text, under_header
from integrations.documents.text import decode
from integrations.documents.xml import elements, name

Heads = Callable[[Row], Mapping[str, int] | None]


@dataclass(frozen=True)
class TableKind:
    """A kind of table: what heads it, and how it is read. `written` is its format as text and as a workbook."""

    heads: Heads
    read: Callable[[Table, str], Document]
    written: tuple[str, str]


# The most particular first: a wallet's export and a list of invoices have days and amounts as well.
TABLES = (
    TableKind(headings.wallet_merchant, lambda table, _: wallet.read_merchant(table), ("wechat", "wechat")),
    TableKind(headings.wallet_person, lambda table, _: wallet.read_personal(table), ("wallet", "wallet")),
    TableKind(headings.invoices, invoice_list.read, ("invoice_csv", "invoice_xlsx")),
    TableKind(headings.statement, bank_table.read, ("csv", "xlsx")),
)
TEXTS: tuple[tuple[Callable[[str], bool], Callable[[str], Document]], ...] = (
    (ofx.is_ofx, ofx.read),
    (mt940.is_mt940, mt940.read),
    (fapiao.is_fapiao, fapiao.read),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read(content: bytes) -> Document:
    """The records that a file holds. Raises Unreadable, whatever the bytes are."""
    found = look(content)
    if isinstance(found, PaperReading):
        raise Unreadable("photo" if found.problem == "no_ocr" else "no_data", f"a paper: {found.kind}")
    return found


def look(content: bytes) -> Document | PaperReading:
    """What a file holds, or what paper it is. Raises Unreadable, whatever the bytes are.

    A picture or scan of which nothing but its codes was read has the problem `no_ocr`.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    try:
        return _read(content)
    except RecursionError as error:
        raise Unreadable("damaged", "nesting") from error


def _read(content: bytes) -> Document | PaperReading:
    polyglot.refuse(content)
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK"):
        if not workbook.is_workbook(content):
            raise Unreadable("unknown", "zip")
        return _workbook(content)
    if content.startswith(_OLD_OFFICE):
        return _workbook(content)
    if polyglot.is_picture(content):
        return _glance(content)
    text = decode(content)
    for begins, reader in TEXTS:
        if begins(text):
            return reader(text)
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return _xml(content)
    return _table(lambda heads: [split_text(text, lambda row: heads(row) is not None)], 0)


def _pdf(content: bytes) -> Document | PaperReading:
    try:
        return pdf.read(content)
    except Unreadable as error:
        if error.fact != "photo":
            raise
    return _glance(content)


def _glance(content: bytes) -> PaperReading:
    from integrations.documents.papers.glancing import glance  # noqa: PLC0415 - most files are no pictures

    return glance(content)


def _xml(content: bytes) -> Document:
    root = next((name(element) for element, _ in elements(content)), "")
    if root in invoice_xml.UBL | invoice_xml.CII:
        return invoice_xml.read(content)
    seen = [name(element) for (element, _), _ in zip(elements(content), range(4), strict=False)]
    if camt.ROOTS & set(seen):
        return camt.read(content)
    raise Unreadable("unknown", "xml")


def _workbook(content: bytes) -> Document:
    pages = list(workbook.sheets(content))
    return _table(lambda _: pages, 1)


def _table(pages: Callable[[Heads], Iterable[Iterable[Row]]], written: int) -> Document:
    for kind in TABLES:
        for page in pages(kind.heads):
            table = under_header(page, kind.heads)
            if table is not None:
                return kind.read(table, kind.written[written])
    raise Unreadable("unknown", "no header row")
