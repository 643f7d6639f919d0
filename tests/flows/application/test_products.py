"""Product sheets: what is refused at load, and that unknown data never open a door."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from flows.application import products
from flows.application.facts import FACTS, Fact, FactKind, FactSpec, known, read
from flows.application.features import FEATURES
from flows.application.products import PACKAGED, ProductSheet, Result, evaluate
from flows.application.rules import OnMissing, Rule, Verdict
from flows.errors import WrongDeclaration

DAY = date(2026, 11, 23)
SHEETS = {sheet.key: sheet for sheet in products.load()}
FILES = sorted(PACKAGED.glob("*.yaml"))
RULES = [pytest.param(rule, id=f"{sheet.key}:{rule.code}") for sheet in SHEETS.values() for rule in sheet.rules]


def healthy(sheet: ProductSheet) -> dict[str, Fact]:
    return {name: read(FACTS[name], value) for name, value in sheet.cases[0].facts.items()}


def one(text: str, folder: Path) -> ProductSheet:
    (folder / "sheet.yaml").write_text(text, encoding="utf-8")
    (loaded,) = products.load(folder)
    return loaded


# The shipped sheets


def test_the_examples_cover_seven_kinds_of_loan_of_four_lenders() -> None:
    assert {(sheet.lender.id, sheet.market, sheet.currency, sheet.key) for sheet in SHEETS.values()} == {
        ("baichuan", "CN", "CNY", "baichuan-licence"),
        ("baichuan", "CN", "CNY", "baichuan-tax"),
        ("harbour", "GB", "GBP", "harbour-small"),
        ("harbour", "GB", "GBP", "harbour-flow"),
        ("qiaotou", "CN", "CNY", "qiaotou-invoice"),
        ("qiaotou", "CN", "CNY", "qiaotou-tobacco"),
        ("qiaotou", "CN", "CNY", "qiaotou-online"),
        ("tidewater", "GB", "GBP", "tidewater-till"),
        ("tidewater", "GB", "GBP", "tidewater-receivables"),
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_invented_numbers_are_called_invented(file: Path) -> None:
    assert "invented" in file.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.key)
def test_without_a_band_there_is_no_limit_and_no_price(sheet: ProductSheet) -> None:
    fit = evaluate(sheet, healthy(sheet), DAY)
    assert (fit.result, fit.limit, fit.apr, fit.bound_by) == (Result.ELIGIBLE, None, None, None)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.key)
def test_nothing_known_asks_and_shows_no_limit(sheet: ProductSheet) -> None:
    fit = evaluate(sheet, {}, DAY, "A")
    assert fit.result is Result.NEED_DATA
    assert {"amount_requested", "loan_term_months", *sheet.needs} <= set(fit.ask)
    assert fit.limit is None
    assert "ask_ratio" not in fit.ask  # computed: nobody can hand it in


def test_a_sheet_is_offered_only_in_its_time() -> None:
    sheet = SHEETS["harbour-small"]
    fit = evaluate(sheet, healthy(sheet), date(2025, 12, 31), "A")
    assert [finding.code for finding in fit.failed] == ["on_sale"]


def test_a_finding_tells_what_was_wanted_and_what_came() -> None:
    sheet = SHEETS["baichuan-tax"]
    (finding,) = evaluate(sheet, {**healthy(sheet), "licence_age_m": Decimal(23)}, DAY, "A").failed
    assert (finding.code, finding.wanted, finding.actual, finding.reason) == (
        "business_age",
        ">= 24",
        Decimal(23),
        "6",
    )
    assert finding.rule is not None
    assert set(finding.rule.say) == set(finding.rule.fix) == {"en", "zh"}


@pytest.mark.parametrize("sales", ["0", "-5", "1E-999999"])
def test_sales_known_to_be_nothing_carry_no_loan(sales: str) -> None:
    sheet = SHEETS["harbour-flow"]
    fit = evaluate(sheet, {**healthy(sheet), "revenue_inflow_m": Decimal(sales)}, DAY, "A")
    assert fit.result is Result.DECLINED
    assert "request_to_sales" in [finding.code for finding in fit.failed]


def test_a_derived_fact_is_never_taken_from_outside() -> None:
    sheet = SHEETS["harbour-flow"]
    fit = evaluate(sheet, {**healthy(sheet), "amount_requested": Decimal(140000), "ask_ratio": Decimal(1)}, DAY)
    assert [finding.code for finding in fit.failed] == ["request_to_sales"]


# Unknown is never a pass


def odd_values(spec: FactSpec) -> list[object]:
    """Values that are not of the fact's type or range: mistyped, misspelt, not a number, too large."""
    odd: list[object] = [None, 1.5, 7, b"7", [], {}, datetime(2026, 1, 1, tzinfo=UTC)]
    odd += [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1e30")]
    if spec.kind is not FactKind.NUMBER:
        odd.append(Decimal(1))
    if spec.kind is not FactKind.TEXT:
        odd += ["", "12", "twelve", "active"]
    if spec.options:
        odd += [option.upper() + "x" for option in spec.options] + ["", " active", "activ"]
    if spec.kind is not FactKind.BOOLEAN:
        odd += [True, False]
    if spec.kind is not FactKind.DATE:
        odd.append(DAY)
    if spec.lowest is not None:
        odd.append(spec.lowest - 1)
    if spec.highest is not None:
        odd.append(spec.highest + 1)
    return odd


@pytest.mark.parametrize("rule", RULES)
def test_an_odd_value_is_unknown_to_every_rule(rule: Rule) -> None:
    for value in odd_values(FACTS[rule.field]):
        assert rule.verdict({rule.field: cast(Fact, value)}) is Verdict.UNKNOWN, value
    assert rule.verdict({rule.field + "s": Decimal(0)}) is Verdict.UNKNOWN
    assert rule.verdict({}) is Verdict.UNKNOWN


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_losing_or_spoiling_a_fact_that_is_asked_for_never_leaves_a_sheet_eligible(data: st.DataObject) -> None:
    sheet = data.draw(st.sampled_from(list(SHEETS.values())))
    asked = {rule.field for rule in sheet.rules if rule.on_missing is not OnMissing.IGNORE} - {"ask_ratio"}
    name = data.draw(st.sampled_from(sorted({*asked, *sheet.needs, "amount_requested", "loan_term_months"})))
    spoilt = cast(Mapping[str, Fact], {**healthy(sheet), name: data.draw(st.sampled_from(odd_values(FACTS[name])))})
    fit = evaluate(sheet, spoilt, DAY, "A")
    assert fit.result is not Result.ELIGIBLE
    assert name in fit.ask
    assert fit.limit is None


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_facts_of_any_kind_are_evaluated_and_a_limit_is_a_limit(data: st.DataObject) -> None:
    sheet = data.draw(st.sampled_from(list(SHEETS.values())))
    numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**9, places=2)
    facts = healthy(sheet)
    for name in data.draw(st.sets(st.sampled_from(sorted(facts)), max_size=4)):
        facts[name] = data.draw(st.one_of(numbers, st.text(max_size=5), st.booleans(), st.none()))
    fit = evaluate(sheet, facts, DAY, data.draw(st.sampled_from("ABCDZ")))
    assert (fit.limit is not None) == (fit.result is Result.ELIGIBLE)
    if fit.limit is not None:
        assert sheet.amount.minimum <= fit.limit <= sheet.amount.maximum
        assert fit.limit % sheet.amount.round_to == 0
    assert (fit.result is Result.DECLINED) == bool(fit.failed)


@settings(deadline=None, max_examples=100)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14))
def test_a_number_survives_its_text(value: Decimal) -> None:
    spec = FACTS["tax_paid_12m"]
    assume(len(value.as_tuple().digits) <= 28)
    text = str(value)
    assert read(spec, text) in {value, None}
    if "E" not in text:
        assert read(spec, text) == known(spec, value) == value


@pytest.mark.parametrize(
    ("name", "raw", "fact"),
    [
        ("adb", {"amount": "12.50", "currency": "GBP"}, Decimal("12.50")),
        ("adb", {"amount": "12.50", "currency": "CNY"}, None),
        ("adb", "12,500", None),
        ("adb", "\u0661\u0662", None),
        ("adb", 0.1, Decimal("0.1")),
        ("adb", True, None),
        ("filing_ontime", "95", None),
        ("tax_grade", "a", None),
        ("tax_grade", "A", "A"),
        ("incorporation_date", "2024-02-30", None),
        ("incorporation_date", "2024-02-29", date(2024, 2, 29)),
        ("legal_or_insolvency_declaration", {"answer": False}, False),
        ("legal_or_insolvency_declaration", {"answer": "no"}, None),
        ("legal_or_insolvency_declaration", "no", None),
    ],
)
def test_reading_a_fact(name: str, raw: object, fact: Fact) -> None:
    assert read(FACTS[name], raw, "GBP") == fact  # type: ignore[arg-type]  # odd values are the point


def test_identities_and_accounts_cannot_be_tested() -> None:
    assert not {"representative_id_number", "disbursement_account", "contact_phone"} & set(FACTS)
    assert set(FEATURES) <= set(FACTS)


# Wrong sheets


FEE_TOO_HIGH = "fees: [{code: entry, name: {en: a, zh: b}, amount: 900}]"


def changed(old: str, new: str) -> str:
    text = (PACKAGED / "harbour-small.yaml").read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "at", "sentence"),
    [
        ("field: licence_age_m", "field: licence_age", "licence_age", "Did you mean `licence_age_m`?"),
        ('op: ">="', 'op: "=>"', "=>", "Input should be"),
        ("GBP\n", "gbp\n", "gbp", "currency"),
        ("minimum: 2000,", "minimum: 90000,", "90000", "minimum is above maximum"),
        ("round_to: 500", "round_to: 700", "700", "not multiples of round_to"),
        ("suggested: [6,", "suggested: [48,", "48", "outside the range"),
        ("code: business_age", "code: registered", "registered", "used twice"),
        ("code: business_age", "code: term_offered", "term_offered", "used twice"),
        ("on_fail: decline", "on_fail: maybe", "maybe", "Input should be"),
        ("    on_missing: ask\n", "", "code: registered", "Add `on_missing`"),
        ("value: active", "value: activ", "activ", "not one of active"),
        ("value: active", "value: [active]", "[active]", "does not take"),
        ('op: "=="\n    value: active', 'op: ">="\n    value: active', ">=", "cannot order"),
        ('value: "12"', "value: a year", "a year", "not a number"),
        ('value: "12"', 'value: ["24", "12"]', '["24", "12"]', "does not take"),
        ('reason: "6"', 'reason: "66"', "66", "not a denial reason"),
        ('C: "0.1790"}', 'D: "0.1790"}', "bands: {A", "different bands"),
        ("field: declared_sales_12m}", "field: licence_age_m}", "licence_age_m", "no amount of money"),
        ("term_loan_unsecured", "personal_loan", "personal_loan", "not a kind of credit"),
        ("[equal_instalments]", "[when_i_can]", "when_i_can", "not a repayment method"),
        ("market: GB", "market: GB\nmarket: CN", "market: CN", "written twice"),
        ("market: GB", "market: GB\nmarkets: [GB]", "markets", "not a known name"),
        ("market: GB", "market: [GB", "currency", "did not find expected"),
        ("limit: 37500, bound_by", "limit: 38000, bound_by", "38000", "comes to 37500"),
        ("like: healthy shop", "like: healthy", "like: healthy", "no earlier case"),
        ('licence_age_m: "60"', 'licence_age: "60"', "licence_age", "not a known fact"),
        ("since: 2026-01-01", "since: 2026-01-01, until: 2025-01-01", "2025-01-01", "ends before it starts"),
        ("round_to: 500", "round_to: 0.001", "0.001", "decimal places"),
        ("declared_sales_12m, arrears]", "declared_sales_12m, ask_ratio]", "ask_ratio", "nobody can hand it in"),
        ("repayment: [", f"{FEE_TOO_HIGH}\nrepayment: [", "fees", "more than 20"),
        ("repayment: [", "documents: [tax_letter]\nrepayment: [", "tax_letter", "no kind of paper"),
        ("name: {en: Small business loan, zh: 小企业贷款}", "name: {en: Loan}", "Loan", "has en instead of en, zh"),
    ],
)
def test_a_wrong_sheet_is_refused_with_line_and_fix(old: str, new: str, at: str, sentence: str, tmp_path: Path) -> None:
    text = changed(old, new)
    with pytest.raises(WrongDeclaration) as refused:
        one(text, tmp_path)
    assert sentence in str(refused.value)
    file, _, number = refused.value.where.rpartition(":")
    assert file == str(tmp_path / "sheet.yaml")
    assert at in text.split("\n")[int(number) - 1]
    assert refused.value.fix


@pytest.mark.parametrize(("op", "value"), [("!=", "Acme"), ("not_in", "[Acme]")], ids=["is not", "not in"])
def test_a_negative_test_of_free_text_would_fail_open(op: str, value: str, tmp_path: Path) -> None:
    text = changed(
        'field: registration_status\n    op: "=="\n    value: active',
        f'field: industry_code\n    op: "{op}"\n    value: {value}',
    )
    with pytest.raises(WrongDeclaration, match="let a misspelt value through"):
        one(text, tmp_path)


def test_two_sheets_with_one_key_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongDeclaration, match="no product sheet"):
        products.load(tmp_path)
    text = (PACKAGED / "harbour-small.yaml").read_text(encoding="utf-8")
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(WrongDeclaration, match="used by another sheet"):
        products.load(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"key: \x00",
        b"[" * 50_000,
        b"- a\n- b\n",
        b"a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\n"
        b"d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e]\n",
        b"? [a, b]\n: c\n",
        b"!!python/object/apply:os.system [ls]",
        b"key: x\n" + b"# long\n" * 30_000,
    ],
    ids=["empty", "not utf-8", "control", "deep", "list", "laughs", "odd key", "tag", "long"],
)
def test_a_file_that_is_no_sheet_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "sheet.yaml").write_bytes(content)
    with pytest.raises(WrongDeclaration):
        products.load(tmp_path)


SCALARS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(-5, 10**6).map(str),
    st.sampled_from(["A", ">=", "in", "ask", "true", "0"]),
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_fuzzed_sheet_is_refused_with_a_sentence_or_evaluated(data: st.DataObject, tmp_path: Path) -> None:
    tree = yaml.load(data.draw(st.sampled_from(FILES)).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for _ in range(data.draw(st.integers(1, 2))):
        at = tree
        for _ in range(data.draw(st.integers(0, 4))):
            step = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
            if not isinstance(at[step], dict | list) or not at[step]:
                break
            at = at[step]
        step = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        action = data.draw(st.sampled_from(["replace", "remove", "nest", "add"]))
        if action == "remove":
            del at[step]
            break
        at[f"{step}x" if action == "add" and isinstance(at, dict) else step] = (
            [data.draw(SCALARS)] if action == "nest" else data.draw(SCALARS)
        )
    try:
        sheet = one(yaml.safe_dump(tree, allow_unicode=True), tmp_path)
    except WrongDeclaration as refused:
        told = (refused.where, refused.what, refused.fix)
        assert all(told)
    else:
        assert evaluate(sheet, {}, DAY, "A").result is not Result.ELIGIBLE
