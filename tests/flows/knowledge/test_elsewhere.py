"""What anybody may be asked is told from what a base answers, unless the base is itself about it."""

import pytest

from flows.knowledge.answering import KnowledgeBase, Zone
from flows.knowledge.articles import Article
from flows.knowledge.elsewhere import elsewhere

ANYTHING = {
    "en": ("How long do I roast a duck?", "who was top scorer last season", "is it going to rain on Friday"),
    "zh": ("鸭子要烤多长时间？", "上个赛季谁进球最多", "星期五会下雨吗"),
}


def guesthouse(lang: str) -> KnowledgeBase:
    """Three articles of a guest house, with two ways of asking each."""
    rows = {
        "en": (
            ("rooms", "Booking a room", ("book a hotel room", "room for two nights"), "Ring us to book a room."),
            ("parking", "Parking", ("where can I park", "car park"), "The yard has six places for cars."),
            ("pets", "Dogs and cats", ("can my dog come", "pets allowed"), "Dogs are welcome for five pounds a night."),
        ),
        "zh": (
            ("rooms", "订房间", ("怎么订酒店房间", "两晚的房间"), "打电话就能订房间。"),
            ("parking", "停车", ("车停在哪里", "停车场"), "院子里有六个车位。"),
            ("pets", "带宠物", ("能带狗吗", "宠物可以住吗"), "可以带狗，每晚三十元。"),
        ),
    }[lang]
    return KnowledgeBase(Article(id=i, lang=lang, title=t, questions=q, body=b) for i, t, q, b in rows)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_anybody_may_ask_is_not_known_to_a_small_base(lang: str) -> None:
    base = guesthouse(lang)
    assert [base.answer(question, lang).zone for question in ANYTHING[lang]] == [Zone.UNKNOWN] * 3


@pytest.mark.parametrize(("lang", "asked"), [("en", "is there a car park at your place"), ("zh", "你们那儿有停车场吗")])
def test_what_the_base_is_about_is_known(lang: str, asked: str) -> None:
    answer = guesthouse(lang).answer(asked, lang)
    assert answer.zone is not Zone.UNKNOWN
    assert answer.candidates[0] == "parking"


def test_a_group_that_a_base_speaks_of_is_its_own() -> None:
    groups = elsewhere("en")
    assert groups.spoken_of(lambda _: 0.0, 0.2) == frozenset()
    assert len(groups.spoken_of(lambda question: 0.9 if "flight" in question else 0.1, 0.2)) == 0  # two of a group
    assert len(groups.spoken_of(lambda _: 0.9, 0.2)) >= 30


@pytest.mark.parametrize(
    ("lang", "said", "asks"),
    [
        ("en", "tell us a joke", True),
        ("en", "Please write a short poem", True),
        ("en", "about twelve thousand", False),
        ("en", "a new oven for the shop", False),
        ("zh", "再讲一个笑话吧", True),
        ("zh", "大概一万二", False),
        ("zh", "给店里买个新烤箱", False),
    ],
)
def test_a_bidding_is_told_from_an_answer(lang: str, said: str, asks: bool) -> None:
    assert elsewhere(lang).asked_by(said, ()) is asks


def test_a_language_without_a_list_asks_for_nothing() -> None:
    assert elsewhere("fr").nearest("quel temps fait-il", ()) == 0.0
