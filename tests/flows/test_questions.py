"""Questions at any step: answered, asked back, or noted for the editors; then the same step again."""

import pytest

from flows.effects import Note
from flows.engine.library import Library
from tests.flows.stories import Story

UNSURE = {"en": "Is something up with my documents offer?", "zh": "材料跟方案那个怎么弄？"}
UNKNOWN = {"en": "How do I cook rice?", "zh": "红烧肉怎么做？"}


def noted(story: Story) -> list[str]:
    return [effect.text for effect in story.effects if isinstance(effect, Note) and effect.about == "unanswered"]


def test_what_is_not_known_is_noted_and_a_person_offered(story: Story) -> None:
    story.connected()
    step = story.step
    story.types(UNKNOWN[story.lang])
    assert noted(story) == [UNKNOWN[story.lang]]
    assert story.text("questions.unknown") in story.heard
    assert story.text("button.person") in story.heard
    assert story.step == step


def test_none_of_the_nearest_questions_is_noted_too(story: Story) -> None:
    story.connected()
    step = story.step
    story.types(UNSURE[story.lang])
    assert story.text("questions.did_you_mean") in story.heard
    assert len(story.state.suggested) == 3
    assert noted(story) == []
    story.types(story.text("questions.none_of_these"))
    assert noted(story) == [UNSURE[story.lang]]
    assert story.text("questions.unknown") in story.heard
    assert story.step == step


def test_a_chosen_question_is_answered_and_the_step_comes_again(story: Story) -> None:
    story.connected()
    step = story.step
    story.types(UNSURE[story.lang])
    article = story.library.knowledge.article(story.lang, story.state.suggested[0])
    assert article is not None
    story.types("1")
    assert article.body.splitlines()[0] in story.heard
    assert noted(story) == []
    assert story.step == step


TWO = {
    "en": "can I repay early, and how long does the decision take?",
    "zh": "需要抵押吗？另外有没有手续费",
}
ANSWERS = {"en": ("early-repayment", "how-long-decision"), "zh": ("collateral", "fees")}


def test_two_questions_at_once_are_both_answered(story: Story) -> None:
    story.connected()
    step = story.step
    story.types(TWO[story.lang])
    for wanted in ANSWERS[story.lang]:
        article = story.library.knowledge.article(story.lang, wanted)
        assert article is not None
        assert article.body.splitlines()[0] in story.heard
    assert noted(story) == []
    assert story.step == step


@pytest.mark.parametrize(("lang", "question"), [("en", "what does the till loan cost?"), ("zh", "发票贷利率多少？")])
def test_a_product_is_told_from_its_sheet(library: Library, lang: str, question: str) -> None:
    story = Story(library, lang)
    story.connected()
    story.types(question)
    assert "%" in story.heard
    assert story.text("sheet.no_offer") in story.heard


ANYTHING = {"en": "tell me another joke", "zh": "讲一个笑话"}
OWN = {
    "en": (("How much did I ask for again?", "£20,000"), ("what was my phone number", "+447700900123")),
    "zh": (("我当时申请的是多少钱？", "150,000"), ("我留的手机号是多少来着", "+8613800138000")),
}
NOT_OWN = {"en": "How much can I borrow?", "zh": "我能贷多少钱？"}


def test_what_is_no_question_in_form_but_asks_for_anything_is_noted_for_the_editors(story: Story) -> None:
    story.connected()
    step = story.step
    story.types(ANYTHING[story.lang])
    assert noted(story) == [ANYTHING[story.lang]]
    assert story.text("questions.unknown") in story.heard
    assert story.step == step
    assert story.state.trouble == 0


def test_own_answers_are_told_from_the_record(story: Story) -> None:
    story.connected()
    step = story.step
    for asked, told in OWN[story.lang]:
        story.types(asked)
        assert story.text("questions.own") in story.heard
        assert told in story.heard
        assert noted(story) == []
        assert story.step == step
    story.types(NOT_OWN[story.lang])
    assert story.text("questions.own") not in story.heard


def test_an_own_answer_not_yet_given_is_looked_for_in_the_base(story: Story) -> None:
    story.welcomed()
    story.types(OWN[story.lang][0][0])
    assert story.text("questions.own") not in story.heard
