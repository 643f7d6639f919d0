"""ISO 20022 bank-to-customer statements: camt.053 of any version, and camt.052 reports of the same shape.

Only booked entries count. A statement is proved by its opening (OPBD, PRCD) and closing (CLBD) balances.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from flows.application.records import Records, Transaction
from integrations.documents import amounts, days
from integrations.documents.document import MOST_ROWS, Document, Holder, Proof, Unreadable
from integrations.documents.proof import between, together
from integrations.documents.xml import child, children, elements, flat, name, words

ROOTS = frozenset({"BkToCstmrStmt", "BkToCstmrAcctRpt"})
_STATEMENTS = frozenset({"Stmt", "Rpt"})
_OPENING = ("OPBD", "PRCD")


def read(content: bytes) -> Document:
    """All statements of a file. Raises Unreadable."""
    found: list[Transaction] = []
    rows: list[Transaction] = []
    holders: list[Holder] = []
    proofs: list[Proof] = []
    left_out = unread = 0
    account = currency = ""
    for element, complete in elements(content):
        if not complete:
            continue
        tag = name(element)
        if tag == "Acct" and not rows:
            account, currency = words(element, "Id/IBAN", 40) or words(element, "Id/Othr/Id", 40), words(element, "Ccy")
        elif tag == "Ntry":
            said = flat(element)
            row = _entry(element, said, account, currency)
            if (said.get("Sts/Cd") or said.get("Sts", "BOOK")) != "BOOK":
                left_out += 1
            elif row is None:
                unread += 1
            else:
                rows.append(row if row.id else replace(row, id=f"{row.day:%Y%m%d}-{len(found) + len(rows)}"))
            element.clear()
            if len(found) + len(rows) > MOST_ROWS:
                raise Unreadable("too_many_rows")
        elif tag in _STATEMENTS:
            balances = {words(each, "Tp/CdOrPrtry/Cd"): _signed(flat(each)) for each in children(element, "Bal")}
            holders.append(_holder(child(element, "Acct"), balances.get("CLBD")))
            proofs.append(_proof(balances, rows))
            found += rows
            rows = []
            element.clear()
    if not proofs:
        raise Unreadable("no_data", "no statement")
    return Document(
        format="camt053",
        source="bank_statement",
        records=Records(transactions=found),
        holders=tuple({each.number: each for each in holders}.values()),
        proof=Proof.BROKEN if unread else together(proofs),
        first=min((each.day for each in found), default=None),
        last=max((each.day for each in found), default=None),
        left_out=left_out,
        unread=unread,
    )


def _entry(entry: Element, said: dict[str, str], account: str, currency: str) -> Transaction | None:
    amount, day = _signed(said), _day(said, "BookgDt") or _day(said, "ValDt")
    if amount is None or day is None:
        return None
    amount_element = child(entry, "Amt")
    family, sub = said.get("BkTxCd/Domn/Fmly/Cd", ""), said.get("BkTxCd/Domn/Fmly/SubFmlyCd", "")
    party, number = _other_side(said, came=amount > 0)
    text = filter(None, (said.get("AddtlNtryInf"), said.get("NtryDtls/TxDtls/RmtInf/Ustrd")))
    return Transaction(
        id=(said.get("AcctSvcrRef") or said.get("NtryRef") or "")[:80],
        account=account,
        day=day,
        amount=amount,
        currency=(amount_element.get("Ccy", "") if amount_element is not None else "")[:3] or currency,
        party=party[:200],
        party_account=number[:40],
        text=" ".join(text)[:400],
        code=f"{family}/{sub}" if family and sub else family or said.get("BkTxCd/Prtry/Cd", "")[:60],
    )


def _other_side(said: dict[str, str], *, came: bool) -> tuple[str, str]:
    """Name and account of who paid, or was paid; since version 8 the name stands in Pty."""
    side = f"NtryDtls/TxDtls/RltdPties/{'Dbtr' if came else 'Cdtr'}"
    party = said.get(f"{side}/Nm") or said.get(f"{side}/Pty/Nm") or ""
    return party, said.get(f"{side}Acct/Id/IBAN") or said.get(f"{side}Acct/Id/Othr/Id") or ""


def _signed(said: dict[str, str]) -> Decimal | None:
    amount = amounts.amount(said.get("Amt", ""))
    if amount is None:
        return None
    return amount if said.get("CdtDbtInd") == "CRDT" else -amount


def _day(said: dict[str, str], tag: str) -> date | None:
    return days.iso(said.get(f"{tag}/Dt") or said.get(f"{tag}/DtTm", ""))


def _holder(account: Element | None, balance: Decimal | None) -> Holder:
    number = words(account, "Id/IBAN", 40) or words(account, "Id/Othr/Id", 40)
    bank = words(account, "Svcr/FinInstnId/Nm", 80) or words(account, "Svcr/FinInstnId/BICFI", 20)
    return Holder(number, words(account, "Ownr/Nm", 200), bank or words(account, "Svcr/FinInstnId/BIC", 20), balance)


def _proof(balances: dict[str, Decimal | None], rows: Iterable[Transaction]) -> Proof:
    opening = next((balances[code] for code in _OPENING if code in balances), None)
    return between(opening, balances.get("CLBD"), rows)
