"""Whom the business sells to and buys from: how much depends on few, and who they are as far as may be shown."""

from collections.abc import Sequence
from decimal import Decimal

from flows.application.attributes.invoiced import Books, by_party
from flows.application.attributes.parties import Parties as Known
from flows.application.months import window
from flows.application.records import Invoice
from flows.application.report.material import cents
from flows.application.report.model import Parties, Party

LISTED = 5
HIDDEN = "***"
ZERO = Decimal(0)
SHARE = Decimal("0.0001")


def customers(books: Books | None, *, show: bool) -> Parties | None:
    """The customers of the year; None without invoices issued."""
    return None if books is None else _parties(books, books.issued, show=show)


def suppliers(books: Books | None, *, show: bool) -> Parties | None:
    """The suppliers of the year; None without invoices received."""
    return None if books is None or not books.received else _parties(books, books.received, show=show)


def masked(name: str) -> str:
    """The first character of a name and nothing else of it."""
    name = name.strip()
    return f"{name[:1]}{HIDDEN}" if name else HIDDEN


def _parties(books: Books, invoices: Sequence[Invoice], *, show: bool) -> Parties:
    known = Known((each.party, each.party_number) for each in (*books.issued, *books.received))
    year = books.of_year(invoices)
    amounts, months = by_party(year, known)
    names = {known.key(each.party, each.party_number): each.party for each in year}
    total = sum(amounts.values(), ZERO)
    named = sorted(
        ((key, amount) for key, amount in amounts.items() if key and amount > 0), key=lambda each: (-each[1], each[0])
    )
    largest = tuple(
        Party(
            rank=rank,
            name=names[key] if show else masked(names[key]),
            amount=cents(amount),
            share=(amount / total).quantize(SHARE),
            months=len(months.get(key, ())),
        )
        for rank, (key, amount) in enumerate(named[:LISTED], 1)
        if total > 0
    )
    return Parties(
        window=window(books.year),
        count=len(named),
        total=cents(total),
        named=cents(sum((amount for _, amount in named), ZERO)),
        largest=largest,
        others=cents(total) - sum((each.amount for each in largest), ZERO),
    )
