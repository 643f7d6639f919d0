"""What an invented merchant's bank exports for each account and month: CAMT.053 where it codes, else CSV.

Both prove themselves, by opening and closing or by running balance.
"""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.applications import Starlette

from flows.application.months import month_of, shift
from integrations.documents.sandbox import create_box_of
from integrations.merchants import Merchant
from integrations.merchants.coding import CODES
from integrations.merchants.ledger import Book, Entry
from integrations.toolkit.sandbox import Desk

HEADS = {
    "en": ("Date", "Description", "Paid out", "Paid in", "Balance", "Counterparty name", "Counterparty account"),
    "zh": ("交易日期", "摘要", "支出金额", "收入金额", "余额", "对方户名", "对方账号"),
}


def create_app(desk: Desk) -> Starlette:
    """The box of statements."""
    return create_box_of(desk, lambda merchant: list(statements(merchant, desk)))


def statements(merchant: Merchant, desk: Desk) -> Iterator[bytes]:
    """A file for each month of each business account that the bank still has."""
    bank, today = merchant.profile.bank, desk.clock().date()
    numbers = {Book.CLOSED: bank.closed_account, Book.MAIN: bank.account}
    lost = {shift(month_of(today), -back) for back in bank.missing_months}
    first = shift(month_of(today), -13)
    opening = bank.opening
    for book, number in numbers.items():
        if number is None:
            continue
        months: dict[str, list[tuple[Entry, Decimal]]] = {}
        balance, opening = opening, Decimal(0)
        for each in merchant.ledger(today).entries:
            if each.book is book:
                balance += each.amount
                if month_of(each.day) >= first and month_of(each.day) not in lost:
                    months.setdefault(f"{each.day:%Y-%m}", []).append((each, balance))
        for rows in months.values():
            yield (_camt if bank.coded else _csv)(merchant, number, rows)


def _csv(merchant: Merchant, number: str, rows: list[tuple[Entry, Decimal]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    holder = merchant.names.bank or merchant.names.legal
    chinese = merchant.lang == "zh"
    labels = ("账号", "户名") if chinese else ("Account number", "Account holder")
    out.write("".join(f"{label}: {value}\n" for label, value in zip(labels, (number, holder), strict=True)))
    writer.writerow(HEADS[merchant.lang])
    for each, balance in rows:
        went = f"{-each.amount:,.2f}" if each.amount < 0 else ""
        came = f"{each.amount:,.2f}" if each.amount >= 0 else ""
        writer.writerow(
            (each.day.isoformat(), each.text, went, came, f"{balance:,.2f}", each.party, each.party_account or "")
        )
    return out.getvalue().encode("gb18030" if chinese else "utf-8")


def _camt(merchant: Merchant, number: str, rows: list[tuple[Entry, Decimal]]) -> bytes:
    currency = merchant.currency
    document = Element("Document", xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08")
    statement = SubElement(SubElement(document, "BkToCstmrStmt"), "Stmt")
    account = SubElement(statement, "Acct")
    _text(account, "Id/Othr/Id", number)
    _text(account, "Ownr/Nm", merchant.names.bank or merchant.names.legal)
    for code, amount in (("OPBD", rows[0][1] - rows[0][0].amount), ("CLBD", rows[-1][1])):
        balance = SubElement(statement, "Bal")
        _text(balance, "Tp/CdOrPrtry/Cd", code)
        _amount(balance, amount, currency)
    for each, _ in rows:
        entry = SubElement(statement, "Ntry")
        _amount(entry, each.amount, currency)
        _text(entry, "Sts/Cd", "BOOK")
        _text(entry, "BookgDt/Dt", each.day.isoformat())
        _text(entry, "AcctSvcrRef", each.id)
        family, sub = CODES.get(each.category, ("RCDT" if each.amount > 0 else "ICDT", "ESCT"))
        fmly = SubElement(SubElement(SubElement(entry, "BkTxCd"), "Domn"), "Fmly")
        _text(fmly, "Cd", family)
        _text(fmly, "SubFmlyCd", sub)
        details = SubElement(SubElement(entry, "NtryDtls"), "TxDtls")
        side = "Dbtr" if each.amount > 0 else "Cdtr"
        parties = SubElement(details, "RltdPties")
        _text(parties, f"{side}/Pty/Nm", each.party)
        if each.party_account:
            _text(parties, f"{side}Acct/Id/Othr/Id", each.party_account)
        _text(details, "RmtInf/Ustrd", each.text)
    return bytes(tostring(document, encoding="utf-8", xml_declaration=True))


def _text(parent: Element, path: str, text: str) -> None:
    for step in path.split("/"):
        parent = SubElement(parent, step)
    parent.text = text


def _amount(parent: Element, amount: Decimal, currency: str) -> None:
    SubElement(parent, "Amt", Ccy=currency).text = f"{abs(amount):.2f}"
    SubElement(parent, "CdtDbtInd").text = "CRDT" if amount >= 0 else "DBIT"
