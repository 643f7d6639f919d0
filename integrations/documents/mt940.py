"""SWIFT MT940 customer statements: fields :25:, :60a:, :61:, :86: and :62a:, proved by opening and closing balance.

Field formats after the SWIFT user handbook for category 9, as banks publish them; the parts of :86: that German
banks mark with ?20 to ?33 are read as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from flows.application.records import Records, Transaction
from integrations.documents.document import MOST_ROWS, Document, Holder, Proof, Unreadable
from integrations.documents.proof import between, together
from integrations.documents.text import plain

_START = re.compile(r"(?:^|\n):20:[^\n]*\n(?:.*\n){0,6}?:60[FM]:")
_TAG = re.compile(r":(\d\d[A-Z]?):(.*)", re.DOTALL)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d{1,15},\d{0,4})", re.ASCII)
_LINE = re.compile(
    r"(?P<day>\d{6})(?P<booked>\d{4})?(?P<mark>R?[CD])[A-Z]?(?P<amount>\d{1,15},\d{0,4})(?P<code>[NFS][A-Z0-9]{3})?"
    r"(?P<ours>[^\n/]{0,34}(?:/[^\n/][^\n/]{0,33})*)(?://(?P<bank>[^\n]{0,34}))?",
    re.ASCII,
)
_SUBFIELD = re.compile(r"\?(\d\d)([^?]*)", re.ASCII)


@dataclass
class _Statement:
    """One message while it is read."""

    account: str = ""
    currency: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    rows: list[Transaction] = field(default_factory=list)


def is_mt940(text: str) -> bool:
    """Whether a text begins as MT940 does."""
    return _START.search(text[:3000].replace("\r", "")) is not None


def read(text: str) -> Document:
    """All statements of a file. Raises Unreadable."""
    statements: list[_Statement] = []
    unread = total = 0
    for tag, value in _fields(text):
        if tag == "20":
            statements.append(_Statement())
        if not statements:
            continue
        now = statements[-1]
        if tag in {"25", "25P"}:
            now.account = value.split("\n")[0][:60]
        elif tag in {"60F", "60M"}:
            now.opening, now.currency = _balance(value)
        elif tag in {"62F", "62M"}:
            now.closing, _ = _balance(value)
        elif tag == "61":
            row = _row(value, now, total)
            total += 1
            if row is None:
                unread += 1
            else:
                now.rows.append(row)
            if total > MOST_ROWS:
                raise Unreadable("too_many_rows")
        elif tag == "86" and now.rows and now.closing is None:
            now.rows[-1] = _explained(now.rows[-1], value)
    found = [row for each in statements for row in each.rows]
    if not found and not any(each.closing is not None for each in statements):
        raise Unreadable("no_data", "no statement")
    return Document(
        format="mt940",
        source="bank_statement",
        records=Records(transactions=found),
        holders=tuple({each.account: Holder(each.account, balance=each.closing) for each in statements}.values()),
        proof=together(_proof(statements)) if not unread else Proof.BROKEN,
        first=min((each.day for each in found), default=None),
        last=max((each.day for each in found), default=None),
        unread=unread,
    )


def _proof(statements: list[_Statement]) -> Iterator[Proof]:
    """Each statement by its own balances, and each against the one before of the same account."""
    last: dict[tuple[str, str], Decimal | None] = {}
    for each in statements:
        yield between(each.opening, each.closing, each.rows)
        key = each.account, each.currency
        if last.get(key) is not None and each.opening != last[key]:
            yield Proof.BROKEN
        last[key] = each.closing


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Tags and their values; a line without a tag goes on with the field before."""
    tag, lines = "", list[str]()
    for line in text.splitlines():
        found = _TAG.match(line)
        if found is None:
            if line.strip() not in {"-", "-}"} and not line.startswith("{") and len(lines) < 20:
                lines.append(line)
            continue
        if tag:
            yield tag, "\n".join(lines)
        tag, lines = found[1], [found[2]]
    if tag:
        yield tag, "\n".join(lines)


def _balance(value: str) -> tuple[Decimal | None, str]:
    found = _BALANCE.match(value)
    if found is None:
        return None, ""
    amount = Decimal(found[4].replace(",", "."))
    return (amount if found[1] == "C" else -amount), found[3]


def _row(value: str, statement: _Statement, number: int) -> Transaction | None:
    found = _LINE.match(value)
    if found is None:
        return None
    day = _day(found["day"], found["booked"])
    if day is None:
        return None
    amount = Decimal(found["amount"].replace(",", "."))
    came = found["mark"] in {"C", "RD"}  # a reversed debit brings the money back
    reference = plain(found["bank"] or "") or plain(found["ours"])
    unique = reference if reference and reference != "NONREF" else ""
    return Transaction(
        id=f"{unique}-{found['day']}-{found['mark']}{amount}" if unique else f"{found['day']}-{number}",
        account=statement.account,
        day=day,
        amount=amount if came else -amount,
        currency=statement.currency,
        code=(found["code"] or "")[1:],
    )


def _day(valued: str, booked: str | None) -> date | None:
    """The booking day: the value day's year, or the one beside it that brings the two closest."""
    try:
        value_day = date(2000 + int(valued[:2]), int(valued[2:4]), int(valued[4:]))
        if booked is None:
            return value_day
        years = (value_day.year, value_day.year - 1, value_day.year + 1)
        booked_days = [date(year, int(booked[:2]), int(booked[2:])) for year in years if booked != "0229"]
    except ValueError:
        return None
    return min(booked_days, key=lambda day: abs((day - value_day).days), default=value_day)


def _explained(row: Transaction, value: str) -> Transaction:
    parts = dict(_SUBFIELD.findall(value.replace("\n", "")))
    if not parts:
        return replace(row, text=plain(" ".join(value.split()))[:400])
    name = "".join(parts.get(number, "") for number in ("32", "33"))
    purpose = "".join(parts.get(f"{number}", "") for number in (*range(20, 30), *range(60, 64)))
    posting = parts.get("00", "")
    text = f"{posting} {purpose}".strip()
    return replace(row, party=plain(name)[:200], party_account=plain(parts.get("31", ""))[:60], text=plain(text)[:400])
