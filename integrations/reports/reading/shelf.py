"""Opens the files of one firm, whatever they are, and keeps what each brought and where it is from."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.application.attributes.parties import folded
from flows.application.records import Invoice, Transaction
from flows.application.report.model import SourceUsed
from integrations.documents import bank_table, recognise, workbook
from integrations.documents.document import Document, Paper, Unreadable
from integrations.documents.table import Row, Table
from integrations.documents.text import decode
from integrations.reports.reading.facts import ColumnsUnclear, FileUnreadable
from integrations.reports.reading.heads import Headed, headed_rows, headed_text
from integrations.reports.reading.invoice_rows import InvoiceList, read_invoices
from integrations.reports.reading.mapping import NOTHING, ColumnMap

MOST_BYTES = 400 * 1024 * 1024
INVOICES, STATEMENT = "einvoice", "bank_statement"
WHOSE = 'it names sellers and buyers, but not which of them you are. Say it: --business "Your firm"'
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_OTHERS = (b"%PDF-", b"<", b"\xef\xbb\xbf<", b"OFXHEADER", b":20:", b"{1:")
_SIGNS = {"£": "GBP", "€": "EUR", "¥": "CNY", "￥": "CNY", "元": "CNY", "人民币": "CNY"}
_CODES = re.compile(r"\b(CNY|GBP|EUR|USD|HKD)\b")
_FACTS = {
    "empty": "it is empty",
    "too_large": "it is too large",
    "too_many_rows": "it has too many rows",
    "unknown": "it is no list of invoices and no bank statement that can be read",
    "photo": "it is a picture; only files with text can be read",
    "locked": "it is locked with a password",
    "damaged": "it is damaged",
    "no_data": "no row has a date and an amount",
}


@dataclass(frozen=True)
class Wanted:
    """What the caller says of the files: columns, currency, whose they are, as of when; `today` bounds the last."""

    today: date
    columns: ColumnMap = NOTHING
    currency: str = ""
    business: str = ""
    as_of: date | None = None


@dataclass(frozen=True)
class Given:
    """One file and the consent that it stands for: the caller gave it."""

    path: Path
    digest: str

    @property
    def name(self) -> str:
        """Without its folder."""
        return self.path.name

    @property
    def consent(self) -> str:
        """What its records rest on."""
        return f"file:{self.digest[:16]}"


class Shelf:
    """The files of one firm. `open` adds one."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.invoices: list[tuple[Given, list[Invoice]]] = []
        self.statements: list[tuple[Given, Document]] = []
        self.sources: list[SourceUsed] = []
        self.notes: list[str] = []
        self.owner = self.owner_number = ""
        self.chinese = False

    def open(self, path: Path) -> None:
        """Read a file. Raises ColumnsUnclear or FileUnreadable, naming it."""
        if path.stat().st_size > MOST_BYTES:
            raise FileUnreadable(path.name, f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
        content = path.read_bytes()
        given = Given(path, hashlib.sha256(content).hexdigest())
        if any(each.sha256 == given.digest for each in self.sources):
            self.notes.append("same_file")
            return
        try:
            if content.startswith(_WORKBOOKS):
                self._take_table(given, headed_rows(given.name, _sheet(given, content), self._wanted.columns))
            elif content.lstrip().startswith(_OTHERS):
                self._take_document(given, recognise.read(content))
            else:
                self._take_table(given, headed_text(given.name, decode(content), self._wanted.columns))
        except Unreadable as error:
            if error.fact == "dates":
                what = "its dates can be read with the day or the month first"
                raise ColumnsUnclear(given.name, what, (), "dates=day-first (or dates=month-first)") from None
            raise FileUnreadable(given.name, _FACTS.get(error.fact, "it cannot be read")) from None

    def _take_table(self, given: Given, table: Headed) -> None:
        wanted, self.chinese = self._wanted, self.chinese or _is_chinese(table.heading)
        if table.kind == "invoices":
            currency = wanted.currency or _named_in(table.heading) or ("CNY" if _is_chinese(table.heading) else "")
            self._take_invoices(
                given, read_invoices(given.name, table, wanted.columns, currency, owner=wanted.business)
            )
        else:
            rows = Table(table.above, " ".join(table.heading), _with_direction(table), table.rows)
            self._take_document(given, bank_table.read(rows, "csv", month_first=wanted.columns.month_first))

    def _take_document(self, given: Given, document: Document) -> None:
        """What a statement holds, or invoices of a format that names both parties."""
        if document.papers:
            self._take_invoices(given, _sided(given, document, self._wanted.business))
            return
        rows: Sequence[Transaction] = document.records.transactions
        if not rows:
            raise FileUnreadable(given.name, "it holds no invoices and no bank movements")
        holder = document.holders[0].name if len(document.holders) == 1 else ""
        self.owner = self.owner or holder
        self.chinese = self.chinese or any(_is_chinese((each.party, each.text)) for each in rows[:50])
        self.statements.append((given, document))
        self._remember(STATEMENT, given, [each.day for each in rows], (document.left_out, document.unread))

    def _take_invoices(self, given: Given, listed: InvoiceList) -> None:
        self.owner, self.owner_number = self.owner or listed.owner, self.owner_number or listed.owner_number
        self.notes += listed.notes
        self.chinese = self.chinese or any(_is_chinese((each.party,)) for each in listed.invoices[:50])
        self.invoices.append((given, listed.invoices))
        self._remember(INVOICES, given, [each.day for each in listed.invoices], (listed.left_out, listed.unread))

    def _remember(self, source: str, given: Given, days: Sequence[date], skipped: tuple[int, int]) -> None:
        self.sources.append(
            SourceUsed(
                source=source,
                consent_id=given.consent,
                first=min(days),
                last=max(days),
                records=len(days),
                file=given.name[:255],
                sha256=given.digest,
                left_out=skipped[0],
                unread=skipped[1],
            )
        )


def _with_direction(table: Headed) -> Mapping[str, int]:
    """The columns of a statement, where one called a type says nothing but debit and credit."""
    place = table.columns.get("kind")
    if place is None or {"direction", "money_in", "money_out"} & table.columns.keys():
        return table.columns
    words = {row[place].strip().casefold() for row in table.rows if place < len(row)} - {""}
    return {**table.columns, "direction": place} if words and words <= bank_table.IN | bank_table.OUT else table.columns


def _sheet(given: Given, content: bytes) -> list[Row]:
    """The first sheet of a workbook that holds anything."""
    for page in workbook.sheets(content):
        rows = list(page)
        if any(any(row) for row in rows):
            return rows
    raise FileUnreadable(given.name, "its sheets are empty")


def _sided(given: Given, document: Document, business: str) -> InvoiceList:
    """Invoices with seller and buyer: ours are those of the firm that is a party to every one."""
    common = set.intersection(*({folded(each.seller), folded(each.buyer)} for each in document.papers))
    owner = folded(business) or (next(iter(common)) if len(common) == 1 else "")
    if not owner:
        raise FileUnreadable(given.name, WHOSE)
    invoices = [_invoice(each, issued=folded(each.seller) == owner) for each in document.papers]
    first = document.papers[0]
    name = first.seller if folded(first.seller) == owner else first.buyer
    return InvoiceList(invoices, owner=name, left_out=document.left_out, unread=document.unread)


def _invoice(paper: Paper, *, issued: bool) -> Invoice:
    return Invoice(
        number=paper.number,
        day=paper.day,
        issued=issued,
        party=paper.buyer if issued else paper.seller,
        party_number=paper.buyer_number if issued else paper.seller_number,
        net=paper.net,
        tax=paper.tax,
        currency=paper.currency,
        standing=paper.standing,
        due=paper.due,
        corrects=paper.corrects,
    )


def _named_in(heading: Sequence[str]) -> str:
    """The one currency in the headings of a table, such as `Net (GBP)` or `金额（元）`."""
    text = " ".join(heading)
    named = {*_CODES.findall(text.upper()), *(code for sign, code in _SIGNS.items() if sign in text)}
    return named.pop() if len(named) == 1 else ""


def _is_chinese(texts: Sequence[str]) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for text in texts for char in text)
