"""The text of the QR code on a Chinese VAT invoice (fapiao), one a line.

Layout as two writers describe it, no public standard (connector notes, section 4):
`01,kind,code,number,amount,yyyymmdd,check code,crc`. Whether the amount is before
or after tax differs by kind and is not said, so it is kept as it is; parties stay unknown. The last four characters
are not verified: no published rule makes them.
"""

import re
from decimal import Decimal

from integrations.documents import amounts, days
from integrations.documents.document import Document, Paper, Unreadable

_LINE = re.compile(
    r"01,(\d{2}),(\d{0,12}),(\d{8,20}),(-?\d{1,12}(?:\.\d{1,2})?),(\d{8}),[^,\n]{0,40},[0-9A-Fa-f]{0,8},?", re.ASCII
)
MOST = 500


def is_fapiao(text: str) -> bool:
    """Whether a text is the content of such QR codes and nothing else."""
    lines = [line.strip() for line in text[:4000].splitlines() if line.strip()]
    return bool(lines) and _LINE.fullmatch(lines[0]) is not None


def read(text: str) -> Document:
    """The invoices of the lines. Raises Unreadable when one is not a QR text."""
    papers: dict[str, Paper] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _LINE.fullmatch(line)
        day = days.iso(found[5]) if found else None
        amount = amounts.amount(found[4]) if found else None
        if found is None or day is None or amount is None or len(papers) >= MOST:
            raise Unreadable("damaged", "QR text")
        number = found[2] + found[3]
        papers[number] = Paper(number, day, "", "", "", "", amount, Decimal(0), "CNY")
    if not papers:
        raise Unreadable("empty")
    dated = [each.day for each in papers.values()]
    return Document("fapiao_qr", "einvoice", papers=tuple(papers.values()), first=min(dated), last=max(dated))
