"""The standard attributes in words: by subject, each with a sentence, its window, its records and its coverage."""

from flows.application.report.model import Attribute
from flows.application.report.view import Cell, Column, Figure, Lines, Section, Table
from flows.application.report.writing import Writer

# By the number of the definition; in the order in which a reader asks.
SUBJECTS: tuple[tuple[str, frozenset[int]], ...] = (
    ("trading", frozenset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10})),
    ("parties", frozenset({14, 15, 16, 17, 18, 22, 23})),
    ("margin", frozenset({19, 20, 21, 25})),
    ("papers", frozenset({11, 12, 13, 29, 38})),
    ("bank", frozenset({30, 31, 32, 33, 37, 39})),
    ("debt", frozenset({34, 35, 36, 46})),
    ("tax", frozenset({24, 26, 27, 28})),
    ("shop", frozenset({40, 41, 42, 43, 44, 45})),
    ("firm", frozenset({47, 48})),
)
FIGURES = (
    *("sales_12m", "revenue_inflow_m", "adb", "top1_share", "tax_paid_12m", "debt_service_m", "gmv_m"),
    *("sales_m", "n_cust", "n_supp", "repeat_cust_amt", "span_m", "neg_days", "orders_m", "licence_age_m"),
)
MOST_FIGURES = 6


def figures(writer: Writer) -> tuple[Figure, ...]:
    """The first numbers a reader looks for, as far as they are known."""
    known = (writer.report.attribute(name) for name in FIGURES)
    shown = [each for each in known if each is not None and each.value is not None][:MOST_FIGURES]
    return tuple(
        Figure(
            label=writer.t(f"name.{each.name}"),
            value=writer.value(each.name, each.unit, each.value),
            note=writer.months(each.window),
        )
        for each in shown
    )


def attributes(writer: Writer) -> Section:
    """One table, by subject, of what is known, and what is not known in one line."""
    t = writer.t
    disputed = {each.name for each in writer.report.disputed}
    rows: list[tuple[Cell, ...]] = []
    for subject, numbers in SUBJECTS:
        known = [each for each in writer.report.attributes if each.number in numbers and each.value is not None]
        if known:
            rows.append((Cell(text=t(f"subject.{subject}")),))
            rows += [_row(writer, each, marked=each.name in disputed) for each in known]
    blocks: list[Table | Lines] = []
    if rows:
        columns = (
            Column(title=t("attributes.name"), width=1),
            Column(title=t("attributes.value"), number=True),
            Column(title=t("attributes.window")),
            Column(title=t("attributes.records"), number=True),
            Column(title=t("attributes.coverage"), number=True),
        )
        blocks.append(Table(caption=t("attributes.caption"), columns=columns, rows=tuple(rows)))
    unknown = sum(each.value is None for each in writer.report.attributes)
    if unknown:
        blocks.append(Lines(lines=(t("attributes.unknown", count=unknown, where=t("missing.title")),), tone="quiet"))
    return Section(key="attributes", title=t("attributes.title"), text=t("attributes.text"), blocks=tuple(blocks))


def _row(writer: Writer, attribute: Attribute, *, marked: bool) -> tuple[Cell, ...]:
    t, name = writer.t, attribute.name
    shown = writer.value(name, attribute.unit, attribute.value)
    title = t("disputed.mark", name=t(f"name.{name}")) if marked else t(f"name.{name}")
    return (
        Cell(text=title, note=t(f"says.{name}", value=shown)),
        Cell(text=shown, tone="warn" if marked else ""),
        Cell(text=writer.months(attribute.window)),
        Cell(text=f"{attribute.records:,}"),
        Cell(text=writer.percent(attribute.coverage)),
    )
