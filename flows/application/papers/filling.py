"""From the values of a paper to the fields of the application, each with whether it may be used unasked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue, ValidationError

from flows.application import shapes
from flows.application.fields import FIELDS
from flows.application.papers.definitions import PaperKind
from flows.application.papers.table import kind_named
from flows.application.papers.values import Confidence, PaperValue
from flows.application.shapes import Kind

_RANK = {Confidence.UNSURE: 0, Confidence.CLEAR: 1, Confidence.PROVED: 2}
_FORMS: tuple[tuple[str, str], ...] = (
    (r"个体工商户|个体经营|个人经营|sole (?:trader|proprietor)", "sole_proprietor"),
    (r"合伙|partnership|\bllp\b", "partnership"),
    (r"合作社|cooperative|co-operative", "cooperative"),
    (r"有限|股份|limited|\bltd\b|\bplc\b|\bgmbh\b|company", "limited_company"),
)


@dataclass(frozen=True, slots=True)
class Filling:
    """A field that a paper can fill. `sure`: it may be used before the owner has looked at it."""

    field: str
    value: JsonValue
    paper_value: str
    sure: bool


def fillings(kind: str, values: Sequence[PaperValue], country: str) -> tuple[Filling, ...]:
    """What a paper can fill, in the order of its table. `country` (ISO 3166-1) is where it was issued.

    A value that does not fit its field is left out; a repaired or unsure one is never sure.
    """
    spec = kind_named(kind)
    said = {each.name: each for each in values}
    found = []
    for declared in spec.fields:
        value = said.get(declared.name)
        if value is None or not declared.fills:
            continue
        written = _written(declared.fills, spec, said, value.value, country)
        if written is None:
            continue
        sure = declared.trust is not None and not value.repaired and _RANK[value.confidence] >= _RANK[declared.trust]
        found.append(Filling(declared.fills, written, declared.name, sure))
    if spec.key == "business_licence" and country == "CN":  # in China one number is both
        twins = [each for each in found if each.field == "registration_number"]
        found += [Filling("tax_identification_number", each.value, each.paper_value, each.sure) for each in twins]
    return tuple(found)


def trusted(kind: str, value: PaperValue) -> bool:
    """Whether a value counts as accepted without the owner's word, by the trust its field declares.

    A value that fills nothing is trusted from `clear` on: it is what later checks would build on.
    """
    declared = kind_named(kind).field(value.name)
    if declared is None or value.repaired:
        return False
    least = declared.trust or (Confidence.PROVED if declared.fills else Confidence.CLEAR)
    return _RANK[value.confidence] >= _RANK[least]


def _written(field: str, kind: PaperKind, said: dict[str, PaperValue], text: str, country: str) -> JsonValue | None:
    shape = FIELDS[field].kind
    raw: object = text
    if shape is Kind.ADDRESS:
        raw = {"text": text, "country": country or "CN"}
    elif shape is Kind.LICENCES:
        until, what = said.get("valid_until"), said.get("licence_type")
        raw = ({"type": what.value if what else "other", "number": text, "expiry": until.value if until else None},)
    elif field == "legal_form":
        raw = next((form for pattern, form in _FORMS if re.search(pattern, text.casefold())), None)
    if raw is None:
        return None
    try:
        return shapes.dump(shape, raw)
    except ValidationError:
        return None
