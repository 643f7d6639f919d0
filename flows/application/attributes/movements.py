"""What each booked movement is: by who is on the other side, by ISO 20022 code, else by the bank's own words.

The words are tried at the beginning of the text only, where banks put them: what payers write comes
after, and is never more than a customer's note.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from flows.application.attributes.parties import folded
from flows.application.records import Transaction

LOAN_FAMILIES = frozenset({"FTLN", "NTLN", "CSLN", "MGLN", "SYDN"})
RETURNS = frozenset({"RRTN", "RPCR", "RIMB"})
UNPAID = frozenset({"UPDD", "UPCT"})
CARDS = "MCRD"
TRIP_DAYS = timedelta(days=10)
TRIP_BACK = (Decimal("0.8"), Decimal("1.05"))


class Kind(StrEnum):
    """What a movement is for the business. `trip` is money of one party that came and went at once."""

    CARD_SALE = "card_sale"
    SALE = "sale"
    OWN = "own"
    PROCEEDS = "proceeds"
    REPAYMENT = "repayment"
    REFUND = "refund"
    RETURNED = "returned"
    COST = "cost"
    TRIP = "trip"


# One expression a direction, read once for a text: the group that matches names the kind.
WORDS_IN = re.compile(
    r"(?P<proceeds>loan (advance|drawdown|disbursement)\b|贷款发放|放款)"
    r"|(?P<returned>returned unpaid\b|unpaid direct debit\b|退票)"
    r"|(?P<refund>(refund|reversal)\b|退款|冲正)"
    r"|(?P<own>own (account )?transfer\b|本人转账|同名转账)",
    re.IGNORECASE,
)
WORDS_OUT = re.compile(
    r"(?P<repayment>loan (re)?payment\b|贷款还款|还贷)|(?P<own>own (account )?transfer\b|本人转账|同名转账)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Own:
    """What belongs to the same owner: account numbers, and names as `plain` writes them."""

    accounts: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Movement:
    """A booked movement; `amount` is negative for money out, `day` the bank's local booking day."""

    day: date
    amount: Decimal
    kind: Kind
    party: str


def plain(name: str) -> str:
    """A name without case, spaces and punctuation, for comparing."""
    return "".join(char for char in name.casefold() if char.isalnum())


def once(batches: Iterable[Sequence[Transaction]]) -> list[Transaction]:
    """All transactions in order of day, each once.

    In one batch the same id on the same account is the same movement. Between batches, of which ids mean nothing,
    two movements on the same account, day and amount are the same as often as each batch has them.
    """
    found: list[Transaction] = []
    counted: Counter[tuple[str, date, Decimal, str]] = Counter()
    for batch in batches:
        ids: set[tuple[str, str]] = set()
        mine: Counter[tuple[str, date, Decimal, str]] = Counter()
        for each in batch:
            if each.id:
                if (each.account, each.id) in ids:
                    continue
                ids.add((each.account, each.id))
            key = (each.account, each.day, each.amount, each.currency)
            mine[key] += 1
            if mine[key] > counted[key]:
                found.append(each)
        counted |= mine
    return sorted(found, key=lambda each: each.day)


def read_movements(transactions: Sequence[Transaction], own: Own) -> list[Movement]:
    """What the transactions are, in order of day; one that comes twice (same id) counts once."""
    return classify(once([transactions]), own)


def classify(transactions: Iterable[Transaction], own: Own) -> list[Movement]:
    """What transactions are that have no repeats; one without an amount moved nothing."""
    names: dict[str, bool] = {}
    return _trips(
        [Movement(each.day, each.amount, _kind(each, own, names), each.party) for each in transactions if each.amount]
    )


def _kind(transaction: Transaction, own: Own, names: dict[str, bool]) -> Kind:
    incoming, party = transaction.amount > 0, transaction.party
    if transaction.party_account and transaction.party_account in own.accounts:
        return Kind.OWN
    if party:
        mine = names.get(party)
        if mine is None:
            mine = names[party] = plain(party) in own.names
        if mine:
            return Kind.OWN
    if transaction.code:
        return _coded(transaction.code, incoming=incoming) or (Kind.SALE if incoming else Kind.COST)
    text = transaction.text.strip()
    found = (WORDS_IN if incoming else WORDS_OUT).match(text)
    if found is not None:
        return next(Kind(name) for name, words in found.groupdict().items() if words is not None)
    return Kind.SALE if incoming else Kind.COST


def _coded(code: str, *, incoming: bool) -> Kind | None:
    """The kind that the ISO 20022 code tells; None for codes that do not distinguish."""
    family, _, sub = code.partition("/")
    if family in LOAN_FAMILIES:
        return Kind.PROCEEDS if incoming else Kind.REPAYMENT
    if not incoming:
        return None
    if sub in UNPAID:
        return Kind.RETURNED
    if sub in RETURNS:
        return Kind.REFUND
    return Kind.CARD_SALE if family == CARDS else None


def _trips(movements: list[Movement]) -> list[Movement]:
    """Mark money that a party paid as if for goods and that went back to it within ten days, nearly all of it."""
    paid_by = {each.party for each in movements if each.kind is Kind.SALE and each.party}
    both = {each.party for each in movements if each.kind is Kind.COST and each.party in paid_by}
    if not both:
        return movements
    went: dict[str, list[int]] = {}
    for place, each in enumerate(movements):
        if each.kind is Kind.COST and each.party in both:
            went.setdefault(folded(each.party), []).append(place)
    marked: set[int] = set()
    for place, each in enumerate(movements):
        if each.kind is not Kind.SALE or each.party not in both:
            continue
        low, high = (each.amount * share for share in TRIP_BACK)
        back = next(
            (
                other
                for other in went[folded(each.party)]
                if other not in marked
                and timedelta(0) <= movements[other].day - each.day <= TRIP_DAYS
                and low <= -movements[other].amount <= high
            ),
            None,
        )
        if back is not None:
            marked |= {place, back}
    return [replace(each, kind=Kind.TRIP) if place in marked else each for place, each in enumerate(movements)]
