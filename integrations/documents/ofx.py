"""OFX 1 (SGML, end tags left out) and OFX 2 (XML): bank statement responses, read tag by tag.

Elements and aggregates after the OFX 2.2 specification, sections 11.4.2 to 11.4.4 (STMTRS, CCSTMTRS). An OFX file
has a closing balance and no opening one, so its rows cannot be proved by it.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from flows.application.records import Records, Transaction
from integrations.documents import amounts, days
from integrations.documents.document import MOST_ROWS, Document, Holder, Unreadable
from integrations.documents.text import plain

_TAG = re.compile(r"<(/?)([A-Z0-9.]{1,32})>([^<]*)")
_START = re.compile(r"OFXHEADER|<OFX>", re.IGNORECASE)


def is_ofx(text: str) -> bool:
    """Whether a text begins as OFX does."""
    return _START.search(text[:2000]) is not None


def read(text: str) -> Document:
    """A statement of one or more accounts. Raises Unreadable."""
    found: list[Transaction] = []
    holders: list[Holder] = []
    first, last = _day_in(text, "DTSTART"), _day_in(text, "DTEND")
    account, currency, bank, row = "", "", "", dict[str, str]()
    unread = 0
    inside = False
    for closing, tag, value in _tags(text):
        if tag == "STMTTRN" and not closing:
            inside, row = True, {}
        elif tag == "STMTTRN":
            inside = False
            transaction = _transaction(row, account, currency)
            unread += transaction is None
            found += [transaction] if transaction is not None else []
        elif inside and not closing:
            row.setdefault(tag, value)
        elif tag == "ACCTID" and not closing:
            account = value[:60]
            holders.append(Holder(number=account, bank=bank))
        elif tag == "BALAMT" and holders:
            holders[-1] = _closing(holders[-1], value)
        elif not closing:
            currency = value.upper()[:3] if tag == "CURDEF" else currency
            bank = value[:80] if tag == "ORG" else bank
    if len(found) > MOST_ROWS:
        raise Unreadable("too_many_rows")
    if not found and not holders:
        raise Unreadable("no_data", "no statement")
    dated = [each.day for each in found]
    return Document(
        format="ofx",
        source="bank_statement",
        records=Records(transactions=sorted(found, key=lambda each: each.day)),
        holders=tuple({each.number: each for each in holders}.values()),
        first=min((*dated, *([first] if first else [])), default=None),
        last=max((*dated, *([last] if last else [])), default=None),
        unread=unread,
    )


def _closing(holder: Holder, value: str) -> Holder:
    """With its closing balance: LEDGERBAL comes before AVAILBAL, so the first counts."""
    return holder if holder.balance is not None else replace(holder, balance=amounts.amount(value))


def _tags(text: str) -> Iterator[tuple[bool, str, str]]:
    for found in _TAG.finditer(text.replace("<ofx>", "<OFX>")):
        yield found[1] == "/", found[2], plain(html.unescape(found[3][:2000]))


def _day_in(text: str, tag: str) -> date | None:
    found = re.search(rf"<{tag}>\s*(\d{{8}})", text, re.ASCII)
    return days.iso(found[1]) if found else None


def _transaction(row: dict[str, str], account: str, currency: str) -> Transaction | None:
    day = days.iso(row.get("DTPOSTED", "")[:8])
    text = row.get("TRNAMT", "")
    moved: Decimal | None = amounts.amount(text, "," if "," in text and "." not in text else ".")
    if day is None or moved is None:
        return None
    return Transaction(
        id=row.get("FITID", "")[:255],
        account=account,
        day=day,
        amount=moved,
        currency=row.get("CURSYM", currency)[:3].upper(),
        party=(row.get("NAME") or row.get("PAYEEID", ""))[:200],
        text=row.get("MEMO", "")[:400],
        code=row.get("TRNTYPE", "")[:60],
    )
