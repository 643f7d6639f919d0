"""Texts about the same thing hint at the same subjects although they share no word."""

import pytest

from flows.knowledge.answering import KnowledgeBase
from flows.knowledge.articles import Article, subjects
from flows.knowledge.subjects import Subjects, known_subjects
from flows.knowledge.words import features

PAIRS = [
    ("en", "the thief ran off with it", "my device was stolen, block it", "set up a new terminal"),
    ("en", "nobody would mend the cracked glass", "repair of a broken device", "opening hours at the weekend"),
    ("zh", "进贼了，机子被顺走", "设备丢了怎么挂失", "几点开门"),
    ("zh", "喇叭哑了", "没有语音播报", "怎么开发票"),
]


def hinted(lang: str, text: str) -> dict[int, float]:
    known = known_subjects(lang)
    return known.sum((known.hints(term), 1.0) for term in features(text))


def likeness(lang: str, one: str, other: str) -> float:
    ours, theirs = hinted(lang, one), hinted(lang, other)
    return sum(weight * theirs.get(subject, 0.0) for subject, weight in ours.items())


@pytest.mark.parametrize(("lang", "said", "same", "other"), PAIRS)
def test_the_same_thing_in_other_words_is_nearer_than_another(lang: str, said: str, same: str, other: str) -> None:
    assert likeness(lang, said, same) > 2 * likeness(lang, said, other)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_subject_is_told_in_many_ways(lang: str) -> None:
    for name, *ways in subjects(lang):
        assert len(ways) >= 5, name
        assert len(set(ways)) == len(ways), name


def test_a_language_without_subjects_hints_at_nothing() -> None:
    assert subjects("fr") == ()
    assert known_subjects("fr").sum([]) == {}


def test_what_few_subjects_say_hints_most() -> None:
    known = Subjects([["lost card"], ["lost key"], ["lost bag", "bag of coins"]])
    assert sum(weight for _, weight in known.hints("card")) > sum(weight for _, weight in known.hints("lost"))
    assert known.hints("umbrella") == ()


@pytest.mark.parametrize(
    ("lang", "question", "wanted"),
    [
        ("en", "somebody nicked the thing off the counter", "gone"),
        ("en", "it gave up after it fell in the water", "repairs"),
        ("zh", "机器趴窝了谁来弄", "repairs"),
        ("zh", "夜里进贼，收钱的家伙没了", "gone"),
    ],
)
def test_few_ways_of_asking_are_made_up_for(lang: str, question: str, wanted: str) -> None:
    titles = {
        "en": {"gone": "Lost or stolen terminal", "repairs": "A broken terminal", "hours": "Opening hours"},
        "zh": {"gone": "机器丢失被盗", "repairs": "设备坏了维修", "hours": "营业时间"},
    }[lang]
    base = KnowledgeBase(
        Article(id=name, lang=lang, title=title, questions=(title,), body=title) for name, title in titles.items()
    )
    assert base.answer(question, lang).candidates[:1] == (wanted,)
