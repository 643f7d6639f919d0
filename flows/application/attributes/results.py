"""What is computed, each with the window, the records and the share of them that it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from flows.application.attributes.definitions import DEFINITIONS
from flows.application.months import span, window
from flows.application.records import Records

DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Held:
    """The records that one consent brought; `asked_from` is the first day it covers."""

    source: str
    consent_id: str
    records: Records
    asked_from: date


@dataclass(frozen=True, slots=True)
class Basis:
    """The sources and consents that a value rests on, the first one most."""

    sources: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()

    def __add__(self, other: "Basis") -> "Basis":
        return Basis(
            tuple(dict.fromkeys(self.sources + other.sources)), tuple(dict.fromkeys(self.consents + other.consents))
        )


def basis(held: Sequence[Held]) -> Basis:
    """What these records rest on."""
    return Basis(tuple(each.source for each in held), tuple(each.consent_id for each in held))


@dataclass(frozen=True, slots=True)
class Result:
    """One attribute. `coverage` is 0 to 1; the value is None below the definition's floor."""

    name: str
    value: Decimal | None
    window: str
    records: int
    coverage: Decimal
    basis: Basis


@dataclass
class Sheet:
    """Collects results over one run of months that is observed, of one basis and so many records."""

    months: tuple[date, ...]
    records: int
    basis: Basis
    results: list[Result] = field(default_factory=list)

    def put(self, name: str, value: Decimal | int | None, *, coverage: Decimal | None = None) -> None:
        """Add a result; None when it cannot be computed, or when the records cover less than the floor.

        The coverage is that of the months when nothing else limits it.
        """
        definition = DEFINITIONS[name]
        of_months = min(Decimal(1), Decimal(len(self.months)) / definition.months)
        share = of_months if coverage is None else min(of_months, coverage)
        known = value is not None and share >= definition.floor and bool(self.records)
        exact = Decimal(value).quantize(DIGITS, rounding=ROUND_HALF_UP) if known and value is not None else None
        covered = share.quantize(DIGITS)
        self.results.append(Result(name, exact, window(self.months), self.records, covered, self.basis))


def observed(first: date, since: date | None, until: date | None, last: date, limit: int) -> tuple[date, ...]:
    """Complete months that records cover: from their first day on, not before `since`, up to the month `last`.

    `since` in the middle of a month leaves that month out, `until` before the end of one as well.
    """
    start = first.replace(day=1)
    if since is not None and since.day > 1 and start <= since:
        start = span(since, since)[0]
        start = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    months = span(start, last) if start <= last else ()
    if until is not None:
        months = tuple(each for each in months if each.replace(day=28) <= until)
    return months[-limit:]


def ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """The part of the whole; None when there is no whole."""
    return Decimal(part) / whole if whole else None
