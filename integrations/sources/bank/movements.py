"""The bank's transactions in the one form of all sources: booked ones only, with the bank's local day."""

from collections.abc import Mapping, Sequence

from flows.application import records
from integrations.sources.bank.records import Transaction

BOOKED = frozenset({"BOOK", "Booked"})


def canonical(transactions: Sequence[Transaction], numbers: Mapping[str, str]) -> list[records.Transaction]:
    """The booked ones; `numbers` are the account numbers behind the bank's own ids of accounts."""
    return [_one(each, numbers.get(each.account_id, each.account_id)) for each in transactions if each.status in BOOKED]


def _one(transaction: Transaction, account: str) -> records.Transaction:
    incoming = transaction.credit_debit_indicator == "Credit"
    other = transaction.debtor_account if incoming else transaction.creditor_account
    code = transaction.bank_transaction_code
    return records.Transaction(
        id=transaction.transaction_id or "",
        account=account,
        day=transaction.booking_date_time.date(),
        amount=transaction.amount.amount if incoming else -transaction.amount.amount,
        currency=transaction.amount.currency,
        party=(other.name if other is not None else None) or "",
        party_account=(other.identification if other is not None else None) or "",
        text=transaction.transaction_information,
        code="" if code is None else f"{code.code}/{code.sub_code}",
    )
