"""Bank statements as tables: columns, dates and amounts found by what they hold, proved by the running balance."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from flows.application.records import Records, Transaction
from integrations.documents import amounts, days
from integrations.documents.document import Document, Holder, Unreadable
from integrations.documents.proof import in_order, together
from integrations.documents.table import Row, Table

IN = frozenset({"c", "cr", "crdt", "credit", "haben", "h", "in", "+"}) | frozenset(
    {"贷", "贷方", "收入", "收", "转入", "入账", "来账", "来"}
)
OUT = frozenset({"d", "dr", "dbit", "debit", "soll", "s", "out", "-"}) | frozenset(
    {"借", "借方", "支出", "支", "转出", "付", "付款", "往账", "往"}
)
_CURRENCIES = {"人民币": "CNY", "rmb": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP", "港币": "HKD", "£": "GBP"}
TOTAL = re.compile(
    r"合计|总计|小计|共计|期初|期末|承前页|上页|total|opening|closing|balance (b/f|c/f)|brought", re.IGNORECASE
)
_ACCOUNT = re.compile(r"(?:账号|卡号|帐号|account number|iban)\s*[:：]?\s*([0-9A-Z*][0-9A-Z* ]{6,40})", re.IGNORECASE)
_HOLDER = re.compile(
    r"(?:户名|账户名称|客户姓名|客户名称|account holder|account name)\s*[:：]\s*([^,，:：]{2,80})", re.IGNORECASE
)


def read(table: Table, written: str, *, month_first: bool | None = None) -> Document:
    """A statement from its table. Raises Unreadable when days or amounts cannot be told, or no row is left.

    `month_first` is what somebody said of its dates; None: it is found out.
    """
    day_of = days.reader_for(table.cells("day"), month_first=month_first)
    moneys = ("amount", "money_in", "money_out", "balance")
    mark = amounts.decimal_mark(cell for role in moneys for cell in table.cells(role))
    default = _currency(" ".join(table.head)[:2000])
    found: list[Transaction] = []
    seen: Counter[str] = Counter()
    left_out = unread = 0
    for row in table.rows:
        day, moved = day_of(table.cell(row, "day")), _moved(table, row, mark)
        if day is not None and moved is not None:
            number = table.cell(row, "id")[:80] or _made_id(row, seen)
            found.append(_transaction(table, row, day, moved, number=number, mark=mark, default=default))
        elif day is None and (moved is None or TOTAL.search("".join(row)[:200])):
            left_out += 1  # a heading, a note, a line of totals
        else:
            unread += 1
    if not found:
        raise Unreadable("no_data", "no row has a day and an amount")
    accounts: dict[tuple[str, str], list[Transaction]] = {}
    for each in found:
        accounts.setdefault((each.account, each.currency), []).append(each)
    proved = [in_order(each) for each in accounts.values()]
    ordered = [each for part, _ in proved for each in part]
    return Document(
        format=written,
        source="bank_statement",
        records=Records(transactions=ordered),
        holders=_holders(table.head, ordered),
        proof=together(proof for _, proof in proved),
        first=min(each.day for each in ordered),
        last=max(each.day for each in ordered),
        left_out=left_out,
        unread=unread,
    )


def _moved(table: Table, row: Row, mark: str) -> Decimal | None:
    """What a row moved, negative for money out; None when it says no amount, or contradicts itself."""
    came = amounts.amount(table.cell(row, "money_in"), mark)
    went = amounts.amount(table.cell(row, "money_out"), mark)
    if came or went:
        return None if came and went else abs(came) if came else -abs(went or Decimal(0))
    moved = amounts.amount(table.cell(row, "amount"), mark)
    if moved is None:
        return came if came is not None else went
    direction = unicodedata.normalize("NFKC", table.cell(row, "direction")).casefold()
    if direction in OUT:
        return -abs(moved)
    return abs(moved) if direction in IN else moved


def _transaction(
    table: Table, row: Row, day: date, moved: Decimal, *, number: str, mark: str, default: str
) -> Transaction:
    currency = table.cell(row, "currency")
    return Transaction(
        id=number,
        account=table.cell(row, "own_account"),
        day=day,
        amount=moved,
        currency=_currency(currency) or default if currency else default,
        party=table.cell(row, "party")[:200],
        party_account=table.cell(row, "party_account")[:60],
        text=table.cell(row, "text")[:400],
        code=table.cell(row, "kind")[:60],
        balance=amounts.amount(table.cell(row, "balance"), mark),
    )


def _made_id(row: Row, seen: Counter[str]) -> str:
    """An id from what a row says and how often it was said before: the same in another file of the same days."""
    stem = hashlib.sha256("\x1f".join(row).encode("utf-8", "replace")).hexdigest()[:24]
    seen[stem] += 1
    return f"{stem}-{seen[stem]}"


def _currency(text: str) -> str:
    """The ISO 4217 code that a cell or the lines above a table name; empty when they name none or several."""
    bare = text.strip().casefold()
    if len(bare) == 3 and bare.isascii() and bare.isalpha():
        return _CURRENCIES.get(bare, bare.upper())
    named = {code for name, code in _CURRENCIES.items() if name in bare}
    return named.pop() if len(named) == 1 else ""


def _holders(head: Sequence[str], transactions: Sequence[Transaction]) -> tuple[Holder, ...]:
    above = " , ".join(head)[:4000]
    number, name = _ACCOUNT.search(above), _HOLDER.search(above)
    if number or name:
        return (Holder(number[1].strip() if number else "", name[1].strip() if name else ""),)
    return tuple(Holder(number) for number in dict.fromkeys(each.account for each in transactions) if number)
