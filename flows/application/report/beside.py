"""What stands beside the numbers: checks, gaps, disputes, changes, quoted opinions, and where everything is from."""

from collections.abc import Iterator

from flows.application.report.model import Check, Opinion, Outcome, SourceUsed
from flows.application.report.view import Cell, Column, Lines, Section, Table, Tone
from flows.application.report.writing import UNKNOWN, Writer

TONES: dict[Outcome, Tone] = {Outcome.AGREES: "good", Outcome.DIFFERS: "warn", Outcome.IMPOSSIBLE: "quiet"}


def checks(writer: Writer) -> Section:
    """Kinds of record held against each other."""
    t = writer.t
    columns = (
        Column(title=t("checks.what"), width=1),
        Column(title=t("checks.outcome")),
        Column(title=t("checks.one"), number=True),
        Column(title=t("checks.other"), number=True),
        Column(title=t("checks.gap"), number=True),
    )
    rows = tuple(_check(writer, each) for each in writer.report.checks)
    table = Table(caption=t("checks.caption", currency=writer.currency()), columns=columns, rows=rows)
    return Section(key="checks", title=t("checks.title"), text=t("checks.text"), blocks=(table,))


def _check(writer: Writer, check: Check) -> tuple[Cell, ...]:
    t, sides = writer.t, check.sides
    said = [writer.texts.get(writer.lang, f"explain.reason.{check.reason}")] if check.reason else []
    said += [t("checks.words", words=check.words)] if check.words else []
    if check.needs:
        said.append(t("checks.needs", kinds=writer.listed(tuple(t(f"kind.{kind}") for kind in check.needs))))
    gap = UNKNOWN
    if check.gap is not None:
        gap = writer.plain(check.gap)
    share = "" if check.share is None else writer.percent(check.share)
    return (
        Cell(text=t(f"checks.name.{check.name}"), note=" ".join(said)),
        Cell(text=t(f"checks.outcomes.{check.outcome}"), tone=TONES[check.outcome]),
        *(
            Cell(text=writer.plain(side.amount), note=f"{t(f'how.{side.how}')} {writer.months(side.window)}")
            for side in sides
        ),
        *(Cell(text=UNKNOWN) for _ in range(2 - len(sides))),
        Cell(text=gap if check.gap is not None or not share else share, note=share if check.gap is not None else ""),
    )


def missing(writer: Writer) -> Section:
    """What a further source would add."""
    t = writer.t
    rows = tuple(
        (
            Cell(text=t(f"kind.{each.kind}"), note=t("missing.more") if each.linked else t("missing.link")),
            Cell(text=writer.listed(tuple(t(f"name.{name}") for name in each.attributes))),
        )
        for each in writer.report.gaps
    )
    if not rows:
        return Section(key="missing", title=t("missing.title"), text=t("missing.none"))
    columns = (Column(title=t("missing.source")), Column(title=t("missing.adds"), width=1))
    table = Table(caption=t("missing.caption"), columns=columns, rows=rows)
    return Section(key="missing", title=t("missing.title"), text=t("missing.text"), blocks=(table,))


def opinions(writer: Writer) -> Iterator[Section]:
    """What others decided, quoted as theirs."""
    t = writer.t
    for each in writer.report.opinions:
        lines = tuple(quoted(writer, each))
        title = t("opinion.title")
        yield Section(key="opinion", title=title, text=t("opinion.text"), blocks=(Lines(lines=lines),))


def quoted(writer: Writer, opinion: Opinion) -> Iterator[str]:
    """An opinion in sentences."""
    t, texts = writer.t, writer.texts
    yield t("opinion.made", by=opinion.by, version=opinion.version or UNKNOWN, day=writer.day(opinion.on))
    known = f"report.opinion.decision.{opinion.decision}"
    decision = texts.get(writer.lang, known) if texts.has(writer.lang, known) else opinion.decision
    asked = writer.money(opinion.asked)
    if opinion.asked is not None:
        yield t("opinion.asked", amount=asked, term=opinion.term_months or UNKNOWN)
    yield t("opinion.decided", decision=decision)
    if opinion.score is not None:
        yield t("opinion.score", value=opinion.score, low=opinion.score_min, high=opinion.score_max)
    else:
        yield t("opinion.no_score")
    if not opinion.reasons:
        yield t("opinion.no_reason")
    for reason in opinion.reasons:
        key = f"reason.{reason.code}"
        said = texts.get(writer.lang, key) if texts.has(writer.lang, key) else reason.code
        finer = f"detail.{reason.detail}"
        detail = texts.get(writer.lang, finer) if texts.has(writer.lang, finer) else reason.detail
        yield t("opinion.reason", reason=said, code=reason.code, detail=detail or UNKNOWN)
    if opinion.missing:
        yield t("opinion.missing", what=writer.listed(opinion.missing))


def changed(writer: Writer) -> Iterator[Section]:
    """What is not as it was in the report before."""
    t, report = writer.t, writer.report
    if report.compared_with is None:
        return
    title, text = t("changes.title"), t("changes.text", day=writer.day(report.compared_with))
    if not report.changes:
        yield Section(key="changes", title=title, text=t("changes.none", day=writer.day(report.compared_with)))
        return
    rows = tuple(
        (
            Cell(text=t(f"name.{each.name}")),
            Cell(text=writer.value(each.name, each.unit, each.before)),
            Cell(text=writer.value(each.name, each.unit, each.after)),
        )
        for each in report.changes
    )
    columns = (
        Column(title=t("attributes.name"), width=1),
        Column(title=t("changes.before"), number=True),
        Column(title=t("changes.after"), number=True),
    )
    yield Section(key="changes", title=title, text=text, blocks=(Table(caption=title, columns=columns, rows=rows),))


def disputed(writer: Writer) -> Iterator[Section]:
    """Values the owner says are wrong."""
    t = writer.t
    if writer.report.disputed:
        lines = tuple(
            t("disputed.line", name=t(f"name.{each.name}"), note=each.note, day=writer.day(each.on))
            for each in writer.report.disputed
        )
        yield Section(key="disputed", title=t("disputed.title"), text=t("disputed.text"), blocks=(Lines(lines=lines),))


def sources(writer: Writer) -> Section:
    """Where everything is from: consent, days, records."""
    t = writer.t
    rows = tuple(_source(writer, each) for each in writer.report.sources)
    columns = (
        Column(title=t("sources.source"), width=1),
        Column(title=t("sources.allowed")),
        Column(title=t("sources.days")),
        Column(title=t("sources.records"), number=True),
    )
    notes = tuple(t(f"note.{each}") for each in writer.report.notes)
    blocks: tuple[Table | Lines, ...] = ()
    if rows:
        blocks = (Table(caption=t("sources.caption"), columns=columns, rows=rows),)
    if notes:
        blocks += (Lines(lines=notes, tone="quiet"),)
    return Section(
        key="sources", title=t("sources.title"), text=t("sources.text" if rows else "sources.none"), blocks=blocks
    )


def _source(writer: Writer, source: SourceUsed) -> tuple[Cell, ...]:
    t = writer.t
    skipped = (
        t("sources.skipped", left=source.left_out, unread=source.unread) if source.left_out + source.unread else ""
    )
    if source.file:
        allowed = Cell(text=t("sources.file"), note=t("sources.digest", digest=source.sha256[:16]))
    else:
        until = source.valid_until.date() if source.valid_until is not None else None
        allowed_at = source.allowed_at.date() if source.allowed_at is not None else None
        allowed = Cell(
            text=t("sources.consent", day=writer.day(allowed_at), until=writer.day(until)), note=source.consent_id
        )
    days = t("sources.found", first=writer.day(source.first), last=writer.day(source.last)) if source.first else UNKNOWN
    return (
        Cell(text=writer.source(source.source), note=source.file),
        allowed,
        Cell(text=days, note=skipped),
        Cell(text=f"{source.records:,}"),
    )
