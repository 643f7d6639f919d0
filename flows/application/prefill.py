"""From candidates to one value a field: by the owner's word, by trust, by freshness; conflicts are kept.

The owner's own statement counts most and is shown to the lender as such, beside what the records say.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pydantic import JsonValue

from flows.application import shapes
from flows.application.fields import FIELDS, FieldSpec
from flows.application.money import Money
from flows.application.shapes import Kind
from flows.application.values import OWNER, SYSTEM, Application, Candidate, Feature, FieldValue, origin


@dataclass(frozen=True)
class Conflict:
    """A field whose sources disagree beyond its tolerance; `chosen` counts, `others` are shown."""

    field: str
    chosen: Candidate
    others: tuple[Candidate, ...]


def add(application: Application, candidate: Candidate) -> Application:
    """Add one candidate and choose again. An older candidate of the same source is superseded."""
    spec = FIELDS[candidate.field]
    before = application.values.get(spec.name, FieldValue())
    candidates = _newest_counts((*before.candidates, candidate))
    value = FieldValue(candidates=candidates, chosen=choose(spec, candidates), settled=candidate.source == OWNER)
    return application.model_copy(update={"values": {**application.values, spec.name: value}})


def add_all(
    application: Application, candidates: tuple[Candidate, ...], features: tuple[Feature, ...] = ()
) -> Application:
    """Add what a pull brought; features of the same source are replaced."""
    for candidate in candidates:
        application = add(application, candidate)
    sources = {feature.source for feature in features}
    kept = tuple(each for each in application.features if each.source not in sources)
    return application.model_copy(update={"features": (*kept, *features)})


def choose(spec: FieldSpec, candidates: tuple[Candidate, ...]) -> int | None:
    """Index of the candidate that counts: the owner's, else the most trusted, else the newest."""
    live = [index for index, each in enumerate(candidates) if not each.superseded]
    if not live:
        return None

    def rank(index: int) -> tuple[int, float]:
        candidate = candidates[index]
        if candidate.source == OWNER:
            trust = -1
        elif origin(candidate.source) in spec.sources:
            trust = spec.sources.index(origin(candidate.source))
        else:
            trust = len(spec.sources)
        return trust, -candidate.observed_at.timestamp()

    return min(live, key=rank)


def pick(application: Application, field: str, index: int, now: datetime) -> Application:
    """Let the owner's choice among candidates count; the choice is a statement of the owner."""
    candidate = application.values[field].candidates[index]
    chosen = candidate.model_copy(update={"confirmed_at": now})
    value = application.values[field]
    candidates = tuple(chosen if place == index else each for place, each in enumerate(value.candidates))
    picked = value.model_copy(update={"candidates": candidates, "chosen": index, "settled": True})
    return application.model_copy(update={"values": {**application.values, field: picked}})


def skip(application: Application, field: str) -> Application:
    """Leave a field open because the owner cannot or will not answer it."""
    value = application.values.get(field, FieldValue()).model_copy(update={"skipped": True})
    return application.model_copy(update={"values": {**application.values, field: value}})


def ask_again(application: Application) -> Application:
    """Open a signed application again: what was left open is asked once more."""
    values = {name: value.model_copy(update={"skipped": False}) for name, value in application.values.items()}
    return application.model_copy(update={"values": values, "signed_at": None})


def conflicts(application: Application) -> tuple[Conflict, ...]:
    """Fields on which live candidates disagree and the owner has not spoken yet, in field order."""
    found: list[Conflict] = []
    for spec in FIELDS.values():
        value = application.values.get(spec.name)
        if value is None or value.candidate is None:
            continue
        others = tuple(
            each
            for index, each in enumerate(value.candidates)
            if index != value.chosen and not each.superseded and not agree(spec, each, value.candidate)
        )
        if others:
            found.append(Conflict(spec.name, value.candidate, others))
    return tuple(found)


def open_conflicts(application: Application) -> tuple[Conflict, ...]:
    """Conflicts the owner has not settled."""
    return tuple(each for each in conflicts(application) if not application.values[each.field].settled)


def agree(spec: FieldSpec, one: Candidate, other: Candidate) -> bool:
    """Whether two candidates say the same, or the one that sees a part says no more than the other."""
    if same(spec, one.value, other.value):
        return True
    part, whole = (one, other) if one.source in spec.parts else (other, one)
    if part.source not in spec.parts or whole.source in spec.parts or spec.kind is not Kind.MONEY:
        return False
    some, all_of_it = shapes.parse(spec.kind, part.value), shapes.parse(spec.kind, whole.value)
    return bool(some.currency == all_of_it.currency and some.amount <= all_of_it.amount)


def same(spec: FieldSpec, left: JsonValue, right: JsonValue) -> bool:
    """Whether two values say the same: texts without case and spacing, money within the tolerance."""
    if left == right:
        return True
    one, two = shapes.parse(spec.kind, left), shapes.parse(spec.kind, right)
    if isinstance(one, Money) and isinstance(two, Money):
        return _near(one, two, spec.tolerance)
    if spec.kind is Kind.MONEY_SERIES:
        return len(one) == len(two) and all(_near(a, b, spec.tolerance) for a, b in zip(one, two, strict=True))
    if isinstance(one, str) and isinstance(two, str):
        return _plain(one) == _plain(two)
    if isinstance(one, shapes.Address) and isinstance(two, shapes.Address):
        return _plain(one.text) == _plain(two.text)
    return bool(one == two)


def forget(application: Application, consent_id: str) -> Application:
    """Remove every candidate and feature that a consent brought, and choose again."""
    values: dict[str, FieldValue] = {}
    for name, value in application.values.items():
        kept = tuple(each for each in value.candidates if each.consent_id != consent_id)
        if kept == value.candidates:
            values[name] = value
        elif kept or value.skipped:
            kept = _newest_counts(kept)
            settled = any(each.source == OWNER for each in kept)
            chosen = choose(FIELDS[name], kept)
            values[name] = FieldValue(candidates=kept, chosen=chosen, skipped=value.skipped, settled=settled)
    features = tuple(each for each in application.features if consent_id not in {each.consent_id, *each.also})
    return application.model_copy(update={"values": values, "features": features, "differences": ()})


def derive(application: Application, now: datetime) -> Application:
    """Compute the derived fields: whole years in business since the incorporation date."""
    founded = application.get("incorporation_date")
    if not isinstance(founded, date):
        return _without_system(application, "time_in_business_years")
    today = now.date()
    years = today.year - founded.year - ((today.month, today.day) < (founded.month, founded.day))
    return put(application, "time_in_business_years", max(years, 0), now)


def _without_system(application: Application, field: str) -> Application:
    """The application without what was worked out for `field`: what it followed from is no longer known."""
    value = application.values.get(field, FieldValue())
    kept = tuple(each for each in value.candidates if each.source != SYSTEM)
    if kept == value.candidates:
        return application
    left = value.model_copy(update={"candidates": kept, "chosen": choose(FIELDS[field], kept)})
    return application.model_copy(update={"values": {**application.values, field: left}})


def drop(application: Application, field: str) -> Application:
    """The application without any value for `field`."""
    values = {name: value for name, value in application.values.items() if name != field}
    return application.model_copy(update={"values": values})


def put(application: Application, field: str, value: object, now: datetime) -> Application:
    """Set a field that the system fills, unless it already says so."""
    written = shapes.dump(FIELDS[field].kind, value)
    chosen = application.chosen(field)
    if chosen is not None and chosen.value == written:
        return application
    return add(application, Candidate(field=field, value=written, source=SYSTEM, observed_at=now))


def confirm_all(application: Application, now: datetime) -> Application:
    """Mark every chosen value as confirmed by the owner at `now`: the owner has seen and signed it."""
    values = {
        name: value
        if value.chosen is None
        else value.model_copy(
            update={
                "candidates": tuple(
                    each.model_copy(update={"confirmed_at": each.confirmed_at or now})
                    if index == value.chosen
                    else each
                    for index, each in enumerate(value.candidates)
                )
            }
        )
        for name, value in application.values.items()
    }
    return application.model_copy(update={"values": values, "signed_at": now})


def missing(application: Application) -> tuple[str, ...]:
    """Applicant-facing required fields, and the contact phone, that have neither value nor skip."""
    wanted = (spec for spec in FIELDS.values() if spec.applicant_facing or spec.name == "contact_phone")
    return tuple(spec.name for spec in wanted if not application.has(spec.name) and not application.skipped(spec.name))


def _newest_counts(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Of several candidates of one source the last supersedes the others."""
    last = {each.source: place for place, each in enumerate(candidates)}
    return tuple(
        each.model_copy(update={"superseded": last[each.source] != place}) for place, each in enumerate(candidates)
    )


def _near(one: Money, two: Money, tolerance: float) -> bool:
    if one.currency != two.currency:
        return False
    largest = max(abs(one.amount), abs(two.amount))
    return abs(one.amount - two.amount) <= largest * Decimal(str(tolerance))


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
