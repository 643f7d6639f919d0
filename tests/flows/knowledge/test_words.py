"""Words that mean the same to the person who asks become the same term."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.knowledge.stems import stem
from flows.knowledge.words import MAX_CHARACTERS, apart, terms, turns


@pytest.mark.parametrize(
    ("one", "other", "idea"),
    [
        ("Can I pay it back?", "repayment", "=repay"),
        ("they turned me down", "my rejected request", "=reject"),
        ("I can’t upload it", "it doesn't work", "=fail"),
        ("how long does it take", "how many days", "=howlong"),
        ("ｈｕｍａｎ ｐｌｅａｓｅ", "a real person", "=person"),
        ("提前還款", "怎么还钱", "=还款"),
        ("为啥没批", "被拒绝了", "=拒绝"),
        ("转人工", "我要找客服", "=人工"),
    ],
)
def test_one_idea_in_different_words(one: str, other: str, idea: str) -> None:
    assert idea in terms(one)
    assert idea in terms(other)


def test_i_would_is_no_identity_document() -> None:
    assert "=id" not in terms("id like to know more")
    assert "=id" in terms("why do you need my id")


def test_words_that_say_nothing_go() -> None:
    assert terms("hello, could you please tell me") == []


@pytest.mark.parametrize(
    ("word", "root"), [("parties", "parti"), ("planned", "plan"), ("fees", "fee"), ("rate", "rat")]
)
def test_stems(word: str, root: str) -> None:
    assert stem(word) == root


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=300))
def test_any_text_gives_terms(text: str) -> None:
    assert all(terms(text))
    assert terms(text) == terms(text)


def test_a_very_long_text_is_cut() -> None:
    assert len(terms("贷款 loan " * 1_000_000)) < MAX_CHARACTERS


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("Is it safe? And how long does it take?", ["Is it safe", "how long does it take"]),
        ("what does it cost and when do i get it", ["what does it cost", "when do i get it"]),
        ("要抵押吗？另外多久到账", ["要抵押吗", "多久到账"]),
        ("hello? is it safe?", ["hello? is it safe?"]),
        ("bread and butter", ["bread and butter"]),
        ("", [""]),
    ],
)
def test_questions_of_one_message_are_told_apart(message: str, questions: list[str]) -> None:
    assert apart(message) == questions


def test_turns_of_phrase_keep_the_small_words() -> None:
    assert turns("It ran off") == ["+it ran", "+ran off"]
    assert turns("跑了") == []
