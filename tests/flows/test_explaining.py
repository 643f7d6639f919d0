"""Numbers in an explanation change nothing by themselves; more or less is worked out; what was said is kept whole."""

import pytest

from flows.engine.library import Library
from tests.flows.stories import Story


@pytest.mark.parametrize(
    ("lang", "words", "amount"),
    [
        ("en", "I also need 5k more", "25000.00"),
        ("en", "increase it by 5k", "25000.00"),
        ("en", "make it 2k less please", "18000.00"),
        ("zh", "再加五万", "200000.00"),
        ("zh", "少借两万", "130000.00"),
    ],
)
def test_more_or_less_is_worked_out_and_confirmed(library: Library, lang: str, words: str, amount: str) -> None:
    story = Story(library, lang)
    story.needed()
    before = story.value("amount_requested")
    story.types(words)
    assert story.value("amount_requested") == before
    assert story.step == "confirm.values"
    story.taps_on("confirm.yes")
    assert story.value("amount_requested") == story.money(amount)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "my landlord wants 6 months upfront"),
        ("en", "it's a dispute with a supplier about £3,000"),
        ("en", "the bank changed the lease to 6 months and £3,000"),
        ("zh", "房东改成6个月一付"),
        ("zh", "供应商那边还有3万没结清"),
    ],
)
def test_a_number_in_an_explanation_changes_no_answer(library: Library, lang: str, words: str) -> None:
    story = Story(library, lang)
    story.needed()
    fields = ("amount_requested", "loan_term_months")
    before = [story.value(field) for field in fields]
    story.types(words)
    assert [story.value(field) for field in fields] == before


@pytest.mark.parametrize(
    ("lang", "words", "field", "value"),
    [
        ("en", "make it £25,000", "amount_requested", {"amount": "25000.00", "currency": "GBP"}),
        ("en", "Sorry, please change the term to 18 months, I talked to my daughter", "loan_term_months", 18),
        ("zh", "金额改成20万", "amount_requested", {"amount": "200000.00", "currency": "CNY"}),
    ],
)
def test_a_plain_correction_needs_no_confirmation(
    library: Library, lang: str, words: str, field: str, value: object
) -> None:
    story = Story(library, lang)
    story.needed()
    story.types(words)
    assert story.value(field) == value


@pytest.mark.parametrize(
    ("lang", "note"),
    [
        ("en", "it's a dispute with a supplier about £3,000, not 5,000"),
        ("zh", "去年和供应商有个官司，对方要求赔3万，还没判"),
    ],
)
def test_a_declared_yes_is_explained_in_the_owners_words(library: Library, lang: str, note: str) -> None:
    story = Story(library, lang)
    story.connected()
    asked = story.value("amount_requested")
    story.taps_on("field.legal_or_insolvency_declaration.yes")
    assert story.step == "declaring.note"
    story.types(note)
    assert story.value("legal_or_insolvency_declaration") == {"answer": True, "note": note}
    assert story.value("amount_requested") == asked
    assert story.step == "review.page"


def test_an_explanation_may_be_left_out(story: Story) -> None:
    story.connected()
    story.taps_on("field.legal_or_insolvency_declaration.yes")
    story.taps_on("declaring.without")
    assert story.value("legal_or_insolvency_declaration") == {"answer": True, "note": ""}
    assert story.step == "review.page"


@pytest.mark.parametrize(
    ("lang", "words", "kept"),
    [
        ("en", "30k over a year, for an oven", "for an oven"),
        ("en", "25k 12 months stock", "stock"),
        ("en", "twenty thousand quid, two years; expansion", "expansion"),
        ("zh", "要15万分12期进货用", "进货用"),
    ],
)
def test_the_purpose_is_kept_without_the_numbers_beside_it(library: Library, lang: str, words: str, kept: str) -> None:
    story = Story(library, lang)
    story.identified()
    story.types(words)
    assert story.value("purpose_description") == kept


def test_another_purpose_takes_the_words_for_the_first_away(english: Story) -> None:
    english.needed()
    english.types("not for stock, for a van")
    assert english.value("credit_purpose") == ["vehicles"]
    assert english.value("purpose_description") is None


def _asked(story: Story, field: str) -> Story:
    """A story without sources, at the question for `field`."""
    story.needed()
    story.taps_on("connect.by_hand")
    for _ in range(20):
        if story.state.live is None or story.said[-1].title == story.text(f"field.{field}.label"):
            break
        story.taps_on("button.leave_open")
    return story


@pytest.mark.parametrize(("lang", "number"), [("en", "999041286"), ("zh", "110101199003070011")])
def test_an_identity_number_is_said_back_masked(library: Library, lang: str, number: str) -> None:
    story = _asked(Story(library, lang), "representative_id_number")
    story.types(number)
    assert story.value("representative_id_number") == number
    assert number not in story.heard
    assert number[-4:] in story.heard


def test_a_mistyped_identity_number_never_becomes_the_registration_number(library: Library) -> None:
    story = _asked(Story(library, "zh"), "representative_id_number")
    business = story.value("registration_number")
    story.types("320508198602180004")  # fits the check digit of a business by chance
    assert story.value("registration_number") == business
    assert story.value("representative_id_number") is None
    assert story.text("fill.wrong.person_id_invalid", example=story.text("field.representative_id_number.example")) in (
        story.heard
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_at_another_question_is_no_head_count(library: Library, lang: str) -> None:
    story = Story(library, lang)
    story.connected()
    story.taps_on("field.legal_or_insolvency_declaration.no")
    story.types("no" if lang == "en" else "没有")
    assert story.step != "confirm.values"
    assert story.value("number_of_employees") == 6


def test_an_address_is_no_yearly_sales(library: Library) -> None:
    story = _asked(Story(library, "en"), "gross_annual_revenue")
    story.types("3 Plover Terrace, Flat 12, Bristol")
    assert story.value("gross_annual_revenue") is None
