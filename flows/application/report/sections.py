"""The numbers of a report in words, but for its attributes: months, parties, tax, loans."""

from flows.application.report.charting import chart
from flows.application.report.model import Parties, TaxPeriod
from flows.application.report.view import Cell, Chart, Column, Lines, Section, Table
from flows.application.report.writing import UNKNOWN, Writer

SERIES = ("sales", "purchases", "inflow", "outflow", "balance", "orders", "tax")
MOST_PERIODS = 12


def by_month(writer: Writer) -> Section:
    """Charts and the table behind them."""
    t, months = writer.t, writer.report.months
    if not months:
        return Section(key="months", title=t("months.title"), text=t("months.none"))
    labels = [each.month for each in months]
    rows = {name: [getattr(each, name) for each in months] for name in SERIES}
    there = [name for name in SERIES if any(each is not None for each in rows[name])]
    charts: list[Chart] = []
    for form, names in (("bars", SERIES[:2]), ("bars", SERIES[2:4]), ("line", SERIES[4:5])):
        shown = [name for name in names if name in there]
        if shown:
            caption = t(f"months.chart.{shown[0]}", currency=writer.currency())
            amounts = {t(f"months.{name}"): rows[name] for name in shown}
            charts.append(chart(writer, caption, labels, amounts, "line" if form == "line" else "bars"))
    if not charts and "orders" in there:
        caption = t("months.chart.orders", currency=writer.currency())
        charts.append(chart(writer, caption, labels, {t("months.orders"): rows["orders"]}, "bars"))
    table = Table(
        caption=t("months.caption", currency=writer.currency()),
        columns=(
            Column(title=t("months.month")),
            *(Column(title=t(f"months.{name}"), number=True, width=1) for name in there),
        ),
        rows=tuple(
            (Cell(text=label), *(Cell(text=writer.plain(rows[name][place])) for name in there))
            for place, label in enumerate(labels)
        ),
    )
    return Section(key="months", title=t("months.title"), text=t("months.text"), blocks=(*charts, table))


def trading(writer: Writer) -> Section:
    """Customers and suppliers."""
    t, report = writer.t, writer.report
    blocks: list[Table | Lines] = []
    for side, parties in (("customers", report.customers), ("suppliers", report.suppliers)):
        if parties is not None and parties.largest:
            blocks.append(_parties(writer, side, parties))
        elif parties is not None:
            blocks.append(Lines(lines=(t(f"parties.{side}.private"),)))
        else:
            blocks.append(Lines(lines=(t(f"parties.{side}.none"),), tone="quiet"))
    return Section(key="parties", title=t("parties.title"), text=t("parties.text"), blocks=tuple(blocks))


def _parties(writer: Writer, side: str, parties: Parties) -> Table:
    t = writer.t
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(text=f"{each.rank}. {each.name}"),
            Cell(text=writer.plain(each.amount)),
            Cell(text=writer.percent(each.share)),
            Cell(text=str(each.months)),
        )
        for each in parties.largest
    ]
    rows.append((Cell(text=t("parties.others"), tone="quiet"), Cell(text=writer.plain(parties.others)), *_empty(2)))
    rows.append((Cell(text=t("parties.total")), Cell(text=writer.plain(parties.total)), *_empty(2)))
    return Table(
        caption=t(f"parties.{side}.caption", count=parties.count, window=writer.months(parties.window)),
        columns=(
            Column(title=t(f"parties.{side}.name"), width=1),
            Column(title=t("parties.amount", currency=writer.currency()), number=True),
            Column(title=t("parties.share"), number=True),
            Column(title=t("parties.months"), number=True),
        ),
        rows=tuple(rows),
    )


def _empty(count: int) -> tuple[Cell, ...]:
    return tuple(Cell(text="") for _ in range(count))


def taxes(writer: Writer) -> Section:
    """Returns: due, filed, declared, paid."""
    t, periods = writer.t, writer.report.taxes[-MOST_PERIODS:]
    if not periods:
        return Section(key="taxes", title=t("taxes.title"), text=t("taxes.none"))
    rows = tuple(_period(writer, each) for each in periods)
    columns = (
        *(Column(title=t(f"taxes.{name}"), width=1) for name in ("period", "due", "filed", "state")),
        *(Column(title=t(f"taxes.{name}"), number=True, width=1) for name in ("sales", "paid")),
    )
    caption = t("taxes.caption", currency=writer.currency())
    return Section(key="taxes", title=t("taxes.title"), blocks=(Table(caption=caption, columns=columns, rows=rows),))


def _period(writer: Writer, period: TaxPeriod) -> tuple[Cell, ...]:
    t, month = writer.t, period.first_month
    late = period.days_late is not None and period.days_late > 0
    state = t("taxes.late", days=period.days_late) if late else t("taxes.in_time")
    return (
        Cell(text=month if period.months == 1 else t("taxes.of", first=month, n=period.months)),
        Cell(text=writer.day(period.due_on)),
        Cell(text=writer.day(period.filed_on)),
        Cell(text=t("taxes.open") if period.filed_on is None else state, tone="warn" if late else ""),
        Cell(text=writer.plain(period.sales)),
        Cell(text=writer.plain(period.paid)),
    )


def debts(writer: Writer) -> Section:
    """Loans that are being paid, and those the owner states."""
    t, found = writer.t, writer.report.debts
    if not found:
        known = any(each.name == "debt_service_m" and each.value is not None for each in writer.report.attributes)
        return Section(key="debts", title=t("debts.title"), text=t("debts.none" if known else "debts.unknown"))
    rows = tuple(
        (
            Cell(text=each.lender or UNKNOWN),
            Cell(text=writer.plain(each.monthly)),
            Cell(text=writer.plain(each.outstanding)),
            Cell(text=UNKNOWN if each.payments is None else str(each.payments)),
            Cell(text=t(f"debts.origin.{each.origin}")),
        )
        for each in found
    )
    columns = (
        Column(title=t("debts.lender"), width=1),
        *(Column(title=t(f"debts.{name}"), number=True) for name in ("monthly", "outstanding", "payments")),
        Column(title=t("debts.from")),
    )
    caption = t("debts.caption", currency=writer.currency())
    return Section(key="debts", title=t("debts.title"), blocks=(Table(caption=caption, columns=columns, rows=rows),))
