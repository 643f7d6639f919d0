"""A report says what the records say, writes each number once, and never says what it does not know."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from flows import texts
from flows.application.attributes.assessing import Question
from flows.application.attributes.definitions import DEFINITIONS
from flows.application.attributes.differences import Difference, Side
from flows.application.attributes.results import Held
from flows.application.features import FEATURES
from flows.application.records import Bounds, Filing, Invoice, Records, Standing, Transaction
from flows.application.report import attributes as subjects
from flows.application.report.building import build
from flows.application.report.laying import lay_out
from flows.application.report.material import Material
from flows.application.report.model import Business, Disputed, Opinion, Outcome, Reason, Report
from flows.application.report.view import Chart, Table, View
from flows.application.values import Feature

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TEXTS = texts.load()
FOLDER = Path(subjects.__file__).parent
ADA, BO = ("Ada Ltd", "1"), ("Bo Ltd", "2")


def invoice(day: str, net: int, party: tuple[str, str] = ADA, *, issued: bool = True) -> Invoice:
    standing = Standing.RED if net < 0 else Standing.VALID
    amount = Decimal(net)
    number = f"{day}{net}{issued}{party}"
    return Invoice(number, date.fromisoformat(day), issued, *party, amount, amount / 5, "GBP", standing)


def month(back: int) -> date:
    index = 2026 * 12 + 10 - back
    return date(index // 12, index % 12 + 1, 1)


def year_of_books() -> Held:
    rows = [invoice(f"{month(back):%Y-%m}-05", 1000 + back) for back in range(1, 13)]
    rows += [invoice(f"{month(back):%Y-%m}-06", 500, BO) for back in range(1, 4)]
    rows += [invoice(f"{month(back):%Y-%m}-07", 400, ("Cy", "3"), issued=False) for back in range(1, 13)]
    return Held("einvoice", "c-1", Records(invoices=rows), month(12))


def year_at_the_bank() -> Held:
    rows = [
        Transaction(f"{back}{sign}", "1", month(back).replace(day=9), Decimal(amount), "GBP")
        for back in range(1, 13)
        for sign, amount in (("in", 900), ("out", -300))
    ]
    bounds = Bounds(since=month(12), balance=Decimal(5000))
    return Held("bank", "c-2", Records(transactions=rows, bounds=bounds), month(12))


def returns() -> Held:
    rows = [
        Filing(
            month(back), 1, month(back - 1).replace(day=15), month(back - 1).replace(day=20), Decimal(900), Decimal(9)
        )
        for back in range(1, 13)
    ]
    return Held("tax", "c-3", Records(filings=[*rows]), month(12))


def report(*held: Held, **more: object) -> Report:
    question = Question(NOW.date(), "GBP")
    return build(Material(Business(name="Example Ltd"), held, question, **more), NOW)  # type: ignore[arg-type]


def laid_out(found: Report, lang: str = "en") -> View:
    return lay_out(found, TEXTS, lang, {"bank": "Bank", "einvoice": "Invoices"})


def test_months_stand_side_by_side() -> None:
    found = report(year_of_books(), year_at_the_bank(), returns())
    assert [each.month for each in found.months] == [f"{month(back):%Y-%m}" for back in range(12, 0, -1)]
    last = found.months[-1]
    assert (last.sales, last.purchases) == (Decimal("1501.00"), Decimal("400.00"))
    assert (last.inflow, last.outflow, last.balance) == (Decimal("900.00"), Decimal("300.00"), Decimal("5000.00"))
    assert last.tax == Decimal("9.00")
    assert found.months[0].balance == Decimal(5000 - 11 * 600)


def test_every_standard_attribute_is_there_known_or_not() -> None:
    found = report(year_of_books())
    assert [each.name for each in found.attributes] == list(DEFINITIONS)
    sales = found.attribute("sales_12m")
    assert sales is not None
    assert sales.value == Decimal(sum(1000 + back for back in range(1, 13)) + 1500)
    balance = found.attribute("adb")
    assert balance is not None
    assert (balance.value, balance.records, balance.sources) == (None, 0, ())


def test_what_a_source_says_itself_stands_beside_what_is_computed() -> None:
    given = Feature(name="tax_grade", value="A", window="", source="tax", consent_id="c-3", records=1)
    found = report(year_of_books(), features=(given,)).attribute("tax_grade")
    assert found is not None
    assert (found.value, found.sources, found.consents) == ("A", ("tax",), ("c-3",))


def test_names_are_shortened_unless_the_owner_allows() -> None:
    hidden, shown = report(year_of_books()), report(year_of_books(), names=True)
    assert hidden.customers is not None
    assert shown.customers is not None
    assert [each.name for each in hidden.customers.largest] == ["A***", "B***"]
    assert [each.name for each in shown.customers.largest] == ["Ada Ltd", "Bo Ltd"]
    assert "Ada Ltd" not in hidden.model_dump_json()
    assert shown.customers.others == 0


def test_checks_that_could_not_be_made_are_said() -> None:
    outcomes = {each.name: each for each in report(year_of_books()).checks}
    assert outcomes["sales_invoiced_declared"].outcome is Outcome.IMPOSSIBLE
    assert outcomes["sales_invoiced_declared"].needs == ("tax",)
    made = {each.name: each for each in report(year_of_books(), returns(), year_at_the_bank()).checks}
    differs = made["sales_invoiced_declared"]
    assert (differs.outcome, differs.gap) == (Outcome.DIFFERS, Decimal("2778.00"))
    assert made["sales_declared_banked"].outcome is Outcome.AGREES


def test_the_owners_explanation_stands_beside_the_difference() -> None:
    sides = tuple(
        Side(each.how, each.amount, each.window, each.source)
        for each in next(iter(report(year_of_books(), returns()).checks)).sides
    )
    said = Difference(about="sales_12m", currency="GBP", sides=sides, gap=Decimal(1), share=Decimal(1), words="cash")
    found = report(year_of_books(), returns(), differences=(said,))
    assert found.checks[0].words == "cash"


def test_gaps_name_what_would_add_what() -> None:
    gaps = {each.kind: each for each in report(year_at_the_bank()).gaps}
    assert "sales_12m" in gaps["einvoice"].attributes
    assert not gaps["einvoice"].linked
    assert "registry" in gaps


def test_what_changed_since_the_report_before() -> None:
    before = report(year_of_books()).summary
    same = report(year_of_books(), before=before)
    assert (same.changes, same.compared_with) == ((), NOW.date())
    more = Held(
        "einvoice", "c-1", Records(invoices=[*year_of_books().records.invoices, invoice("2026-10-09", 99)]), month(12)
    )
    changes = {each.name: each for each in report(more, before=before).changes}
    assert changes["sales_12m"].after == Decimal("13677.00")


def test_the_same_material_is_the_same_report() -> None:
    assert report(year_of_books()).reference == report(year_of_books()).reference
    assert report(year_of_books()).reference != report(year_at_the_bank()).reference
    assert Report.model_validate_json(report(year_of_books()).model_dump_json()) == report(year_of_books())


OPINION = Opinion(
    by="Somebody", version="1", on=NOW.date(), decision="approve", score=600, score_min=300, score_max=850
)


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_everything_can_be_said(lang: str) -> None:
    refused = OPINION.model_copy(
        update={"decision": "odd", "score": None, "missing": ("x",), "reasons": (Reason(scheme="s", code="4"),)}
    )
    full = report(
        *(year_of_books(), year_at_the_bank(), returns()),
        opinions=(OPINION, refused),
        disputed=(Disputed(name="sales_12m", note="no", on=NOW.date()),),
        notes=("no_currency", "guessed_currency", "other_currency", "tax_unknown", "same_file", "names_shown"),
        before=report(year_at_the_bank()).summary,
        sample=True,
    )
    for each in (full, report(), report(year_at_the_bank())):
        view = laid_out(each, lang)
        assert "{" not in re.sub(r"\{[nm]\}", "", json.dumps([view.title, view.page, *view.promise]))
        keys = [section.key for section in view.sections]
        assert keys[:4] == ["months", "attributes", "parties", "taxes"]
    assert {"opinion", "changes", "disputed"} <= {section.key for section in laid_out(full, lang).sections}


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_attribute_has_a_name_and_a_sentence(lang: str) -> None:
    for name in DEFINITIONS:
        assert TEXTS.has(lang, f"report.name.{name}")
        assert "{value}" in TEXTS.by_lang[lang][f"report.says.{name}"]
    subjects_of = {number for _, numbers in subjects.SUBJECTS for number in numbers}
    assert {each.number for each in DEFINITIONS.values()} <= subjects_of
    assert set(subjects.FIGURES) <= FEATURES.keys()


def test_no_key_of_the_report_is_missing_or_left_over() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("*.py"))
    asked = set(re.findall(r'\bt\(\s*f?"([a-z_.{}\[\]0-9 ]+?)"', code)) | {"note.glyphs"}
    asked |= {"taxes.late", "taxes.in_time", "debts.none", "debts.unknown", "missing.more", "missing.link"}
    asked |= {"how.{}", "sources.text", "sources.none", "opinion.decision.{}", "note.{}", "months.{}"}
    asked |= {"taxes.period", "taxes.due", "taxes.filed", "taxes.state", "taxes.sales", "taxes.paid"}
    patterns = [re.compile(re.sub(r"\{[^}]*\}", "[a-z0-9_]+", each)) for each in asked]
    keys = [key.removeprefix("report.") for key in TEXTS.by_lang["en"] if key.startswith("report.")]
    assert [key for key in keys if not any(pattern.fullmatch(key) for pattern in patterns)] == []
    assert [each for each in asked if "{" not in each and each not in keys] == []


def test_charts_hold_the_numbers_of_the_table() -> None:
    months = laid_out(report(year_of_books(), year_at_the_bank())).sections[0]
    (table,) = [each for each in months.blocks if isinstance(each, Table)]
    for chart in (each for each in months.blocks if isinstance(each, Chart)):
        for series in chart.series:
            place = [column.title for column in table.columns].index(series.name)
            assert series.shown == tuple(row[place].text for row in table.rows)
            assert all(0 <= height <= 1 for height in series.heights if height is not None)


def test_a_month_of_credit_notes_alone_goes_below_zero() -> None:
    rows = [invoice("2026-09-05", 100), invoice("2026-10-05", -40)]
    held = Held("einvoice", "c-1", Records(invoices=rows), month(3))
    chart = next(each for each in laid_out(report(held)).sections[0].blocks if isinstance(each, Chart))
    (heights,) = [each.heights for each in chart.series]
    assert heights[0] is not None
    assert heights[1] is not None
    assert heights[1] < chart.base < heights[0]
