"""Proving a statement by its own balances: each is the one before plus everything booked between."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from flows.application.records import Transaction
from integrations.documents.document import Proof


def in_order(transactions: Sequence[Transaction]) -> tuple[list[Transaction], Proof]:
    """The transactions of one account oldest first, and whether their running balance proves them.

    Banks write oldest or newest first; on one day the order of the file is kept, because the balance follows it.
    """
    ways = [list(transactions), list(reversed(transactions))]
    if transactions and transactions[0].day > transactions[-1].day:
        ways.reverse()
    breaks = [_breaks(way) for way in ways]
    if breaks[0] is None:
        return ways[0], Proof.NONE
    best = min((0, 1), key=lambda place: breaks[place] or 0)
    return ways[best], Proof.PROVED if breaks[best] == 0 else Proof.BROKEN


def between(opening: Decimal | None, closing: Decimal | None, transactions: Iterable[Transaction]) -> Proof:
    """Whether the opening balance and everything booked make the closing balance."""
    if opening is None or closing is None:
        return Proof.NONE
    total = sum((each.amount for each in transactions), opening)
    return Proof.PROVED if total == closing else Proof.BROKEN


def together(proofs: Iterable[Proof]) -> Proof:
    """The proof of a whole file: broken when one part is, proved when all parts are."""
    found = set(proofs)
    if Proof.BROKEN in found:
        return Proof.BROKEN
    return Proof.PROVED if found == {Proof.PROVED} else Proof.NONE


def _breaks(transactions: Sequence[Transaction]) -> int | None:
    """How often a balance does not follow from the one before; None with fewer than two balances."""
    known: Decimal | None = None
    since = Decimal(0)
    balances = breaks = 0
    for each in transactions:
        since += each.amount
        if each.balance is None:
            continue
        balances += 1
        breaks += known is not None and known + since != each.balance
        known, since = each.balance, Decimal(0)
    return breaks if balances > 1 else None
