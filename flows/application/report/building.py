"""From records to a report. Pure: the same material gives the same report, but for the moment it is issued."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from flows.application.attributes.assessing import Assessment, assess
from flows.application.report.checking import checks, gaps
from flows.application.report.material import Material, cents, kinds_here
from flows.application.report.model import Attribute, Change, Debt, Earlier, Report
from flows.application.report.monthly import months, taxes
from flows.application.report.standard import attributes
from flows.application.report.trading import customers, suppliers


def build(material: Material, issued_at: datetime) -> Report:
    """The report as of the day the material asks about."""
    found = assess(material.held, material.question)
    by_month = tuple(months(material, found))
    standard = tuple(attributes(material, found))
    report = Report(
        reference="",
        issued_at=issued_at,
        as_of=material.question.as_of,
        currency=material.question.currency,
        sample=material.sample,
        business=material.business,
        window=f"{by_month[0].month}/{by_month[-1].month}" if by_month else "",
        records=sum(len(each.records) for each in material.held),
        sources=material.sources,
        months=by_month,
        attributes=standard,
        customers=customers(found.books, show=material.names),
        suppliers=suppliers(found.books, show=material.names),
        taxes=tuple(taxes(material.held)),
        debts=(*_debts(found), *material.stated),
        checks=checks(material, found, standard),
        gaps=gaps(standard, kinds_here(material, found)),
        opinions=material.opinions,
        disputed=material.disputed,
        notes=material.notes,
    )
    if material.before is not None:
        return compared(report, material.before)
    return report.model_copy(update={"reference": reference(report)})


def compared(report: Report, before: Earlier) -> Report:
    """The report with what changed since the one before."""
    changes = tuple(_changes(before, report.attributes))
    held = report.model_copy(update={"compared_with": before.as_of, "changes": changes})
    return held.model_copy(update={"reference": reference(held)})


def reference(report: Report) -> str:
    """The name of a report: the same for the same content, whenever it is issued."""
    content = report.model_dump_json(exclude={"issued_at", "reference"})
    return f"CR-{hashlib.sha256(content.encode()).hexdigest()[:12].upper()}"


def _debts(found: Assessment) -> Iterator[Debt]:
    for loan in found.flow.loans() if found.flow is not None else ():
        yield Debt(lender=loan.lender, monthly=cents(loan.monthly), payments=loan.payments, origin="records")


def _changes(before: Earlier, now: Sequence[Attribute]) -> Iterator[Change]:
    """What is not as it was, in the order of the attributes."""
    for each in now:
        if each.name in before.values and before.values[each.name] != each.value:
            yield Change(name=each.name, unit=each.unit, before=before.values[each.name], after=each.value)
