"""What statements that came as files say together: rows by account, the balance at their end, since when."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from flows.application.months import month_of
from flows.application.records import Transaction
from integrations.documents.document import Document, Holder

FIRST_DAYS = 5  # a statement whose first row is on one of these days covers the month from its beginning


def covered_from(first: date) -> date:
    """From when rows are complete that begin on a day."""
    return month_of(first) if first.day <= FIRST_DAYS else first


def batches(documents: Sequence[Document], currency: str) -> Iterator[list[Transaction]]:
    """The rows of each file in the currency of the market, with the account that its head names."""
    for document in documents:
        number = document.holders[0].number if len(document.holders) == 1 else ""
        rows = (each for each in document.records.transactions if each.currency in {currency, ""})
        yield [_placed(each, each.account or number, currency) for each in rows]


def _placed(row: Transaction, account: str, currency: str) -> Transaction:
    """The row on an account; most rows say all of it themselves, and copies of 100,000 take their time."""
    said = (row.account, row.currency) == (account, currency)
    return row if said else replace(row, account=account, currency=currency)


def balance(documents: Sequence[Document]) -> Decimal | None:
    """The balance of all accounts after the last row; None when one account's is unknown."""
    last: dict[str, tuple[date, Decimal | None]] = {}
    for document in documents:
        for holder in document.holders or (Holder(),):
            theirs = [each for each in document.records.transactions if each.account in {holder.number, ""}]
            written = next((each.balance for each in reversed(theirs) if each.balance is not None), None)
            known = holder.balance if holder.balance is not None else written
            ends = document.last or date.min
            if holder.number not in last or ends >= last[holder.number][0]:
                last[holder.number] = (ends, known)
    balances = [balance for _, balance in last.values()]
    return None if None in balances else sum((each for each in balances if each is not None), Decimal(0))
