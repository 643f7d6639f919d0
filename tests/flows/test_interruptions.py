"""What people do in the middle of a form: correct, edit, go back, ask, pause, leave, call for a person."""

import pytest

from flows.conversation import Speaker
from flows.effects import CallPerson, Erase, ForgetGrant, Speak
from flows.engine.library import Library
from flows.events.staff import HandedBack, StaffSaid, StaffTook
from flows.understanding import Act, read
from flows.understanding.asking import may_ask_for_person
from tests.flows.stories import NEEDS, NUMBERS, Story


@pytest.mark.parametrize(
    ("lang", "words", "field", "value"),
    [
        ("en", "not 12 months, 18", "loan_term_months", 18),
        ("en", "change the term to 18 months", "loan_term_months", 18),
        ("zh", "期限改成18个月", "loan_term_months", 18),
        ("zh", "不是15万，是20万", "amount_requested", {"amount": "200000.00", "currency": "CNY"}),
    ],
)
def test_an_earlier_answer_is_corrected_in_words(
    library: Library, lang: str, words: str, field: str, value: object
) -> None:
    story = Story(library, lang)
    story.connected()
    step = story.step
    story.types(words)
    assert story.value(field) == value
    assert story.step == step
    assert "→" in story.heard


def test_a_change_that_does_not_say_of_what_is_confirmed_first(english: Story) -> None:
    english.connected()
    english.types("make it 25k")
    assert english.step == "confirm.values"
    english.taps_on("confirm.yes")
    assert english.value("amount_requested") == english.money("25000.00")
    assert english.step == "fill.field"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ("somebody maybe", "person maybe", "anyone maybe", "your office")), ("zh", ("找", "网点", "语音", "见面"))],
)
def test_who_may_have_asked_for_a_person_is_offered_one(library: Library, lang: str, words: tuple[str, ...]) -> None:
    story = Story(library, lang)
    story.needed()
    step = story.step
    read_as = {each: read(each, lang, today=story.now.date()) for each in words}
    unclear = next(each for each in words if may_ask_for_person(each) and read_as[each].acts == (Act.OTHER,))
    story.types(unclear)
    assert story.text("engine.person_meant") in story.heard
    assert not any(isinstance(effect, CallPerson) for effect in story.effects)
    assert story.step == step
    story.taps_on("button.person")
    assert any(isinstance(effect, CallPerson) for effect in story.effects)


def test_an_edited_message_is_a_correction(story: Story) -> None:
    story.needed()
    sent = story._messages
    story.taps_on("connect.by_hand")
    story.edits("30k for 18 months to buy stock" if story.lang == "en" else "要20万分18期进货用", sent)
    assert story.value("loan_term_months") == 18
    assert story.value("amount_requested") == story.money("30000.00" if story.lang == "en" else "200000.00")


def test_an_edit_of_a_message_that_filled_nothing_changes_nothing(english: Story) -> None:
    english.needed()
    before = english.state.application
    english.edits("30k", 999)
    assert english.state.application == before
    assert english.text("engine.edit_unknown") in english.heard


def test_back_goes_one_answer_back_and_forward_again(story: Story) -> None:
    story.connected()
    story.taps_on("button.back")
    assert story.step == "need.loan"
    story.types("back" if story.lang == "en" else "返回")
    assert story.step == "identify.number"
    story.types(NUMBERS[story.lang])
    assert story.step == "fill.field"


def test_a_question_is_answered_and_the_step_stays(story: Story) -> None:
    story.connected()
    step, title = story.step, story.said[-1].title
    story.types("what is apr?" if story.lang == "en" else "年化利率是什么意思？")
    assert story.step == step
    assert story.said[-1].title == title
    assert len(story.said) == 2


def test_an_answer_that_is_also_a_question_is_confirmed_first(english: Story) -> None:
    english.identified()
    english.types("20k for 12 months to buy stock, is that ok?")
    assert english.value("amount_requested") is None
    assert english.step == "confirm.values"
    english.taps_on("confirm.yes")
    assert english.value("loan_term_months") == 12


def test_a_number_that_could_be_a_button_is_confirmed_first(english: Story) -> None:
    english.identified()
    english.types("20000")
    english.types("to buy stock")
    assert english.state.live is not None
    english.types("3")
    assert english.step == "confirm.values", english.heard
    english.taps_on("confirm.yes")
    assert english.value("loan_term_months") == 3


def test_why_is_answered_for_the_field_that_is_asked(story: Story) -> None:
    story.connected()
    story.taps_on("button.why")
    assert story.text("field.legal_or_insolvency_declaration.why") in story.heard
    assert story.step == "fill.field"
    story.types("why?" if story.lang == "en" else "为什么？")
    assert story.text("field.legal_or_insolvency_declaration.why") in story.heard


def test_a_person_is_one_tap_away_and_the_form_goes_on(story: Story) -> None:
    story.identified()
    story.types("talk to a person" if story.lang == "en" else "转人工")
    assert any(isinstance(effect, CallPerson) for effect in story.effects)
    assert story.step == "need.loan"
    story.types(NEEDS[story.lang])
    assert story.value("loan_term_months") == 12


def test_distress_and_complaints_go_to_a_person_at_once(story: Story) -> None:
    story.identified()
    story.types("I think I have been scammed" if story.lang == "en" else "我被骗了")
    assert [effect.reason for effect in story.effects if isinstance(effect, CallPerson)] == ["distress"]


def test_the_assistant_is_silent_while_a_person_speaks_and_comes_back_where_it_stopped(story: Story) -> None:
    story.connected()
    step = story.step
    story.happens(StaffTook(staff="s1", first_name="Mei"))
    assert speaker(story) is Speaker.PERSON
    story.types(NEEDS[story.lang])
    assert not any(isinstance(effect, Speak) and effect.by == "assistant" for effect in story.effects)
    story.happens(StaffSaid(staff="s1", first_name="Mei", text="Hello"))
    assert [effect.by for effect in story.effects if isinstance(effect, Speak)] == ["Mei"]
    story.happens(HandedBack(staff="s1"))
    assert speaker(story) is Speaker.ASSISTANT
    assert story.step == step
    assert len(story.said) == 2


def test_a_staff_reply_takes_over(english: Story) -> None:
    english.identified()
    english.happens(StaffSaid(staff="s1", first_name="Mei", text="Hello"))
    assert english.state.speaker is Speaker.PERSON
    assert len(english.said) == 2


def test_pause_and_resume(story: Story) -> None:
    story.connected()
    step = story.step
    story.types("/cancel")
    story.taps_on("leaving.pause")
    assert story.state.paused
    story.types("hi" if story.lang == "en" else "在吗")
    assert story.step == step


def test_discarding_ends_consents_and_forgets_what_they_brought(story: Story) -> None:
    story.connected()
    story.types("/cancel")
    story.taps_on("leaving.discard")
    assert sum(isinstance(effect, ForgetGrant) for effect in story.effects) == 3
    assert sum(isinstance(effect, Erase) for effect in story.effects) == 3
    assert not story.state.application.has("business_legal_name")
    assert not story.state.application.has("contact_phone")
    assert story.state.application.id.endswith("-2")
    story.types("yes" if story.lang == "en" else "好的")
    assert story.step == "identify.phone"
    assert story.text("engine.not_understood") not in story.heard


def test_cancel_can_be_taken_back(story: Story) -> None:
    story.connected()
    story.types("cancel" if story.lang == "en" else "取消")
    assert story.step == "leaving.confirm"
    story.taps_on("leaving.stay")
    assert story.step == "fill.field"


def test_the_fourth_misunderstanding_brings_a_person_and_never_repeats_itself(english: Story) -> None:
    english.identified()
    heard: list[str] = []
    for _ in range(4):
        english.types("blorp wibble")
        heard.append(english.said[0].text)
    assert len(set(heard)) == 4
    assert any(isinstance(effect, CallPerson) for effect in english.effects)


def test_an_old_button_does_nothing_and_says_so(english: Story) -> None:
    english.welcomed()
    old = english.state.live
    assert old is not None
    english.shares("+447700900123")
    before = english.state.application
    english.presses(old.choices[1], old.revision)
    assert english.text("engine.old_card") in english.heard
    assert english.state.application == before


def test_a_double_tap_signs_once(english: Story) -> None:
    english.reviewed()
    live = english.state.live
    assert live is not None
    sign = next(choice for choice in live.choices if choice.action == "sign")
    english.presses(sign, live.revision)
    assert english.submits() is not None
    english.presses(sign, live.revision)
    assert english.submits() is None
    assert english.text("engine.old_card") in english.heard


def test_a_signed_application_cannot_be_changed_in_words(english: Story) -> None:
    english.signed()
    english.types("change the term to 18 months")
    assert english.value("loan_term_months") == 12
    assert english.text("engine.already_signed") in english.heard


def test_privacy_lists_consents_and_revoking_erases(story: Story) -> None:
    story.connected()
    story.types("/privacy")
    assert story.text("privacy.title") in story.heard
    revoke = next(choice for say in story.said for choice in say.choices if choice.action == "revoke" and choice.arg)
    story.presses(revoke, 0)
    source = story.state.consents[revoke.arg].source
    assert not any(
        each.source == source for value in story.state.application.values.values() for each in value.candidates
    )
    assert any(isinstance(effect, Erase) for effect in story.effects)
    assert any(isinstance(effect, ForgetGrant) for effect in story.effects)
    assert NUMBERS[story.lang] == story.value("registration_number")


def test_a_number_typed_after_a_notice_means_the_notice(story: Story) -> None:
    story.filled()
    story.types("/privacy")
    page, revoke = story.state.page, story.said[-1].choices[0]
    story.types("1")
    assert story.state.consents[revoke.arg].state == "revoked"
    assert story.state.page == page
    assert story.submits() is None


def test_what_is_kept_too_long_is_erased(story: Story) -> None:
    story.connected()
    consent = story.state.pulls["bank"].consent_id
    assert story.value("disbursement_account") is not None
    story.time_passes(f"retention:{consent}")
    assert story.value("disbursement_account") is None
    assert any(isinstance(effect, Erase) for effect in story.effects)
    assert story.state.consents[consent].state == "expired"


def test_what_was_signed_is_kept_after_that_time(story: Story) -> None:
    story.signed()
    consent = story.state.pulls["bank"].consent_id
    story.time_passes(f"retention:{consent}")
    assert story.value("disbursement_account") is not None
    assert any(isinstance(effect, Erase) for effect in story.effects)


def test_revoking_after_the_signature_keeps_what_was_signed_and_says_so(story: Story) -> None:
    story.signed()
    story.types("/privacy")
    revoke = next(choice for say in story.said for choice in say.choices if choice.action == "revoke")
    before = story.state.application
    story.presses(revoke, 0)
    assert story.state.application == before
    assert story.said[0].text.startswith(story.library_title(story.state.consents[revoke.arg].source))


def speaker(story: Story) -> Speaker:
    """Who speaks now; the checker cannot know that a turn changes it."""
    return story.state.speaker
