"""What a report is made from: records with their consents, what sources said beside them, and the owner's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from flows.application.attributes.assessing import Assessment, Question
from flows.application.attributes.differences import Difference
from flows.application.attributes.results import Held
from flows.application.features import FEATURES
from flows.application.report.model import Business, Debt, Disputed, Earlier, Opinion, SourceUsed
from flows.application.values import Feature

# Kinds of source that say attributes themselves; those of all others are computed from records.
GIVING = frozenset({"registry", "tax", "books", "tobacco"})


class Proof(StrEnum):
    """Whether the running balances of the statements prove their rows."""

    PROVED = "proved"
    BROKEN = "broken"
    NONE = "none"


@dataclass(frozen=True)
class Material:
    """Everything one report rests on.

    `features` are attributes that sources gave themselves (grade, filings, register), `differences` hold the owner's
    explanations, `names` is the owner's leave to name customers and suppliers, `before` the report to compare with.
    """

    business: Business
    held: Sequence[Held]
    question: Question
    sources: tuple[SourceUsed, ...] = ()
    features: tuple[Feature, ...] = ()
    stated: tuple[Debt, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    differences: tuple[Difference, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    notes: tuple[str, ...] = ()
    proof: Proof = Proof.NONE
    names: bool = False
    sample: bool = False
    before: Earlier | None = None


def kinds_here(material: Material, found: Assessment) -> frozenset[str]:
    """The kinds of source that the report has something of, as `features` names them."""
    kinds = {FEATURES[each.name].source for each in material.features if each.name in FEATURES} & GIVING
    held = [each.records for each in material.held]
    here = {
        "einvoice": found.books is not None,
        "purchases": found.books is not None and bool(found.books.received),
        "bank": found.flow is not None,
        "pos": found.till is not None,
        "commerce": found.shop is not None,
        "tax": any(each.filings for each in held),
        "logistics": any(each.shipments for each in held),
    }
    return frozenset(kinds | {name for name, there in here.items() if there})


def cents(amount: Decimal) -> Decimal:
    """An amount as the report writes it; no negative zero."""
    return amount.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP") + 0
