"""A list of invoices or sales, row by row: generous about how it is written, strict about what it means.

Void rows stay, as void. A credit note is negative. Of net, tax and total two are enough, and three must agree. Lines of
one number are one invoice; a row that is there twice counts once when it has a number. What cannot be told is refused.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from flows.application.attributes.parties import folded
from flows.application.records import Invoice, Standing
from integrations.documents import amounts, days
from integrations.documents.bank_table import TOTAL
from integrations.documents.document import Unreadable
from integrations.documents.table import Row
from integrations.reports.reading.facts import ColumnsUnclear, FileUnreadable
from integrations.reports.reading.heads import Headed
from integrations.reports.reading.mapping import CONSTANTS, ColumnMap
from integrations.reports.reading.wording import STANDINGS, Said, Words, yes

ZERO = Decimal(0)
ROUNDING = Decimal("0.05")
AMOUNTS = ("net", "tax", "gross", "amount")
STATING = ("state", "type", "direction", "valid", "void")
LONGEST_NAME = 200
Line = tuple[bool, str, Standing, date, str, str]


@dataclass
class InvoiceList:
    """What a list holds. `owner` and `owner_number` are the party that every row has, where both are named."""

    invoices: list[Invoice] = field(default_factory=list)
    owner: str = ""
    owner_number: str = ""
    left_out: int = 0
    unread: int = 0
    notes: list[str] = field(default_factory=list)


def read_invoices(name: str, table: Headed, chosen: ColumnMap, currency: str, owner: str = "") -> InvoiceList:
    """All invoices of a table; `currency` is that of rows that name none, `owner` whose books these are, if known.

    Raises ColumnsUnclear or FileUnreadable.
    """
    reading = _Reading(name, table, chosen, currency, owner)
    found = InvoiceList(owner=reading.owner, owner_number=reading.owner_number, notes=reading.notes)
    merged: dict[Line, Invoice] = {}
    seen: set[tuple[str, ...]] = set()
    single = 0
    for row in table.rows:
        made = reading.invoice(row)
        if made is None:
            found.left_out, found.unread = reading.left_out, reading.unread
            continue
        if not made.number:
            single += 1
            merged[made.issued, f"\0{single}", made.standing, made.day, "", ""] = made
            continue
        line = tuple(row)
        if line in seen:
            reading.left_out += 1
            continue
        seen.add(line)
        key = (made.issued, made.number, made.standing, made.day, made.party, made.party_number)
        before = merged.get(key)
        merged[key] = made if before is None else replace(before, net=before.net + made.net, tax=before.tax + made.tax)
    found.left_out, found.unread = reading.left_out, reading.unread
    if not merged:
        raise FileUnreadable(name, f"none of its {len(table.rows)} rows is an invoice with a date and an amount")
    found.invoices = list(_apart(merged))
    return found


def _apart(merged: Mapping[Line, Invoice]) -> Iterator[Invoice]:
    """Invoices of one number that are not the same one get numbers of their own, so that each counts.

    A void row of a number still makes the valid one of that number void; a credit note does not.
    """
    used = Counter((issued, number) for issued, number, standing, *_ in merged if standing is not Standing.VOID)
    for (issued, number, standing, day, party, _), made in merged.items():
        if standing is not Standing.VOID and number[0] != "\0" and used[issued, number] > 1:
            yield replace(made, number=f"{number} {standing.value} {day} {party}"[:200])
        else:
            yield made


class _Reading:
    """What holds for all rows of one list: how days, amounts and words are written, and whose books these are."""

    def __init__(self, name: str, table: Headed, chosen: ColumnMap, currency: str, owner: str) -> None:
        self.name, self.columns, self.heading = name, dict(table.columns), table.heading
        self.left_out = self.unread = 0
        self.notes: list[str] = []
        self.words = Words(chosen.words)
        constant = chosen.headings.get("direction", "")
        self.side = Said(constant) if constant in CONSTANTS["direction"] else None
        fixed = chosen.headings.get("currency", "")
        self.currency = fixed.upper() if len(fixed) == 3 and "currency" not in self.columns else currency
        self.currencies: dict[str, str] = {}
        self._place_amounts()
        cells = {role: self._cells(table, role) for role in (*AMOUNTS, "day")}
        try:
            self.mark = amounts.decimal_mark(cell for role in AMOUNTS for cell in cells[role])
            self.day_of = days.reader_for(cells["day"], month_first=chosen.month_first)
        except Unreadable as error:
            raise self._unclear(error) from None
        self._sides = tuple(dict.fromkeys(self._cells(table, "direction")))
        self.owner, self.owner_number = self._whose(table, owner)
        self._require_side()

    def invoice(self, row: Row) -> Invoice | None:
        """The invoice of a row; None when it is left out or cannot be read, which is counted."""
        cell = self._cell
        day, money = self.day_of(cell(row, "day")), self._money(row)
        if day is None or money is None:
            # A line of totals or a note has no day; a day without an amount, or with three that differ, is a fault.
            beside = day is None and (money is None or not cell(row, "day") or TOTAL.search("".join(row)[:200]))
            self.left_out, self.unread = self.left_out + bool(beside), self.unread + (not beside)
            return None
        standing = self._standing(row, money[0] + money[1])
        side = self._side(row)
        if standing is None or side is None:
            self.left_out, self.unread = self.left_out + (standing is None), self.unread + (standing is not None)
            return None
        net, tax = money
        if standing is Standing.RED:
            net, tax = -abs(net), -abs(tax)
        issued = side is Said.ISSUED
        party, number = self._party(row, issued=issued)
        return Invoice(
            (cell(row, "code") + (cell(row, "digital") or cell(row, "number")))[:80],
            day,
            issued,
            party[:LONGEST_NAME],
            number[:60],
            net,
            tax,
            self._currency(cell(row, "currency")),
            standing,
        )

    def _cell(self, row: Row, role: str) -> str:
        place = self.columns.get(role)
        return row[place] if place is not None and place < len(row) else ""

    def _cells(self, table: Headed, role: str) -> list[str]:
        place = self.columns.get(role)
        return [] if place is None else [row[place] for row in table.rows if place < len(row)]

    def _place_amounts(self) -> None:
        """Decide what a column that is only called an amount holds: what the others leave."""
        columns = self.columns
        if "amount" not in columns:
            return
        if "gross" not in columns and "net" not in columns:
            if "tax" in columns:
                raise self._columns_unclear("its amount may be with or without tax", "net=Amount (or total=Amount)")
            columns["gross"] = columns.pop("amount")
        elif "net" not in columns:
            columns["net"] = columns.pop("amount")
        elif "gross" not in columns:
            columns["gross"] = columns.pop("amount")
        else:
            del columns["amount"]
        if "tax" not in columns and not {"net", "gross"} <= columns.keys():
            self.notes.append("tax_unknown")

    def _money(self, row: Row) -> tuple[Decimal, Decimal] | None:
        """Net and tax of a row; None when it has no amount, or says three that contradict one another."""
        mark, cell, read = self.mark, self._cell, amounts.amount
        net, tax, gross = read(cell(row, "net"), mark), read(cell(row, "tax"), mark), read(cell(row, "gross"), mark)
        if net is None:
            return None if gross is None else (gross - (tax or ZERO), tax or ZERO)
        if gross is None:
            return net, tax or ZERO
        if tax is None:
            return net, gross - net
        return (net, tax) if abs(net + tax - gross) <= ROUNDING else None

    def _standing(self, row: Row, gross: Decimal) -> Standing | None:
        """Valid, void or a credit note; None for what is not an invoice yet."""
        said = {self.words.standing(self._cell(row, role)) for role in STATING if role in self.columns}
        if Said.DRAFT in said:
            return None
        if Said.VOID in said or yes(self._cell(row, "void")) or self._not_valid(row):
            return Standing.VOID
        if gross < 0 or Said.RED in said or self._cell(row, "positive") == "否":
            return Standing.RED
        return STANDINGS[Said.VALID]

    def _not_valid(self, row: Row) -> bool:
        cell = self._cell(row, "valid")
        return bool(cell) and yes(cell) is False

    def _side(self, row: Row) -> Said | None:
        if self.side is not None:
            return self.side
        for role in ("direction", "type"):
            said = self.words.side(self._cell(row, role))
            if said is not None:
                return said
        seller, buyer = self._cell(row, "seller"), self._cell(row, "buyer")
        if self.owner:
            sells = self._is_owner(seller, self._cell(row, "seller_number"))
            buys = self._is_owner(buyer, self._cell(row, "buyer_number"))
            return Said.ISSUED if sells and not buys else Said.RECEIVED if buys and not sells else None
        if bool(seller) == bool(buyer):
            return Said.ISSUED if {"seller", "buyer"} & self.columns.keys() == {"buyer"} else None
        return Said.ISSUED if buyer else Said.RECEIVED

    def _party(self, row: Row, *, issued: bool) -> tuple[str, str]:
        role = "buyer" if issued else "seller"
        name = self._cell(row, role) or self._cell(row, "party")
        return name, self._cell(row, f"{role}_number") or self._cell(row, "party_number")

    def _currency(self, cell: str) -> str:
        if not cell:
            return self.currency
        known = self.currencies.get(cell)
        if known is None:
            code = cell.strip().upper()
            known = CURRENCY_WORDS.get(cell.strip(), code if len(code) == 3 and code.isalpha() else self.currency)
            self.currencies[cell] = known = {"RMB": "CNY"}.get(known, known)
        return known

    def _is_owner(self, name: str, number: str) -> bool:
        if self.owner_number and number:
            return number == self.owner_number
        return bool(name) and folded(name) == folded(self.owner)

    def _whose(self, table: Headed, owner: str) -> tuple[str, str]:
        """The firm whose books these are: the one the caller names, else the one that is a party to every row."""
        if self.side is not None or "direction" in self.columns or not {"seller", "buyer"} <= self.columns.keys():
            return owner, ""
        common: set[tuple[str, str]] | None = None
        for row in table.rows:
            parties = {
                (folded(self._cell(row, role)), self._cell(row, f"{role}_number"))
                for role in ("seller", "buyer")
                if self._cell(row, role)
            }
            if len(parties) < 2:
                continue
            common = parties if common is None else common & parties
            if not common:
                break
        names = {
            (folded(self._cell(row, role)), self._cell(row, f"{role}_number")): self._cell(row, role)
            for row in table.rows[:50]
            for role in ("seller", "buyer")
        }
        if owner:
            return next(((name, key[1]) for key, name in names.items() if key[0] == folded(owner)), (owner, ""))
        if common is None:
            return "", ""
        if len(common) != 1:
            raise FileUnreadable(
                self.name, 'it names sellers and buyers, but not which of them you are. Say it: --business "Your firm"'
            )
        key = common.pop()
        return names[key], key[1]

    def _require_side(self) -> None:
        """Refuse a list that does not say who issued what, or says it in words we do not know."""
        columns = self.columns.keys()
        unknown = next((cell for cell in self._sides if cell and self.words.side(cell) is None), None)
        if self.side is None and unknown is not None:
            head = self.heading[self.columns["direction"]]
            what = f'its column {head} says "{unknown[:60]}", which is neither issued nor received'
            raise self._columns_unclear(what, f"side={head},issued={unknown[:60]} (or received={unknown[:60]})")
        if self.side is not None or {"seller", "buyer"} & columns or "direction" in columns:
            return
        said = (
            any(word in self.name.casefold() for word in SALES_FILES),
            any(word in self.name.casefold() for word in PURCHASE_FILES),
        )
        if said[0] != said[1]:
            self.side = Said.ISSUED if said[0] else Said.RECEIVED
        elif "type" not in columns:
            raise self._columns_unclear(
                "it does not say whether its invoices were issued or received", "side=issued (or side=Heading)"
            )

    def _unclear(self, error: Unreadable) -> ColumnsUnclear:
        if error.fact == "dates":
            return self._columns_unclear(
                "its dates can be read with the day or the month first", "dates=day-first (or dates=month-first)"
            )
        return self._columns_unclear("its amounts use both the point and the comma for decimals", "")

    def _columns_unclear(self, what: str, example: str) -> ColumnsUnclear:
        return ColumnsUnclear(self.name, what, tuple(cell for cell in self.heading if cell), example)


SALES_FILES = ("sales", "issued", "outgoing", "销项", "销售", "开具")
PURCHASE_FILES = ("purchase", "received", "incoming", "bills", "进项", "采购", "取得", "收票")
CURRENCY_WORDS = {"人民币": "CNY", "元": "CNY", "¥": "CNY", "￥": "CNY", "£": "GBP", "$": "USD", "€": "EUR"}
CURRENCY_WORDS |= {"美元": "USD", "欧元": "EUR", "英镑": "GBP", "港币": "HKD"}
