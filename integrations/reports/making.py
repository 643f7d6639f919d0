"""From files to a report, and what a scoring service is asked about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from flows.application.attributes.assessing import Question
from flows.application.features import FEATURES, Unit
from flows.application.money import to_cents
from flows.application.report.building import build, reference
from flows.application.report.material import Material
from flows.application.report.model import NO_CURRENCY, Opinion, Reason, Report
from flows.application.values import Feature
from flows.ports import DecisionRequest, RequestedLoan, Scoring, ScoringDecision
from integrations.reports.reading.facts import MapUnclear
from integrations.reports.reading.firm import Firm, read_firm
from integrations.reports.reading.shelf import Wanted

STATED = "owner"
REFERENCE = "reference scoring service"
PURPOSE = "working_capital"
USUAL_TERM = 12
GUESSED = "GBP"
# What is asked about when the caller names no amount: a month's sales, in whole thousands (own definition).
THOUSAND = Decimal(1000)


@dataclass(frozen=True)
class Loan:
    """The loan a scoring service is asked about; no amount: a month's sales. `by` is what the service is called."""

    amount: Decimal | None = None
    term_months: int = USUAL_TERM
    by: str = REFERENCE


@dataclass(frozen=True)
class Wish:
    """How a report from files is wanted. `stated` are attributes the caller gives, `loan` is None without scoring."""

    wanted: Wanted
    names: bool = False
    stated: tuple[Feature, ...] = ()
    loan: Loan | None = None


def stated(pairs: Sequence[str]) -> tuple[Feature, ...]:
    """Attributes as the caller states them, `name=value`. Raises MapUnclear for a name that is none."""
    found: list[Feature] = []
    for pair in pairs:
        name, _, text = pair.partition("=")
        spec = FEATURES.get(name.strip())
        if spec is None or not text.strip():
            raise MapUnclear(f"{pair!r} is no attribute=value", tuple(FEATURES))
        value: Decimal | str = text.strip()
        if spec.unit is not Unit.CODE:
            try:
                value = Decimal(text.strip())
            except ArithmeticError:
                raise MapUnclear(f"{text!r} is no number for {name}") from None
        elif value not in spec.options:
            raise MapUnclear(f"{name} is one of {', '.join(spec.options)}, not {text!r}")
        found.append(Feature(name=spec.name, value=value, window="", source=STATED, consent_id=STATED, records=0))
    return tuple(found)


async def make(files: Sequence[Path], wish: Wish, now: datetime, scoring: Scoring | None = None) -> tuple[Report, Firm]:
    """The report of one firm's files, with what the scoring service says when one is given.

    Raises ColumnsUnclear or FileUnreadable; ScoringRejected or ScoringUnavailable of the service.
    """
    firm = read_firm(files, wish.wanted)
    if wish.loan is not None and firm.currency == NO_CURRENCY:
        # A loan is asked for in some currency; that it is a guess stands in the report.
        firm = read_firm(files, replace(wish.wanted, currency=GUESSED))
        firm = replace(firm, notes=(*firm.notes, "guessed_currency"))
    material = Material(
        business=firm.business,
        held=firm.held,
        question=Question(firm.as_of, firm.currency),
        sources=firm.sources,
        features=wish.stated,
        notes=(*firm.notes, *(("names_shown",) if wish.names else ())),
        proof=firm.proof,
        names=wish.names,
    )
    if wish.loan is None or scoring is None:
        return build(material, now), firm
    first = build(material, now)
    amount = wish.loan.amount or _usual_amount(first)
    asked = replace(material, question=replace(material.question, amount=amount, term_months=wish.loan.term_months))
    report = build(asked, now)
    request = _request(report, wish, amount)
    decision = await scoring.decide(request, f"report:{report.reference}")
    if decision is None:
        return report, firm
    quoted = report.model_copy(update={"opinions": (quote(decision, request, wish.loan.by),)})
    return quoted.model_copy(update={"reference": reference(quoted)}), firm


def quote(decision: ScoringDecision, request: DecisionRequest, by: str) -> Opinion:
    """What a scoring service said, as the report quotes it."""
    score = decision.score
    return Opinion(
        by=by,
        version=decision.model_version,
        on=request.as_of,
        decision=decision.decision,
        decision_id=decision.decision_id,
        score=None if score is None else score.value,
        score_min=None if score is None else score.min,
        score_max=None if score is None else score.max,
        reasons=tuple(
            Reason(scheme=each.scheme, code=each.code, detail=each.detail)
            for each in sorted(decision.reasons, key=lambda each: each.rank)
        ),
        missing=decision.missing,
        asked=request.requested.amount,
        currency=request.requested.currency,
        term_months=request.requested.term_months,
        valid_until=decision.valid_until,
    )


def _usual_amount(report: Report) -> Decimal:
    for name in ("sales_m", "revenue_inflow_m", "gmv_m"):
        found = report.attribute(name)
        if found is not None and isinstance(found.value, Decimal) and found.value > 0:
            return max(to_cents(found.value // THOUSAND * THOUSAND), THOUSAND)
    return THOUSAND


def _request(report: Report, wish: Wish, amount: Decimal) -> DecisionRequest:
    """All that is known, each attribute with the file or statement it rests on."""
    known = {each.name for each in report.attributes if each.value is not None}
    features = [
        Feature(
            name=each.name,
            value=each.value,
            window=each.window,
            source=each.sources[0],
            consent_id=each.consents[0],
            records=each.records,
            coverage=each.coverage,
            also=each.consents[1:],
        )
        for each in report.attributes
        if each.value is not None and each.consents
    ]
    features += [each for each in wish.stated if each.name not in known]
    return DecisionRequest(
        application_id=report.reference,
        as_of=report.as_of,
        requested=RequestedLoan(
            amount=amount,
            currency=report.currency,
            term_months=wish.loan.term_months if wish.loan is not None else USUAL_TERM,
            purpose=(PURPOSE,),
        ),
        applicant={},
        features=tuple(features),
    )
