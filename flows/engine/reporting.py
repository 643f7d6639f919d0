"""What an owner's credit report is made from: the records under their consents, and what they say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flows.application import shapes
from flows.application.attributes.assessing import Question
from flows.application.attributes.definitions import DEFINITIONS
from flows.application.attributes.results import Held
from flows.application.fields import FIELDS
from flows.application.records import Records
from flows.application.report.material import Material
from flows.application.report.model import NO_CURRENCY, Business, Debt, Opinion, Reason, SourceUsed
from flows.application.values import OWNER, Application
from flows.consent import Consent, ConsentState
from flows.conversation import Conversation, Submission

# What identifies the business; people, their numbers and their addresses are left out.
FACTS = (
    *("trading_name", "legal_form", "registration_status", "incorporation_date", "industry_code"),
    *("number_of_employees", "tax_identification_number"),
)
OVER = frozenset({ConsentState.PENDING, ConsentState.REJECTED, ConsentState.REVOKED})


@dataclass(frozen=True)
class Kept:
    """The records that one consent brought, and when they were read."""

    consent_id: str
    read_at: datetime
    records: Records


def material(
    state: Conversation, kept: Sequence[Kept], now: datetime, currencies: Mapping[str, str], *, sample: bool
) -> Material:
    """Everything the report of a conversation rests on, as of `now`. `currencies` are those of markets."""
    application, country = state.application, state.subject.country if state.subject is not None else ""
    consents = {each.id: each for each in state.consents.values() if each.state not in OVER}
    held: list[Held] = []
    for each in kept:
        consent = consents.get(each.consent_id)
        if consent is not None:
            held.append(Held(consent.source, consent.id, each.records, consent.data_from.date()))
    amount, term = application.money("amount_requested"), application.get("loan_term_months")
    return Material(
        business=_business(state),
        held=held,
        question=Question(
            as_of=now.date(),
            currency=currencies.get(country, NO_CURRENCY),
            amount=amount.amount if amount is not None else None,
            term_months=term if isinstance(term, int) else None,
        ),
        sources=tuple(_source(state, each, kept) for each in consents.values()),
        features=tuple(
            each
            for each in application.features
            if each.name in DEFINITIONS and (each.consent_id in consents or not each.consent_id)
        ),
        stated=_stated(application),
        opinions=tuple(_said(each) for each in state.submissions if each.reasons or each.offers),
        differences=application.differences,
        disputed=state.report.disputed,
        notes=("names_shown",) if state.report.names else (),
        names=state.report.names,
        sample=sample,
    )


def _business(state: Conversation) -> Business:
    application = state.application
    found = {name: application.chosen(name) for name in FACTS}
    return Business(
        name=application.text("business_legal_name") or "",
        registration_number=state.subject.registration_number if state.subject is not None else "",
        country=state.subject.country if state.subject is not None else "",
        facts={name: str(each.value) for name, each in found.items() if each is not None},
    )


def _source(state: Conversation, consent: Consent, kept: Sequence[Kept]) -> SourceUsed:
    mine = next((each for each in kept if each.consent_id == consent.id), None)
    pull = state.pulls.get(consent.source)
    days = () if mine is None else _days(mine.records)
    count = len(mine.records) if mine is not None else 0
    return SourceUsed(
        source=consent.source,
        consent_id=consent.id,
        kinds=consent.kinds,
        purpose=consent.purpose,
        state=consent.state.value,
        allowed_at=consent.answered_at,
        valid_until=consent.valid_until,
        read_at=mine.read_at if mine is not None else None,
        asked_from=consent.data_from.date(),
        first=min(days, default=None),
        last=max(days, default=None),
        records=count or (pull.records if pull is not None else 0),
    )


def _days(records: Records) -> list[date]:
    """The days that records speak of."""
    days = [each.day for each in records.transactions] + [each.day for each in records.invoices]
    days += [each.day for each in records.shipments] + [each.at.date() for each in records.orders]
    days += [each.at.date() for each in records.payments]
    return days + [each.filed_on for each in records.filings if each.filed_on is not None]


def _stated(application: Application) -> tuple[Debt, ...]:
    """Loans that the owner typed; those that a bank account shows come from the account."""
    chosen = application.chosen("existing_credit_facilities")
    if chosen is None or chosen.source != OWNER:
        return ()
    found = shapes.parse(FIELDS["existing_credit_facilities"].kind, chosen.value)
    return tuple(
        Debt(
            lender=each.lender,
            monthly=None if each.monthly_payment is None else each.monthly_payment.amount,
            outstanding=None if each.outstanding is None else each.outstanding.amount,
            origin="stated",
        )
        for each in found
        if isinstance(each, shapes.Facility)
    )


def _said(submission: Submission) -> Opinion:
    """What a lender decided, as it said so."""
    return Opinion(
        by=submission.lender,
        version=submission.decided_by,
        on=submission.since.date(),
        decision=submission.status.value,
        reasons=tuple(Reason(scheme=each.scheme, code=each.code, detail=each.detail) for each in submission.reasons),
        missing=submission.missing,
        asked=submission.offers[0].amount if submission.offers else None,
        currency=submission.offers[0].currency if submission.offers else "",
        term_months=submission.offers[0].term_months if submission.offers else None,
    )
