"""Going back and on again, pausing, resuming, asking why: no trap, no article for a greeting, no repeated card."""

import pytest

from flows.engine.library import Library
from tests.flows.stories import Story

ON = {"en": "continue", "zh": "继续"}
BACK = {"en": "back", "zh": "返回"}


def test_who_goes_back_as_far_as_possible_comes_on_with_one_word(story: Story) -> None:
    story.filled()
    number = story.value("registration_number")
    for _ in range(6):
        story.types(BACK[story.lang])
    assert story.step != "review.page"
    story.types(ON[story.lang])
    assert story.step == "review.page"
    assert story.value("registration_number") == number


def test_a_step_gone_back_to_has_a_button_that_goes_on(story: Story) -> None:
    story.filled()
    story.types(BACK[story.lang])
    assert story.step == "fill.field"
    story.taps_on("button.onward")
    assert story.step == "review.page"


def test_back_on_a_later_page_is_the_page_before(story: Story) -> None:
    story.filled()
    story.taps_on("review.next")
    story.types(BACK[story.lang])
    assert story.step == "review.page"
    assert story.state.page == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "looks good, next"), ("en", "all correct, carry on"), ("zh", "没问题，下一步"), ("zh", "都对 继续")],
)
def test_a_page_is_agreed_with_and_turned_in_words_but_never_signed(library: Library, lang: str, words: str) -> None:
    story = Story(library, lang).filled()
    for page in range(1, 5):
        story.types(words)
        assert (story.step, story.state.page) == ("review.page", page)
    story.types(words)
    assert (story.step, story.state.page) == ("review.page", 4)
    assert story.text("engine.only_button", button=story.text("review.sign")) in story.heard
    assert story.state.application.signed_at is None


def test_back_from_a_confirmation_takes_nothing_over(english: Story) -> None:
    english.connected()
    english.types("make it 25k")
    english.types("back")
    assert english.state.proposal is None
    assert english.value("amount_requested") == english.money("20000.00")
    assert english.step == "fill.field"


def test_who_refused_all_sources_may_go_back_and_choose_anew(story: Story) -> None:
    story.needed()
    story.taps_on("connect.by_hand")
    assert story.step == "fill.field"
    story.types(BACK[story.lang])
    assert story.step == "connect.offer"
    story.taps_on("connect.allow_all")
    assert set(story.pulls) == {"tax", "bank"}


@pytest.mark.parametrize(("lang", "words"), [("en", "pause"), ("en", "I'll come back later"), ("zh", "先暂停")])
def test_a_pause_in_words_is_a_pause(library: Library, lang: str, words: str) -> None:
    story = Story(library, lang)
    story.needed()
    step = story.step
    story.types(words)
    assert story.state.paused
    story.types("ok" if lang == "en" else "好的")
    assert story.step == step
    assert story.text("welcome.again") in story.heard
    assert story.text("engine.not_understood") not in story.heard


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "hello, where were we?"), ("en", "hi again"), ("zh", "我们说到哪了？"), ("en", "resume")],
)
def test_coming_back_shows_the_card_and_no_article(library: Library, lang: str, words: str) -> None:
    story = Story(library, lang)
    story.connected()
    step = story.step
    story.types(words)
    assert story.step == step
    assert sum(bool(say.choices) for say in story.said) == 1
    assert len(story.said) <= 2


@pytest.mark.parametrize(("lang", "words"), [("en", "continue"), ("zh", "继续")])
def test_going_on_declares_and_confirms_nothing(library: Library, lang: str, words: str) -> None:
    story = Story(library, lang)
    story.connected()
    story.types(words)
    assert story.value("legal_or_insolvency_declaration") is None
    story.types("make it 25k" if lang == "en" else "改成20万")
    before = story.value("amount_requested")
    story.types(words)
    assert story.value("amount_requested") == before


@pytest.mark.parametrize(("lang", "words"), [("en", "15"), ("en", "#9"), ("zh", "9个")])
def test_a_stray_number_opens_no_article(library: Library, lang: str, words: str) -> None:
    story = Story(library, lang)
    story.needed()
    story.types(words)
    source = story.text("questions.source", title="")
    assert not any(say.note.startswith(source) for say in story.said)


def test_a_declaration_is_never_prompted(story: Story) -> None:
    story.connected()
    example = story.text("field.legal_or_insolvency_declaration.example")
    for _ in range(3):
        story.types("qwertz asdf" if story.lang == "en" else "哈哈呵呵呵")
        assert story.text("engine.example", example=example) not in story.heard


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "why do you ask?"), ("en", "why do you need it"), ("zh", "为什么要这个")]
)
def test_why_on_the_source_card_speaks_of_the_sources(library: Library, lang: str, words: str) -> None:
    story = Story(library, lang)
    story.needed()
    story.types(words)
    assert story.said[0].text == story.text("why.connect_offer")


@pytest.mark.parametrize(("lang", "words"), [("en", "yes"), ("zh", "好的")])
def test_a_yes_in_words_is_no_consent_and_the_button_is_named(library: Library, lang: str, words: str) -> None:
    story = Story(library, lang)
    story.welcomed().shares("+447700900123" if lang == "en" else "+8613800138000")
    story.types("09446231" if lang == "en" else "91440300MA5FKT8U3Q")
    story.types(words)
    assert story.pulls == []
    assert story.text("engine.only_button", button=story.text("identify.lookup.allow")) in story.heard


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "I don't have one"), ("en", "no"), ("en", "I'm a sole trader"), ("zh", "我没有"), ("zh", "还没办执照")],
)
def test_without_a_registration_number_there_is_an_honest_answer(library: Library, lang: str, words: str) -> None:
    story = Story(library, lang)
    story.welcomed().shares("+447700900123" if lang == "en" else "+8613800138000")
    story.types(words)
    assert story.text("identify.number.without") in story.heard
    assert story.step == "identify.number"


def test_what_is_no_number_is_named_as_such(english: Story) -> None:
    english.welcomed().shares("+447700900123")
    english.types("GB123")
    assert english.text("identify.number.invalid") in english.heard


@pytest.mark.parametrize(
    ("words", "why"), [("2030-01-01", "date_impossible"), ("03/05/1985", "date_ambiguous"), ("1985", "date_vague")]
)
def test_a_refused_date_says_what_is_wrong_with_it(library: Library, words: str, why: str) -> None:
    story = Story(library, "en")
    story.needed()
    story.taps_on("connect.by_hand")
    while story.said[-1].title != story.text("field.representative_birth_date.label"):
        story.taps_on("button.leave_open")
    story.types(words)
    example = story.text("field.representative_birth_date.example")
    assert story.text(f"fill.wrong.{why}", example=example) in story.heard


def test_the_words_under_a_picture_are_read(english: Story) -> None:
    english.welcomed().shares("+447700900123")
    english.sends_picture("09446231")
    assert english.value("registration_number") == "09446231"


def test_no_answer_is_promised_by_two_sources(story: Story) -> None:
    story.needed()
    promised = [int("".join(filter(str.isdigit, fact.value))) for fact in story.said[-1].facts[:2]]
    assert sum(promised) <= 10
