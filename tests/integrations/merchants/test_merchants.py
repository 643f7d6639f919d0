"""The invented businesses themselves: valid numbers, reproducible records, a truth that fits the fields."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import is_possible_number, parse
from stdnum import iban
from stdnum.cn import ric, uscc
from stdnum.gb import vat

from flows.application import shapes
from flows.application.fields import APPLICANT_FACING, FIELDS
from flows.application.money import to_cents
from flows.errors import WrongDeclaration
from integrations.merchants import Merchant, load
from integrations.merchants.commerce import Invoice, OrderState, Standing, Tender
from integrations.merchants.ledger import REVENUE, Book, Category
from integrations.merchants.merchant import FOLDER

TODAY = date(2026, 11, 23)
ALL = load()
DIRT = {
    "names_disagree",
    "tax_months_missing",
    "bank_month_missing",
    "closed_account",
    "expired_bank_consent",
    "renamed_firm",
    "new_shop",
    "instructions_in_memo",
    "own_transfers",
    "loan_proceeds",
    "refunds",
    "slow_source",
    "failing_source",
    "no_bank_identity",
    "underdeclared",
    "repeated_rows",
    "currency_mix",
    "round_tripping",
    "void_invoices",
    "renamed_customer",
    "look_alike_letters",
    "licence_expiring",
    "several_shops",
}
each_merchant = pytest.mark.parametrize("merchant", ALL, ids=lambda each: each.id)


def test_half_speak_chinese_and_all_dirt_is_there() -> None:
    assert len(ALL) >= 24
    assert sum(each.lang == "zh" for each in ALL) * 2 == len(ALL)
    assert {dirt.word for each in ALL for dirt in each.dirt} >= DIRT
    assert {each.expect for each in ALL} >= {"offered", "rejected"}


@each_merchant
def test_numbers_have_valid_check_digits(merchant: Merchant) -> None:
    profile = merchant.profile
    assert is_possible_number(parse(merchant.phone))
    if merchant.country == "CN":
        assert uscc.is_valid(merchant.registration_number)
        assert profile.tax.number == merchant.registration_number
        ric.validate(profile.representative.id_number)
        assert f"{profile.representative.birth_date:%Y%m%d}" == profile.representative.id_number[6:14]
    else:
        assert vat.is_valid(profile.tax.number)
        for number in (profile.bank.account, profile.bank.closed_account, profile.bank.private_account):
            assert number is None or iban.is_valid(number)
        assert merchant.phone.startswith("+447700900")


@each_merchant
def test_the_request_fits_the_business(merchant: Merchant) -> None:
    request = merchant.profile.request
    low, high = (80_000, 400_000) if merchant.country == "CN" else (5_000, 60_000)
    assert low <= request.amount <= high
    assert 6 <= request.term_months <= 24
    if merchant.expect == "offered":
        assert 3 <= merchant.profile.trade.monthly * 12 / request.amount <= 10.5


@each_merchant
def test_the_truth_has_the_shape_of_the_fields(merchant: Merchant) -> None:
    truth = merchant.truth(TODAY)
    for name, value in truth.items():
        assert shapes.dump(FIELDS[name].kind, value) == value
    unknown = {name for name in APPLICANT_FACING if name not in truth}
    words = {dirt.word for dirt in merchant.dirt}
    assert not unknown or words & {"new_shop", "bank_month_missing"}


@each_merchant
def test_the_owner_can_answer_what_may_be_asked(merchant: Merchant) -> None:
    voice = merchant.voice
    by_button = {"legal_form", "registration_status", "incorporation_date", "representative_role", "beneficial_owners"}
    asked = set(APPLICANT_FACING) - by_button - {"amount_requested", "credit_purpose", "loan_term_months"}
    assert asked - set(voice) <= {"existing_credit_facilities", "disbursement_account"}
    assert all(text.strip() for text in voice.values())


@each_merchant
def test_records_are_reproducible_and_cover_two_years(merchant: Merchant) -> None:
    ledger = merchant.ledger(TODAY)
    again = Merchant(merchant.profile.model_copy()).ledger(TODAY)
    assert ledger == again
    assert all(each.day < TODAY for each in ledger.entries)
    months = ledger.complete_months()
    assert len(months) == 24 or merchant.profile.registered.founded_days_ago is not None


@each_merchant
def test_money_in_from_trading_is_what_was_sold(merchant: Merchant) -> None:
    ledger = merchant.ledger(TODAY)
    banked = sum(each.amount for each in ledger.entries if each.category in REVENUE and each.book is not Book.PRIVATE)
    owed = sum(each.gross for each in merchant.commerce(TODAY).invoices if each.issued and _is_open(each))
    sold = sum(ledger.sales.values()) * (1 + merchant.profile.trade.vat)
    assert abs(banked + owed - sold) <= sold / 1000


def _is_open(invoice: Invoice) -> bool:
    return invoice.standing is Standing.VALID and invoice.paid_on is None


@each_merchant
def test_orders_and_wallet_add_up_to_what_was_settled(merchant: Merchant) -> None:
    ledger, commerce = merchant.ledger(TODAY), merchant.commerce(TODAY)
    home = {each.id: each for each in commerce.orders if each.currency == merchant.currency}
    kept = sum(each.total for each in home.values() if each.state is OrderState.PAID)
    settled = {Category.CARD_SALE, Category.PAYOUT}
    assert kept == sum(each.amount for each in ledger.entries if each.category in settled)
    wallet = sum({row.id: row.amount for row in commerce.wallet if row.state is not OrderState.CANCELLED}.values())
    assert wallet == sum(
        each.total for each in home.values() if each.tender is Tender.WALLET and each.state is OrderState.PAID
    )
    assert {each.order_id for each in commerce.shipments} <= {each.id for each in commerce.shop()}


@each_merchant
def test_invoices_add_up_to_what_was_declared_or_transferred(merchant: Merchant) -> None:
    profile, ledger = merchant.profile, merchant.ledger(TODAY)
    issued = {each.number: each for each in merchant.commerce(TODAY).invoices if each.issued}
    related = profile.selling.related.number if profile.selling.related is not None else ""
    own = [
        each
        for each in issued.values()
        if each.standing is not Standing.VOID and not (related and each.party.number == related)
    ]
    if profile.tax.invoice_mean is not None and not profile.selling.customers:
        assert sum(each.net for each in own) == sum(
            to_cents(sold * profile.tax.declared_share) for sold in ledger.sales.values() if sold
        )
    else:
        assert sum(each.gross for each in own) == sum(ledger.on_account.values())
    assert all(each.net < 0 for each in own if each.standing is Standing.RED)


@given(days=st.integers(0, 800))
@settings(deadline=None, max_examples=15)
def test_a_truth_exists_on_every_day(days: int) -> None:
    day = TODAY + timedelta(days=days)
    for name in ("juniper-corner", "greenhollow-veg", "yunling-fruit"):
        truth = next(each for each in ALL if each.id == name).truth(day)
        assert "disbursement_account" in truth
        assert len(truth.get("monthly_bank_inflow_12m", []) or []) in {0, 12}  # type: ignore[arg-type]


def test_a_wrong_profile_says_where(tmp_path: Path) -> None:
    text = (FOLDER / "banri-tea.yaml").read_text(encoding="utf-8")
    (tmp_path / "banri-tea.yaml").write_text(text.replace("country: CN", "country: FR"), encoding="utf-8")
    with pytest.raises(WrongDeclaration, match=r"banri-tea\.yaml: country"):
        load(tmp_path)
    (tmp_path / "banri-tea.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(WrongDeclaration, match="not YAML"):
        load(tmp_path)


def test_two_profiles_do_not_share_a_number(tmp_path: Path) -> None:
    text = (FOLDER / "banri-tea.yaml").read_text(encoding="utf-8")
    (tmp_path / "banri-tea.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "other-tea.yaml").write_text(text.replace("id: banri-tea", "id: other-tea"), encoding="utf-8")
    with pytest.raises(WrongDeclaration, match="share their registration_number"):
        load(tmp_path)
