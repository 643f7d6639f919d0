"""One kind of record held against another, what could not be checked, and what a further source would add."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from types import MappingProxyType

from flows.application.attributes import differences
from flows.application.attributes.assessing import Assessment
from flows.application.features import FEATURES
from flows.application.report.material import Material, Proof, cents, kinds_here
from flows.application.report.model import Attribute, Check, Gap, Outcome, Side

SALES = ("invoiced", "declared", "banked")
BRINGS: Mapping[str, str] = MappingProxyType({"invoiced": "einvoice", "declared": "tax", "banked": "bank"})
# From a tenth of the orders without a parcel on it is worth a look (own definition).
SENT = Decimal("0.9")
SHARE = Decimal("0.0001")
# Attributes that need another kind of source than the one they are named after, or one more.
NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "inv_vs_declared": ("einvoice", "tax"),
        "bank_vs_invoice": ("bank", "einvoice"),
        "ship_match": ("commerce", "logistics"),
        "related_sales": ("einvoice", "registry"),
    }
    | dict.fromkeys(
        ("n_supp", "hhi_supp", "margin_proxy", "cover_months", "drawdown_m", "vat_burden", "circular_share"),
        ("einvoice", "purchases"),
    )
)
NOT_RECORDS = frozenset({"request"})
PROVED: Mapping[Proof, Outcome] = MappingProxyType(
    {Proof.PROVED: Outcome.AGREES, Proof.BROKEN: Outcome.DIFFERS, Proof.NONE: Outcome.IMPOSSIBLE}
)


def checks(material: Material, found: Assessment, attributes: Sequence[Attribute]) -> tuple[Check, ...]:
    """Every check there is, also those that could not be made."""
    here = kinds_here(material, found)
    explained = {
        (side.how, side.amount): each for each in material.differences if each.explained for side in each.sides
    }
    sides = {each.how: each for each in found.sides}
    made: list[Check] = []
    for pair in combinations(SALES, 2):
        there = [sides[how] for how in pair if how in sides]
        name = f"sales_{pair[0]}_{pair[1]}"
        if len(there) < 2:
            needs = tuple(BRINGS[how] for how in pair if how not in sides)
            made.append(Check(name=name, outcome=Outcome.IMPOSSIBLE, needs=needs))
        else:
            made.append(_compared(name, there, explained))
    made.append(_parcels(attributes, here))
    outcome = PROVED[material.proof]
    made.append(Check(name="balances", outcome=outcome, needs=("bank",) if outcome is Outcome.IMPOSSIBLE else ()))
    return tuple(made)


def gaps(attributes: Sequence[Attribute], here: frozenset[str]) -> tuple[Gap, ...]:
    """What is unknown, by the first kind of source that would make it known; most attributes first."""
    lacking: dict[tuple[str, bool], list[str]] = {}
    for each in attributes:
        if each.value is None:
            kinds = NEEDS.get(each.name, (FEATURES[each.name].source,))
            if not NOT_RECORDS.intersection(kinds):
                absent = next((kind for kind in kinds if kind not in here), None)
                lacking.setdefault((absent or kinds[0], absent is None), []).append(each.name)
    found = (Gap(kind=kind, attributes=tuple(names), linked=linked) for (kind, linked), names in lacking.items())
    return tuple(sorted(found, key=lambda gap: (gap.linked, -len(gap.attributes), gap.kind)))


def _compared(
    name: str, sides: Sequence[differences.Side], explained: Mapping[tuple[str, Decimal], differences.Difference]
) -> Check:
    one, other = sides
    gap, larger = abs(one.amount - other.amount), max(one.amount, other.amount)
    share = (gap / larger).quantize(SHARE) if larger > 0 else Decimal(0)
    said = next((explained[each.how, each.amount] for each in sides if (each.how, each.amount) in explained), None)
    return Check(
        name=name,
        outcome=Outcome.DIFFERS if larger > 0 and gap / larger >= differences.WORTH_A_LOOK else Outcome.AGREES,
        sides=tuple(
            Side(how=each.how, amount=cents(each.amount), window=each.window, source=each.source) for each in sides
        ),
        gap=abs(cents(one.amount) - cents(other.amount)),
        share=share,
        reason="" if said is None else said.reason,
        words="" if said is None else said.words,
    )


def _parcels(attributes: Sequence[Attribute], here: frozenset[str]) -> Check:
    """Whether online orders have parcels."""
    matched = next((each.value for each in attributes if each.name == "ship_match"), None)
    if not isinstance(matched, Decimal):
        needs = tuple(kind for kind in ("commerce", "logistics") if kind not in here) or ("commerce",)
        return Check(name="orders_parcels", outcome=Outcome.IMPOSSIBLE, needs=needs)
    outcome = Outcome.AGREES if matched >= SENT else Outcome.DIFFERS
    return Check(name="orders_parcels", outcome=outcome, share=Decimal(1) - matched)
