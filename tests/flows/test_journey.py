"""The journey from the first word to the hand-over, in both languages, as an owner lives it."""

from flows.application.fields import APPLICANT_FACING
from flows.application.values import OWNER
from flows.effects import CallPerson
from flows.events import OwnerSaid
from flows.messages import Heard
from tests.flows.stories import AMOUNTS, NEEDS, NUMBERS, Story, buttons


def test_the_first_message_says_that_it_is_a_bot_and_what_becomes_of_the_data(story: Story) -> None:
    story.start()
    assert story.text("welcome.text") in story.heard
    assert story.text("welcome.privacy") in story.heard
    assert buttons(story.said)[0] == story.text("welcome.start")


def test_the_language_comes_from_the_messenger_and_can_be_changed(english: Story) -> None:
    english.happens(OwnerSaid(heard=Heard(kind="start", language_hint="zh-hans")))
    assert english.state.lang == "zh"
    english.taps("English")
    assert english.state.lang == "en"
    assert english.text("welcome.text") in english.heard


def test_the_language_follows_the_first_words(english: Story) -> None:
    english.types("我想借钱")
    assert english.state.lang == "zh"


def test_who_chats_first_is_told_everything_once_and_begins_by_saying_what_is_needed(story: Story) -> None:
    story.start()
    story.types({"en": "hello", "zh": "你好"}[story.lang])
    assert story.text("welcome.text") not in story.said[-1].text
    assert buttons(story.said)[0] == story.text("welcome.start")
    story.types(NEEDS[story.lang])
    assert story.step == "identify.phone"
    story.shares("+447700900123")
    story.types(NUMBERS[story.lang])
    assert story.value("amount_requested") == AMOUNTS[story.lang]


def test_what_the_first_message_says_is_not_asked_again(story: Story) -> None:
    story.types(NEEDS[story.lang])
    story.taps_on("welcome.start")
    story.shares("+447700900123")
    story.types(NUMBERS[story.lang])
    assert story.value("amount_requested") == AMOUNTS[story.lang]
    assert story.value("loan_term_months") == 12
    story.taps_on("identify.lookup.allow")
    story.delivers("registry", story.registry())
    story.taps_on("identify.confirm.yes")
    assert story.step == "connect.offer"


def test_a_deep_link_carries_the_registration_number(story: Story) -> None:
    story.start(f"n-{NUMBERS[story.lang]}")
    story.taps_on("welcome.start")
    story.shares("+447700900123")
    assert story.step == "identify.lookup"
    assert story.value("registration_number") == NUMBERS[story.lang]


def test_a_deep_link_with_nonsense_is_ignored(story: Story) -> None:
    story.start("n-<script>alert(1)</script>")
    assert story.state.subject is None
    assert story.step == "welcome.hello"


def test_the_register_is_asked_only_after_the_button(story: Story) -> None:
    story.welcomed().shares("+447700900123")
    story.types(NUMBERS[story.lang])
    assert not story.pulls
    story.types("ok" if story.lang == "en" else "好的")
    assert not story.pulls
    story.taps_on("identify.lookup.allow")
    assert story.pulls == ["registry"]


def test_another_business_can_be_named_and_the_first_one_is_forgotten(story: Story) -> None:
    story.welcomed().shares("+447700900123")
    story.types(NUMBERS[story.lang])
    story.taps_on("identify.lookup.allow")
    story.delivers("registry", story.registry())
    story.taps_on("identify.confirm.no")
    assert story.step == "identify.number"
    assert story.value("business_legal_name") is None


def test_three_sources_leave_one_question(story: Story) -> None:
    story.connected()
    assert story.step == "fill.field"
    assert story.said[-1].title == story.text("field.legal_or_insolvency_declaration.label")
    story.taps_on("field.legal_or_insolvency_declaration.no")
    assert story.step == "review.page"
    from_owner = [name for name in APPLICANT_FACING if _source(story, name) == OWNER]
    assert len(from_owner) == 5


def test_signing_needs_every_page_and_a_button(story: Story) -> None:
    story.filled()
    for _ in range(4):
        story.types("yes, sign it" if story.lang == "en" else "好，签吧")
        assert story.submits() is None
        story.taps_on("review.next")
    story.types("yes" if story.lang == "en" else "是的")
    assert story.submits() is None
    story.taps_on("review.sign")
    submit = story.submits()
    assert submit is not None
    application = submit.application
    assert application.signed_at is not None
    assert all(value.candidate.confirmed_at for value in application.values.values() if value.candidate)
    assert application.has("data_consents")
    assert application.has("accuracy_declaration")


def test_every_screen_understands_its_numbers(story: Story) -> None:
    story.filled()
    for _ in range(4):
        labels = (
            [choice.label for choice in story.state.live.choices if choice.kind == "pick"] if story.state.live else []
        )
        story.types(str(labels.index(story.text("review.next")) + 1))
    labels = [choice.label for choice in story.state.live.choices] if story.state.live else []
    story.types(str(labels.index(story.text("review.sign")) + 1))
    assert story.submits() is not None


def test_everything_can_be_typed_when_no_source_is_linked(english: Story) -> None:
    english.welcomed().shares("+447700900123")
    english.types(NUMBERS["en"])
    english.taps_on("identify.lookup.refuse")
    english.types(NEEDS["en"])
    english.taps_on("connect.by_hand")
    answers = {
        "business_legal_name": "Maple Lane Bakery Ltd",
        "tax_identification_number": "GB 980 7806 84",
        "legal_form": "Limited company",
        "registration_status": "Active",
        "incorporation_date": "12 March 2019",
        "registered_address": "14 Maple Lane, Leeds LS2 7QA",
        "industry_code": "10710",
        "number_of_employees": "6 people",
        "representative_name": "Alice Carter",
        "representative_role": "Director",
        "representative_id_type": "Passport",
        "representative_id_number": "512345678",
        "representative_birth_date": "3 May 1985",
        "representative_ownership_percent": "60%",
        "beneficial_owners": "Alice Carter 60, Tom Carter 40",
        "gross_annual_revenue": "240,000",
        "monthly_revenue_12m": " ".join(["20000"] * 12),
        "monthly_bank_inflow_12m": " ".join(["20000"] * 12),
        "existing_credit_facilities": "None",
        "legal_or_insolvency_declaration": "No, nothing",
        "disbursement_account": "Maple Lane Bakery Ltd, Northgate Bank, 12345678",
    }
    for field, answer in answers.items():
        assert english.said[-1].title == english.text(f"field.{field}.label"), english.heard
        english.types(answer)
        assert english.value(field) is not None, (field, english.heard)
    assert english.step == "review.page"
    assert english.value("representative_birth_date") == "1985-05-03"
    assert english.value("number_of_employees") == 6


def test_a_required_record_may_be_left_open_but_the_loan_itself_may_not(english: Story) -> None:
    english.needed()
    english.taps_on("connect.by_hand")
    title = english.said[-1].title
    english.types("I don't know")
    assert english.said[-1].title != title
    while english.said[-1].title != english.text("field.legal_or_insolvency_declaration.label"):
        english.taps_on("button.leave_open")
    english.types("I don't know")
    assert english.step == "fill.field"
    assert english.value("legal_or_insolvency_declaration") is None


def test_no_product_calls_a_person_instead_of_sending(english: Story, monkeypatch: object) -> None:
    del monkeypatch
    english.reviewed()
    english.state.subject = (
        english.state.subject.model_copy(update={"country": "FR"}) if english.state.subject else None
    )
    english.taps_on("review.sign")
    assert english.submits() is None
    assert any(isinstance(effect, CallPerson) for effect in english.effects)


def _source(story: Story, field: str) -> str:
    candidate = story.state.application.chosen(field)
    return "" if candidate is None else candidate.source
