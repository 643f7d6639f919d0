"""What each booked movement is: by who is on the other side, by ISO 20022 code, else by the bank's own words.

The words are tried at the beginning of the text only, where banks put them: what payers write comes
after, and is never more than a customer's note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from integrations.sources.bank.records import Transaction

BOOKED = frozenset({"BOOK", "Booked"})
LOAN_FAMILIES = frozenset({"FTLN", "NTLN", "CSLN", "MGLN", "SYDN"})
RETURNS = frozenset({"RRTN", "RPCR", "RIMB"})


class Kind(StrEnum):
    """What a movement is for the business."""

    CARD_SALE = "card_sale"
    SALE = "sale"
    OWN = "own"
    PROCEEDS = "proceeds"
    REPAYMENT = "repayment"
    REFUND = "refund"
    RETURNED = "returned"
    COST = "cost"


WORDS_IN = (
    (Kind.PROCEEDS, re.compile(r"loan (advance|drawdown|disbursement)\b|贷款发放|放款", re.IGNORECASE)),
    (Kind.RETURNED, re.compile(r"returned unpaid\b|unpaid direct debit\b|退票", re.IGNORECASE)),
    (Kind.REFUND, re.compile(r"(refund|reversal)\b|退款|冲正", re.IGNORECASE)),
    (Kind.OWN, re.compile(r"own (account )?transfer\b|本人转账|同名转账", re.IGNORECASE)),
)
WORDS_OUT = (
    (Kind.REPAYMENT, re.compile(r"loan (re)?payment\b|贷款还款|还贷", re.IGNORECASE)),
    (Kind.OWN, re.compile(r"own (account )?transfer\b|本人转账|同名转账", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Own:
    """What belongs to the same owner: account numbers, and names as `plain` writes them."""

    accounts: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True)
class Movement:
    """A booked movement; `amount` is negative for money out, `day` the bank's local booking day."""

    day: date
    amount: Decimal
    kind: Kind
    party: str


def plain(name: str) -> str:
    """A name without case, spaces and punctuation, for comparing."""
    return "".join(char for char in name.casefold() if char.isalnum())


def read_movements(transactions: Sequence[Transaction], own: Own) -> list[Movement]:
    """The booked movements in order of day; a transaction that comes twice (same id) counts once."""
    seen: set[tuple[str, str]] = set()
    found: list[Movement] = []
    for each in transactions:
        if each.status not in BOOKED:
            continue
        if each.transaction_id is not None:
            key = (each.account_id, each.transaction_id)
            if key in seen:
                continue
            seen.add(key)
        incoming = each.credit_debit_indicator == "Credit"
        other = each.debtor_account if incoming else each.creditor_account
        amount = each.amount.amount if incoming else -each.amount.amount
        party = (other.name if other is not None else None) or ""
        found.append(Movement(each.booking_date_time.date(), amount, _kind(each, own, party), party))
    return sorted(found, key=lambda movement: movement.day)


def _kind(transaction: Transaction, own: Own, party: str) -> Kind:
    incoming = transaction.credit_debit_indicator == "Credit"
    other = transaction.debtor_account if incoming else transaction.creditor_account
    if other is not None and other.identification in own.accounts:
        return Kind.OWN
    if party and plain(party) in own.names:
        return Kind.OWN
    coded = _coded(transaction, incoming=incoming)
    if coded is not None:
        return coded
    if transaction.bank_transaction_code is None:
        text = transaction.transaction_information.strip()
        for kind, words in WORDS_IN if incoming else WORDS_OUT:
            if words.match(text):
                return kind
    return Kind.SALE if incoming else Kind.COST


def _coded(transaction: Transaction, *, incoming: bool) -> Kind | None:
    """The kind that the ISO 20022 code tells; None for codes that do not distinguish."""
    code = transaction.bank_transaction_code
    if code is None:
        return None
    if code.code in LOAN_FAMILIES:
        return Kind.PROCEEDS if incoming else Kind.REPAYMENT
    if incoming and code.sub_code in {"UPDD", "UPCT"}:
        return Kind.RETURNED
    if incoming and code.sub_code in RETURNS:
        return Kind.REFUND
    if incoming and code.code == "MCRD":
        return Kind.CARD_SALE
    return None
