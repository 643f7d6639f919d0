"""Chinese of other places is told in the characters and words of the articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.knowledge.answering import KnowledgeBase
from flows.knowledge.scripts import told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("舊商鋪", "旧商铺"),
        ("能不能提前還", "能提前还"),
        ("可唔可以俾現金", "可以给现金"),
        ("幾時先攞到錢", "什么时候先拿到钱"),
        ("有没有手续费", "有手续费"),
        ("咋还啥时候还", "怎么还什么时候还"),
        ("关系", "关系"),
        ("一天不落", "一天不落"),
    ],
)
def test_it_is_told_our_way(written: str, meant: str) -> None:
    assert told(written) == meant


@given(st.text(max_size=100))
def test_any_text_is_told(text: str) -> None:
    assert told(told(text)) is not None


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("點解唔批俾我", "why-rejected"),
        ("幾時先有錢落到我戶口", "when-money-arrives"),
        ("可唔可以早啲還清", "early-repayment"),
    ],
)
def test_cantonese_is_answered(base: KnowledgeBase, question: str, wanted: str) -> None:
    assert wanted in base.answer(question, "zh").candidates[:2]
