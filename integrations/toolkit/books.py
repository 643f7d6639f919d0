"""What the books of a business say: what customers owe it and what it owes, by its posted invoices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.application.money import Money
from flows.application.records import Invoice, Standing
from integrations.toolkit.source import Gathering


@dataclass(frozen=True)
class Owed:
    """The open amount of valid invoices with tax, and how many invoices were looked at; None is unknown."""

    amount: Decimal | None
    records: int


def owed(invoices: Sequence[Invoice], currency: str, *, issued: bool) -> Owed:
    """What is open of the invoices issued, or of those received, each counted once.

    Unknown when an open one does not say how much of it is left, or is in another currency.
    """
    known = {each.number: each for each in invoices if each.issued is issued and each.standing is not Standing.VOID}
    open_ones = [each for each in known.values() if each.open_amount is None or each.open_amount != 0]
    if any(each.open_amount is None or each.currency != currency for each in open_ones):
        return Owed(None, len(known))
    return Owed(sum((each.open_amount or Decimal(0) for each in open_ones), Decimal(0)), len(known))


def read_books(found: Gathering, invoices: Sequence[Invoice], currency: str, as_of: date) -> None:
    """accounts_receivable and accounts_payable on `as_of`; without any invoice on a side it stays unknown."""
    for field, issued in (("accounts_receivable", True), ("accounts_payable", False)):
        side = owed(invoices, currency, issued=issued)
        if side.amount is None:
            found.note("open_amounts_unclear")
        elif side.records:
            money = Money(amount=side.amount, currency=currency)
            found.value(field, money, f"{field} {as_of}", window=f"{as_of:%Y-%m}")
