"""Words of ordinary language stand in for each other, and weigh by how rare they are anywhere."""

import pytest

from flows.knowledge.articles import Article
from flows.knowledge.index import Index
from flows.knowledge.ordinary import FARTHEST, KIN, NEAREST, ordinary


@pytest.mark.parametrize(
    ("lang", "word", "kin"),
    [
        ("en", "boat", "ship"),
        ("en", "doctor", "physician"),
        ("en", "film", "movi"),
        ("zh", "汽车", "轿车"),
        ("zh", "修理", "维修"),
    ],
)
def test_kin_are_met_in_the_same_place(lang: str, word: str, kin: str) -> None:
    words = ordinary(lang)
    assert words is not None
    number, other = words.number(word), words.number(kin)
    assert number is not None
    assert other in list(words.kin(number))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_word_has_its_kin_and_its_rarity(lang: str) -> None:
    words = ordinary(lang)
    assert words is not None
    last = len(words.rarity) - 1
    assert len(words.kin(last)) == KIN
    assert all(0 <= each <= 1 for each in words.rarity)
    assert all(0 <= kin <= last for number in range(0, last, 500) for kin in words.kin(number))
    assert (words.likeness[0], round(words.likeness[-1], 6)) == (NEAREST, FARTHEST)


def test_what_is_no_word_has_no_number() -> None:
    words = ordinary("zh")
    assert words is not None
    assert words.number("=费用") is None
    assert words.number("'药") == words.number("药")
    assert ordinary("fr") is None


@pytest.mark.parametrize(
    ("lang", "asked", "found"),
    [("en", "the physician gave me pills", "doctor"), ("en", "my ship needs a coat of varnish", "boat")],
)
def test_an_article_is_found_by_words_it_does_not_have(lang: str, asked: str, found: str) -> None:
    rows = (
        ("doctor", "Seeing the doctor", "The doctor prescribes what medicine you need."),
        ("boat", "Painting your boat", "We clean the hull of the boat and paint it."),
        ("lunch", "Lunch", "Soup is served at noon in the garden."),
    )
    index = Index.build(Article(id=i, lang=lang, title=t, body=b) for i, t, b in rows)
    first = index.search(asked, lang)[0]
    assert first.article is not None
    assert first.article.id == found
