"""What the attributes rest on: definitions, who is who, each sale once, unknown below the floor."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application.attributes.assessing import Question, assess
from flows.application.attributes.definitions import DEFINITIONS
from flows.application.attributes.movements import Kind, Movement, Own, once, read_movements
from flows.application.attributes.once import count_once
from flows.application.attributes.parties import Parties, folded
from flows.application.attributes.results import Held
from flows.application.features import FEATURES
from flows.application.months import complete
from flows.application.records import Invoice, Order, Payment, Records, Standing, Transaction

AS_OF = date(2026, 11, 23)
DAY = date(2026, 10, 5)
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
NOBODY = Own(frozenset(), frozenset())


def test_all_48_are_defined_and_known_to_rules() -> None:
    assert {each.number for each in DEFINITIONS.values()} == set(range(1, 49))
    assert set(DEFINITIONS) <= set(FEATURES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Selvedge Tailoring Ltd", "SЕLVEDGE TAILORING LTD."),
        ("Marchmont Theatre", "Mаrchmont  Theatre"),
        ("江北建材集团有限公司", "江北建材集团"),
        ("ＡＢＣ商店", "abc商店"),
        ("Café Röst", "CAFE ROST"),
    ],
)
def test_one_firm_under_two_spellings(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_a_number_outlives_a_name_and_private_persons_are_nobody() -> None:
    parties = Parties([("Old Name Ltd", "12"), ("New Name Ltd", "12"), ("Other", "")])
    assert parties.key("Old Name Ltd") == parties.key("new name limited") == "12"
    assert parties.key("个人") == parties.key("Cash customer") == ""
    assert parties.key("Other") not in {"", "12"}


def test_the_same_sale_in_till_wallet_bank_and_invoice_counts_once() -> None:
    order = Order("o1", NOON, False, Decimal(80), "GBP", tender="wallet")
    other = Order("o2", NOON, False, Decimal(20), "GBP", tender="card")
    row = Payment("w1", NOON, Decimal(80), "GBP", "wallet", order_id="o1")
    alike = Payment("w2", NOON, Decimal(20), "GBP", "wallet")
    settled = Movement(DAY + timedelta(days=1), Decimal(100), Kind.CARD_SALE, "Acquirer")
    invoice = Invoice("1", DAY, True, "Cash customer", "", Decimal(100), Decimal(0), "GBP")
    found = count_once([order, other], [row, alike, row], [invoice], [settled])
    assert found.by_month == {date(2026, 10, 1): {"till": Decimal(100)}}


def test_what_only_one_record_shows_is_counted() -> None:
    order = Order("o1", NOON, True, Decimal(80), "GBP")
    wallet = Payment("w1", NOON, Decimal(15), "GBP", "wallet")
    account = Invoice("1", DAY, True, "Firm Ltd", "99", Decimal(50), Decimal(10), "GBP")
    paid = Movement(DAY + timedelta(days=30), Decimal(60), Kind.SALE, "FIRM LIMITED")
    stray = Movement(DAY, Decimal(7), Kind.SALE, "Somebody")
    found = count_once([order], [wallet], [account], [paid, stray])
    assert found.by_channel([date(2026, 10, 1)]) == {
        "shop": Decimal(80), "wallet": Decimal(15), "account": Decimal(67),
    }  # fmt: skip


def test_a_movement_in_two_files_of_one_account_counts_once_and_twins_stay() -> None:
    twin = [Transaction(f"a{n}", "GB1", DAY, Decimal(5), "GBP") for n in range(2)]
    again = [Transaction(f"b{n}", "GB1", DAY, Decimal(5), "GBP") for n in range(3)]
    assert len(once([twin, again])) == 3
    assert len(once([[*twin, twin[0]]])) == 2


def test_money_that_goes_in_a_circle_is_no_sale() -> None:
    came = Transaction("1", "GB1", DAY, Decimal(1000), "GBP", party="Sister Ltd")
    went = Transaction("2", "GB1", DAY + timedelta(days=3), Decimal(-970), "GBP", party="Sister Ltd")
    later = Transaction("3", "GB1", DAY + timedelta(days=20), Decimal(-970), "GBP", party="Sister Ltd")
    assert [each.kind for each in read_movements([came, went], NOBODY)] == [Kind.TRIP, Kind.TRIP]
    assert [each.kind for each in read_movements([came, later], NOBODY)] == [Kind.SALE, Kind.COST]


def test_void_says_more_than_valid_and_a_repeated_number_counts_once() -> None:
    invoices = [
        Invoice(str(month), month.replace(day=3), True, "Firm", "1", Decimal(100), Decimal(0), "GBP")
        for month in complete(AS_OF, 12)
    ]
    void = Invoice(
        invoices[3].number, invoices[3].day, True, "Firm", "1", Decimal(100), Decimal(0), "GBP", Standing.VOID
    )
    held = [
        Held("books", "c-1", Records(invoices=[*invoices, invoices[0]]), invoices[0].day),
        Held("list", "c-2", Records(invoices=[void]), invoices[0].day),
    ]
    found = {each.name: each for each in assess(held, Question(AS_OF, "GBP")).results}
    assert found["sales_12m"].value == Decimal("1100.0000")
    assert found["gap_max_m"].value == Decimal("1.0000")
    assert found["sales_12m"].basis.consents == ("c-1", "c-2")


@given(months=st.integers(0, 13))
@settings(max_examples=14, deadline=None)
def test_below_the_floor_a_value_is_unknown_and_never_zero(months: int) -> None:
    days = [month.replace(day=9) for month in complete(AS_OF, months)] if months else []
    rows = [Transaction(str(day), "GB1", day, Decimal(10), "GBP", code="RCDT/ESCT") for day in days]
    bills = [Invoice(str(day), day, True, "A", "1", Decimal(9), Decimal(1), "GBP") for day in days]
    held = [Held("bank", "c", Records(transactions=rows, invoices=bills), date(2025, 10, 1))]
    for each in assess(held, Question(AS_OF, "GBP")).results:
        definition = DEFINITIONS[each.name]
        assert each.coverage <= 1
        if each.value is not None:
            assert each.coverage >= definition.floor
            assert each.records > 0
        if definition.months == 12 and definition.floor == 1 and months < 12:
            assert each.value is None
