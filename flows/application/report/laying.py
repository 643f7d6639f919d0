"""A report laid out in one language: what is shown, in which order."""

from collections.abc import Iterator, Mapping

from flows.application.report import beside, sections
from flows.application.report.attributes import attributes, figures
from flows.application.report.model import NO_CURRENCY, Report
from flows.application.report.view import Entry, View
from flows.application.report.writing import Writer
from flows.texts import Texts


def lay_out(report: Report, texts: Texts, lang: str, titles: Mapping[str, str]) -> View:
    """The report in words; `titles` are the names of sources in that language."""
    writer = Writer(texts, lang, report, titles)
    t = writer.t
    return View(
        lang=lang,
        title=t("title"),
        name=report.business.name,
        sample=t("sample") if report.sample else "",
        entries=tuple(_entries(writer)),
        figures=figures(writer),
        sections=(
            sections.by_month(writer),
            attributes(writer),
            sections.trading(writer),
            sections.taxes(writer),
            sections.debts(writer),
            beside.checks(writer),
            *beside.disputed(writer),
            *beside.changed(writer),
            *beside.opinions(writer),
            beside.missing(writer),
            beside.sources(writer),
        ),
        reference=report.reference,
        issued=f"{report.issued_at:%Y-%m-%d %H:%M} UTC",
        promise=t("promise"),
        page=t("page", n="{n}", m="{m}"),
    )


def _entries(writer: Writer) -> Iterator[Entry]:
    t, report = writer.t, writer.report
    business = report.business
    if business.registration_number:
        yield Entry(label=t("entry.number"), value=business.registration_number)
    for field, value in business.facts.items():
        yield Entry(label=writer.texts.get(writer.lang, f"field.{field}.label"), value=writer.fact(field, value))
    yield Entry(label=t("entry.as_of"), value=writer.day(report.as_of))
    yield Entry(label=t("entry.window"), value=writer.months(report.window))
    yield Entry(label=t("entry.records"), value=f"{report.records:,}")
    yield Entry(label=t("entry.currency"), value=report.currency if report.currency != NO_CURRENCY else t("entry.none"))
    yield Entry(label=t("entry.reference"), value=report.reference)
    yield Entry(label=t("entry.issued"), value=f"{report.issued_at:%Y-%m-%d %H:%M} UTC")
