"""The decision: card, sheets of the market, offers and reasons. Pure: the same inputs, the same answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256

from pydantic import BaseModel, ConfigDict, JsonValue

from flows.application.codes import DENIAL_SCHEME
from flows.application.facts import FACTS, Fact, read
from flows.application.matching import Finding, Fit, Result, evaluate
from flows.application.money import to_cents
from flows.application.repayment import EQUAL, SCHEDULED, apr_of, payments
from flows.application.sheet import DERIVED, ProductSheet
from flows.ports import Fee, Offer, Reason, Score
from integrations.scoring.reference.card import Card, Lost, Scored
from integrations.scoring.reference.checks import checked
from integrations.scoring.reference.relations import Relation, Relations
from integrations.scoring.reference.wire import Answer, Question, Requested, facts_of, identifiers_of

OFFER_VALID = timedelta(days=14)
DECISION_VALID = timedelta(days=30)
MOST_REASONS = 4
REQUESTED = "requested"
_NO_PRODUCT = ("977", "currency_not_offered")
_BAND_OFFERED = "band_offered"


class Inputs(BaseModel):
    """Everything a decision depends on: no name, number or account of anybody."""

    model_config = ConfigDict(frozen=True)

    application_id: str
    lender: str = ""
    as_of: date
    requested: Requested
    facts: dict[str, JsonValue]
    relation: Relation | None = None

    @property
    def typed(self) -> dict[str, Fact]:
        """The facts by their types."""
        return {name: read(FACTS[name], value) for name, value in self.facts.items()}

    @property
    def digest(self) -> str:
        """SHA-256 of the inputs, in hexadecimal."""
        left_out = {name for name in ("lender", "relation") if not getattr(self, name)}
        whole = self.model_dump_json(exclude=left_out)
        return sha256(whole.encode()).hexdigest()


@dataclass(frozen=True)
class Decided:
    """The answer, and how it came about."""

    answer: Answer
    scored: Scored
    fits: tuple[Fit, ...]


class Desk:
    """Decides with one card and a set of sheets; with `relations`, links to listed parties are looked at too."""

    def __init__(self, card: Card, sheets: Sequence[ProductSheet], relations: Relations | None = None) -> None:
        self._card = card
        self._relations = relations
        self._sheets = tuple(sheets)
        self._tested = frozenset(_tested(card, sheets))

    def inputs(self, question: Question) -> Inputs:
        """What of a question the card and the sheets look at."""
        facts = facts_of(question)
        return Inputs(
            application_id=question.application_id,
            lender=question.lender,
            as_of=question.as_of,
            requested=question.requested,
            relation=None if self._relations is None else self._relations.check(identifiers_of(question)),
            facts={name: _plain(facts.get(name)) for name in sorted(self._tested)},
        )

    def decide(self, inputs: Inputs) -> Decided:
        """Approve with offers, more_data with what is missing, refer or decline with reasons."""
        facts = inputs.typed
        scored = self._card.score(facts)
        market = {sheet.key: sheet for sheet in self._sheets_for(inputs)}
        fits = tuple(_priced(evaluate(sheet, facts, inputs.as_of, scored.band), scored) for sheet in market.values())
        digest = inputs.digest
        offers = tuple(_offer(market[fit.product], fit, inputs, digest) for fit in fits if fit.limit is not None)
        outcome, concern = checked(_outcome(fits), facts, inputs.relation)
        offers = offers if outcome == "approve" else ()
        answer = Answer(
            decision_id=f"d-{digest[:20]}",
            decision=outcome,
            score=self._score(scored),
            reasons=_reasons(outcome, fits, scored) if concern is None else _coded_reasons([concern]),
            missing=_missing(fits) if outcome == "more_data" else (),
            offers=tuple(sorted(offers, key=lambda offer: (-offer.amount, offer.total_cost, offer.product))),
            model_version=self._card.version,
            valid_until=inputs.as_of + DECISION_VALID,
        )
        return Decided(answer, scored, fits)

    def _sheets_for(self, inputs: Inputs) -> tuple[ProductSheet, ...]:
        """The sheets of the lender that is asked; without one, those of the first lender that lends in the currency."""
        lending = tuple(sheet for sheet in self._sheets if sheet.currency == inputs.requested.currency)
        asked = inputs.lender or min((sheet.lender.id for sheet in lending), default="")
        return tuple(sheet for sheet in lending if sheet.lender.id == asked)

    def _score(self, scored: Scored) -> Score | None:
        """No band, no score: a number that is made of unknowns would mislead."""
        if scored.band is None:
            return None
        return Score(value=scored.value, min=self._card.minimum, max=self._card.maximum)


def _tested(card: Card, sheets: Sequence[ProductSheet]) -> Iterator[str]:
    """Facts that can change a decision."""
    yield from ("amount_requested", "loan_term_months", "inflow_12m", "declared_sales_12m")
    for inputs in DERIVED.values():
        yield from inputs
    yield from (attribute.name for attribute in card.attributes)
    for sheet in sheets:
        yield from sheet.needs
        yield from (rule.field for rule in sheet.rules)
        yield from (term.field for term in sheet.limit.terms)


def _plain(value: Fact) -> JsonValue:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _priced(fit: Fit, scored: Scored) -> Fit:
    """Eligible without a band is no offer: the data that would give one are asked for."""
    if fit.result is Result.ELIGIBLE and fit.limit is None:
        return Fit(fit.product, Result.NEED_DATA, ask=scored.unknown)
    return fit


def _outcome(fits: Sequence[Fit]) -> str:
    results = {fit.result for fit in fits}
    if Result.ELIGIBLE in results:
        return "approve"
    if Result.NEED_DATA in results:
        return "more_data"
    return "refer" if Result.REFERRED in results else "decline"


def _missing(fits: Sequence[Fit]) -> tuple[str, ...]:
    """What would settle it, beginning with the product that needs least."""
    waiting = sorted((fit for fit in fits if fit.result is Result.NEED_DATA), key=lambda fit: len(fit.ask))
    return tuple(dict.fromkeys(name for fit in waiting for name in fit.ask))


def _reasons(outcome: str, fits: Sequence[Fit], scored: Scored) -> tuple[Reason, ...]:
    """At most four specific reasons: what stopped most products first, then points lost.

    A low score is no reason: where only the band stopped a product, what lost the points is told.
    """
    if outcome in {"approve", "more_data"}:
        return ()
    findings = [finding for fit in fits for finding in (fit.failed or fit.referred)]
    return _coded_reasons([pair for finding in findings for pair in _coded(finding, scored.lost)] or [_NO_PRODUCT])


def _coded_reasons(found: Sequence[tuple[str, str]]) -> tuple[Reason, ...]:
    ranked = sorted(dict.fromkeys(found), key=lambda pair: -found.count(pair))
    return tuple(
        Reason(scheme=DENIAL_SCHEME, code=code, rank=rank, detail=detail)
        for rank, (code, detail) in enumerate(ranked[:MOST_REASONS], start=1)
    )


def _coded(finding: Finding, lost: Sequence[Lost]) -> Iterator[tuple[str, str]]:
    if finding.code == _BAND_OFFERED:
        yield from ((each.reason, each.detail) for each in lost[:MOST_REASONS])
    else:
        yield finding.reason, finding.code


def _method(sheet: ProductSheet) -> str:
    """The sheet's first way of repaying; a share of sales has no schedule, so it is reckoned as equal instalments."""
    return sheet.repayment[0] if sheet.repayment[0] in SCHEDULED else EQUAL


def _offer(sheet: ProductSheet, fit: Fit, inputs: Inputs, digest: str) -> Offer:
    if fit.limit is None or fit.apr is None:
        raise ValueError(f"{sheet.key} has no limit to offer")
    asked = to_cents(inputs.requested.amount)
    amount = min(asked, fit.limit)
    months, method = inputs.requested.term_months, _method(sheet)
    rows = tuple(payments(method, amount, fit.apr, months))
    interest = sum((row.interest for row in rows), Decimal(0))
    fees = tuple(Fee(name=fee.code, amount=fee.of(amount)) for fee in sheet.fees)
    fee_total = sum((fee.amount for fee in fees), Decimal(0))
    return Offer(
        offer_id=f"O-{sha256(f'{digest}:{sheet.key}'.encode()).hexdigest()[:16]}",
        product=sheet.key,
        amount=to_cents(amount),
        currency=sheet.currency,
        term_months=months,
        apr=apr_of(tuple((row.month, row.amount) for row in rows), amount - fee_total) if fee_total else fit.apr,
        total_cost=to_cents(interest + fee_total),
        instalment=rows[0].amount if method == EQUAL else None,
        fees=fees,
        valid_until=datetime.combine(inputs.as_of + OFFER_VALID, time(), UTC),
        bound_by=REQUESTED if asked <= fit.limit else fit.bound_by or "",
    )
